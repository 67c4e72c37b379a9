/* status.h - decisions about one person in one quiz: 缓考 (excused for now), 作废 (the
 * result was taken away), or neither. Rows are added, never changed; the newest counts,
 * so that every decision can be taken back and stays to be seen. */
#ifndef QUIZ_STATUS_H
#define QUIZ_STATUS_H

#include "store/store.h"

enum { STATUS_REASON = 600 /* bytes */ };

/* A change. The event "status_decided" of "quiz/ID" holds person, status and reason.
 * Errors: ERROR_NOT_FOUND "quiz_unknown", "person_unknown"; ERROR_INVALID
 * "status_invalid", "reason_needed"; ERROR_CONFLICT "status_unchanged". */
struct status_decision {
    int64_t quiz;
    int64_t person;
    const char *status; /* "normal", "deferred", "voided" */
    const char *reason;
    int64_t actor;
    const char *role;
    int64_t at;
};
store_change status_decide;

#endif
