/* handbook.h - the work handbook: courses/handbook/KIND-slug.md, short texts to look
 * things up in.
 *
 * handbook_build() makes of the folder one JSON document, in a child process:
 *   {"entries": [as lesson_write() writes them]}, in the order of the files' names. */
#ifndef COURSES_HANDBOOK_H
#define COURSES_HANDBOOK_H

#include "base/error.h"
#include "courses/lesson.h"
#include "format/findings.h"

enum {
    HANDBOOK_LIMIT = 16 * 1024 * 1024, /* of the document */
    HANDBOOK_ENTRIES = 500,
    HANDBOOK_KINDS = 5,
};

/* procedure, checklist, form, script, statute: what the names of the files begin with,
 * in the order in which they are shown. */
extern const char *const handbook_kinds[HANDBOOK_KINDS];

struct handbook {
    struct course_lesson *entries;
    size_t entry_count;
};

/* The index in handbook_kinds of "checklist-x"; -1 when it begins otherwise. */
int handbook_kind(const char *slug);

/* The index of an entry, -1 when there is none. */
int handbook_find(const struct handbook *handbook, const char *slug);

/* Reads a document that handbook_build() made.
 * Errors: as course_read()'s. */
struct error *handbook_read(
    struct arena *arena, const char *json, struct handbook **result) MUST_CHECK;

/* As course_load(): a child process, its answer checked, what is wrong as findings. */
struct error *handbook_load(
    struct arena *arena, const char *directory, struct findings *findings,
    const char **json) MUST_CHECK;

/* The work of that child. NULL when there are findings. */
const char *
handbook_build(struct arena *arena, const char *directory, struct findings *findings);

#endif
