/* outline.h - what every course, lesson, summary and handbook entry has to have. */
#ifndef CHECK_OUTLINE_H
#define CHECK_OUTLINE_H

#include "check/curriculum.h"

/* objectives, course-figure, summary-missing, summary-length, lesson-length,
 * lesson-case, lesson-selfcheck, lesson-today, lesson-sources of numbered courses;
 * handbook-name. */
void outline_check(struct findings *findings, const struct curriculum *curriculum);

#endif
