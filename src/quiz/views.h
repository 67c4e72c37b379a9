/* views.h - quizzes and attempts as JSON documents. No document holds a key before it
 * may be seen. */
#ifndef QUIZ_VIEWS_H
#define QUIZ_VIEWS_H

#include "base/writer.h"
#include "quiz/answer.h"
#include "quiz/attempt.h"

/* The array "quizzes" with this person's state in each. */
struct error *views_quizzes(
    struct db *db, struct bank *bank, int64_t person, int64_t now,
    struct writer *writer) MUST_CHECK;

/* The members "attempt", "parts", "cases" and "answers" of an attempt document; the
 * questions and the texts of their cases only while it runs. `device` is who asks. */
struct error *views_attempt(
    struct db *db, struct bank *bank, const struct attempt *attempt, const char *device,
    struct writer *writer) MUST_CHECK;

/* The members "grade", "pending_points", "points" and "passed" of a closed attempt:
 * while essays are to be marked by hand the grade is not final, and whether it passes
 * is null where they decide it. */
struct error *views_grade(
    struct db *db, struct bank *bank, const struct attempt *attempt,
    struct writer *writer) MUST_CHECK;

/* The members "attempt", "review" and "cases" of a result; review is null and cases are
 * empty before the key may be seen. */
struct error *views_result(
    struct db *db, struct bank *bank, const struct attempt *attempt, int64_t now,
    struct writer *writer) MUST_CHECK;

/* The members of the reply to saved answers. */
void views_receipts(
    const struct answer_batch *batch, int64_t now, struct writer *writer);

#endif
