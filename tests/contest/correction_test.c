/* A sheet that was handed in is changed: asked by its judge, granted by the chief
 * judge, handed in anew; what it said before stays. */
#include "ruling_fixture.h"

static const int64_t branches[] = {10, 20, 0};
static const int64_t judges[3] = {10, 0, 0};
static const struct cast cast = {branches, 3, judges, 3};

static void begin_marked(int64_t contestant)
{
    stand_begin(
        (struct rule_parts){.panel = PANEL(0, 0, "mean", "wait", "total")}, cast);
    stand_drawn();
    STEP("call", contestant);
    for (int64_t judge = 1; judge <= 3; judge++)
        hand_in(judge, contestant, "80");
}

static struct error *ask(int64_t judge, int64_t contestant, const char *reason)
{
    struct scoring_correction correction = {
        .journal = stand.feature->journal,
        .contest = stand.contest,
        .judge = JUDGE + judge,
        .at = 6500,
        .contestant = contestant,
        .reason = reason,
    };

    return store_write(stand.store, arena, scoring_ask_correction, &correction);
}

static struct error *try_sheet(int64_t judge, int64_t contestant, const char *value)
{
    struct scoring scoring = scoring_by(judge, contestant, value);

    return send_sheet(&scoring);
}

static const struct contest_sheet *sheet_of(int64_t judge, int64_t contestant)
{
    return &stand_state()->contestants[contestant - 1].entries[1].sheets[judge - 1];
}

static const char *score_of(int64_t contestant)
{
    struct standings standings = compute(stand_state(), STANDINGS_ALL);

    return row_of(&standings, contestant)->rounds[1].score;
}

static void a_granted_correction_keeps_what_was_before(void **unused)
{
    (void)unused;
    begin_marked(2);
    STEP("close", 2);
    assert_string_equal(score_of(2), "80.00");
    assert_fine(ask(1, 2, "看错一行"));
    assert_refused(try_sheet(1, 2, "86"), "sheet_submitted"); /* only asked */
    assert_refused(try_step("release", 2), "step_not_allowed");
    assert_fine(try_ruling("grant_correction", 2));
    assert_refused(try_ruling("grant_correction", 2), "step_not_allowed");
    assert_refused(try_step("release", 2), "step_not_allowed");
    /* Single marks are entered beside the sheet that still counts. */
    struct scoring mark = scoring_by(1, 2, "85");
    assert_fine(send_mark(&mark));
    assert_int_equal(sheet_of(1, 2)->marks[0], 80000);
    assert_int_equal(sheet_of(1, 2)->draft[0], 85000);
    assert_string_equal(score_of(2), "80.00");
    assert_refused(try_sheet(2, 2, "86"), "sheet_submitted"); /* another judge's */
    assert_fine(try_sheet(1, 2, "86"));
    assert_string_equal(score_of(2), "82.00");
    assert_int_equal(sheet_of(1, 2)->total, 86000);
    assert_int_equal(sheet_of(1, 2)->earlier->total, 80000);
    assert_int_equal(sheet_of(1, 2)->earlier->marks[0], 80000);
    assert_null(sheet_of(1, 2)->earlier->earlier);
    assert_string_not_equal(sheet_of(1, 2)->hash, sheet_of(1, 2)->earlier->hash);
    assert_refused(try_sheet(1, 2, "87"), "sheet_submitted");
    STEP("release", 2);
    struct standings standings = compute(stand_state(), STANDINGS_ALL);
    assert_non_null(strstr(
        standings_document(arena, &standings),
        arena_format(
            arena, "\"history\":[{\"total\":\"80.00\",\"receipt\":\"%s\"}]",
            chain_receipt(arena, sheet_of(1, 2)->earlier->hash))));
    stand_end();
}

