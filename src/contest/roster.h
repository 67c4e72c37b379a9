/* roster.h - the names behind the numbers of a contest. Kept outside the chain, which
 * holds numbers only, so that a name can be corrected or removed. */
#ifndef CONTEST_ROSTER_H
#define CONTEST_ROSTER_H

#include "store/store.h"

struct roster_person {
    int64_t id; /* contestants: contestant id; judges: person, as in fold.h */
    int64_t person;
    int64_t number; /* judges: 1, 2, 3...; contestants: 0 */
    const char *name;
    const char *staff_number;
    int64_t branch;          /* when the contest was sealed, before it today; 0: none */
    const char *branch_name; /* "" without one */
};

struct roster_branch {
    int64_t id;
    const char *name;
};

struct roster {
    const char *title;                       /* of the contest */
    const char *rules;                       /* canonical JSON */
    const struct roster_person *contestants; /* by id */
    size_t contestant_count;
    const struct roster_person *judges; /* by number */
    size_t judge_count;
    const struct roster_branch *branches; /* every street there is or was */
    size_t branch_count;
};

/* In the arena of the connection. Errors: ERROR_NOT_FOUND "contest_unknown". */
struct error *
roster_read(struct db *db, int64_t contest, const struct roster **result) MUST_CHECK;

/* Never NULL: who is not in the list is an entry named "未知". */
const struct roster_person *
roster_contestant(const struct roster *roster, int64_t contestant);
const struct roster_person *roster_judge(const struct roster *roster, int64_t person);

/* The name of a branch by its id; "" when there is none. */
const char *roster_branch_name(const struct roster *roster, int64_t branch);

#endif
