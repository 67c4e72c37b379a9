/* course.h - a course: a folder courses/NN-slug/ with course.yml and lessons NN-slug.md
 * in the order of their names.
 *
 * course_build() makes of the folder one JSON document, in a child process:
 *   {"slug", "title", "order", "origin": "yearbook" | "ours", "lecturer", "minutes",
 *    "why", "what", "how", "objectives": [text],
 *    "lessons": [{"slug", "title", "html", "characters",
 *                 "sections": [{"id", "title"}]}]} */
#ifndef COURSES_COURSE_H
#define COURSES_COURSE_H

#include <stdint.h>

#include "base/error.h"
#include "format/findings.h"
#include "format/markdown.h"

enum {
    COURSE_LIMIT = 16 * 1024 * 1024, /* of the document */
    COURSE_LESSONS = 50,
    COURSE_SECTIONS = 200, /* of one lesson */
};

struct course_lesson {
    const char *slug;
    struct markdown_lesson text;
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
