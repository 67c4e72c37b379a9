/* The rules of practice by example and over random histories, and what is drawn. */
#include "practice/practice.h"

#include <string.h>

#include "arena_fixture.h"
#include "base/token.h"
#include "practice/practice_pick.h"

enum { HISTORIES = 300, ANSWERS = 60, HOUR = 3600 * 1000, DAY = 24 * HOUR };

/* 2020-11-17 00:00 in Beijing. */
static const int64_t midnight = INT64_C(1605542400000);

static void a_day_begins_at_midnight_in_beijing(void **state)
{
    (void)state;
    int64_t day = practice_day(midnight);
    assert_int_equal(practice_day(midnight - 1), day - 1);
    assert_int_equal(practice_day(midnight + DAY - 1), day);
    assert_int_equal(practice_day(midnight + DAY), day + 1);
    assert_int_equal(day, 18583);
}

static void a_question_climbs_box_by_box(void **state)
{
    static const int64_t intervals[] = {1, 2, 4, 7, 15, 15};
    struct practice_state known = {0};
    int64_t at = midnight + 20 * HOUR;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(intervals); i++) {
        known = practice_answered(known, true, at);
        assert_int_equal(known.due_day, practice_day(at) + intervals[i]);
        assert_int_equal(known.box, i < PRACTICE_BOXES ? i + 1 : PRACTICE_BOXES);
        assert_false(practice_is_due(&known, practice_day(at)));
        at += intervals[i] * DAY;
        assert_true(practice_is_due(&known, practice_day(at)));
    }
    assert_false(practice_in_wrong_book(&known));
    known = practice_answered(known, false, at);
    assert_int_equal(known.box, 1);
    assert_int_equal(known.due_day, practice_day(at) + 1);
    assert_int_equal(known.right_count, COUNT_OF(intervals));
    assert_int_equal(known.wrong_count, 1);
    assert_true(practice_in_wrong_book(&known));
}

static void right_before_the_day_counts_for_the_wrong_book_only(void **state)
{
    struct practice_state known =
        practice_answered((struct practice_state){0}, false, midnight);

    (void)state;
    for (int i = 1; i <= 3; i++) {
        known = practice_answered(known, true, midnight + i * HOUR);
        assert_int_equal(known.box, 1);
        assert_int_equal(known.due_day, practice_day(midnight) + 1);
        assert_int_equal(known.streak, i);
        assert_int_equal(practice_in_wrong_book(&known), i < PRACTICE_STREAK);
    }
    known = practice_answered(known, true, midnight + DAY);
    assert_int_equal(known.box, 2);
}

static void what_was_only_bookmarked_is_neither_due_nor_wrong(void **state)
{
    struct practice_state known = {.bookmarked = true};

    (void)state;
    assert_false(practice_is_due(&known, practice_day(midnight)));
    assert_false(practice_in_wrong_book(&known));
    known = practice_answered(known, true, midnight);
    assert_true(known.bookmarked);
    assert_int_equal(known.box, 1);
}

/* The wrong book told differently: was there a wrong one, and not since then two right
 * ones at the end. */
static bool is_wrong_by_history(const bool *right, int count)
{
    int last_wrong = -1;

    for (int i = 0; i < count; i++)
        if (!right[i])
            last_wrong = i;
    return last_wrong >= 0 && count - 1 - last_wrong < 2;
}

static void check_step(
    const struct practice_state *before, const struct practice_state *after, bool right,
    int64_t at)
{
    int64_t today = practice_day(at);

    assert_in_range(after->box, 1, PRACTICE_BOXES);
    assert_true(after->due_day > today);
    assert_true(after->due_day <= today + 15);
    assert_true(after->box <= before->box + 1);
    assert_int_equal(
        after->right_count + after->wrong_count,
        before->right_count + before->wrong_count + 1);
    if (!right) {
        assert_int_equal(after->box, 1);
        assert_int_equal(after->due_day, today + 1);
    } else if (before->box && before->due_day > today) {
        assert_int_equal(after->box, before->box);
        assert_int_equal(after->due_day, before->due_day);
    } else {
        assert_true(after->box > before->box || after->box == PRACTICE_BOXES);
    }
    assert_int_equal(after->last_at, at);
    assert_int_equal(after->bookmarked, before->bookmarked);
}

