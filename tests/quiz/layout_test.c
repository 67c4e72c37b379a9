/* The order in which a paper is delivered, for many people. */
#include "quiz/layout.h"

#include <stdlib.h>
#include <string.h>

#include "quiz/types_fixture.h"

enum { PEOPLE = 400 };

static const char *folder;

static struct layout layout_for(const struct paper *paper, int64_t person)
{
    const char *json;
    struct layout layout;

    layout_make(arena, paper, "revision", person, &json);
    assert_fine(layout_read(arena, paper, json, &layout));
    assert_int_equal(layout.count, paper->question_count);
    return layout;
}

static size_t place_of(const struct layout *layout, const char *id)
{
    for (size_t i = 0; i < layout->count; i++)
        if (strcmp(layout->questions[i].question->id, id) == 0)
            return i;
    fail_msg("%s is missing", id);
    return 0;
}

/* The options of a question as one word. */
static const char *options_of(const struct layout *layout, const char *id)
{
    const struct layout_question *placed = &layout->questions[place_of(layout, id)];
    const char *word = "";

    for (size_t i = 0; i < placed->question->option_count; i++)
        word = arena_format(arena, "%s%s", word, placed->options[i]->id);
    return word;
}

/* With three options the right order is one of six: a shuffle alone would hit it for
 * some of these people. */
static void nobody_gets_an_ordering_in_its_right_order(void **state)
{
    static const char four[] = "{\"id\":\"d\",\"html\":\"D\"}],\"right\":[\"b\",\"d\","
                               "\"a\",\"c\"]";
    const char *at = strstr(
        types_document, ",{\"id\":\"d\",\"html\":\"D\"}],\"right\":["
                        "\"b\",\"d\",\"a\",\"c\"]");
    struct paper *paper;
    int seen[5] = {0};
    static const char *const wrong[] = {"abc", "acb", "bca", "cab", "cba"};

    (void)state;
    assert_non_null(at);
    assert_fine(paper_read(
        arena,
        arena_format(
            arena, "%.*s],\"right\":[\"b\",\"a\",\"c\"]%s", (int)(at - types_document),
            types_document, at + 1 + strlen(four)),
        &paper));
    for (int64_t person = 1; person <= PEOPLE; person++) {
        struct layout layout = layout_for(paper, person);
        const char *word = options_of(&layout, "o");
        assert_string_not_equal(word, "bac");
        for (size_t i = 0; i < COUNT_OF(wrong); i++)
            seen[i] += strcmp(word, wrong[i]) == 0;
    }
    /* Each of the wrong ones is as likely as the others: 80 of 400. */
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        assert_in_range(seen[i], 40, 120);
}

static void the_questions_of_a_case_stay_together_and_in_order(void **state)
{
    struct paper *paper = types_paper();
    bool moved = false;

    (void)state;
    for (int64_t person = 1; person <= PEOPLE; person++) {
        struct layout layout = layout_for(paper, person);
        size_t first = place_of(&layout, "c1-1");
        assert_int_equal(place_of(&layout, "c1-2"), first + 1);
        moved |= first != 1;
    }
    assert_true(moved);
}

static void only_orderings_are_shuffled_where_the_paper_says_no(void **state)
{
    struct paper *paper = types_paper();

    (void)state;
    struct layout layout = layout_for(paper, 1);
    assert_string_equal(options_of(&layout, "m"), "abcd");
    assert_string_equal(options_of(&layout, "s"), "abcd");
    paper->shuffle_options = true;
    bool matching_moved = false;
    for (int64_t person = 1; person <= 20; person++) {
        layout = layout_for(paper, person);
        matching_moved |= strcmp(options_of(&layout, "m"), "abcd") != 0;
        assert_string_equal(options_of(&layout, "c1-2"), "tf");
    }
    assert_true(matching_moved);
}

static void the_same_person_gets_the_same_layout(void **state)
{
    struct paper *paper = types_paper();
    const char *one;
    const char *again;

    (void)state;
    layout_make(arena, paper, "revision", 7, &one);
    layout_make(arena, paper, "revision", 7, &again);
    assert_string_equal(one, again);
}

static int begin(void **state)
{
    (void)arena_begin(state);
    folder = check_folder_new(arena);
    store_close(check_store(arena, folder)); /* for its seal key */
    return 0;
}

static int end(void **state)
{
    check_folder_remove(folder);
    return arena_end(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_gets_an_ordering_in_its_right_order),
        cmocka_unit_test(the_questions_of_a_case_stay_together_and_in_order),
        cmocka_unit_test(only_orderings_are_shuffled_where_the_paper_says_no),
        cmocka_unit_test(the_same_person_gets_the_same_layout),
    };

    return cmocka_run_group_tests_name("layout", tests, begin, end);
}
