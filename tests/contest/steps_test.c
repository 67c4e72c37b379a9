#include "contest_store.h"

static const int64_t branches[] = {10, 20, 0};
static const int64_t none[5] = {0};
static const struct cast cast = {branches, 3, none, 3};

static void begin_plain(void)
{
    stand_begin((struct rule_parts){0}, cast);
}

/* Contestant ids in the order of appearance. */
static int64_t at_position(size_t position)
{
    const struct contest_state *state = stand_state();

    for (size_t i = 0; i < state->contestant_count; i++)
        if (state->contestants[i].position == position)
            return state->contestants[i].id;
    fail();
    return 0;
}

static void all_hand_in(int64_t contestant)
{
    for (int64_t judge = 1; judge <= 3; judge++)
        hand_in(judge, contestant, "80");
}

static void a_contest_runs_from_the_seal_to_the_end(void **unused)
{
    (void)unused;
    begin_plain();
    assert_int_equal(stand_state()->phase, CONTEST_PREPARED);
    assert_int_equal(stand_state()->contestant_count, 3);
    stand_drawn();
    assert_int_equal(stand_state()->phase, CONTEST_DRAWN);
    assert_string_equal(stand_state()->spoken, "8");
    struct written written = {
        .journal = stand.feature->journal, .contest = stand.contest, .actor = 9};
    check_write(stand.store, arena, written_take, &written);
    for (size_t position = 1; position <= 3; position++) {
        int64_t contestant = at_position(position);
        STEP("call", 0); /* whoever has her turn */
        assert_int_equal(
            stand_state()->contestants[contestant - 1].entries[1].stage, CONTEST_OPEN);
        all_hand_in(contestant);
        STEP("close", 0);
        STEP("release", 0);
        assert_int_equal(
            stand_state()->contestants[contestant - 1].entries[1].stage,
            CONTEST_RELEASED);
    }
    struct step step = step_of("finish");
    assert_fine(take(&step));
    assert_int_equal(step.event.number, stand_state()->number);
    assert_string_equal(step.event.hash, stand_state()->hash);
    assert_int_equal(stand_state()->phase, CONTEST_FINISHED);
    STEP("show", 0);
    assert_int_equal(stand_state()->view, CONTEST_LEADERBOARD);
    int64_t checked;
    assert_fine(chain_verify(stand.reader, &checked));
    assert_int_equal(checked, stand_state()->number);
    stand_end();
}

static void each_step_has_its_time(void **unused)
{
    static const char *const before_seal[] = {"draw_commit", "draw", "show", "finish"};

    (void)unused;
    begin_plain();
    for (size_t i = 0; i < COUNT_OF(before_seal); i++)
        assert_refused(try_step(before_seal[i], 0), "step_not_allowed");
    assert_refused(try_step("call", 1), "step_not_allowed");
    assert_refused(try_step("absent", 1), "step_not_allowed");
    STEP("seal", 0);
    assert_refused(try_step("seal", 0), "step_not_allowed");
    assert_refused(try_step("draw", 0), "step_not_allowed");
    assert_refused(try_step("call", 1), "step_not_allowed");
    STEP("draw_commit", 0);
    assert_refused(try_step("draw_commit", 0), "step_not_allowed");
    STEP("draw", 0);
    assert_refused(try_step("draw", 0), "step_not_allowed");
    assert_refused(try_step("finish", 0), "step_not_allowed");
    assert_refused(try_step("close", 0), "step_not_allowed");
    assert_refused(try_step("release", 0), "step_not_allowed");
    assert_refused(try_step("deduct", 1), "step_not_allowed");
    STEP("call", 1);
    assert_refused(try_step("call", 1), "step_not_allowed");
    assert_refused(try_step("close", 1), "step_not_allowed"); /* no sheets yet */
    assert_refused(try_step("release", 1), "step_not_allowed");
    all_hand_in(1);
    assert_refused(try_step("call", 2), "step_not_allowed"); /* close 1 first */
    STEP("close", 1);
    assert_refused(try_step("close", 1), "step_not_allowed");
    STEP("release", 1);
    assert_refused(try_step("release", 1), "step_not_allowed");
    STEP("absent", 2);
    assert_refused(try_step("absent", 2), "step_not_allowed");
    assert_refused(try_step("call", 2), "step_not_allowed");
    assert_refused(try_step("present", 3), "step_not_allowed");
    assert_refused(try_step("absent", 4), "contestant_unknown");
    assert_refused(try_step("dance", 1), "action_unknown");
    assert_refused(try_step("none", 1), "action_unknown");
    stand_end();
}

