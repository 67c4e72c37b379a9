/* Panels by the number of judges who marked, who must confirm, who is excluded. */
#include "ruling_fixture.h"

static const int64_t branches[] = {10, 20};
static const int64_t judges[5] = {10, 0, 0, 0, 0};
static const struct cast cast = {branches, 2, judges, 5};

/* 5: 1+1; 3: none; 2: none, confirmed; 1: none, confirmed by both. */
#define BY_NUMBER                                                                      \
    TABLE(                                                                             \
        "mean", "{\"from\":5,\"drop_low\":1,\"drop_high\":1},"                         \
                "{\"from\":3,\"drop_low\":0,\"drop_high\":0},"                         \
                "{\"from\":2,\"drop_low\":0,\"drop_high\":0,\"confirm\":"              \
                "\"chief_judge\"},"                                                    \
                "{\"from\":1,\"drop_low\":0,\"drop_high\":0,\"confirm\":\"both\"}")

static const char *score_of(int64_t contestant)
{
    struct standings standings = compute(stand_state(), STANDINGS_ALL);

    return row_of(&standings, contestant)->rounds[1].score;
}

static struct error *confirm(bool chief)
{
    struct ruling ruling = ruling_of("confirm_panel", 2);

    ruling.chief_judge = chief;
    ruling.auditor = !chief;
    ruling.actor = chief ? CHIEF : AUDITOR;
    ruling.reason = NULL;
    return rule(&ruling);
}

/* 60 70 80 90 91 come one by one, closed with the first m of them:
 * 5: (70 + 80 + 90) / 3; 4 and 3: the mean of all. */
static void the_table_says_what_is_dropped(void **unused)
{
    static const struct {
        int64_t sheets;
        const char *score;
    } cases[] = {{5, "80.00"}, {4, "75.00"}, {3, "70.00"}};
    static const char *const values[] = {"60", "70", "80", "90", "91"};

    (void)unused;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        stand_begin((struct rule_parts){.panel = BY_NUMBER}, cast);
        stand_drawn();
        STEP("call", 2);
        for (int64_t judge = 1; judge <= cases[i].sheets; judge++)
            hand_in(judge, 2, values[judge - 1]);
        STEP("close", 2);
        assert_string_equal(score_of(2), cases[i].score);
        assert_refused(confirm(true), "step_not_allowed"); /* not asked for */
        STEP("release", 2);
        stand_end();
    }
}

static void two_judges_need_the_chief_judge(void **unused)
{
    (void)unused;
    stand_begin((struct rule_parts){.panel = BY_NUMBER}, cast);
    stand_drawn();
    STEP("call", 2);
    assert_refused(try_step("close", 2), "step_not_allowed");
    hand_in(1, 2, "60");
    hand_in(2, 2, "70");
    assert_refused(confirm(true), "step_not_allowed"); /* still open */
    STEP("close", 2);
    assert_null(score_of(2));
    assert_refused(try_step("release", 2), "step_not_allowed");
    assert_refused(confirm(false), "step_not_allowed"); /* not the auditor's to say */
    assert_fine(confirm(true));
    assert_refused(confirm(true), "step_not_allowed");
    assert_string_equal(score_of(2), "65.00");
    STEP("release", 2);
    stand_end();
}

static void one_judge_needs_both(void **unused)
{
    (void)unused;
    stand_begin((struct rule_parts){.panel = BY_NUMBER}, cast);
    stand_drawn();
    STEP("call", 2);
    hand_in(3, 2, "60");
    STEP("close", 2);
    assert_fine(confirm(true));
    assert_null(score_of(2));
    assert_refused(try_step("release", 2), "step_not_allowed");
    assert_fine(confirm(false));
    assert_string_equal(score_of(2), "60.00");
    STEP("release", 2);
    stand_end();
}

static struct error *exclude(const char *action, int64_t contestant, int64_t judge)
{
    struct ruling ruling = ruling_of(action, contestant);

    ruling.judge = judge;
    return rule(&ruling);
}

static void an_excluded_judge_does_not_mark_that_one(void **unused)
{
    (void)unused;
    stand_begin((struct rule_parts){.panel = BY_NUMBER}, cast);
    stand_drawn();
    STEP("call", 2);
    for (int64_t judge = 1; judge <= 5; judge++)
        hand_in(judge, 2, judge == 5 ? "10" : "80");
    assert_refused(exclude("include_judge", 2, 5), "step_not_allowed");
    assert_fine(exclude("exclude_judge", 2, 5));
    assert_refused(exclude("exclude_judge", 2, 5), "step_not_allowed");
    assert_refused(exclude("exclude_judge", 1, 1), "step_not_allowed"); /* recused */
    assert_refused(exclude("exclude_judge", 2, 6), "judge_unknown");
    assert_int_equal(contest_count_sheets(stand_state(), 1, 1), 4);
    assert_int_equal(contest_count_eligible(stand_state(), 1), 4);
    STEP("close", 2);
    assert_string_equal(score_of(2), "80.00");
    STEP("call", 1);
    struct scoring scoring = scoring_by(5, 1, "80"); /* somebody else: fine */
    assert_fine(send_sheet(&scoring));
    scoring = scoring_by(5, 2, "80");
    assert_refused(send_sheet(&scoring), "not_your_contestant");
    assert_fine(exclude("include_judge", 2, 5));
    assert_string_equal(score_of(2), "80.00"); /* 10 and an 80 are dropped */
    assert_int_equal(contest_count_sheets(stand_state(), 1, 1), 5);
    stand_end();
}

static void enough_judges_must_be_left(void **unused)
{
    (void)unused;
    stand_begin((struct rule_parts){0}, (struct cast){branches, 2, judges + 1, 3});
    stand_drawn();
    assert_refused(exclude("exclude_judge", 2, 1), "step_not_allowed"); /* 2 = 1 + 1 */
    stand.contest = stand_contest(
        (struct rule_parts){.panel = PANEL(0, 0, "sum", "wait", "total")},
        (struct cast){branches, 2, judges + 1, 3});
    stand_drawn();
    assert_refused(exclude("exclude_judge", 4, 1), "step_not_allowed");
    stand_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_says_what_is_dropped),
        cmocka_unit_test(two_judges_need_the_chief_judge),
        cmocka_unit_test(one_judge_needs_both),
        cmocka_unit_test(an_excluded_judge_does_not_mark_that_one),
        cmocka_unit_test(enough_judges_must_be_left),
    };

    return RUN_STAND("policy", tests);
}
