/* create.h - makes a contest out of a rule set and two lists of people. */
#ifndef CONTEST_CREATE_H
#define CONTEST_CREATE_H

#include "store/store.h"

struct contest_creation {
    const char *title;
    const char *rules;     /* JSON, see contest/rules.h */
    const int64_t *judges; /* people; the first gets number 1 */
    size_t judge_count;
    const int64_t *contestants; /* people */
    size_t contestant_count;
    int64_t at; /* UTC ms */

    int64_t id; /* set by the change */
};

/* A change; context is a struct contest_creation. Errors: rules_read()'s;
 * ERROR_INVALID "contest_people" (nobody, too many); ERROR_CONFLICT "already_recorded"
 * (somebody stands in a list twice, or is not known). */
store_change contest_create;

#endif
