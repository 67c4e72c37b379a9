/* results.h - grades of closed attempts, for contests and reports. */
#ifndef QUIZ_RESULTS_H
#define QUIZ_RESULTS_H

#include "store/store.h"

struct quiz_grade {
    bool found; /* a closed attempt exists, and was not voided */
    int64_t attempt;
    int64_t grade;  /* 1/100 point */
    int64_t points; /* full mark */
    const char *receipt;
};

/* The grade of a person in a quiz; found is false while the attempt runs. */
struct error *results_grade(
    struct db *db, int64_t quiz, int64_t person, struct quiz_grade *grade) MUST_CHECK;

#endif
