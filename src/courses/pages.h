/* pages.h - answers about a text that are the same for everyone: made once when a
 * catalogue is loaded. */
#ifndef COURSES_PAGES_H
#define COURSES_PAGES_H

#include "courses/catalogue.h"

void pages_lesson(
    struct arena *arena, const struct course *course, size_t index,
    struct catalogue_page *page);

/* There must be one. */
void pages_summary(
    struct arena *arena, const struct course *course, struct catalogue_page *page);

/* All entries by kind, with the lessons that link to each. */
void pages_handbook(
    struct arena *arena, const struct catalogue_view *view,
    struct catalogue_page *page);

void pages_entry(
    struct arena *arena, const struct catalogue_view *view, size_t index,
    struct catalogue_page *page);

#endif
