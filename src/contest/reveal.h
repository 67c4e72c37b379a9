/* reveal.h - the order in which a frozen contest is told: from the last place up, each
 * hidden score one by one, so that everybody may still climb until all of theirs is
 * known. A pure function of what was public at the freeze and of the end. */
#ifndef CONTEST_REVEAL_H
#define CONTEST_REVEAL_H

#include "contest/standings.h"

/* ---- The walk, over numbers alone ---- */

struct reveal_entry {
    /* The total with 0, 1, 2... hidden scores told: hidden + 1 of them, not falling. */
    const int64_t *totals;
    size_t hidden;
    size_t place; /* 0, 1, 2... at the end, which breaks ties on the way */
};

struct reveal_move {
    size_t entry;
    size_t told;  /* the how-manieth hidden score, from 0; when awarded: all of them */
    bool awarded; /* nothing of this entry is hidden any more: its place is final */
};

/* Room for count + all hidden scores; gives back how many moves. Everybody is awarded,
 * in the exact reverse order of the places, if those are by the last totals. */
size_t reveal_walk(
    struct arena *arena, const struct reveal_entry *entries, size_t count,
    struct reveal_move *moves);

/* ---- The plan of a contest ---- */

struct reveal_step {
    const struct standings_row *row; /* of the final standings */
    size_t round;    /* that becomes public; CONTEST_NONE: the place is told */
    bool correction; /* it was public and has changed since: before all others */
};

struct reveal {
    struct standings final;
    struct reveal_step *steps;
    size_t step_count;
};

/* Hidden are scores that were not public at the freeze; the round of the least weight
 * is told first. Only who is ranked is revealed.
 * Errors: standings_compute()'s; ERROR_CONFLICT "reveal_too_early" while somebody's
 * score is pending. */
struct error *reveal_plan(
    struct arena *arena, const struct contest_state *frozen,
    const struct contest_state *end, struct reveal *result) MUST_CHECK;

#endif
