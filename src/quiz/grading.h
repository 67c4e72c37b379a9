/* grading.h - from answers to points. Pure: the same paper and answers, the same
 * points, today and at any later run. */
#ifndef QUIZ_GRADING_H
#define QUIZ_GRADING_H

#include <jansson.h>

#include "quiz/paper.h"

enum {
    GRADING_LONGEST_TEXT = 500,   /* bytes of a fill-in answer or a number */
    GRADING_LONGEST_ESSAY = 4000, /* characters */
};

/* Checks an answer from outside against its question and gives the form that is
 * stored: an array of option ids, sorted for a choice and as given for an ordering; an
 * object {prompt id: option id} with sorted keys for a matching; otherwise a string. An
 * empty one means cleared.
 * Errors: ERROR_INVALID "answer_invalid" for an option or a prompt that was not
 * delivered, a second choice where one is asked, a repeated option, an order that lacks
 * options, too long a text. */
struct error *grading_canonical(
    struct arena *arena, const struct paper_question *question, json_t *answer,
    const char **canonical) MUST_CHECK;

/* Points of a stored answer in 1/100 point; NULL or an empty one is 0. An ordering
 * earns a share, rounded down, for each option on its place (or everything for all of
 * them, as it says itself), a matching for each right pair. An essay earns 0 here. */
struct error *grading_points(
    struct arena *arena, const struct paper *paper,
    const struct paper_question *question, const char *canonical,
    int64_t *points) MUST_CHECK;

/* What this answer may still earn when people mark it: the points of an essay that was
 * answered, otherwise 0. */
int64_t grading_pending(const struct paper_question *question, const char *canonical);

/* False for NULL, "[]", "{}" and "\"\"". */
bool grading_is_answered(const char *canonical);

#endif
