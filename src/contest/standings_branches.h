/* standings_branches.h - the street's part of the standings. For standings.c alone. */
#ifndef CONTEST_STANDINGS_BRANCHES_H
#define CONTEST_STANDINGS_BRANCHES_H

#include "contest/standings.h"

/* Fills branches in from the rows, which are complete. */
struct error *standings_take_branches(
    struct arena *arena, const struct contest_state *state,
    struct standings *standings) MUST_CHECK;

/* "2" or "2.5" from twice the rank. */
const char *standings_rank_text(struct arena *arena, int64_t twice);

#endif
