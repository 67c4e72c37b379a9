/* moves.h - people who change their street, leave, come back, or get another telephone
 * number. Results keep the street and the people of their time: where somebody belonged
 * before stands in former_branch, when she did not serve in service_break. */
#ifndef HISTORY_MOVES_H
#define HISTORY_MOVES_H

#include "store/store.h"

enum { MOVES_REASON = 600 /* bytes */, MOVES_PHONE = 20, MOVES_COHORT = 60 };

/* What changes of people and streets are recorded with. */
#define MOVES_SUBJECT "district/1"

/* Who acts. */
struct moves_actor {
    int64_t person;
    const char *role;
    int64_t now; /* UTC ms */
};

/* Inside a change: she is of street `to` from `at` on (a time that has passed). Records
 * nothing in the chain: that is the caller's. *from: her street before, 0 for none.
 * Errors: ERROR_NOT_FOUND "person_unknown"; ERROR_CONFLICT "person_erased",
 * "person_left", "move_same_branch", "moved_later" (she moved, joined or came back
 * after that time), "person_without_branch" (a specialist that had none). */
struct error *moves_apply(
    struct db *db, int64_t person, int64_t to, int64_t at, int64_t *from) MUST_CHECK;

/* The street exists today. Errors: ERROR_INVALID "branch_unknown". */
struct error *moves_check_branch(struct db *db, int64_t branch) MUST_CHECK;

/* Errors: ERROR_INVALID "time_future" when `at` is after now. */
struct error *moves_check_time(struct arena *arena, int64_t at, int64_t now) MUST_CHECK;

/* A change of one person. */
struct moves_change {
    int64_t person;
    int64_t branch; /* moves_move, moves_rejoin */
    int64_t at;     /* UTC ms */
    const char *reason;
    struct moves_actor actor;
};

/* A change: the event "person_moved". Errors: as above; "reason_needed". */
store_change moves_move;

/* A change: she no longer serves and cannot sign in; the event "person_left".
 * Errors: ERROR_CONFLICT "person_left", "person_erased", "moved_later",
 * "person_writing" (an attempt of hers is running), "person_last_organiser". */
store_change moves_leave;

/* A change: she serves again, in the same street or another one; the event
 * "person_rejoined". Errors: ERROR_CONFLICT "person_serves", "person_erased",
 * "moved_later"; ERROR_INVALID "branch_unknown". */
store_change moves_rejoin;

/* A change: the event "person_changed" names the fields, never their values.
 * Errors: ERROR_NOT_FOUND "person_unknown"; ERROR_CONFLICT "person_erased";
 * ERROR_INVALID "phone_invalid", "change_empty". */
struct moves_details {
    int64_t person;
    const char *phone;  /* NULL: as it was; "" takes it away */
    const char *cohort; /* NULL: as it was */
    struct moves_actor actor;
};
store_change moves_change_details;

#endif
