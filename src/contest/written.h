/* written.h - takes the grades of the written rounds from the quizzes. */
#ifndef CONTEST_WRITTEN_H
#define CONTEST_WRITTEN_H

#include "contest/journal.h"

struct written {
    struct journal *journal;
    int64_t contest;
    int64_t actor; /* the organiser */
    int64_t at;    /* UTC ms */

    int64_t taken;  /* set by the change: grades there are */
    int64_t absent; /* contestants without one */
    int64_t number; /* of the contest's last event */
};

/* A change; context is a struct written. Each grade becomes an event; done again, only
 * what is different does. Errors: ERROR_NOT_FOUND "contest_unknown"; ERROR_CONFLICT
 * "step_not_allowed" (before the seal, after the finish, no written round),
 * "written_full_differs" (the paper's full mark is not that of the rules),
 * "written_pending" (essays are still to be marked). */
store_change written_take;

#endif
