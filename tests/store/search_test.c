#include "store/search.h"

#include <pthread.h>
#include <string.h>

#include "arena_fixture.h"
#include "base/text.h"

enum { THREADS = 4, SEARCHES = 50 };

static struct search *search;

static const struct search_text texts[] = {
    {"物业选聘", "", "怎样选一家好的物业公司。", "第二课"},
    {"", "双过半的门槛", "面积和人数都要过半，物业、物业费另算。", "物业选聘"},
    {"", "依据", "《民法典》第278条；100% 的_业主_，O'Brien 说 \"OR\" 与 NEAR(a b)。",
     "物业选聘"},
    {"SOP 流程", "", "Wi-Fi 断了怎么办🙂？先看 wifi 灯。", ""},
    {"", "物业", "没有别的字。", ""},
};

/* The numbers of the hits as "1 0 4"; " of 7" behind it when there are more. */
static const char *find(const char *first, const char *second, int64_t most)
{
    const char *const terms[] = {first, second};
    struct search_hits hits;
    struct text text;

    assert_fine(search_find(search, arena, terms, second ? 2 : 1, most, &hits));
    text_init(&text, arena, 1000);
    for (size_t i = 0; i < hits.count; i++)
        text_add_format(&text, "%s%d", i ? " " : "", (int)hits.numbers[i]);
    if (hits.total > (int64_t)hits.count)
        text_add_format(&text, " of %d", (int)hits.total);
    return text.bytes;
}

static void words_of_any_length_are_found(void **state)
{
    static const char *const cases[][3] = {
        /* one character, two, three and more */
        {"聘", NULL, "0"},
        {"费", NULL, "1"},
        {"物业", NULL, "0 4 1"},
        {"双过半", NULL, "1"},
        {"双过半的门槛", NULL, "1"},
        {"过半的门槛", NULL, "1"},
        {"门槛双过半", NULL, ""},
        {"没有这样的词", NULL, ""},
        {"🙂", NULL, "3"},
        {"办🙂？", NULL, "3"},
        /* letters */
        {"sop", NULL, "3"},
        {"WIFI", NULL, "3"},
        {"wi-fi", NULL, "3"},
        /* several words, in the text or around it, but one in the text itself */
        {"物业", "过半", "1"},
        {"选聘", "过半", "1"},
        {"物业选聘", "民法典", "2"},
        {"物业选聘", "面积和人数", "1"},
        {"第二课", NULL, ""},
        {"过半", "民法典", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *found = find(cases[i][0], cases[i][1], 50);
        if (strcmp(found, cases[i][2]) != 0)
            print_message("searched %s\n", cases[i][0]);
        assert_string_equal(found, cases[i][2]);
    }
}

static void every_character_stands_for_itself(void **state)
{
    static const char *const cases[][2] = {
        {"%", "2"},
        {"_", "2"},
        {"100%", "2"},
        {"_业主_", "2"},
        {"%%%", ""},
        {"___", ""},
        {"'", "2"},
        {"O'B", "2"},
        {"\"", "2"},
        {"\"OR\"", "2"},
        {"\"\"\"", ""},
        {"OR", "2"},
        {"NEAR(a", "2"},
        {"NEAR(a b)", "2"},
        {"物业*", ""},
        {"物业选*", ""},
        {"title:物业", ""},
        {"^物业选聘", ""},
        {"-物业选聘", ""},
        {"\\", ""},
        {"(", "2"},
        {"物业 OR 面积", ""},
        {"); DROP TABLE page; --", ""},
        {"*", ""},
        {"AND", ""},
        {"NOT", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *found = find(cases[i][0], NULL, 50);
        if (strcmp(found, cases[i][1]) != 0)
            print_message("searched %s\n", cases[i][0]);
        assert_string_equal(found, cases[i][1]);
    }
}

static void the_limit_leaves_the_best(void **state)
{
    (void)state;
    assert_string_equal(find("物业", NULL, 2), "0 4 of 3");
    assert_string_equal(find("物业", NULL, 1), "0 of 3");
}

static void *search_many_times(void *wrong)
{
    static const char *const terms[] = {"物业选聘"};
    struct arena *own = arena_new();
    struct search_hits hits;

    for (int i = 0; i < SEARCHES; i++) {
        if (search_find(search, own, terms, 1, 10, &hits) || hits.count != 1)
            __atomic_store_n((bool *)wrong, true, __ATOMIC_RELAXED);
        arena_reset(own);
    }
    arena_free(own);
    return NULL;
}

static void several_search_at_once(void **state)
{
    pthread_t threads[THREADS];
    bool wrong = false;

    (void)state;
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(
            pthread_create(&threads[i], NULL, search_many_times, &wrong), 0);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_false(wrong);
}

static int begin(void **state)
{
    (void)arena_begin(state);
    assert_fine(search_open(arena, &search));
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        assert_fine(search_add(search, arena, (int64_t)i, &texts[i]));
    return 0;
}

static int end(void **state)
{
    search_close(search);
    return arena_end(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_any_length_are_found),
        cmocka_unit_test(every_character_stands_for_itself),
        cmocka_unit_test(the_limit_leaves_the_best),
        cmocka_unit_test(several_search_at_once),
    };

    return cmocka_run_group_tests_name("search", tests, begin, end);
}
