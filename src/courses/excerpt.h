/* excerpt.h - a few words of a text around what was searched for. */
#ifndef COURSES_EXCERPT_H
#define COURSES_EXCERPT_H

#include "courses/finder.h"

/* Pieces that together are at most 80 characters of the body and "…" where something
 * was left out; every occurrence of a term in them is a piece of its own with is_hit.
 * Without any occurrence the beginning of the body; none for an empty body. ASCII
 * letters are the same large and small. */
const struct finder_part *excerpt_make(
    struct arena *arena, const char *body, const char *const *terms, size_t term_count,
    size_t *part_count);

#endif
