/* apply_freeze.c - what the public sees from when on. */
#include "contest/apply.h"

static struct error *check_empty(struct applying *applying)
{
    if (json_object_size(applying->event->body))
        return apply_impossible(applying, "内容应为空");
    return NULL;
}

struct error *apply_frozen(struct applying *applying)
{
    struct contest_state *state = applying->state;

    TRY(check_empty(applying));
    if (state->public || state->phase < CONTEST_DRAWN)
        return apply_impossible(applying, "现在不能冻结");
    state->frozen = contest_copy(state->arena, state);
    state->public = contest_copy(state->arena, state);
    state->revealed = 0;
    return NULL;
}

struct error *apply_unfrozen(struct applying *applying)
{
    TRY(check_empty(applying));
    if (!applying->state->public)
        return apply_impossible(applying, "没有冻结");
    applying->state->frozen = NULL;
    applying->state->public = NULL;
    return NULL;
}

/* What decides about the contestant's scores besides the marks. */
static void take_standing(struct contest_state *state, size_t index)
{
    const struct contest_contestant *contestant = &state->contestants[index];
    struct contest_contestant *shown = &state->public->contestants[index];

    shown->lot = contestant->lot;
    shown->playoff = contestant->playoff;
    if (!contestant->excluded)
        return;
    shown->excluded =
        arena_alloc(state->arena, state->judge_count * sizeof *shown->excluded);
    for (size_t i = 0; i < state->judge_count; i++)
        shown->excluded[i] = contestant->excluded[i];
}

/* A score becomes public: the entry as it is now takes the place of the frozen one. A
 * step without a round tells a place only. */
struct error *apply_revealed(struct applying *applying)
{
    struct contest_state *state = applying->state;
    struct contest_place place;
    int64_t step;
    int64_t id;
    const char *round = NULL;

    BODY(
        applying, {"step", INPUT_INT, false, &step, 1, INT64_MAX},
        {"contestant", INPUT_INT, false, &id, 1, INT64_MAX},
        {"round", INPUT_TEXT, true, &round, 0, 0});
    if (!state->public || step != state->revealed + 1)
        return apply_impossible(applying, "没有冻结，或揭晓的步骤不连续");
    place.contestant = contest_find_contestant(state, id);
    place.round = round ? rules_find_round(state->rules, round) : 0;
    if (place.contestant == CONTEST_NONE || place.round == state->rules->round_count)
        return apply_impossible(applying, "没有这位选手或这一轮");
    state->revealed = step;
    take_standing(state, place.contestant);
    if (!round)
        return NULL;
    contest_copy_entry(
        state->arena, state, place,
        &state->public->contestants[place.contestant].entries[place.round]);
    if (state->rules->rounds[place.round].kind == RULES_JUDGED)
        state->public->released = place;
    return NULL;
}
