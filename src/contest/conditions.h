/* conditions.h - what is still open before a result can be final. Pure; how many marks
 * tablets hold is told by the caller. */
#ifndef CONTEST_CONDITIONS_H
#define CONTEST_CONDITIONS_H

#include "contest/standings.h"

struct condition {
    /* "on_stage", "sheets_missing", "not_released", "held_up", "written_missing",
     * "award_tie", "unsent", "spot_check", "unsigned" */
    const char *code;
    const char *text; /* Chinese, without a full stop */
};

struct conditions {
    struct condition *list;
    size_t count;
};

/* The spot check is enough with 15 of 100 contestants and at most 5 errors in 100 of
 * those checked; with more errors everybody must be checked.
 * Errors: standings_compute()'s. */
struct error *conditions_check(
    struct arena *arena, const struct contest_state *state, int64_t unsent,
    struct conditions *result) MUST_CHECK;

#endif
