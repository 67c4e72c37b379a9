/* attempt.h - one person's attempt at a quiz, as it stands in the database. */
#ifndef QUIZ_ATTEMPT_H
#define QUIZ_ATTEMPT_H

#include "quiz/bank.h"
#include "store/store.h"

/* An answer on its way when the bell rings still counts when it arrives this soon. */
enum { ATTEMPT_GRACE_MS = 10 * 1000 };

enum attempt_state {
    ATTEMPT_IN_PROGRESS,
    ATTEMPT_SUBMITTED,      /* by the person */
    ATTEMPT_AUTO_SUBMITTED, /* by the program, at the deadline */
};

enum attempt_phase {
    ATTEMPT_RUNNING, /* before the deadline */
    ATTEMPT_GRACE,   /* answers on their way still count */
    ATTEMPT_OVERDUE, /* to be closed by whoever sees it first */
    ATTEMPT_CLOSED,
};

struct quiz {
    int64_t id;
    const char *revision; /* of its paper */
    const char *mode;
    int64_t start_at;
    int64_t base_ms;
    int64_t window_open;
    int64_t window_close; /* INT64_MAX: stays open */
    bool review_after_submit;
};

struct attempt {
    int64_t id;
    int64_t quiz;
    int64_t person;
    enum attempt_state state;
    const char *revision; /* of the paper it was begun with */
    int64_t started_at;
    int64_t deadline;
    int64_t deadline_rev;
    int64_t epoch;
    const char *device;
    const char *layout;
    const char *submit_key;
    int64_t submitted_at; /* 0 while running */
    const char *receipt;
    int64_t grade; /* 1/100 point, 0 while running */
    int64_t points;
};

/* Errors: ERROR_NOT_FOUND "quiz_unknown". */
struct error *attempt_quiz(struct db *db, int64_t id, struct quiz *quiz) MUST_CHECK;

/* The person's own attempt. Errors: ERROR_NOT_FOUND "attempt_unknown", also for the
 * attempt of someone else. */
struct error *attempt_load(
    struct db *db, int64_t id, int64_t person, struct attempt *attempt) MUST_CHECK;

/* The attempt of a person at a quiz; attempt->id 0 when there is none. */
struct error *attempt_find(
    struct db *db, int64_t quiz, int64_t person, struct attempt *attempt) MUST_CHECK;

/* The one answer to "may this still count?", used everywhere. */
enum attempt_phase attempt_phase(const struct attempt *attempt, int64_t now);

/* "in_progress", "submitted", "auto_submitted". */
const char *attempt_state_name(enum attempt_state state);

#endif
