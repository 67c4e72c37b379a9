/* spread.h - how far apart the sheets of one contestant are, held against the rules.
 * Pure. A judge is never told the others' marks; the chief judge sees them. */
#ifndef CONTEST_SPREAD_H
#define CONTEST_SPREAD_H

#include "contest/fold.h"

struct spread {
    bool over;        /* further apart than the rules allow */
    int64_t range;    /* from the lowest to the highest: of the totals, or of the first
                       * criterion that is over; 1/1000 point */
    size_t criterion; /* that one; CONTEST_NONE: the totals */
    bool *outliers;   /* by judge index: whose mark makes it so */
};

/* Over the sheets handed in by those who mark this contestant; fewer than two are never
 * far apart. Everything lives in the arena. */
void spread_measure(
    struct arena *arena, const struct contest_state *state, struct contest_place place,
    struct spread *spread);

/* Is scoring closed and the spread over the limit, and has the chief judge neither
 * accepted it nor asked for sheets that have not come? */
bool spread_is_open(const struct contest_state *state, struct contest_place place);

#endif
