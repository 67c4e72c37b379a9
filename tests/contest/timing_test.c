/* The timer and what its time costs. */
#include "contest/timing.h"

#include "contest/timer.h"
#include "contest_store.h"

/* Up to 10 s nothing, more than 10 s 0.2, more than 30 s 0.5, never more than 0.4; less
 * than 6 minutes 0.1. */
#define STEPS                                                                          \
    TIME("\"over\":[{\"from_s\":10,\"to_s\":30,\"points\":\"0.2\"},{\"from_s\":30,"    \
         "\"points\":\"0.5\"}],\"minimum_s\":360,\"under\":\"0.1\",\"cap\":\"0.4\"")

static void whole_seconds_count(void **unused)
{
    static const struct {
        int64_t ms;
        int64_t points;
    } cases[] = {
        {0, 100},      {359999, 100}, {360000, 0},    {480000, 0},
        {480999, 0},   {490000, 0},   {490999, 0},    {491000, 200},
        {510999, 200}, {511000, 400}, {9999999, 400}, /* 0.5 is over the cap */
    };
    const struct rules *rules = rules_of((struct rule_parts){.judged = STEPS});

    (void)unused;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(
            timing_points(&rules->rounds[1].time, cases[i].ms), cases[i].points);
    assert_int_equal(timing_points(&rules->rounds[0].time, 9999999), 0);
}

static void a_pause_does_not_count(void **unused)
{
    struct timing timing = {0};

    (void)unused;
    assert_false(timing_take(&timing, TIMING_PAUSE, 1));
    assert_false(timing_take(&timing, TIMING_STOP, 1));
    assert_false(timing_take(&timing, TIMING_RESUME, 1));
    assert_true(timing_take(&timing, TIMING_START, 1000));
    assert_false(timing_take(&timing, TIMING_START, 1500));
    assert_true(timing_take(&timing, TIMING_PAUSE, 4000));
    assert_int_equal(timing.elapsed_ms, 3000);
    assert_false(timing_take(&timing, TIMING_PAUSE, 4500));
    assert_true(timing_take(&timing, TIMING_RESUME, 60000));
    assert_true(timing_take(&timing, TIMING_STOP, 62500));
    assert_int_equal(timing.elapsed_ms, 5500);
    assert_false(timing_take(&timing, TIMING_RESUME, 70000));
    assert_int_equal(timing.elapsed_ms, 5500);
}

static void a_stop_while_paused_adds_nothing(void **unused)
{
    struct timing timing = {0};

    (void)unused;
    assert_true(timing_take(&timing, TIMING_START, 1000));
    assert_true(timing_take(&timing, TIMING_PAUSE, 2000));
    assert_true(timing_take(&timing, TIMING_STOP, 90000));
    assert_int_equal(timing.elapsed_ms, 1000);
}

static void a_clock_set_back_takes_nothing_away(void **unused)
{
    struct timing timing = {0};

    (void)unused;
    assert_true(timing_take(&timing, TIMING_START, 10000));
    assert_true(timing_take(&timing, TIMING_PAUSE, 11000));
    assert_true(timing_take(&timing, TIMING_RESUME, 20000));
    assert_true(timing_take(&timing, TIMING_STOP, 5000));
    assert_int_equal(timing.elapsed_ms, 1000);
}

/* Random presses: the time is the sum of what ran, however often it was paused. */
static void the_time_is_what_ran(void **unused)
{
    uint64_t seed = 7;

    (void)unused;
    for (int round = 0; round < 500; round++) {
        struct timing timing = {0};
        int64_t now = 1000;
        int64_t ran = 0;
        bool running = true;
        assert_true(timing_take(&timing, TIMING_START, now));
        for (int64_t i = next_random(&seed, 20); i > 0; i--) {
            int64_t passed = next_random(&seed, 5000);
            now += passed;
            ran += running ? passed : 0;
            assert_true(
                timing_take(&timing, running ? TIMING_PAUSE : TIMING_RESUME, now));
            running = !running;
        }
        now += 77;
        ran += running ? 77 : 0;
        assert_true(timing_take(&timing, TIMING_STOP, now));
        assert_int_equal(timing.elapsed_ms, ran);
    }
}

