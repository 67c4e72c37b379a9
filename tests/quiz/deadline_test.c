#include "quiz/deadline.h"

#include <string.h>

#include "arena_fixture.h"

enum { MINUTE = 60000, MOST = 6, RUNS = 20000 };

/* A case with room for its lists. Small numbers, so that a slow clock can check it. */
struct trial {
    struct deadline_input input;
    struct deadline_incident incidents[MOST + 2];
    int64_t grants_ms[2];
};

static struct deadline_incident closed(int64_t from_ms, int64_t until_ms)
{
    return (struct deadline_incident){from_ms, until_ms, false};
}

static struct deadline_incident open_from(int64_t from_ms)
{
    return (struct deadline_incident){from_ms, 0, true};
}

/* An hour from 0, rolling, no window. */
static struct trial an_hour(void)
{
    return (struct trial){
        .input = {
            .mode = DEADLINE_ROLLING,
            .base_ms = 60 * MINUTE,
            .factor_numerator = 1,
            .factor_denominator = 1,
        }};
}

static void add_incident(struct trial *trial, struct deadline_incident incident)
{
    trial->incidents[trial->input.incident_count++] = incident;
}

static struct deadline_result compute(struct trial *trial)
{
    trial->input.incidents = trial->incidents;
    trial->input.grants_ms = trial->grants_ms;
    return deadline_compute(arena, &trial->input);
}

static int64_t deadline_of(struct trial *trial)
{
    struct deadline_result result = compute(trial);

    assert_false(result.stopped);
    return result.deadline_ms;
}

/* --- single cases --- */

static void who_starts_in_an_outage_gets_the_rest_of_it(void **state)
{
    struct trial trial = an_hour();

    (void)state;
    trial.input.started_at_ms = 12 * MINUTE;
    add_incident(&trial, closed(10 * MINUTE, 16 * MINUTE));
    assert_int_equal(deadline_of(&trial), 76 * MINUTE);
}

static void who_comes_late_to_a_common_exam_loses_time(void **state)
{
    struct trial trial = an_hour();

    (void)state;
    trial.input.mode = DEADLINE_SYNC;
    trial.input.started_at_ms = 9 * MINUTE;
    trial.input.has_window_close = true; /* means nothing here */
    trial.input.window_close_ms = 30 * MINUTE;
    assert_int_equal(deadline_of(&trial), 60 * MINUTE);
}

static void a_factor_is_rounded_up(void **state)
{
    struct trial trial = an_hour();

    (void)state;
    trial.input.base_ms = 1000;
    trial.input.factor_numerator = 4;
    trial.input.factor_denominator = 3;
    assert_int_equal(deadline_of(&trial), 1334);
    trial.input.factor_numerator = 3;
    assert_int_equal(deadline_of(&trial), 1000);
}

static void grants_may_be_taken_back(void **state)
{
    struct trial trial = an_hour();

    (void)state;
    trial.input.planned_ms = 10 * MINUTE;
    trial.input.grant_count = 2;
    trial.grants_ms[0] = 5 * MINUTE;
    trial.grants_ms[1] = -2 * MINUTE;
    assert_int_equal(deadline_of(&trial), 73 * MINUTE);
}

static void the_window_ends_a_late_start(void **state)
{
    struct trial trial = an_hour();

    (void)state;
    trial.input.started_at_ms = 100 * MINUTE;
    trial.input.has_window_close = true;
    trial.input.window_close_ms = 120 * MINUTE;
    assert_int_equal(deadline_of(&trial), 120 * MINUTE);
}

static void the_window_never_eats_an_extension(void **state)
{
    struct trial trial = an_hour();

    (void)state;
    trial.input.started_at_ms = 60 * MINUTE;
    trial.input.has_window_close = true;
    trial.input.window_close_ms = 120 * MINUTE;
    trial.input.factor_numerator = 5;
    trial.input.factor_denominator = 4;
    trial.input.planned_ms = 10 * MINUTE;
    trial.input.grant_count = 1;
    trial.grants_ms[0] = 5 * MINUTE;
    add_incident(&trial, closed(70 * MINUTE, 77 * MINUTE));
    assert_int_equal(deadline_of(&trial), (120 + 15 + 10 + 5 + 7) * MINUTE);
}

static void an_open_incident_holds_the_clock(void **state)
{
    struct trial trial = an_hour();
    struct deadline_result result;

    (void)state;
    add_incident(&trial, open_from(30 * MINUTE));
    add_incident(&trial, closed(10 * MINUTE, 20 * MINUTE));
    result = compute(&trial);
    assert_true(result.stopped);
    assert_int_equal(result.remaining_ms, 40 * MINUTE);
}

