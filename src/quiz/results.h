/* results.h - grades of closed attempts, for contests and reports, and what is still
 * missing from them: essays are marked by hand, and until then a grade is not final. */
#ifndef QUIZ_RESULTS_H
#define QUIZ_RESULTS_H

#include "quiz/paper.h"
#include "store/store.h"

struct quiz_grade {
    bool found; /* a closed attempt exists, and was not voided */
    int64_t attempt;
    int64_t grade;   /* 1/100 point */
    int64_t points;  /* full mark */
    int64_t pending; /* results_pending() */
    const char *receipt;
};

/* What the answered essays of a closed attempt may still add to its grade; 0: the grade
 * is final. */
struct error *results_pending(
    struct db *db, const struct paper *paper, int64_t attempt,
    int64_t *pending) MUST_CHECK;

enum results_verdict {
    RESULTS_FAILED,
    RESULTS_PASSED,
    RESULTS_OPEN, /* depends on the points that are pending */
};

/* `grade` and `pending` in 1/100 point. */
enum results_verdict
results_verdict(const struct paper *paper, int64_t grade, int64_t pending);

/* The grade of a person in a quiz; found is false while the attempt runs. */
struct error *results_grade(
    struct db *db, int64_t quiz, int64_t person, struct quiz_grade *grade) MUST_CHECK;

#endif
