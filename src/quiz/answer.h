/* answer.h - saving answers: idempotent, in order, from one device, before the bell. */
#ifndef QUIZ_ANSWER_H
#define QUIZ_ANSWER_H

#include "quiz/attempt.h"

enum { ANSWER_BATCH = 100 };

enum answer_stored {
    ANSWER_SAVED,
    ANSWER_DUPLICATE, /* sent before: same receipt */
    ANSWER_STALE,     /* an older edit came after a newer one: nothing changed */
    ANSWER_LATE,      /* kept apart, does not count unless somebody rules so */
};

struct answer_entry {
    const char *item;
    const char *answer; /* grading_canonical() */
    int64_t seq;
    /* what became of it */
    enum answer_stored stored;
    const char *class; /* "live", "grace" or "late" */
    int64_t epoch;
    int64_t received_at;
    const char *receipt;   /* 16 hexadecimal digits */
    int64_t current_epoch; /* ANSWER_STALE: what stands */
    int64_t current_seq;
    const char *current_answer;
};

enum answer_outcome {
    ANSWERS_TAKEN,
    ANSWERS_LEASE_LOST, /* another device writes; what was sent is kept apart */
    ANSWERS_SUBMITTED,  /* the attempt is handed in; what was sent is kept apart */
    ANSWERS_CONFLICT,   /* the same number came with another answer before */
};

/* A change. Answers that cannot count are logged all the same, so it succeeds and says
 * in `outcome` what to tell. Errors: ERROR_NOT_FOUND "attempt_unknown". */
struct answer_batch {
    struct bank *bank;
    int64_t attempt;
    int64_t person;
    const char *device;
    int64_t epoch;
    int64_t received_at; /* the server's clock when the request arrived */
    struct answer_entry *entries;
    size_t count;
    enum answer_outcome outcome;
    struct attempt after;
};
store_change answer_save;

#endif
