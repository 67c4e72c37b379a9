/* tags.h - every question says what it is about, and says it of something that exists.
 */
#ifndef CHECK_TAGS_H
#define CHECK_TAGS_H

#include "check/curriculum.h"

/* question-lesson, question-explanation, question-fact, question-difficulty,
 * question-point, question-case, question-number. */
void tags_check(struct findings *findings, const struct curriculum *curriculum);

#endif
