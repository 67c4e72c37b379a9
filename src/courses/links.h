/* links.h - links from text to text, once all folders are read. */
#ifndef COURSES_LINKS_H
#define COURSES_LINKS_H

#include "courses/catalogue.h"

/* Adds a finding, with file and line, for each link of a text that leads nowhere.
 * `directory` is what the folders lie in. Links into a folder that `is_refused` says
 * was refused this time are passed over: that folder has its own findings. A dead link
 * does not take its text down: mostly the other folder is what has changed. */
void links_check(
    struct findings *findings, const char *directory, const struct catalogue_view *view,
    bool (*is_refused)(const void *context, const char *folder), const void *context);

/* A lesson that sends its readers to an entry of the handbook. */
struct links_source {
    const struct course *course;
    const struct course_lesson *lesson;
};

/* The lessons that link to that entry, each once, in the order of the courses. */
const struct links_source *links_to_entry(
    struct arena *arena, const struct catalogue_view *view, const char *slug,
    size_t *count);

#endif
