/* reading.h - how far a reader has come in a course: what is kept of her progress, seen
 * through the course as it is today. */
#ifndef COURSES_READING_H
#define COURSES_READING_H

#include "courses/course.h"
#include "courses/progress.h"

/* The place where reading goes on; both indexes -1: from the beginning, or all is
 * read. */
struct reading_place {
    int lesson;
    int section;
};

/* Sections of this course in the list that are still in it. */
size_t reading_count(const struct course *course, const struct progress_list *progress);

bool reading_has(
    const struct course_lesson *lesson, size_t section,
    const struct progress_list *progress);

/* The first unread section behind the one that was read last; behind the end of the
 * course it goes on at its beginning. `progress` is of this course. */
struct reading_place
reading_resume(const struct course *course, const struct progress_list *progress);

#endif
