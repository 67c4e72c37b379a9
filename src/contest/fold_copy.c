/* fold_copy.c - copies of a state: what the public sees must not change with it. */
#include <string.h>

#include "contest/fold.h"

static int64_t *copy_marks(struct arena *arena, const int64_t *marks, size_t count)
{
    if (!marks)
        return NULL;
    int64_t *copy = arena_alloc(arena, count * sizeof *copy);
    memcpy(copy, marks, count * sizeof *copy);
    return copy;
}

static struct contest_deduction *
copy_deductions(struct arena *arena, const struct contest_deduction *deductions)
{
    struct contest_deduction *first = NULL;
    struct contest_deduction **last = &first;

    for (; deductions; deductions = deductions->next) {
        *last = arena_alloc(arena, sizeof **last);
        **last = *deductions;
        (*last)->next = NULL;
        last = &(*last)->next;
    }
    return first;
}

void contest_copy_entry(
    struct arena *arena, const struct contest_state *state, struct contest_place place,
    struct contest_entry *copy)
{
    const struct contest_entry *entry =
        &state->contestants[place.contestant].entries[place.round];
    size_t criteria = state->rules->rounds[place.round].criterion_count;

    *copy = *entry;
    copy->deductions = copy_deductions(arena, entry->deductions);
    if (!entry->sheets)
        return;
    copy->sheets = arena_alloc(arena, state->judge_count * sizeof *copy->sheets);
    for (size_t i = 0; i < state->judge_count; i++) {
        copy->sheets[i] = entry->sheets[i];
        copy->sheets[i].marks = copy_marks(arena, entry->sheets[i].marks, criteria);
        copy->sheets[i].draft = copy_marks(arena, entry->sheets[i].draft, criteria);
    }
}

static void copy_contestant(
    struct arena *arena, const struct contest_state *state, size_t index,
    struct contest_contestant *copy)
{
    const struct contest_contestant *contestant = &state->contestants[index];
    size_t rounds = state->rules->round_count;

    *copy = *contestant;
    copy->entries = arena_alloc(arena, rounds * sizeof *copy->entries);
    for (size_t i = 0; i < rounds; i++)
        contest_copy_entry(
            arena, state, (struct contest_place){index, i}, &copy->entries[i]);
    if (!contestant->excluded)
        return;
    copy->excluded = arena_alloc(arena, state->judge_count * sizeof *copy->excluded);
    memcpy(
        copy->excluded, contestant->excluded,
        state->judge_count * sizeof *copy->excluded);
}

struct contest_state *
contest_copy(struct arena *arena, const struct contest_state *state)
{
    struct contest_state *copy = arena_alloc(arena, sizeof *copy);

    *copy = *state;
    copy->arena = arena;
    copy->contestants =
        arena_alloc(arena, (state->contestant_count + 1) * sizeof *copy->contestants);
    for (size_t i = 0; i < state->contestant_count; i++)
        copy_contestant(arena, state, i, &copy->contestants[i]);
    return copy;
}

const struct contest_state *contest_public(const struct contest_state *state)
{
    return state->public ? state->public : state;
}
