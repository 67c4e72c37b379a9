#include "quiz/deadline.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Where one clock (the person's, or the window's) gets to. */
struct sweep {
    bool stopped;
    int64_t end_ms;       /* when not stopped */
    int64_t remaining_ms; /* when stopped */
};

static int by_start(const void *left, const void *right)
{
    int64_t a = ((const struct deadline_incident *)left)->from_ms;
    int64_t b = ((const struct deadline_incident *)right)->from_ms;

    return (a > b) - (a < b);
}

/* Lets `work_ms` of time pass from `start_ms` on, standing still during incidents,
 * which are sorted by their start. */
static struct sweep
sweep_from(int64_t start_ms, int64_t work_ms, const struct deadline_input *sorted)
{
    int64_t end_ms = start_ms + work_ms;
    int64_t counted_ms = start_ms; /* lost time before this is in end_ms already */

    for (size_t i = 0; i < sorted->incident_count; i++) {
        const struct deadline_incident *incident = &sorted->incidents[i];
        int64_t from_ms =
            incident->from_ms > counted_ms ? incident->from_ms : counted_ms;
        if (!incident->open && incident->until_ms <= from_ms)
            continue;
        if (from_ms >= end_ms)
            break;
        if (incident->open)
            return (struct sweep){.stopped = true, .remaining_ms = end_ms - from_ms};
        end_ms += incident->until_ms - from_ms;
        counted_ms = incident->until_ms;
    }
    return (struct sweep){.end_ms = end_ms};
}

/* The earlier of the two. A clock that stands still ends some time after the incident
 * that holds it, and the other one ended before that incident began: so the running
 * clock comes first. When both stand, both go on at the same moment. */
static struct deadline_result earlier(struct sweep own, struct sweep window)
{
    if (own.stopped != window.stopped)
        return (struct deadline_result){
            .deadline_ms = own.stopped ? window.end_ms : own.end_ms};
    if (own.stopped)
        return (struct deadline_result){
            .stopped = true,
            .remaining_ms = own.remaining_ms < window.remaining_ms
                                ? own.remaining_ms
                                : window.remaining_ms};
    return (struct deadline_result){
        .deadline_ms = own.end_ms < window.end_ms ? own.end_ms : window.end_ms};
}

static int64_t stretched_base(const struct deadline_input *input)
{
    __int128 scaled = (__int128)input->base_ms * input->factor_numerator;

    assert(input->factor_denominator >= 1);
    assert(input->factor_numerator >= input->factor_denominator);
    return (
        int64_t)((scaled + input->factor_denominator - 1) / input->factor_denominator);
}

static void sort_incidents(struct arena *arena, struct deadline_input *input)
{
    size_t size = input->incident_count * sizeof *input->incidents;

    if (!size)
        return;
    struct deadline_incident *sorted = arena_alloc(arena, size);
    memcpy(sorted, input->incidents, size);
    qsort(sorted, input->incident_count, sizeof *sorted, by_start);
    input->incidents = sorted;
}

struct deadline_result
deadline_compute(struct arena *arena, const struct deadline_input *input)
{
    struct deadline_input sorted = *input;
    bool rolling = input->mode == DEADLINE_ROLLING;
    int64_t start_ms = rolling ? input->started_at_ms : input->sched_start_ms;
    int64_t extra_ms = stretched_base(input) - input->base_ms + input->planned_ms;

    sort_incidents(arena, &sorted);
    for (size_t i = 0; i < input->grant_count; i++)
        extra_ms += input->grants_ms[i];
    struct sweep own = sweep_from(start_ms, input->base_ms + extra_ms, &sorted);
    if (rolling && input->has_window_close) {
        int64_t open_ms = input->window_close_ms - input->window_open_ms;
        return earlier(
            own, sweep_from(input->window_open_ms, open_ms + extra_ms, &sorted));
    }
    return (struct deadline_result){own.stopped, own.end_ms, own.remaining_ms};
}
