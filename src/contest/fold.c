/* fold.c - questions about the state of a contest. How events change it: apply.c. */
#include "contest/fold.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct contest_state *contest_new(struct arena *arena, const struct rules *rules)
{
    struct contest_state *state = arena_alloc(arena, sizeof *state);

    state->arena = arena;
    state->rules = rules;
    memset(state->hash, '0', CONTEST_HASH - 1);
    state->on_stage = (struct contest_place){CONTEST_NONE, CONTEST_NONE};
    state->released = state->on_stage;
    return state;
}

static int by_id(const void *left, const void *right)
{
    int64_t a = ((const struct contest_contestant *)left)->id;
    int64_t b = ((const struct contest_contestant *)right)->id;

    return (a > b) - (a < b);
}

static int by_number(const void *left, const void *right)
{
    int64_t a = ((const struct contest_judge *)left)->number;
    int64_t b = ((const struct contest_judge *)right)->number;

    return (a > b) - (a < b);
}

void contest_seat(
    struct contest_state *state, const struct contest_contestant *contestants,
    size_t contestant_count, const struct contest_judge *judges, size_t judge_count)
{
    assert(contestant_count <= CONTEST_CONTESTANTS && judge_count <= CONTEST_JUDGES);
    struct contest_contestant *seats =
        arena_alloc(state->arena, (contestant_count + 1) * sizeof *seats);
    struct contest_judge *chairs =
        arena_alloc(state->arena, (judge_count + 1) * sizeof *chairs);

    for (size_t i = 0; i < contestant_count; i++)
        seats[i] = (struct contest_contestant){
            .id = contestants[i].id,
            .branch = contestants[i].branch,
            .entries = arena_alloc(
                state->arena, state->rules->round_count * sizeof(struct contest_entry)),
        };
    for (size_t i = 0; i < judge_count; i++)
        chairs[i] = judges[i];
    qsort(seats, contestant_count, sizeof *seats, by_id);
    qsort(chairs, judge_count, sizeof *chairs, by_number);
    state->contestants = seats;
    state->contestant_count = contestant_count;
    state->judges = chairs;
    state->judge_count = judge_count;
}

size_t contest_find_contestant(const struct contest_state *state, int64_t id)
{
    for (size_t i = 0; i < state->contestant_count; i++)
        if (state->contestants[i].id == id)
            return i;
    return CONTEST_NONE;
}

size_t contest_find_judge(const struct contest_state *state, int64_t person)
{
    for (size_t i = 0; i < state->judge_count; i++)
        if (state->judges[i].person == person)
            return i;
    return CONTEST_NONE;
}

size_t contest_find_judge_number(const struct contest_state *state, int64_t number)
{
    for (size_t i = 0; i < state->judge_count; i++)
        if (state->judges[i].number == number)
            return i;
    return CONTEST_NONE;
}

bool contest_is_reopened(const struct contest_state *state, struct contest_place place)
{
    const struct contest_sheet *sheets =
        state->contestants[place.contestant].entries[place.round].sheets;

    for (size_t i = 0; sheets && i < state->judge_count; i++)
        if (sheets[i].reopening != CONTEST_SETTLED)
            return true;
    return false;
}

bool contest_is_confirmed(const struct contest_state *state, struct contest_place place)
{
    const struct contest_entry *entry =
        &state->contestants[place.contestant].entries[place.round];
    size_t sheets = contest_count_sheets(state, place.contestant, place.round);

    switch (rules_drops_for(&state->rules->rounds[place.round], sheets).confirm) {
    case RULES_CONFIRM_NOBODY:
        return true;
    case RULES_CONFIRM_CHIEF:
        return entry->confirmed_by_chief == sheets;
    case RULES_CONFIRM_BOTH:
        return entry->confirmed_by_chief == sheets &&
               entry->confirmed_by_auditor == sheets;
    }
    abort();
}

bool contest_is_recused(
    const struct contest_state *state, size_t judge, size_t contestant)
{
    int64_t branch = state->judges[judge].branch;

    const struct contest_contestant *who = &state->contestants[contestant];

    return (branch && branch == who->branch) || (who->excluded && who->excluded[judge]);
}

bool contest_is_out(const struct contest_contestant *contestant)
{
    return contestant->absent || contestant->aborted || contestant->disqualified;
}

size_t contest_count_eligible(const struct contest_state *state, size_t contestant)
{
    size_t eligible = 0;

    for (size_t i = 0; i < state->judge_count; i++)
        eligible += !contest_is_recused(state, i, contestant);
    return eligible;
}

size_t
contest_count_sheets(const struct contest_state *state, size_t contestant, size_t round)
{
    const struct contest_entry *entry = &state->contestants[contestant].entries[round];
    size_t submitted = 0;

    for (size_t i = 0; entry->sheets && i < state->judge_count; i++)
        submitted +=
            entry->sheets[i].submitted && !contest_is_recused(state, i, contestant);
    return submitted;
}

static bool is_through(const struct contest_state *state, size_t round)
{
    for (size_t i = 0; i < state->contestant_count; i++) {
        const struct contest_contestant *contestant = &state->contestants[i];
        if (!contest_is_out(contestant) &&
            contestant->entries[round].stage != CONTEST_RELEASED)
            return false;
    }
    return true;
}

size_t contest_current_round(const struct contest_state *state)
{
    size_t last = CONTEST_NONE;

    for (size_t i = 0; i < state->rules->round_count; i++) {
        if (state->rules->rounds[i].kind != RULES_JUDGED)
            continue;
        last = i;
        if (!is_through(state, i))
            break;
    }
    assert(last != CONTEST_NONE); /* a rule set has a judged round */
    return last;
}

size_t contest_called_round(const struct contest_state *state, size_t contestant)
{
    const struct contest_entry *entries = state->contestants[contestant].entries;

    for (size_t i = state->rules->round_count; i-- > 0;)
        if (entries[i].stage != CONTEST_WAITING)
            return i;
    return CONTEST_NONE;
}

bool contest_is_on_step(const struct rules_criterion *criterion, int64_t value)
{
    return value >= 0 && value <= criterion->maximum && value % criterion->step == 0;
}

const char *contest_phase_name(enum contest_phase phase)
{
    static const char *const names[] = {
        [CONTEST_PREPARED] = "prepared", [CONTEST_SEALED] = "sealed",
        [CONTEST_DRAWN] = "drawn",       [CONTEST_RUNNING] = "running",
        [CONTEST_FINISHED] = "finished",
    };

    return names[phase];
}

static const char *const view_names[] = {
    [CONTEST_COVER] = "cover",
    [CONTEST_DRAW] = "draw",
    [CONTEST_STAGE] = "stage",
    [CONTEST_MARKS] = "marks",
    [CONTEST_LEADERBOARD] = "leaderboard",
    [CONTEST_BRANCHES] = "branches",
    [CONTEST_BLACK] = "black",
};

const char *contest_screen_name(enum contest_screen view)
{
    return view_names[view];
}

bool contest_screen_find(const char *name, enum contest_screen *view)
{
    for (size_t i = 0; i < sizeof view_names / sizeof view_names[0]; i++) {
        if (strcmp(view_names[i], name) == 0) {
            *view = (enum contest_screen)i;
            return true;
        }
    }
    return false;
}
