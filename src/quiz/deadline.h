/* deadline.h - when an attempt ends. Nobody edits a deadline: it is computed from what
 * was planned, granted and what happened in the venue, again and again, with one
 * answer.
 *
 * All times are UTC milliseconds, intervals are half-open [from, until). Magnitudes are
 * below DEADLINE_LARGEST, which whoever reads them from outside checks. */
#ifndef QUIZ_DEADLINE_H
#define QUIZ_DEADLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define DEADLINE_LARGEST INT64_C(1000000000000000)

enum deadline_mode {
    DEADLINE_SYNC,    /* everybody ends together: who comes late loses time */
    DEADLINE_ROLLING, /* the time runs from the person's own start */
};

/* Time that does not count: a power cut, an evacuation. Empty intervals are no-ops. */
struct deadline_incident {
    int64_t from_ms;
    int64_t until_ms; /* not looked at while open */
    bool open;        /* still going on: the clock stands */
};

struct deadline_input {
    enum deadline_mode mode;
    int64_t sched_start_ms; /* where the time runs from in sync mode */
    int64_t started_at_ms;  /* ... in rolling mode: first delivery of the paper */
    int64_t base_ms;
    int64_t factor_numerator;   /* planned accommodation: base * n / d, rounded up; */
    int64_t factor_denominator; /* n >= d >= 1 */
    int64_t planned_ms;         /* planned extra time as an amount */
    const int64_t *grants_ms;   /* signed amounts given by hand */
    size_t grant_count;
    const struct deadline_incident *incidents; /* in any order, may overlap */
    size_t incident_count;
    int64_t window_open_ms;
    bool has_window_close; /* rolling mode only: not later than the window */
    int64_t window_close_ms;
};

struct deadline_result {
    bool stopped;         /* an open incident holds the clock */
    int64_t deadline_ms;  /* when not stopped */
    int64_t remaining_ms; /* when stopped: what is left once the incident ends */
};

/* Lost time is the union of the incidents from the start on: overlapping ones count
 * once, one that begins during time added by an earlier one counts, one that begins at
 * the deadline or later changes nothing. The window moves by the same rule and by the
 * same accommodation, so that it never eats them. `arena` is scratch memory. */
struct deadline_result
deadline_compute(struct arena *arena, const struct deadline_input *input);

#endif
