/* impact.h - what a correction would change, before anybody signs it: the standings now
 * and the standings as if. Pure. */
#ifndef CONTEST_IMPACT_H
#define CONTEST_IMPACT_H

#include "contest/standings.h"

/* One thing that is not so (yet): a judge's sheet, or a deduction. */
struct impact_case {
    struct contest_place place; /* called, that is with sheets */
    size_t judge;               /* index; CONTEST_NONE: a deduction */
    const int64_t *marks;       /* the sheet's marks by criterion */
    int64_t points;             /* the deduction, 1/1000 point; may be negative */
};

/* Somebody whose total, status or rank would be another. */
struct impact_change {
    const struct standings_row *before;
    const struct standings_row *after;
};

struct impact_branch {
    const struct standings_branch *before;
    const struct standings_branch *after;
};

struct impact {
    struct standings before;
    struct standings after;
    struct impact_change *changes; /* in the order of `after` */
    size_t change_count;
    size_t ranks_changed;           /* how many of them change rank */
    struct impact_branch *branches; /* whose means or rank would be another */
    size_t branch_count;
};

/* Errors: standings_compute()'s; ERROR_INVALID "mark_off_step", "points_invalid". */
struct error *impact_compute(
    struct arena *arena, const struct contest_state *state,
    const struct impact_case *as_if, struct impact *result) MUST_CHECK;

#endif