static void every_history_keeps_the_rules(void **state)
{
    uint64_t seed = 20201117;

    (void)state;
    for (int h = 0; h < HISTORIES; h++) {
        struct practice_state known = {.bookmarked = h % 2 == 0};
        bool right[ANSWERS];
        int64_t at = midnight;
        for (int i = 0; i < ANSWERS; i++) {
            struct practice_state before = known;
            at += next_random(&seed, 3 * (int64_t)DAY);
            right[i] = next_random(&seed, 3) > 0;
            known = practice_answered(before, right[i], at);
            check_step(&before, &known, right[i], at);
            assert_int_equal(
                practice_in_wrong_book(&known), is_wrong_by_history(right, i + 1));
        }
    }
}

static void a_quiz_is_released_when_its_key_is(void **state)
{
    const struct {
        struct practice_quiz quiz;
        int64_t now;
        bool released;
    } cases[] = {
        {{.window_close = 100, .review_after_submit = true}, 99, false},
        {{.window_close = 100}, 100, true},
        {{.window_close = INT64_MAX}, 99, false},
        {{.window_close = 100, .deferred = true}, 100, false},
        {{.window_close = 100, .running = true, .review_after_submit = true},
         99,
         false},
        {{.window_close = 100, .running = true}, 200, false},
        {{.window_close = 100, .handed_in = true, .review_after_submit = true},
         1,
         true},
        {{.window_close = 100, .handed_in = true}, 99, false},
        {{.window_close = 100, .handed_in = true}, 100, true},
        {{.window_close = INT64_MAX, .handed_in = true}, 100, false},
        {{.window_close = 100, .handed_in = true, .deferred = true}, 100, true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(
            practice_is_released(&cases[i].quiz, cases[i].now), cases[i].released);
}

/* ---- Drawing ---- */

enum { ITEMS = 6 };

/* Four single questions, then a case of two. */
static struct practice_knowledge six_questions(void)
{
    static const char *const names[ITEMS] = {"q0", "q1", "q2", "q3", "c1", "c2"};
    static struct paper_question questions[ITEMS];
    static struct practice_item items[ITEMS];
    static struct practice_unit units[ITEMS] = {{0, 1}, {1, 1}, {2, 1}, {3, 1}, {4, 2}};
    static struct practice_view view = {
        .items = items, .count = ITEMS, .units = units, .unit_count = 5};

    for (size_t i = 0; i < ITEMS; i++) {
        questions[i] = (struct paper_question){
            .id = names[i],
            .type = i == 1 ? PAPER_MULTIPLE : PAPER_SINGLE,
            .course = i < 2 ? "01-a" : "02-b",
            .lesson = i == 3 ? "02-l" : "01-l",
            .difficulty = (int)i,
        };
        items[i] =
            (struct practice_item){.question = &questions[i], .unit = i < 4 ? i : 4};
    }
    return (struct practice_knowledge){
        .view = &view,
        .states = arena_alloc(arena, ITEMS * sizeof(struct practice_state)),
        .held_back = arena_alloc(arena, ITEMS * sizeof(bool)),
    };
}

/* "q0 q1" of what is drawn. */
static const char *
drawn(const struct practice_knowledge *knowledge, struct practice_wish wish)
{
    struct practice_pick pick;
    const char *names = "";

    if (!wish.count)
        wish.count = PRACTICE_MOST;
    practice_choose(arena, knowledge, &wish, &pick);
    for (size_t i = 0; i < pick.count; i++)
        names = arena_format(
            arena, "%s%s%s", names, i ? " " : "", pick.items[i]->question->id);
    return names;
}

static void what_does_not_fit_is_not_drawn(void **state)
{
    struct practice_knowledge knowledge = six_questions();
    struct practice_wish any = {.mode = PRACTICE_LESSON};

    (void)state;
    for (size_t i = 0; i < ITEMS; i++)
        knowledge.states[i].last_at = (int64_t)i + 1;
    assert_string_equal(drawn(&knowledge, any), "q0 q1 q2 q3 c1 c2");
    any.course = "02-b";
    assert_string_equal(drawn(&knowledge, any), "q2 q3 c1 c2");
    any.lesson = "02-l";
    assert_string_equal(drawn(&knowledge, any), "q3");
    any =
        (struct practice_wish){.mode = PRACTICE_LESSON, .types = 1U << PAPER_MULTIPLE};
    assert_string_equal(drawn(&knowledge, any), "q1");
    any = (struct practice_wish){.mode = PRACTICE_LESSON, .difficulty = 5};
    assert_string_equal(drawn(&knowledge, any), "c1 c2");
    knowledge.held_back[4] = knowledge.held_back[5] = true;
    assert_string_equal(drawn(&knowledge, any), "");
}

static void each_mode_has_its_own_order(void **state)
{
    struct practice_knowledge knowledge = six_questions();

    (void)state;
    knowledge.states[0] = (struct practice_state){
        .wrong_count = 1, .box = 1, .due_day = 9, .last_at = 30, .bookmarked = true};
    knowledge.states[2] = (struct practice_state){
        .wrong_count = 1, .streak = 1, .box = 1, .due_day = 7, .last_at = 20};
    knowledge.states[3] = (struct practice_state){
        .wrong_count = 1, .streak = 2, .box = 2, .due_day = 11, .last_at = 10};
    knowledge.states[5] = (struct practice_state){
        .right_count = 1, .streak = 1, .box = 1, .due_day = 8, .last_at = 15};
    assert_string_equal(
        drawn(&knowledge, (struct practice_wish){.mode = PRACTICE_DUE, .day = 10}),
        "q2 c1 c2 q0");
    assert_string_equal(
        drawn(&knowledge, (struct practice_wish){.mode = PRACTICE_WRONG}), "q2 q0");
    assert_string_equal(
        drawn(&knowledge, (struct practice_wish){.mode = PRACTICE_BOOKMARKS}), "q0");
    /* Never answered (q1, and the case with c1) before the rest. */
    const char *names =
        drawn(&knowledge, (struct practice_wish){.mode = PRACTICE_LESSON});
    assert_string_equal(names + strlen("q1 c1 c2"), " q3 q2 q0");
}

static void a_case_is_never_cut_and_all_that_fit_are_counted(void **state)
{
    struct practice_knowledge knowledge = six_questions();
    struct practice_wish wish = {.mode = PRACTICE_LESSON, .count = 5};
    struct practice_pick pick;

    (void)state;
    for (size_t i = 0; i < ITEMS; i++)
        knowledge.states[i].last_at = (int64_t)i + 1;
    practice_choose(arena, &knowledge, &wish, &pick);
    assert_int_equal(pick.count, ITEMS);
    assert_int_equal(pick.available, ITEMS);
    wish.count = 2;
    practice_choose(arena, &knowledge, &wish, &pick);
    assert_int_equal(pick.count, 2);
    assert_int_equal(pick.available, ITEMS);
}

static void at_random_all_come_first_now_and_then(void **state)
{
    struct practice_knowledge knowledge = six_questions();
    bool first[ITEMS] = {false};

    (void)state;
    for (int i = 0; i < HISTORIES; i++) {
        struct practice_wish wish = {.mode = PRACTICE_RANDOM, .count = 1};
        struct practice_pick pick;
        practice_choose(arena, &knowledge, &wish, &pick);
        first[pick.items[0] - knowledge.view->items] = true;
    }
    for (size_t i = 0; i < 5; i++)
        assert_true(first[i]);
    assert_false(first[5]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_begins_at_midnight_in_beijing),
        cmocka_unit_test(a_question_climbs_box_by_box),
        cmocka_unit_test(right_before_the_day_counts_for_the_wrong_book_only),
        cmocka_unit_test(what_was_only_bookmarked_is_neither_due_nor_wrong),
        cmocka_unit_test(every_history_keeps_the_rules),
        cmocka_unit_test(a_quiz_is_released_when_its_key_is),
        cmocka_unit_test(what_does_not_fit_is_not_drawn),
        cmocka_unit_test(each_mode_has_its_own_order),
        cmocka_unit_test(a_case_is_never_cut_and_all_that_fit_are_counted),
        cmocka_unit_test(at_random_all_come_first_now_and_then),
    };

    token_start();
    return RUN_GROUP("practice", tests);
}
