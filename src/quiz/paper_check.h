/* paper_check.h - whether a paper's document agrees with itself. Private to
 * quiz/paper_*.c. */
#ifndef QUIZ_PAPER_CHECK_H
#define QUIZ_PAPER_CHECK_H

#include "quiz/paper.h"

/* ERROR_INVALID "paper_invalid". */
struct error *paper_invalid(struct arena *arena, const char *what);

/* One question by itself; `right`: how many options its list of right ones names. */
struct error *paper_check_question(
    struct arena *arena, const struct paper_question *question,
    size_t right) MUST_CHECK;

/* All questions and cases together. */
struct error *paper_check(struct arena *arena, const struct paper *paper) MUST_CHECK;

#endif
