/* view_parts.h - pieces that several views show alike. Private to the views. */
#ifndef CONTEST_VIEW_PARTS_H
#define CONTEST_VIEW_PARTS_H

#include "contest/roster.h"
#include "contest/standings.h"
#include "contest/views.h"

/* The keys "contestant", "position", "name", "branch". */
void view_write_contestant(
    struct writer *writer, const struct roster *roster,
    const struct contest_contestant *contestant);

/* "deductions": [{"points", "reason"}], the timer's first */
void view_write_deductions(
    struct writer *writer, const struct rules_round *rule,
    const struct contest_entry *entry);

/* "criteria": [{"id", "title", "hint", "maximum", "step"}] */
void view_write_criteria(struct writer *writer, const struct rules_round *round);

/* "round": {"id", "title"} */
void view_write_round(struct writer *writer, const struct rules_round *round);

/* The keys of "reviews" that host and judge share: whom it is about, the round,
 * "state".
 */
void view_write_review(
    struct writer *writer, const struct roster *roster,
    const struct contest_state *state, struct contest_place place, size_t judge);

/* A number, or null for 0. */
void view_write_id(struct writer *writer, const char *key, int64_t id);

/* "rank": a JSON number or null */
void view_write_rank(struct writer *writer, const char *rank);

/* The score of the first written and of the last judged round with one; NULL: none. */
const char *view_written(const struct rules *rules, const struct standings_row *row);
const char *view_judged(const struct rules *rules, const struct standings_row *row);

#endif
