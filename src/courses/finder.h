/* finder.h - searching the courses and the handbook of one catalogue. */
#ifndef COURSES_FINDER_H
#define COURSES_FINDER_H

#include "courses/catalogue.h"

enum {
    FINDER_QUERY = 64, /* characters */
    FINDER_HITS = 50,
};

struct finder;

/* Indexes a view. The finder lives in the arena, borrows the view and is part of the
 * same loading, so that what it finds is there. Errors: ERROR_BROKEN. */
struct error *finder_new(
    struct arena *arena, const struct catalogue_view *view,
    struct finder **result) MUST_CHECK;

/* A piece of an excerpt. */
struct finder_part {
    const char *text;
    bool is_hit;
};

/* What is found: a section of a text, a text by its title, or a course. */
struct finder_hit {
    const struct course *course;            /* NULL for the handbook */
    const struct course_lesson *text;       /* NULL for a course as a whole */
    const struct markdown_section *section; /* NULL: the text as a whole */
    const struct finder_part *excerpt;
    size_t part_count;
};

struct finder_result {
    const struct finder_hit *hits; /* the best first, at most FINDER_HITS */
    size_t count;
    int64_t total;
};

/* Every word of the query (parted by spaces) must be there. From any thread. Without a
 * finder (NULL) nothing is found.
 * Errors: ERROR_INVALID "search_empty", "search_too_long", "search_invalid" (no UTF-8,
 * or control characters in it); ERROR_BROKEN. */
struct error *finder_search(
    struct finder *finder, struct arena *arena, const char *query,
    struct finder_result *result) MUST_CHECK;

#endif
