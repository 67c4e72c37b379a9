/* What each type takes as an answer, and what it gives for it. */
#include "quiz/grading.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "quiz/types_fixture.h"

/* The stored form of an answer, NULL when it is refused. */
static const char *canonical(const char *id, const char *json)
{
    const struct paper_question *question = paper_find(types_paper(), id);
    json_t *answer = json_loads(json, JSON_DECODE_ANY, NULL);
    const char *result;

    assert_non_null(question);
    assert_non_null(answer);
    arena_defer(arena, (void (*)(void *))json_decref, answer);
    struct error *error = grading_canonical(arena, question, answer, &result);
    if (!error)
        return result;
    assert_string_equal(error->code, "answer_invalid");
    return NULL;
}

static int64_t points_in(const struct paper *paper, const char *id, const char *json)
{
    const struct paper_question *question = paper_find(paper, id);
    const char *stored = canonical(id, json);
    int64_t points = -1;

    if (!stored)
        print_message("refused: %s\n", json);
    assert_non_null(stored);
    assert_fine(grading_points(arena, paper, question, stored, &points));
    return points;
}

static int64_t points(const char *id, const char *json)
{
    return points_in(types_paper(), id, json);
}

static void a_number_is_right_within_its_tolerance(void **state)
{
    static const struct {
        const char *answer;
        bool right;
    } cases[] = {
        {"60", true},
        {"59.5", true},
        {"60.5", true},
        {"59.499999999", false},
        {"60.500000001", false},
        {"60.50", true},
        {"060", true},
        {"６０", true},
        {" 60 ", true},
        {"60。", true},
        {"60天", true},
        {"60 天。", true},
        {"60kg", true},
        {"60 KG", true},
        {"60%", true},
        {"-3.3", true},
        {"－3.30天", true},
        {"-3.31", false},
        {"3.3", false},
        {"60小时", false},
        {"60天天", false},
        {"天60", false},
        {"天", false},
        {"60至61", false},
        {"60 60", false},
        {"60,61", false},
        {"60、61", false},
        {"约60", false},
        {"60.", true},
        {"60.天", false},
        {".5", false},
        {"+60", false},
        {"6e1", false},
        {"0x3c", false},
        {"--60", false},
        {"-", false},
        {"六十", false},
        {"60.0000000000", true},
        {"60.0000000001", false},
        {"100", false},
        {"99999999999999999999999999", false},
        {"。", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t given = points("n", arena_format(arena, "\"%s\"", cases[i].answer));
        if (given != (cases[i].right ? 1000 : 0))
            fail_msg("%s: %d", cases[i].answer, (int)given);
    }
    assert_int_equal(points("n", "\"\""), 0);
}

static void an_ordering_pays_for_places(void **state)
{
    (void)state;
    assert_int_equal(points("o", "[\"b\",\"d\",\"a\",\"c\"]"), 1000);
    assert_int_equal(points("o", "[\"b\",\"d\",\"c\",\"a\"]"), 500);
    assert_int_equal(points("o", "[\"b\",\"a\",\"c\",\"d\"]"), 250);
    assert_int_equal(points("o", "[\"d\",\"b\",\"c\",\"a\"]"), 0);
    assert_int_equal(points("o", "[]"), 0);

    struct paper *paper = types_paper();
    struct paper_question *question = &paper->parts[0].questions[5];
    question->points = 999;
    assert_int_equal(points_in(paper, "o", "[\"b\",\"d\",\"c\",\"a\"]"), 499);
    question->grading = PAPER_ALL_OR_NOTHING;
    assert_int_equal(points_in(paper, "o", "[\"b\",\"d\",\"c\",\"a\"]"), 0);
    assert_int_equal(points_in(paper, "o", "[\"b\",\"d\",\"a\",\"c\"]"), 999);
}

static void a_matching_pays_for_right_pairs(void **state)
{
    (void)state;
    assert_int_equal(points("m", "{\"1\":\"b\",\"2\":\"d\",\"3\":\"a\"}"), 1000);
    assert_int_equal(points("m", "{\"1\":\"b\",\"2\":\"d\"}"), 666);
    assert_int_equal(points("m", "{\"1\":\"b\",\"2\":\"a\",\"3\":\"d\"}"), 333);
    assert_int_equal(points("m", "{\"1\":\"c\",\"2\":\"b\",\"3\":\"d\"}"), 0);
    assert_int_equal(points("m", "{}"), 0);
}

static void an_essay_waits_for_people(void **state)
{
    const struct paper_question *essay = paper_find(types_paper(), "e");

    (void)state;
    assert_int_equal(points("e", "\"先核实\""), 0);
    assert_int_equal(grading_pending(essay, "\"先核实\""), 1000);
    assert_int_equal(grading_pending(essay, "\"\""), 0);
    assert_int_equal(grading_pending(essay, NULL), 0);
    assert_int_equal(grading_pending(paper_find(types_paper(), "b"), "\"三\""), 0);
}

static void the_other_types_are_marked_as_before(void **state)
{
    (void)state;
    assert_int_equal(points("s", "[\"b\"]"), 1000);
    assert_int_equal(points("s", "[\"a\"]"), 0);
    assert_int_equal(points("c1-1", "[\"a\"]"), 500);
    assert_int_equal(points("c1-1", "[\"c\",\"a\"]"), 1000);
    assert_int_equal(points("c1-2", "[\"t\"]"), 1000);
    assert_int_equal(points("b", "\"《三》\""), 1000);
}

static void answers_are_stored_in_one_form(void **state)
{
    (void)state;
    assert_string_equal(canonical("c1-1", "[\"c\",\"a\"]"), "[\"a\",\"c\"]");
    assert_string_equal(
        canonical("o", "[\"d\",\"a\",\"c\",\"b\"]"), "[\"d\",\"a\",\"c\",\"b\"]");
    assert_string_equal(
        canonical("m", "{ \"3\" : \"a\", \"1\" : \"c\" }"),
        "{\"1\":\"c\",\"3\":\"a\"}");
    assert_string_equal(canonical("m", "{}"), "{}");
    assert_string_equal(canonical("n", "\" 60 \""), "\" 60 \"");
    assert_true(grading_is_answered("{\"1\":\"c\"}"));
    assert_false(grading_is_answered("{}"));
    assert_false(grading_is_answered("[]"));
    assert_false(grading_is_answered("\"\""));
    assert_false(grading_is_answered(NULL));
}

static void what_was_not_delivered_is_no_answer(void **state)
{
    static const char *const bad[][2] = {
        {"o", "[\"a\",\"b\",\"c\"]"},
        {"o", "[\"a\",\"b\",\"c\",\"c\"]"},
        {"o", "[\"a\",\"b\",\"c\",\"e\"]"},
        {"o", "[\"a\",\"b\",\"c\",\"d\",\"a\"]"},
        {"o", "[1,2,3,4]"},
        {"o", "\"abcd\""},
        {"o", "{}"},
        {"m", "{\"4\":\"a\"}"},
        {"m", "{\"1\":\"e\"}"},
        {"m", "{\"1\":\"a\",\"2\":\"a\"}"},
        {"m", "{\"1\":null}"},
        {"m", "{\"1\":[\"a\"]}"},
        {"m", "[]"},
        {"m", "\"a\""},
        {"n", "60"},
        {"n", "[]"},
        {"e", "[]"},
        {"e", "null"},
        {"s", "[\"a\",\"b\"]"},
        {"s", "{}"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (canonical(bad[i][0], bad[i][1]))
            fail_msg("%s took %s", bad[i][0], bad[i][1]);
}

/* `count` times the same piece as a JSON string. */
static const char *repeated(const char *piece, int count)
{
    struct text text;

    text_init(&text, arena, 100000);
    text_add(&text, "\"");
    for (int i = 0; i < count; i++)
        text_add(&text, piece);
    text_add(&text, "\"");
    return text.bytes;
}

static void texts_have_a_length(void **state)
{
    (void)state;
    assert_non_null(canonical("e", repeated("区", 4000)));
    assert_null(canonical("e", repeated("区", 4001)));
    assert_non_null(canonical("n", repeated("1", 500)));
    assert_null(canonical("n", repeated("1", 501)));
    assert_null(canonical("b", repeated("1", 501)));
}

#define TEST(test) cmocka_unit_test(test)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_number_is_right_within_its_tolerance),
        TEST(an_ordering_pays_for_places),
        TEST(a_matching_pays_for_right_pairs),
        TEST(an_essay_waits_for_people),
        TEST(the_other_types_are_marked_as_before),
        TEST(answers_are_stored_in_one_form),
        TEST(what_was_not_delivered_is_no_answer),
        TEST(texts_have_a_length),
    };

    return RUN_GROUP("grading", tests);
}