/* ---- In a contest ---- */

static const int64_t branches[] = {10, 20};
static const int64_t judges[3] = {0};
static const struct cast cast = {branches, 2, judges, 3};

static struct error *press(const char *action, int64_t contestant, int64_t at)
{
    struct timer timer = {
        .journal = stand.feature->journal,
        .contest = stand.contest,
        .actor = HOST,
        .at = at,
        .action = action,
        .contestant = contestant,
        .ms = 480000,
        .reason = "计时器误触",
    };

    return store_write(stand.store, arena, timer_take, &timer);
}

static const struct standings_round *judged(const struct standings *standings)
{
    return &row_of(standings, 1)->rounds[1];
}

static void the_timer_takes_points_off(void **unused)
{
    (void)unused;
    stand_begin((struct rule_parts){.judged = STEPS}, cast);
    stand_drawn();
    assert_refused(press("start", 0, 1), "step_not_allowed"); /* nobody on stage */
    assert_refused(press("start", 1, 1), "step_not_allowed");
    STEP("call", 1);
    assert_refused(press("stop", 0, 1), "step_not_allowed");
    assert_refused(press("jump", 0, 1), "action_unknown");
    assert_refused(press("start", 9, 1), "contestant_unknown");
    assert_fine(press("start", 0, 1000000));
    for (int64_t judge = 1; judge <= 3; judge++)
        hand_in(judge, 1, "90");
    STEP("close", 1);
    struct standings standings = compute(stand_state(), STANDINGS_ALL);
    assert_string_equal(judged(&standings)->score, "90.00"); /* it still runs */
    assert_non_null(strstr(standings_document(arena, &standings), "\"time\":null"));
    assert_fine(press("stop", 0, 1000000 + 491000));
    standings = compute(stand_state(), STANDINGS_ALL);
    assert_string_equal(judged(&standings)->panel, "90.00");
    assert_string_equal(judged(&standings)->score, "89.80");
    assert_non_null(strstr(
        standings_document(arena, &standings),
        "\"time\":{\"ms\":491000,\"seconds\":491,\"points\":\"0.20\",\"reason\":"
        "null}"));
    STEP("deduct", 1); /* 0.5 */
    standings = compute(stand_state(), STANDINGS_ALL);
    assert_string_equal(judged(&standings)->score, "89.30");
    assert_fine(press("set", 1, 1));
    standings = compute(stand_state(), STANDINGS_ALL);
    assert_string_equal(judged(&standings)->score, "89.50");
    assert_string_equal(judged(&standings)->entry->timing.reason, "计时器误触");
    assert_refused(press("start", 1, 1), "step_not_allowed"); /* it was stopped */
    stand_end();
}

/* max(0, P - D) */
static void a_score_never_falls_below_nought(void **unused)
{
    (void)unused;
    stand_begin((struct rule_parts){.judged = STEPS}, cast);
    stand_drawn();
    STEP("call", 1);
    assert_fine(press("start", 1, 1000));
    assert_fine(press("stop", 1, 2000)); /* too short: 0.1 */
    for (int64_t judge = 1; judge <= 3; judge++)
        hand_in(judge, 1, "0");
    STEP("close", 1);
    struct standings standings = compute(stand_state(), STANDINGS_ALL);
    assert_string_equal(judged(&standings)->score, "0.00");
    stand_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_seconds_count),
        cmocka_unit_test(a_pause_does_not_count),
        cmocka_unit_test(a_stop_while_paused_adds_nothing),
        cmocka_unit_test(a_clock_set_back_takes_nothing_away),
        cmocka_unit_test(the_time_is_what_ran),
        cmocka_unit_test(the_timer_takes_points_off),
        cmocka_unit_test(a_score_never_falls_below_nought),
    };

    return RUN_STAND("timing", tests);
}
