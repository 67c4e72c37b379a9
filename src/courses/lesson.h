/* lesson.h - one text of a course folder: a lesson, the one-page summary, an entry of
 * the handbook. From a Markdown file to JSON and back. */
#ifndef COURSES_LESSON_H
#define COURSES_LESSON_H

#include <stdint.h>

#include "format/markdown.h"

enum {
    LESSON_SECTIONS = 200, /* of one text */
    LESSON_LINKS = 500,    /* to other texts, from one text */
};

/* The folder under courses/ that holds no course; in links it stands for itself. */
#define LESSON_HANDBOOK "handbook"
/* The slug of a course's one-page summary: summary.md. */
#define LESSON_SUMMARY "summary"

/* A link to another text, as it stands in the file. */
struct course_link {
    int line;
    const char *folder;  /* slug of the course, or "handbook" */
    const char *slug;    /* of the lesson or entry */
    const char *section; /* id; "" for the text as a whole */
};

struct course_lesson {
    const char *slug;
    struct markdown_lesson text;
    const struct course_link *links;
    size_t link_count;
};

/* What a text has around it while it is built. */
struct lesson_folder {
    const char *directory;
    const char *slug; /* of the course, or "handbook" */
    const struct course_figure *figures;
    size_t figure_count;
    bool is_reference; /* summary, handbook: no figures, no self-checks */
};

/* Reads DIRECTORY/SLUG.md. Relative links become the addresses of the pages; whether
 * something is there is asked later, when all folders are read. False after adding
 * findings. */
bool lesson_build(
    struct findings *findings, const struct lesson_folder *folder, const char *slug,
    struct course_lesson *result);

/* {"slug", "title", "html", "characters", "sections": [{"id", "title"}],
 *  "links": [{"line", "folder", "slug", "section"}]}. */
void lesson_write(
    struct writer *writer, const char *key, const struct course_lesson *lesson);

/* Reads such an object. Errors: input_object()'s; ERROR_INVALID "course_invalid". */
struct error *lesson_read(
    struct arena *arena, json_t *object, struct course_lesson *lesson) MUST_CHECK;

/* ERROR_INVALID "course_invalid": what a child wrote contradicts itself. */
struct error *lesson_invalid(struct arena *arena, const char *what);

#endif
