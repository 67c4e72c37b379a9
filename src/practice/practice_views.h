/* practice_views.h - practice as JSON documents. No document holds a key but the one
 * that marks an answer. */
#ifndef PRACTICE_PRACTICE_VIEWS_H
#define PRACTICE_PRACTICE_VIEWS_H

#include "base/writer.h"
#include "practice/practice_pick.h"

/* Members of an open object: how many questions there are, are due, stand in the wrong
 * book and are bookmarked, and the same by course and lesson. Nothing of what is held
 * back but its number. */
void practice_views_counts(
    struct arena *arena, const struct practice_knowledge *knowledge, int64_t day,
    struct writer *writer);

/* The array "weak": the weakest first, at most `most`. */
void practice_views_weak(
    const struct practice_lessons *lessons, size_t most, struct writer *writer);

/* Members of an open object: "questions", "cases", "available". Each option list is in
 * an order of its own each time. */
void practice_views_session(
    struct arena *arena, const struct practice_knowledge *knowledge,
    const struct practice_pick *pick, struct writer *writer);

/* Members of an open object: the key, and the solution of the case behind its last
 * question. */
void practice_views_key(
    const struct practice_view *view, const struct practice_item *item,
    struct writer *writer);

/* Members of an open object: what is known now of the person and the question. */
void practice_views_state(
    const struct practice_state *state, int64_t day, struct writer *writer);

#endif
