/* agenda.h - what may happen next in a contest, and what should. Pure.
 *
 * The host's page shows it, the steps are refused by it: one answer for both. */
#ifndef CONTEST_AGENDA_H
#define CONTEST_AGENDA_H

#include "contest/fold.h"

enum agenda_action {
    AGENDA_SEAL,
    AGENDA_DRAW_COMMIT,
    AGENDA_DRAW,
    AGENDA_CALL,
    AGENDA_CLOSE,
    AGENDA_RELEASE,
    AGENDA_SHOW,
    AGENDA_ABSENT,
    AGENDA_PRESENT,
    AGENDA_ABORT,
    AGENDA_CONTINUE,
    AGENDA_DEDUCT,
    AGENDA_FINISH,
    AGENDA_FREEZE,
    AGENDA_REVEAL,
    AGENDA_UNFREEZE,
    AGENDA_NONE, /* nothing to do but wait; also the number of actions */
};

/* "seal", "draw_commit"...; "none". */
const char *agenda_action_name(enum agenda_action action);
bool agenda_action_find(const char *name, enum agenda_action *action);

/* Is the action possible now, for anybody? */
bool agenda_allows(const struct contest_state *state, enum agenda_action action);

/* Is it possible for this contestant? In call, close and release the round is the one
 * that agenda_round() gives. */
bool agenda_allows_for(
    const struct contest_state *state, enum agenda_action action, size_t contestant);

/* The round an action is about: the current one for a call, else the one in which the
 * contestant was called last (CONTEST_NONE: never). */
size_t agenda_round(
    const struct contest_state *state, enum agenda_action action, size_t contestant);

/* Whom the action concerns when nobody was named: the next to be called, the one on
 * stage, the one to be released; CONTEST_NONE for nobody. */
size_t agenda_default(const struct contest_state *state, enum agenda_action action);

/* Scoring may close: the rules can make a score of the sheets there are. */
bool agenda_may_close(const struct contest_state *state, struct contest_place place);

/* A correction is not settled, a confirmation is missing, or the sheets are too far
 * apart: the score is not released, or, if it is, the contest does not end. */
bool agenda_is_held_up(const struct contest_state *state, struct contest_place place);

/* The grades of all written rounds are known, or known to be missing. */
bool agenda_has_written(const struct contest_state *state);

struct agenda {
    enum agenda_action action;
    struct contest_place place; /* whom it is about, or whose sheets are waited for;
                                 * CONTEST_NONE for nobody */
};
/* When everybody is through it says finish, even if that still waits for the grades of
 * a written round: pressing it then tells why. With a sign-off there is nothing more
 * for the host. */
struct agenda agenda_next(const struct contest_state *state);

#endif