/* The window had closed before the incident began, or leaves less than the paper. */
static void a_window_limits_a_stopped_clock_too(void **state)
{
    struct trial trial = an_hour();
    struct deadline_result result;

    (void)state;
    trial.input.started_at_ms = 100 * MINUTE;
    trial.input.has_window_close = true;
    trial.input.window_close_ms = 120 * MINUTE;
    add_incident(&trial, open_from(110 * MINUTE));
    result = compute(&trial);
    assert_true(result.stopped);
    assert_int_equal(result.remaining_ms, 10 * MINUTE);
    trial.incidents[0] = open_from(120 * MINUTE);
    assert_int_equal(deadline_of(&trial), 120 * MINUTE);
}

/* --- properties --- */

static void make_trial(uint64_t *seed, struct trial *trial)
{
    *trial = (struct trial){
        .input = {
            .mode = next_random(seed, 2) ? DEADLINE_SYNC : DEADLINE_ROLLING,
            .sched_start_ms = next_random(seed, 10),
            .started_at_ms = next_random(seed, 40),
            .base_ms = next_random(seed, 60),
            .factor_denominator = 1 + next_random(seed, 4),
            .planned_ms = next_random(seed, 10),
            .grant_count = (size_t)next_random(seed, 3),
            .window_open_ms = next_random(seed, 10),
            .has_window_close = next_random(seed, 2),
            .window_close_ms = 10 + next_random(seed, 80),
        }};
    trial->input.factor_numerator =
        trial->input.factor_denominator + next_random(seed, 4);
    trial->grants_ms[0] = next_random(seed, 10);
    trial->grants_ms[1] = next_random(seed, 10);
    for (int64_t i = next_random(seed, MOST); i > 0; i--) {
        int64_t from_ms = next_random(seed, 100) - 10;
        add_incident(trial, closed(from_ms, from_ms + next_random(seed, 30)));
    }
}

static bool is_lost(const struct trial *trial, int64_t at_ms)
{
    for (size_t i = 0; i < trial->input.incident_count; i++)
        if (at_ms >= trial->incidents[i].from_ms &&
            at_ms < trial->incidents[i].until_ms)
            return true;
    return false;
}

/* A millisecond at a time: the definition itself. */
static int64_t slow_clock(const struct trial *trial, int64_t start_ms, int64_t work_ms)
{
    int64_t at_ms = start_ms;

    for (int64_t worked_ms = 0; worked_ms < work_ms; at_ms++)
        worked_ms += !is_lost(trial, at_ms);
    return at_ms;
}

static int64_t slow_deadline(const struct trial *trial)
{
    const struct deadline_input *input = &trial->input;
    bool rolling = input->mode == DEADLINE_ROLLING;
    int64_t base_ms = 0;
    int64_t extra_ms = input->planned_ms;

    while (base_ms * input->factor_denominator <
           input->base_ms * input->factor_numerator)
        base_ms++;
    for (size_t i = 0; i < input->grant_count; i++)
        extra_ms += trial->grants_ms[i];
    int64_t own_ms = slow_clock(
        trial, rolling ? input->started_at_ms : input->sched_start_ms,
        base_ms + extra_ms);
    if (!rolling || !input->has_window_close)
        return own_ms;
    int64_t window_ms = slow_clock(
        trial, input->window_open_ms,
        input->window_close_ms - input->window_open_ms + base_ms - input->base_ms +
            extra_ms);
    return own_ms < window_ms ? own_ms : window_ms;
}

/* P4: what passes between start and deadline outside incidents is exactly the work. */
static void the_work_is_given_exactly(void **state)
{
    uint64_t seed = 4;
    struct trial trial;

    (void)state;
    for (int run = 0; run < RUNS; run++) {
        make_trial(&seed, &trial);
        assert_int_equal(deadline_of(&trial), slow_deadline(&trial));
        arena_reset(arena);
    }
}

/* P1 */
static void an_incident_never_shortens(void **state)
{
    uint64_t seed = 1;
    struct trial trial;

    (void)state;
    for (int run = 0; run < RUNS; run++) {
        make_trial(&seed, &trial);
        int64_t before_ms = deadline_of(&trial);
        int64_t from_ms = next_random(&seed, 120);
        add_incident(&trial, closed(from_ms, from_ms + next_random(&seed, 30)));
        assert_true(deadline_of(&trial) >= before_ms);
        arena_reset(arena);
    }
}

/* P2: the same again, or a part of it (a device change inside an outage). */
static void time_lost_twice_is_given_once(void **state)
{
    uint64_t seed = 2;
    struct trial trial;

    (void)state;
    for (int run = 0; run < RUNS; run++) {
        make_trial(&seed, &trial);
        if (!trial.input.incident_count)
            continue;
        int64_t before_ms = deadline_of(&trial);
        struct deadline_incident whole =
            trial.incidents[next_random(&seed, (int64_t)trial.input.incident_count)];
        int64_t length_ms = whole.until_ms - whole.from_ms;
        add_incident(&trial, whole);
        add_incident(
            &trial,
            closed(whole.from_ms + next_random(&seed, length_ms + 1), whole.until_ms));
        assert_int_equal(deadline_of(&trial), before_ms);
        arena_reset(arena);
    }
}

