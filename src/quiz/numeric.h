/* numeric.h - whether a text says the number that was asked for. No floating point:
 * every comparison is exact. */
#ifndef QUIZ_NUMERIC_H
#define QUIZ_NUMERIC_H

#include "quiz/paper.h"

/* The answer is normalised (quiz/normalise.h) and has to be one decimal number, with
 * one of the units of the question behind it or nothing; "3至5", "约60", "1,000" and
 * units that are not listed are wrong. Right when the number is as near to one of the
 * values as its tolerance, both ends included.
 * Errors: ERROR_INVALID "text_encoding". */
struct error *numeric_is_right(
    struct arena *arena, const struct paper_question *question, const char *answer,
    bool *right) MUST_CHECK;

#endif
