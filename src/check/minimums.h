/* minimums.h - how much a whole curriculum has to have: lessons, handbook entries,
 * questions of every kind. Left out while content is still being written. */
#ifndef CHECK_MINIMUMS_H
#define CHECK_MINIMUMS_H

#include "check/curriculum.h"

/* course-lessons, lesson-questions, bank-count, bank-types, bank-cases, bank-essays of
 * numbered courses; handbook-count. */
void minimums_check(struct findings *findings, const struct curriculum *curriculum);

#endif
