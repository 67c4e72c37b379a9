/* catalogue.h - all courses and the handbook, in memory, ready to be served.
 *
 * Loading reads the folders again and puts a new view in the place of the old one; who
 * still reads the old one keeps it until the end of the request. A folder that is
 * refused keeps the form it had before, so a slip of an author takes nothing down. */
#ifndef COURSES_CATALOGUE_H
#define COURSES_CATALOGUE_H

#include "courses/course.h"
#include "courses/handbook.h"

struct catalogue;
struct finder;

/* The answer to a question for one lesson, ready to send. */
struct catalogue_page {
    const char *bytes; /* JSON */
    size_t size;
    const char *etag; /* with the quotes */
};

struct catalogue_course {
    const struct course *course;
    const char *json;                   /* as course_load() gave it */
    const struct catalogue_page *pages; /* one a lesson, in the same order */
    struct catalogue_page summary;      /* bytes NULL when there is none */
    size_t section_count;               /* of all lessons */
};

struct catalogue_view {
    const struct catalogue_course *courses; /* by order, then by slug */
    size_t count;
    const struct handbook *handbook; /* without entries when there is no folder */
    const char *handbook_json;       /* as handbook_load() gave it, NULL without one */
    struct catalogue_page handbook_list;
    const struct catalogue_page *handbook_pages; /* one an entry, in the same order */
    struct finder *finder;                       /* NULL before the first loading */
};

struct catalogue *catalogue_new(void);
/* Views that were given out stay good until their arenas' reset. */
void catalogue_free(struct catalogue *catalogue);

/* Reads all folders of `directory`, the handbook among them, and indexes their texts.
 * What is wrong with a folder becomes findings, not an error; so does a link that leads
 * nowhere.
 * Errors: ERROR_BROKEN when the directory cannot be read or no child can be started;
 * the catalogue is then as it was. */
struct error *catalogue_load(
    struct catalogue *catalogue, struct arena *arena, const char *directory,
    struct findings *findings) MUST_CHECK;

/* Today's courses, from any thread; stays as it is until the arena's reset. */
const struct catalogue_view *
catalogue_view(struct catalogue *catalogue, struct arena *arena);

/* NULL when there is none. */
const struct catalogue_course *
catalogue_find(const struct catalogue_view *view, const char *slug);

/* The index among the course's lessons, -1 when there is none. */
int catalogue_lesson(const struct course *course, const char *slug);

/* The index among the lesson's sections, -1 when there is none. */
int catalogue_section(const struct course_lesson *lesson, const char *id);

#endif
