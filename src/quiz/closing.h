/* closing.h - the end of an attempt: graded, receipted, recorded in the chain. */
#ifndef QUIZ_CLOSING_H
#define QUIZ_CLOSING_H

#include "quiz/attempt.h"

enum { CLOSING_RECEIPT = 10 }; /* characters of the receipt code */

/* Inside a change: closes a running attempt. `state` is how; `submitted_at` is the time
 * that stands on the record (never after the deadline), `now` when it was done;
 * submit_key NULL when the program closes it. `attempt` is brought up to date. */
struct error *closing_close(
    struct db *db, struct bank *bank, struct attempt *attempt, enum attempt_state state,
    int64_t now, const char *submit_key) MUST_CHECK;

/* Inside a change: closes the attempt if it is overdue. Every change that touches an
 * attempt asks this first, so that no result depends on when the sweep ran. */
struct error *closing_if_overdue(
    struct db *db, struct bank *bank, struct attempt *attempt, int64_t now) MUST_CHECK;

/* Closes all overdue attempts; *closed: how many. Called every few seconds. */
struct error *closing_sweep(
    struct store *store, struct db *reader, struct bank *bank, struct arena *arena,
    int64_t *closed) MUST_CHECK;

#endif
