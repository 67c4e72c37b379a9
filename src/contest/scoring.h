/* scoring.h - what judges send: single marks as they are entered, and the sheet that is
 * handed in. A tablet may send the same again after a lost reply; it gets the same
 * receipt, also when scoring was closed in between. */
#ifndef CONTEST_SCORING_H
#define CONTEST_SCORING_H

#include "contest/journal.h"

struct scoring {
    struct journal *journal;
    int64_t contest;
    int64_t judge;         /* person */
    int64_t at;            /* UTC ms */
    const char *device;    /* the tablet's random name */
    int64_t device_number; /* counts up on it, over marks and sheets together */
    int64_t contestant;
    const char *round;     /* NULL: the one the contestant was called in last */
    const char *criterion; /* scoring_mark */
    const char *value;     /* scoring_mark */
    json_t *marks;         /* scoring_sheet: {criterion: value}, all of them */

    struct chain_event event; /* set by the change; the first one when repeated */
    const char *total;        /* of the sheet, "88.50" */
};

/* Changes; context is a struct scoring. Errors: ERROR_NOT_FOUND "contest_unknown",
 * "not_your_contestant" (unknown, recused, or never called); ERROR_FORBIDDEN
 * "not_on_panel"; ERROR_CONFLICT "scoring_closed", "sheet_submitted",
 * "device_number_reused"; ERROR_NOT_FOUND "round_unknown"; ERROR_INVALID "mark_invalid"
 * (not a number, no such criterion, one is missing), "mark_off_scale", "mark_off_step".
 */
store_change scoring_mark;
store_change scoring_sheet;

/* A judge asks to change a sheet that is handed in; the chief judge decides
 * (ruling.h). */
struct scoring_correction {
    struct journal *journal;
    int64_t contest;
    int64_t judge; /* person */
    int64_t at;    /* UTC ms */
    int64_t contestant;
    const char *round; /* NULL: the one the contestant was called in last */
    const char *reason;

    struct chain_event event; /* set by the change */
};

/* A change; context is a struct scoring_correction. Errors: those of a mark;
 * ERROR_CONFLICT "sheet_missing", "correction_pending", "step_not_allowed";
 * ERROR_INVALID "reason_missing". */
store_change scoring_ask_correction;

#endif