/* Also after the release: the standings are computed anew. */
static void a_released_score_can_be_corrected_too(void **unused)
{
    (void)unused;
    begin_marked(2);
    STEP("close", 2);
    STEP("release", 2);
    STEP("absent", 1);
    STEP("absent", 3);
    assert_fine(ask(3, 2, "加错"));
    struct ruling ruling = ruling_of("grant_correction", 2);
    ruling.judge = 3;
    assert_fine(rule(&ruling));
    struct scoring sheet = scoring_by(3, 2, "50");
    sheet.round = "judged";
    assert_fine(send_sheet(&sheet));
    assert_string_equal(score_of(2), "70.00");
    stand_end();
}

static void a_refused_correction_leaves_the_sheet(void **unused)
{
    (void)unused;
    begin_marked(2);
    STEP("close", 2);
    assert_refused(try_ruling("refuse_correction", 2), "step_not_allowed");
    assert_fine(ask(1, 2, "看错一行"));
    assert_fine(try_ruling("refuse_correction", 2));
    assert_refused(try_sheet(1, 2, "86"), "sheet_submitted");
    /* A grant that is not used can be taken back. */
    assert_fine(ask(1, 2, "真的看错"));
    assert_fine(try_ruling("grant_correction", 2));
    assert_fine(try_ruling("refuse_correction", 2));
    assert_refused(try_sheet(1, 2, "86"), "sheet_submitted");
    assert_null(sheet_of(1, 2)->draft);
    STEP("release", 2);
    assert_string_equal(score_of(2), "80.00");
    stand_end();
}

static void who_may_ask_and_when(void **unused)
{
    (void)unused;
    begin_marked(2);
    STEP("close", 2);
    STEP("call", 3);
    assert_refused(ask(1, 2, ""), "reason_missing");
    assert_refused(ask(1, 3, "看错"), "sheet_missing");
    assert_refused(ask(1, 1, "看错"), "not_your_contestant"); /* recused */
    assert_refused(ask(2, 1, "看错"), "not_your_contestant"); /* not called yet */
    assert_refused(ask(4, 2, "看错"), "not_on_panel");
    assert_fine(ask(1, 2, "看错"));
    assert_refused(ask(1, 2, "看错"), "correction_pending");
    struct ruling ruling = ruling_of("grant_correction", 2);
    ruling.judge = 9;
    assert_refused(rule(&ruling), "judge_unknown");
    ruling = ruling_of("grant_correction", 2);
    ruling.round = "written";
    assert_refused(rule(&ruling), "round_unknown");
    ruling.round = NULL;
    assert_refused(rule(&ruling), "round_unknown");
    assert_refused(try_ruling("grant_correction", 1), "step_not_allowed");
    stand_end();
}

static void an_open_correction_keeps_the_contest_open(void **unused)
{
    (void)unused;
    stand_begin(
        (struct rule_parts){
            .rounds = "{\"id\":\"judged\",\"kind\":\"judged\",\"title\":\"x\","
                      "\"weight\":\"1\"," ONE_CRITERION
                      ",\"panel\":" PANEL(0, 0, "mean", "wait", "total") "}",
            .ties = "{\"key\":\"total\",\"direction\":\"desc\"}"},
        cast);
    stand_drawn();
    STEP("absent", 1);
    STEP("absent", 3);
    STEP("call", 2);
    for (int64_t judge = 1; judge <= 3; judge++)
        hand_in(judge, 2, "80");
    STEP("close", 2);
    STEP("release", 2);
    assert_fine(ask(1, 2, "看错"));
    assert_refused(try_step("finish", 0), "step_not_allowed");
    assert_fine(try_ruling("refuse_correction", 2));
    STEP("finish", 0);
    assert_refused(ask(1, 2, "看错"), "step_not_allowed");
    stand_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_granted_correction_keeps_what_was_before),
        cmocka_unit_test(a_released_score_can_be_corrected_too),
        cmocka_unit_test(a_refused_correction_leaves_the_sheet),
        cmocka_unit_test(who_may_ask_and_when),
        cmocka_unit_test(an_open_correction_keeps_the_contest_open),
    };

    return RUN_STAND("correction", tests);
}
