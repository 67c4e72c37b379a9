#include "contest/agenda.h"

#include <stdlib.h>
#include <string.h>

#include "contest/spread.h"

static const char *const names[] = {
    [AGENDA_SEAL] = "seal",         [AGENDA_DRAW_COMMIT] = "draw_commit",
    [AGENDA_DRAW] = "draw",         [AGENDA_CALL] = "call",
    [AGENDA_CLOSE] = "close",       [AGENDA_RELEASE] = "release",
    [AGENDA_SHOW] = "show",         [AGENDA_ABSENT] = "absent",
    [AGENDA_PRESENT] = "present",   [AGENDA_ABORT] = "abort",
    [AGENDA_CONTINUE] = "continue", [AGENDA_DEDUCT] = "deduct",
    [AGENDA_FINISH] = "finish",     [AGENDA_FREEZE] = "freeze",
    [AGENDA_REVEAL] = "reveal",     [AGENDA_UNFREEZE] = "unfreeze",
    [AGENDA_NONE] = "none",
};

const char *agenda_action_name(enum agenda_action action)
{
    return names[action];
}

bool agenda_action_find(const char *name, enum agenda_action *action)
{
    for (size_t i = 0; i < AGENDA_NONE; i++) {
        if (strcmp(names[i], name) == 0) {
            *action = (enum agenda_action)i;
            return true;
        }
    }
    return false;
}

bool agenda_may_close(const struct contest_state *state, struct contest_place place)
{
    const struct rules_round *round = &state->rules->rounds[place.round];
    size_t sheets = contest_count_sheets(state, place.contestant, place.round);
    struct rules_drops drops = rules_drops_for(round, sheets);

    switch (round->panel.missing) {
    case PANEL_WAIT:
        return sheets == contest_count_eligible(state, place.contestant);
    case PANEL_PRESENT:
        return sheets > (size_t)drops.drop_low + (size_t)drops.drop_high;
    case PANEL_IMPUTE:
        return sheets > 0;
    }
    abort();
}

bool agenda_is_held_up(const struct contest_state *state, struct contest_place place)
{
    return contest_is_reopened(state, place) || !contest_is_confirmed(state, place) ||
           spread_is_open(state, place);
}

bool agenda_has_written(const struct contest_state *state)
{
    for (size_t i = 0; i < state->rules->round_count; i++) {
        if (state->rules->rounds[i].kind != RULES_WRITTEN)
            continue;
        for (size_t j = 0; j < state->contestant_count; j++) {
            const struct contest_contestant *contestant = &state->contestants[j];
            if (!contest_is_out(contestant) && !contestant->entries[i].written_taken)
                return false;
        }
    }
    return true;
}

size_t agenda_round(
    const struct contest_state *state, enum agenda_action action, size_t contestant)
{
    return action == AGENDA_CALL ? contest_current_round(state)
                                 : contest_called_round(state, contestant);
}

static bool
is_at(const struct contest_state *state, size_t contestant, enum contest_stage stage)
{
    size_t round = contest_called_round(state, contestant);

    return round != CONTEST_NONE && !contest_is_out(&state->contestants[contestant]) &&
           state->contestants[contestant].entries[round].stage == stage;
}

/* While scoring of the one on stage could be closed, nobody else is called. If a sheet
 * is missing, because a tablet lost its connection, say, the contest goes on and that
 * contestant is closed later. */
static bool stage_is_free(const struct contest_state *state)
{
    struct contest_place place = state->on_stage;

    return place.contestant == CONTEST_NONE ||
           !is_at(state, place.contestant, CONTEST_OPEN) ||
           !agenda_may_close(state, place);
}

static bool may_be_called(const struct contest_state *state, size_t contestant)
{
    const struct contest_contestant *who = &state->contestants[contestant];
    size_t called = contest_called_round(state, contestant);
    size_t round = contest_current_round(state);

    return state->phase >= CONTEST_DRAWN && stage_is_free(state) &&
           !contest_is_out(who) && who->entries[round].stage == CONTEST_WAITING &&
           (called == CONTEST_NONE || who->entries[called].stage == CONTEST_RELEASED);
}

bool agenda_allows_for(
    const struct contest_state *state, enum agenda_action action, size_t contestant)
{
    const struct contest_contestant *who = &state->contestants[contestant];
    size_t round = contest_called_round(state, contestant);

    if (state->phase == CONTEST_PREPARED || state->phase == CONTEST_FINISHED)
        return false;
    switch (action) {
    case AGENDA_CALL:
        return may_be_called(state, contestant);
    case AGENDA_CLOSE:
        return is_at(state, contestant, CONTEST_OPEN) &&
               agenda_may_close(state, (struct contest_place){contestant, round});
    case AGENDA_RELEASE:
        return is_at(state, contestant, CONTEST_CLOSED) &&
               !agenda_is_held_up(state, (struct contest_place){contestant, round});
    case AGENDA_DEDUCT:
        return round != CONTEST_NONE && !contest_is_out(who);
    case AGENDA_ABSENT:
        return !who->absent;
    case AGENDA_PRESENT:
        return who->absent;
    case AGENDA_ABORT:
        return !contest_is_out(who);
    case AGENDA_CONTINUE:
        return who->aborted;
    case AGENDA_SEAL:
    case AGENDA_DRAW_COMMIT:
    case AGENDA_DRAW:
    case AGENDA_SHOW:
    case AGENDA_FINISH:
    case AGENDA_FREEZE:
    case AGENDA_REVEAL:
    case AGENDA_UNFREEZE:
    case AGENDA_NONE:
        return false;
    }
    abort();
}

