/* progress.h - which sections a person has read. */
#ifndef COURSES_PROGRESS_H
#define COURSES_PROGRESS_H

#include "store/store.h"

struct progress {
    int64_t person;
    const char *course;  /* slug */
    const char *lesson;  /* slug */
    const char *section; /* id */
    int64_t at;          /* UTC ms */
};

/* A change: notes that the section was read; its context is a struct progress. A
 * section noted before keeps its first time. Whether there is such a section is asked
 * of the catalogue, before. */
store_change progress_record;

/* When the section was read for the first time, in `*at`.
 * Errors: ERROR_NOT_FOUND "progress_unknown". */
struct error *
progress_find(struct db *reader, const struct progress *wanted, int64_t *at) MUST_CHECK;

struct progress_list {
    const struct progress *entries; /* the oldest first */
    size_t count;
};

/* What a person has read of one course, or of all. Also of lessons and sections that
 * have left the course since. The list lives in the reader's arena. */
struct error *progress_of_course(
    struct db *reader, int64_t person, const char *course,
    struct progress_list *result) MUST_CHECK;
struct error *progress_of_person(
    struct db *reader, int64_t person, struct progress_list *result) MUST_CHECK;

#endif