/* P3 */
static void order_means_nothing(void **state)
{
    uint64_t seed = 3;
    struct trial trial;

    (void)state;
    for (int run = 0; run < RUNS; run++) {
        make_trial(&seed, &trial);
        int64_t before_ms = deadline_of(&trial);
        for (size_t i = trial.input.incident_count; i > 1; i--) {
            size_t j = (size_t)next_random(&seed, (int64_t)i);
            struct deadline_incident swapped = trial.incidents[i - 1];
            trial.incidents[i - 1] = trial.incidents[j];
            trial.incidents[j] = swapped;
        }
        assert_int_equal(deadline_of(&trial), before_ms);
        arena_reset(arena);
    }
}

/* P5: at the deadline or later; open ones too. */
static void what_happens_afterwards_changes_nothing(void **state)
{
    uint64_t seed = 5;
    struct trial trial;

    (void)state;
    for (int run = 0; run < RUNS; run++) {
        make_trial(&seed, &trial);
        int64_t before_ms = deadline_of(&trial);
        int64_t from_ms = before_ms + next_random(&seed, 3);
        add_incident(&trial, closed(from_ms, from_ms + 20));
        assert_int_equal(deadline_of(&trial), before_ms);
        add_incident(&trial, open_from(from_ms));
        assert_int_equal(deadline_of(&trial), before_ms);
        arena_reset(arena);
    }
}

/* P6 */
static void an_incident_in_time_already_added_counts(void **state)
{
    uint64_t seed = 6;

    (void)state;
    for (int run = 0; run < RUNS; run++) {
        struct trial trial = an_hour();
        int64_t first_ms = 1 + next_random(&seed, 30 * MINUTE);
        int64_t second_ms = 1 + next_random(&seed, 30 * MINUTE);
        int64_t into_ms = next_random(&seed, first_ms);
        add_incident(&trial, closed(60 * MINUTE - 1, 60 * MINUTE - 1 + first_ms));
        int64_t extended_ms = deadline_of(&trial);
        assert_int_equal(extended_ms, 60 * MINUTE + first_ms);
        /* The last millisecond of work is the only one left; before it, time is lost
         * already. */
        int64_t from_ms = extended_ms - 1 - into_ms;
        add_incident(&trial, closed(from_ms, extended_ms - 1 + second_ms));
        assert_int_equal(deadline_of(&trial), extended_ms + second_ms);
        arena_reset(arena);
    }
}

/* Whatever an open incident ends as: what was shown as remaining is then left. */
static void what_remains_is_what_is_left_once_it_ends(void **state)
{
    uint64_t seed = 7;
    struct trial trial;
    int stopped = 0;

    (void)state;
    for (int run = 0; run < RUNS; run++) {
        make_trial(&seed, &trial);
        int64_t without_ms = deadline_of(&trial);
        int64_t from_ms = next_random(&seed, 100);
        add_incident(&trial, open_from(from_ms));
        struct deadline_result held = compute(&trial);
        int64_t end_ms = 200 + next_random(&seed, 100);
        trial.incidents[trial.input.incident_count - 1] = closed(from_ms, end_ms);
        int64_t later_ms = deadline_of(&trial);
        if (held.stopped)
            assert_int_equal(later_ms, end_ms + held.remaining_ms);
        else
            assert_int_equal(held.deadline_ms, without_ms);
        stopped += held.stopped;
        arena_reset(arena);
    }
    assert_in_range(stopped, RUNS / 10, RUNS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_starts_in_an_outage_gets_the_rest_of_it),
        cmocka_unit_test(who_comes_late_to_a_common_exam_loses_time),
        cmocka_unit_test(a_factor_is_rounded_up),
        cmocka_unit_test(grants_may_be_taken_back),
        cmocka_unit_test(the_window_ends_a_late_start),
        cmocka_unit_test(the_window_never_eats_an_extension),
        cmocka_unit_test(an_open_incident_holds_the_clock),
        cmocka_unit_test(a_window_limits_a_stopped_clock_too),
        cmocka_unit_test(the_work_is_given_exactly),
        cmocka_unit_test(an_incident_never_shortens),
        cmocka_unit_test(time_lost_twice_is_given_once),
        cmocka_unit_test(order_means_nothing),
        cmocka_unit_test(what_happens_afterwards_changes_nothing),
        cmocka_unit_test(an_incident_in_time_already_added_counts),
        cmocka_unit_test(what_remains_is_what_is_left_once_it_ends),
    };

    return RUN_GROUP("deadline", tests);
}