/* The first in the order of appearance for whom the action is possible. */
static size_t first_for(const struct contest_state *state, enum agenda_action action)
{
    size_t found = CONTEST_NONE;

    for (size_t i = 0; i < state->contestant_count; i++)
        if (agenda_allows_for(state, action, i) &&
            (found == CONTEST_NONE ||
             state->contestants[i].position < state->contestants[found].position))
            found = i;
    return found;
}

/* Nothing of this contestant in this round is still to come. */
static bool is_settled(const struct contest_state *state, struct contest_place place)
{
    const struct contest_contestant *who = &state->contestants[place.contestant];

    if (state->rules->rounds[place.round].kind != RULES_JUDGED || contest_is_out(who))
        return true;
    return who->entries[place.round].stage == CONTEST_RELEASED &&
           !agenda_is_held_up(state, place);
}

static bool may_finish(const struct contest_state *state)
{
    for (size_t i = 0; i < state->contestant_count; i++)
        for (size_t j = 0; j < state->rules->round_count; j++)
            if (!is_settled(state, (struct contest_place){i, j}))
                return false;
    return state->phase >= CONTEST_DRAWN && state->phase != CONTEST_FINISHED &&
           !state->rules->sign_off && agenda_has_written(state);
}

bool agenda_allows(const struct contest_state *state, enum agenda_action action)
{
    switch (action) {
    case AGENDA_SEAL:
        return state->phase == CONTEST_PREPARED;
    case AGENDA_DRAW_COMMIT:
        return state->phase == CONTEST_SEALED && !state->commit;
    case AGENDA_DRAW:
        return state->phase == CONTEST_SEALED && state->commit;
    case AGENDA_SHOW:
        return state->phase != CONTEST_PREPARED;
    case AGENDA_FINISH:
        return may_finish(state);
    case AGENDA_FREEZE:
        return state->phase >= CONTEST_DRAWN && state->phase != CONTEST_FINISHED &&
               !state->public;
    case AGENDA_REVEAL:
    case AGENDA_UNFREEZE:
        return state->public != NULL;
    case AGENDA_CALL:
    case AGENDA_CLOSE:
    case AGENDA_RELEASE:
    case AGENDA_ABSENT:
    case AGENDA_PRESENT:
    case AGENDA_ABORT:
    case AGENDA_CONTINUE:
    case AGENDA_DEDUCT:
        return first_for(state, action) != CONTEST_NONE;
    case AGENDA_NONE:
        return false;
    }
    abort();
}

size_t agenda_default(const struct contest_state *state, enum agenda_action action)
{
    switch (action) {
    case AGENDA_CALL:
    case AGENDA_RELEASE:
        return first_for(state, action);
    case AGENDA_CLOSE:
    case AGENDA_DEDUCT:
        return state->on_stage.contestant;
    case AGENDA_SEAL:
    case AGENDA_DRAW_COMMIT:
    case AGENDA_DRAW:
    case AGENDA_SHOW:
    case AGENDA_ABSENT:
    case AGENDA_PRESENT:
    case AGENDA_ABORT:
    case AGENDA_CONTINUE:
    case AGENDA_FINISH:
    case AGENDA_FREEZE:
    case AGENDA_REVEAL:
    case AGENDA_UNFREEZE:
    case AGENDA_NONE:
        return CONTEST_NONE;
    }
    abort();
}

/* The first in the order of appearance who is still open, with all sheets in or not. */
static size_t first_open(const struct contest_state *state, bool complete)
{
    size_t found = CONTEST_NONE;

    for (size_t i = 0; i < state->contestant_count; i++) {
        size_t round = contest_called_round(state, i);
        if (!is_at(state, i, CONTEST_OPEN) ||
            (contest_count_sheets(state, i, round) ==
             contest_count_eligible(state, i)) != complete)
            continue;
        if (found == CONTEST_NONE ||
            state->contestants[i].position < state->contestants[found].position)
            found = i;
    }
    return found;
}

static struct agenda
item(const struct contest_state *state, enum agenda_action action, size_t contestant)
{
    struct agenda agenda = {action, {contestant, CONTEST_NONE}};

    if (contestant != CONTEST_NONE)
        agenda.place.round = agenda_round(state, action, contestant);
    return agenda;
}

static struct agenda next_on_stage(const struct contest_state *state)
{
    size_t on_stage = state->on_stage.contestant;
    size_t found = first_for(state, AGENDA_RELEASE);

    if (found != CONTEST_NONE)
        return item(state, AGENDA_RELEASE, found);
    found = first_open(state, true);
    if (found != CONTEST_NONE)
        return item(state, AGENDA_CLOSE, found);
    if (on_stage != CONTEST_NONE && is_at(state, on_stage, CONTEST_OPEN))
        return item(state, AGENDA_NONE, on_stage);
    found = first_for(state, AGENDA_CALL);
    if (found != CONTEST_NONE)
        return item(state, AGENDA_CALL, found);
    found = first_open(state, false);
    if (found != CONTEST_NONE)
        return item(state, AGENDA_NONE, found);
    /* Finish once the grades are taken; a sign-off is not the host's. */
    return item(
        state, state->rules->sign_off ? AGENDA_NONE : AGENDA_FINISH, CONTEST_NONE);
}

struct agenda agenda_next(const struct contest_state *state)
{
    switch (state->phase) {
    case CONTEST_PREPARED:
        return item(state, AGENDA_SEAL, CONTEST_NONE);
    case CONTEST_SEALED:
        return item(
            state, state->commit ? AGENDA_DRAW : AGENDA_DRAW_COMMIT, CONTEST_NONE);
    case CONTEST_DRAWN:
    case CONTEST_RUNNING:
        return next_on_stage(state);
    case CONTEST_FINISHED:
        return item(state, AGENDA_NONE, CONTEST_NONE);
    }
    abort();
}
