#include "contest/impact.h"

#include <string.h>

/* A copy of the state in which one entry may be changed; all else is shared. */
struct copy {
    struct contest_state state;
    struct contest_entry *entry;
};

static void copy_state(
    struct arena *arena, const struct contest_state *state, struct contest_place place,
    struct copy *copy)
{
    size_t rounds = state->rules->round_count;
    struct contest_contestant *contestants =
        arena_alloc(arena, state->contestant_count * sizeof *contestants);
    struct contest_entry *entries = arena_alloc(arena, rounds * sizeof *entries);

    memcpy(
        contestants, state->contestants, state->contestant_count * sizeof *contestants);
    memcpy(entries, contestants[place.contestant].entries, rounds * sizeof *entries);
    contestants[place.contestant].entries = entries;
    copy->state = *state;
    copy->state.contestants = contestants;
    copy->entry = &entries[place.round];
}

static struct error *
change_sheet(struct arena *arena, const struct impact_case *as_if, struct copy *copy)
{
    const struct rules_round *rule = &copy->state.rules->rounds[as_if->place.round];
    size_t judges = copy->state.judge_count;
    struct contest_sheet *sheets = arena_alloc(arena, judges * sizeof *sheets);
    struct contest_sheet *sheet = &sheets[as_if->judge];

    memcpy(sheets, copy->entry->sheets, judges * sizeof *sheets);
    copy->entry->sheets = sheets;
    sheet->marks = arena_alloc(arena, rule->criterion_count * sizeof *sheet->marks);
    sheet->submitted = true;
    sheet->total = 0;
    for (size_t i = 0; i < rule->criterion_count; i++) {
        if (!contest_is_on_step(&rule->criteria[i], as_if->marks[i]))
            return error_make(
                arena, ERROR_INVALID, "mark_off_step", "“%s”的分值不在评分档上。",
                rule->criteria[i].title);
        sheet->marks[i] = as_if->marks[i];
        sheet->total += as_if->marks[i];
    }
    return NULL;
}

static struct error *change_deduction(
    struct arena *arena, const struct impact_case *as_if, struct copy *copy)
{
    int64_t sum = copy->entry->deducted + as_if->points;

    if (sum < 0 || sum > copy->state.rules->rounds[as_if->place.round].full)
        return error_new(
            arena, ERROR_INVALID, "points_invalid", "扣分合计应在 0 和本轮满分之间。");
    copy->entry->deducted = sum;
    return NULL;
}

static bool is_same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static const struct standings_row *
row_of(const struct standings *standings, int64_t contestant)
{
    size_t i = 0;

    /* Both standings have a row for everybody. */
    while (standings->rows[i].contestant->id != contestant)
        i++;
    return &standings->rows[i];
}

static void compare_rows(struct arena *arena, struct impact *impact)
{
    size_t count = impact->after.row_count;

    impact->changes = arena_alloc(arena, (count + 1) * sizeof *impact->changes);
    for (size_t i = 0; i < count; i++) {
        const struct standings_row *after = &impact->after.rows[i];
        const struct standings_row *before =
            row_of(&impact->before, after->contestant->id);
        bool same_rank = is_same_text(before->rank, after->rank);
        if (same_rank && is_same_text(before->total, after->total) &&
            before->status == after->status)
            continue;
        impact->ranks_changed += !same_rank;
        impact->changes[impact->change_count++] = (struct impact_change){before, after};
    }
}

static const struct standings_branch *
branch_of(const struct standings *standings, int64_t branch)
{
    size_t i = 0;

    while (standings->branches[i].branch != branch)
        i++;
    return &standings->branches[i];
}

static void compare_branches(struct arena *arena, struct impact *impact)
{
    size_t count = impact->after.branch_count;

    impact->branches = arena_alloc(arena, (count + 1) * sizeof *impact->branches);
    for (size_t i = 0; i < count; i++) {
        const struct standings_branch *after = &impact->after.branches[i];
        const struct standings_branch *before =
            branch_of(&impact->before, after->branch);
        if (is_same_text(before->rank, after->rank) &&
            is_same_text(before->mean_registered, after->mean_registered) &&
            is_same_text(before->mean_present, after->mean_present))
            continue;
        impact->branches[impact->branch_count++] =
            (struct impact_branch){before, after};
    }
}

struct error *impact_compute(
    struct arena *arena, const struct contest_state *state,
    const struct impact_case *as_if, struct impact *result)
{
    struct copy *copy = arena_alloc(arena, sizeof *copy);

    *result = (struct impact){.changes = NULL};
    copy_state(arena, state, as_if->place, copy);
    if (as_if->judge == CONTEST_NONE)
        TRY(change_deduction(arena, as_if, copy));
    else
        TRY(change_sheet(arena, as_if, copy));
    TRY(standings_compute(arena, state, STANDINGS_ALL, &result->before));
    TRY(standings_compute(arena, &copy->state, STANDINGS_ALL, &result->after));
    compare_rows(arena, result);
    compare_branches(arena, result);
    return NULL;
}
