/* grading.h - from answers to points. Pure: the same paper and answers, the same
 * points, today and at any later run. */
#ifndef QUIZ_GRADING_H
#define QUIZ_GRADING_H

#include <jansson.h>

#include "quiz/paper.h"

enum { GRADING_LONGEST_TEXT = 500 }; /* bytes of a fill-in answer */

/* Checks an answer from outside against its question and gives the form that is
 * stored: JSON with sorted option ids, or a JSON string; an empty one means cleared.
 * Errors: ERROR_INVALID "answer_invalid" for an option that was not delivered, a
 * second choice where one is asked, a repeated option, too long a text. */
struct error *grading_canonical(
    struct arena *arena, const struct paper_question *question, const json_t *answer,
    const char **canonical) MUST_CHECK;

/* Points of a stored answer in 1/100 point; NULL or an empty one is 0. */
struct error *grading_points(
    struct arena *arena, const struct paper *paper,
    const struct paper_question *question, const char *canonical,
    int64_t *points) MUST_CHECK;

/* False for NULL, "[]" and "\"\"". */
bool grading_is_answered(const char *canonical);

#endif
