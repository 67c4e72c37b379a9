#include "quiz/submit.h"

#include <string.h>

#include "quiz/closing.h"

struct error *submit_has(
    struct db *db, const struct attempt *attempt, const char *item, int64_t seq,
    bool *has)
{
    static const char sql[] =
        "SELECT epoch, seq FROM answer WHERE attempt = $1 AND item = $2";
    SCOPED_ROWS rows = db_query(db, sql, INT(attempt->id), TEXT(item));

    *has = rows_next(&rows) && rows_int(&rows, 0) == attempt->epoch &&
           rows_int(&rows, 1) >= seq;
    return rows_error(&rows);
}

struct error *submit_attempt(struct db *db, void *context)
{
    struct submission *submission = context;
    struct attempt *attempt = &submission->after;

    submission->outcome = SUBMIT_DONE;
    TRY(attempt_load(db, submission->attempt, submission->person, attempt));
    TRY(closing_if_overdue(db, submission->bank, attempt, submission->received_at));
    if (attempt->state == ATTEMPT_AUTO_SUBMITTED)
        return NULL;
    if (attempt->state == ATTEMPT_SUBMITTED) {
        if (strcmp(attempt->submit_key, submission->submit_key) != 0)
            submission->outcome = SUBMIT_BEFORE;
        return NULL;
    }
    if (submission->epoch != attempt->epoch ||
        strcmp(submission->device, attempt->device) != 0) {
        submission->outcome = SUBMIT_LEASE_LOST;
        return NULL;
    }
    return closing_close(
        db, submission->bank, attempt, ATTEMPT_SUBMITTED, submission->received_at,
        submission->submit_key);
}