/* A tablet lost its connection: the contest goes on, its sheet still counts later. */
static void a_missing_sheet_does_not_stop_the_contest(void **unused)
{
    (void)unused;
    begin_plain();
    stand_drawn();
    STEP("call", 1);
    hand_in(1, 1, "80");
    hand_in(2, 1, "80");
    assert_refused(try_step("close", 1), "step_not_allowed");
    STEP("call", 2);
    hand_in(3, 1, "80");
    STEP("close", 1);
    STEP("release", 1);
    assert_int_equal(stand_state()->on_stage.contestant, 1);
    stand_end();
}

static void with_the_rule_present_scoring_closes_without_all_sheets(void **unused)
{
    (void)unused;
    stand_begin(
        (struct rule_parts){.panel = PANEL(1, 0, "mean", "present", "total")}, cast);
    stand_drawn();
    STEP("call", 1);
    assert_refused(try_step("close", 1), "step_not_allowed");
    hand_in(1, 1, "80");
    assert_refused(try_step("close", 1), "step_not_allowed"); /* the one would go */
    hand_in(2, 1, "90");
    STEP("close", 1);
    stand_end();
}

static void a_stale_host_is_stopped(void **unused)
{
    (void)unused;
    begin_plain();
    stand_drawn();
    struct step step = step_of("call");
    step.contestant = 1;
    step.expected = stand_state()->number - 1;
    assert_refused(take(&step), "contest_moved_on");
    step.expected = stand_state()->number;
    assert_fine(take(&step));
    /* Marks and another view do not make the host's picture stale; steps do. */
    int64_t seen = stand_state()->number;
    all_hand_in(1);
    STEP("show", 0);
    step = step_of("close");
    step.expected = seen;
    assert_fine(take(&step));
    step = step_of("release");
    step.expected = seen;
    assert_refused(take(&step), "contest_moved_on");
    step = step_of("show");
    step.view = "black";
    step.expected = 0;
    assert_fine(take(&step));
    stand_end();
}

static void a_deduction_is_checked(void **unused)
{
    static const struct {
        const char *points;
        const char *reason;
        const char *code; /* NULL: fine */
    } cases[] = {
        {"0.5", "超时", NULL},
        {"-0.6", "更正", "points_invalid"},
        {"-0.5", "更正", NULL},
        {"0", "超时", "points_invalid"},
        {"0.00", "超时", "points_invalid"},
        {"0.125", "超时", "points_invalid"}, /* finer than the score */
        {"100.01", "超时", "points_invalid"},
        {"1e1", "超时", "points_invalid"},
        {NULL, "超时", "points_invalid"},
        {"1", "", "reason_missing"},
        {"1", NULL, "reason_missing"},
        {"100", "严重违规", NULL},
    };

    (void)unused;
    begin_plain();
    stand_drawn();
    STEP("call", 1);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct step step = step_of("deduct");
        step.points = cases[i].points;
        step.reason = cases[i].reason;
        if (cases[i].code)
            assert_refused(take(&step), cases[i].code);
        else
            assert_fine(take(&step));
    }
    assert_int_equal(stand_state()->contestants[0].entries[1].deducted, 100000);
    stand_end();
}

/* The stage is free again, and the score waits until the step is taken back. */
static void who_stops_halfway_holds_nobody_up(void **unused)
{
    (void)unused;
    begin_plain();
    stand_drawn();
    assert_refused(try_step("continue", 1), "step_not_allowed");
    STEP("call", 1);
    all_hand_in(1);
    assert_refused(try_step("call", 2), "step_not_allowed");
    struct step step = step_of("abort");
    step.contestant = 1;
    step.reason = "";
    assert_refused(take(&step), "reason_missing");
    STEP("abort", 1);
    assert_refused(try_step("abort", 1), "step_not_allowed");
    assert_refused(try_step("close", 1), "step_not_allowed");
    assert_refused(try_step("deduct", 1), "step_not_allowed");
    STEP("call", 2);
    STEP("continue", 1);
    STEP("close", 1);
    stand_end();
}

