/* demo_progress.h - what the invented specialists have read of the courses. */
#ifndef CLI_DEMO_PROGRESS_H
#define CLI_DEMO_PROGRESS_H

#include "cli/demo_people.h"
#include "courses/catalogue.h"

/* Inside a change: the first course is read by nearly everybody, the last by few. Who
 * is kept fresh has read nothing. */
struct error *demo_progress_fill(
    struct db *db, const struct catalogue_view *courses, struct demo_people *people,
    int64_t now) MUST_CHECK;

#endif
