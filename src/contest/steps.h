/* steps.h - what the host does: each step is one event. Nothing is ever undone in
 * place; a wrong deduction is taken back by a negative one, an absence by `present`. */
#ifndef CONTEST_STEPS_H
#define CONTEST_STEPS_H

#include "contest/journal.h"

struct step {
    struct journal *journal;
    int64_t contest;
    int64_t actor;      /* the host */
    int64_t at;         /* UTC ms */
    const char *action; /* agenda_action_name() */
    int64_t contestant; /* id; 0: whom the agenda has in turn */
    const char *view;   /* show; as the next ones NULL when not given */
    const char *points; /* deduct */
    const char *reason; /* deduct */
    const char *spoken; /* draw: the number called out by the audience */
    const char *seed;   /* draw_commit: 64 hex digits, fresh and random */
    int64_t expected;   /* the number of the state the host was looking at; INT64_MAX:
                         * not told */

    struct chain_event event; /* set by the change */
};

/* A change; context is a struct step. Errors: ERROR_NOT_FOUND "contest_unknown",
 * "contestant_unknown"; ERROR_CONFLICT "contest_moved_on" (something was done since
 * `expected`; showing another view is always possible), "step_not_allowed";
 * ERROR_INVALID "action_unknown", "view_unknown", "points_invalid", "reason_missing",
 * "spoken_too_long". */
store_change step_take;

#endif
