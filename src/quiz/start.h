/* start.h - beginning an attempt, or going on with it on this or another device. */
#ifndef QUIZ_START_H
#define QUIZ_START_H

#include "quiz/attempt.h"

enum start_outcome {
    START_BEGUN,
    START_RESUMED,
    START_TAKEN_OVER, /* the other device can write no longer */
    START_ELSEWHERE,  /* another device has it; take_over was not asked for */
    START_CLOSED,     /* it is submitted already, or just was because it was overdue */
};

/* A change. The layout is made before, outside the writer. A person's second start is
 * a resume: there is one attempt a quiz and person.
 * Errors: ERROR_CONFLICT "quiz_not_open", "quiz_closed". */
struct start {
    struct bank *bank;
    struct quiz quiz;
    const char *layout;
    int64_t points;
    int64_t person;
    const char *device;
    bool take_over;
    enum start_outcome outcome;
    int64_t attempt; /* its id */
};
store_change start_attempt;

#endif
