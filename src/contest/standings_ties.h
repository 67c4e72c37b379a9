/* standings_ties.h - what breaks ties, and who gets an award. Private to the standings.
 */
#ifndef CONTEST_STANDINGS_TIES_H
#define CONTEST_STANDINGS_TIES_H

#include "contest/standings.h"

/* With extend_dp_on_tie: equal totals get one digit more, in text and comparison. */
struct error *standings_extend_ties(
    struct arena *arena, const struct rules *rules,
    struct standings *standings) MUST_CHECK;

/* The keys of rank.h by row; NULL for rows that are not ranked. */
struct error *standings_make_keys(
    struct arena *arena, const struct rules *rules, const struct standings *standings,
    struct rank_key ***result) MUST_CHECK;

/* The rows stand in their final order. Nothing is given while somebody is pending. */
void standings_give_awards(const struct rules *rules, struct standings *standings);

#endif