static void the_seed_is_secret_until_the_draw(void **unused)
{
    (void)unused;
    begin_plain();
    STEP("seal", 0);
    STEP("draw_commit", 0);
    struct text lines;
    text_init(&lines, arena, 1024 * 1024);
    assert_fine(journal_lines(stand.reader, stand.contest, &lines));
    assert_null(strstr(lines.bytes, SEED));
    assert_non_null(stand_state()->commit);
    assert_null(stand_state()->seed);
    STEP("draw", 0);
    assert_string_equal(stand_state()->seed, SEED);
    stand_end();
}

static struct error *change_seed(struct db *db, void *context)
{
    (void)context;
    return db_run(
        db, "UPDATE contest SET draw_seed = $1",
        TEXT("ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
}

static void a_seed_exchanged_after_the_promise_is_noticed(void **unused)
{
    (void)unused;
    begin_plain();
    STEP("seal", 0);
    STEP("draw_commit", 0);
    check_write(stand.store, arena, change_seed, NULL);
    assert_refused(try_step("draw", 0), "draw_seed");
    stand_end();
}

static void a_panel_that_cannot_score_everybody_is_not_sealed(void **unused)
{
    static const int64_t own[] = {10, 0, 0};

    (void)unused;
    /* Judge 1 is recused for contestant 1: two are left, and two marks would go. */
    stand_begin((struct rule_parts){0}, (struct cast){branches, 3, own, 3});
    assert_refused(try_step("seal", 0), "step_not_allowed");
    stand.contest = stand_contest(
        (struct rule_parts){.panel = PANEL(0, 0, "sum", "wait", "total")},
        (struct cast){branches, 3, own, 3});
    assert_refused(try_step("seal", 0), "step_not_allowed");
    stand.contest = stand_contest(
        (struct rule_parts){.panel = PANEL(0, 0, "mean", "wait", "total")},
        (struct cast){branches, 3, own, 3});
    STEP("seal", 0);
    stand_end();
}

static void a_contest_that_does_not_exist_is_not_found(void **unused)
{
    (void)unused;
    begin_plain();
    stand.contest = 99;
    assert_refused(try_step("seal", 0), "contest_unknown");
    stand_end();
}

static void creation_is_checked(void **unused)
{
    int64_t people[] = {1, 2};
    int64_t twice[] = {1, 1};
    int64_t stranger[] = {1, 77};
    struct contest_creation good = {
        .title = "x",
        .rules = rules_text((struct rule_parts){0}),
        .judges = people,
        .judge_count = 2,
        .contestants = people,
        .contestant_count = 2,
    };

    (void)unused;
    begin_plain();
    struct contest_creation creation = good;
    creation.contestants = twice;
    assert_code(
        store_write(stand.store, arena, contest_create, &creation), "already_recorded");
    creation = good;
    creation.judges = stranger;
    assert_code(
        store_write(stand.store, arena, contest_create, &creation), "already_recorded");
    creation = good;
    creation.judge_count = 0;
    assert_code(
        store_write(stand.store, arena, contest_create, &creation), "contest_people");
    creation = good;
    creation.rules = "{}";
    assert_code(
        store_write(stand.store, arena, contest_create, &creation), "field_missing");
    assert_int_equal(
        check_number(stand.store, arena, "SELECT count(*) FROM contest"), 1);
    stand_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_contest_runs_from_the_seal_to_the_end),
        cmocka_unit_test(each_step_has_its_time),
        cmocka_unit_test(a_missing_sheet_does_not_stop_the_contest),
        cmocka_unit_test(with_the_rule_present_scoring_closes_without_all_sheets),
        cmocka_unit_test(a_stale_host_is_stopped),
        cmocka_unit_test(a_deduction_is_checked),
        cmocka_unit_test(who_stops_halfway_holds_nobody_up),
        cmocka_unit_test(the_seed_is_secret_until_the_draw),
        cmocka_unit_test(a_seed_exchanged_after_the_promise_is_noticed),
        cmocka_unit_test(a_panel_that_cannot_score_everybody_is_not_sealed),
        cmocka_unit_test(a_contest_that_does_not_exist_is_not_found),
        cmocka_unit_test(creation_is_checked),
    };

    return RUN_STAND("steps", tests);
}
