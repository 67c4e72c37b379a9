/* erase.h - takes away who a person was, and leaves what was counted. Her name, staff
 * number, telephone, place, cohort, account, logins and reading progress go; results,
 * answers and events keep her number, so that rankings, digests and the chain stay what
 * they were. What is in the chain is by numbers; a reason that somebody wrote into it
 * cannot be taken back. */
#ifndef HISTORY_ERASE_H
#define HISTORY_ERASE_H

#include "history/moves.h"

#define ERASE_NAME "已删除" /* and her id */

/* A change: the event "person_erased" of "district/1".
 * Errors: ERROR_NOT_FOUND "person_unknown"; ERROR_INVALID "reason_needed";
 * ERROR_CONFLICT "person_erased", "person_writing" (an attempt of hers is running),
 * "person_in_contest" (contestant or judge of one that is not over), "person_is_self",
 * "person_last_organiser". */
struct erasure {
    int64_t person;
    const char *reason;
    struct moves_actor actor; /* person 0: the program, by retention */
};
store_change erase_person;

/* Who left before a time and is still named. Calls each(context, id, staff_number,
 * left_at). */
typedef void
erase_each(void *context, int64_t person, const char *staff_number, int64_t left_at);
struct error *erase_list_left(
    struct db *db, int64_t before, erase_each *each, void *context) MUST_CHECK;

#endif
