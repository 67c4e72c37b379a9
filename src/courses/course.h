/* course.h - a course: a folder courses/NN-slug/ with course.yml, lessons NN-slug.md in
 * the order of their names, a one-page summary.md and drawings figures/NAME.svg.
 *
 * course_build() makes of the folder one JSON document, in a child process:
 *   {"slug", "title", "order", "origin": "yearbook" | "ours", "lecturer", "minutes",
 *    "why", "what", "how", "objectives": [text],
 *    "figures": [as figure_write() writes them],
 *    "lessons": [as lesson_write() writes them], "summary": the same or null} */
#ifndef COURSES_COURSE_H
#define COURSES_COURSE_H

#include <stdint.h>

#include "base/error.h"
#include "courses/figure.h"
#include "courses/lesson.h"
#include "format/findings.h"

enum {
    COURSE_LIMIT = 16 * 1024 * 1024, /* of the document */
    COURSE_LESSONS = 50,
};

struct course {
    const char *slug;
    const char *title;
    int64_t order;      /* its place among the courses */
    const char *origin; /* "yearbook": named by the yearbook; "ours": added by us */
    const char *lecturer;
    int64_t minutes;
    const char *why;
    const char *what;
    const char *how;
    const char **objectives;
    size_t objective_count;
    struct course_lesson *lessons; /* at least one */
    size_t lesson_count;
    struct course_lesson *summary; /* NULL when there is none */
    const struct course_figure *figures;
    size_t figure_count;
};

/* Reads a document that course_build() made. Everything lives in the arena.
 * Errors: input_parse()'s and input_object()'s; ERROR_INVALID "course_invalid". */
struct error *
course_read(struct arena *arena, const char *json, struct course **result) MUST_CHECK;

/* Reads a folder in a child process (format/sandbox.h) and checks what comes back.
 * `findings` receives what is wrong with the files.
 * Errors: ERROR_INVALID "course_refused" with the first finding as its sentence;
 * sandbox_run()'s. */
struct error *course_load(
    struct arena *arena, const char *directory, struct findings *findings,
    const char **json) MUST_CHECK;

/* The work of that child: reads the folder here and now. NULL when there are
 * findings. */
const char *
course_build(struct arena *arena, const char *directory, struct findings *findings);

#endif
