/* ruling.h - what the chief judge and the auditor decide: each ruling is one event,
 * most with a reason, and what was before stays in the chain. */
#ifndef CONTEST_RULING_H
#define CONTEST_RULING_H

#include "contest/journal.h"

struct ruling {
    struct journal *journal;
    int64_t contest;
    int64_t actor;
    bool chief_judge; /* what the actor may act as; one of the two at least */
    bool auditor;
    int64_t at; /* UTC ms */
    const char *action;
    int64_t contestant; /* id; as the next ones 0 or NULL when the action has none */
    const char *round;
    int64_t judge;   /* number */
    json_t *judges;  /* numbers */
    json_t *order;   /* ids, the best first */
    int64_t checked; /* contestants */
    int64_t errors;
    int64_t unsent; /* marks that tablets hold, as far as known */
    const char *reason;
    int64_t expected; /* as in steps.h */

    struct chain_event event; /* set by the change */
};

/* A change; context is a struct ruling. The actions:
 *   disqualify, reinstate   contestant, reason      chief judge
 *   grant_correction, refuse_correction
 *                           contestant, round, judge, reason   chief judge; to refuse
 *                           also takes back a grant that was not used
 *   exclude_judge, include_judge
 *                           contestant, judge, reason          chief judge
 *   confirm_panel           contestant, round                  both, each for the own
 *                           word: few sheets suffice
 *   ask_reentry             contestant, round, judges, reason  chief judge; sheets far
 *                           apart are handed in anew, the judges are told no numbers
 *   accept_spread           contestant, round, reason          chief judge
 *   record_lot, record_playoff
 *                           order, reason                      chief judge; among those
 *                           whom nothing else parts, if the rules know that key
 *   spot_check              checked, errors                    both
 *   sign                                                       both, each for the own
 *                           role, two persons; void when a result can have changed
 *   finalise                                                   chief judge; with the
 *                           rules' sign_off, and once nothing is open (conditions.h)
 * Errors: ERROR_NOT_FOUND "contest_unknown", "contestant_unknown", "round_unknown",
 * "judge_unknown"; ERROR_FORBIDDEN "role_needed" (the action is the other's);
 * ERROR_CONFLICT "contest_moved_on", "step_not_allowed", "conditions_open" (naming
 * them); ERROR_INVALID "action_unknown", "reason_missing", "order_invalid",
 * "spot_check_invalid". */
store_change ruling_take;

#endif
