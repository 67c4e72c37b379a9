#include "contest/standings_branches.h"

#include <stdlib.h>

const char *standings_rank_text(struct arena *arena, int64_t twice)
{
    return decimal_short(arena, twice * 5, 1);
}

struct branch_sum {
    struct standings_branch result;
    int64_t total_units;
    struct rational mean; /* by the formula */
    bool ranked;
    size_t place;
};

static struct branch_sum *
find_branch(struct branch_sum *sums, size_t *count, int64_t branch)
{
    size_t i = 0;

    while (i < *count && sums[i].result.branch != branch)
        i++;
    if (i == *count)
        sums[(*count)++].result.branch = branch;
    return &sums[i];
}

static const struct standings_row *
row_of(const struct standings *standings, const struct contest_contestant *contestant)
{
    for (size_t i = 0; i < standings->row_count; i++)
        if (standings->rows[i].contestant == contestant)
            return &standings->rows[i];
    return NULL;
}

static void count_in(
    struct branch_sum *sum, const struct standings *standings,
    const struct contest_contestant *contestant)
{
    const struct standings_row *row = row_of(standings, contestant);
    enum standings_status status = row ? row->status : STANDINGS_PENDING;

    sum->result.registered++;
    if (contest_is_out(contestant) || status == STANDINGS_UNRANKED) {
        sum->result.absent++;
    } else if (status == STANDINGS_RANKED) {
        sum->result.present++;
        sum->total_units += row->total_units;
    } else {
        sum->result.pending++;
    }
}

static struct error *mean_over(
    struct arena *arena, const struct rules *rules, const struct branch_sum *sum,
    size_t people, struct rational *mean)
{
    int64_t units;

    TRY(rational_make(
        arena, sum->total_units, (__int128)people * decimal_power(rules->total.dp),
        mean));
    /* Ranked by what is published. */
    TRY(rational_round(arena, *mean, rules->branch, &units));
    *mean = rational_scaled(units, rules->branch.dp);
    return NULL;
}

static struct error *
average(struct arena *arena, const struct rules *rules, struct branch_sum *sum)
{
    struct standings_branch *branch = &sum->result;
    bool by_registered = rules->formula == RULES_MEAN_REGISTERED;
    struct rational registered;
    struct rational present;

    if (branch->pending)
        return NULL;
    TRY(mean_over(arena, rules, sum, branch->registered, &registered));
    TRY(rational_text(arena, registered, rules->branch, &branch->mean_registered));
    sum->mean = registered;
    sum->ranked = by_registered || branch->present;
    if (!branch->present)
        return NULL;
    TRY(mean_over(arena, rules, sum, branch->present, &present));
    if (!by_registered)
        sum->mean = present;
    return rational_text(arena, present, rules->branch, &branch->mean_present);
}

static void rank_branches(struct arena *arena, struct branch_sum *sums, size_t count)
{
    static const bool descending[] = {false};
    const struct rank_rule rule = {RANK_COMPETITION, descending, 1};
    struct rank_entry *entries = arena_alloc(arena, (count + 1) * sizeof *entries);
    struct rank_key *keys = arena_alloc(arena, (count + 1) * sizeof *keys);
    size_t ranked = 0;

    for (size_t i = 0; i < count; i++) {
        if (!sums[i].ranked)
            continue;
        keys[ranked] = (struct rank_key){true, sums[i].mean};
        entries[ranked].keys = &keys[ranked];
        ranked++;
    }
    rank_compute(arena, &rule, entries, ranked);
    ranked = 0;
    for (size_t i = 0; i < count; i++) {
        if (!sums[i].ranked)
            continue;
        sums[i].place = entries[ranked].place;
        sums[i].result.rank = standings_rank_text(arena, entries[ranked++].rank_twice);
    }
}

/* Equal ranks and those without one stand by id. */
static int by_branch(const void *left, const void *right)
{
    const struct branch_sum *a = left;
    const struct branch_sum *b = right;
    bool tied = a->ranked && b->ranked && rational_compare(a->mean, b->mean) == 0;

    if (a->ranked != b->ranked)
        return a->ranked ? -1 : 1;
    if (a->ranked && !tied)
        return a->place < b->place ? -1 : 1;
    return (a->result.branch > b->result.branch) -
           (a->result.branch < b->result.branch);
}

struct error *standings_take_branches(
    struct arena *arena, const struct contest_state *state, struct standings *standings)
{
    size_t room = state->contestant_count + 1;
    struct branch_sum *sums = arena_alloc(arena, room * sizeof *sums);
    size_t count = 0;

    for (size_t i = 0; i < state->contestant_count; i++)
        if (state->contestants[i].branch)
            count_in(
                find_branch(sums, &count, state->contestants[i].branch), standings,
                &state->contestants[i]);
    for (size_t i = 0; i < count; i++)
        TRY(average(arena, state->rules, &sums[i]));
    rank_branches(arena, sums, count);
    qsort(sums, count, sizeof *sums, by_branch);
    standings->branches = arena_alloc(arena, room * sizeof *standings->branches);
    standings->branch_count = count;
    for (size_t i = 0; i < count; i++)
        standings->branches[i] = sums[i].result;
    return NULL;
}
