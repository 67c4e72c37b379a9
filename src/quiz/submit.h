/* submit.h - handing in, in two steps: first what is missing, then for good. */
#ifndef QUIZ_SUBMIT_H
#define QUIZ_SUBMIT_H

#include "quiz/attempt.h"

enum submit_outcome {
    SUBMIT_DONE,       /* now, or before with the same key */
    SUBMIT_LEASE_LOST, /* another device has the attempt */
    SUBMIT_BEFORE,     /* it was handed in with another key */
};

/* A change. An overdue attempt is closed at its deadline instead; then `after.state`
 * says so. Errors: ERROR_NOT_FOUND "attempt_unknown". */
struct submission {
    struct bank *bank;
    int64_t attempt;
    int64_t person;
    const char *device;
    int64_t epoch;
    const char *submit_key;
    int64_t received_at;
    enum submit_outcome outcome;
    struct attempt after;
};
store_change submit_attempt;

/* For each item of the device's manifest whether the server has that edit or a newer
 * one of this epoch. */
struct error *submit_has(
    struct db *db, const struct attempt *attempt, const char *item, int64_t seq,
    bool *has) MUST_CHECK;

#endif
