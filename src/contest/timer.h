/* timer.h - the timekeeper's buttons: each is one event, whose time is the server's. */
#ifndef CONTEST_TIMER_H
#define CONTEST_TIMER_H

#include "contest/journal.h"

struct timer {
    struct journal *journal;
    int64_t contest;
    int64_t actor;      /* the host, who keeps the time */
    int64_t at;         /* UTC ms, when the button's request was taken */
    const char *action; /* "start", "pause", "resume", "stop", "set" */
    int64_t contestant; /* id; 0: the one on stage */
    const char *round;  /* NULL: the one the contestant was called in last */
    int64_t ms;         /* set: the time by hand */
    const char *reason; /* set */

    struct chain_event event; /* set by the change */
};

/* A change; context is a struct timer. Errors: ERROR_NOT_FOUND "contest_unknown",
 * "contestant_unknown", "round_unknown"; ERROR_CONFLICT "step_not_allowed";
 * ERROR_INVALID "action_unknown", "reason_missing". */
store_change timer_take;

#endif
