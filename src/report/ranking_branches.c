/* ranking_branches.c - what the results of its people make of a street. */
#include "report/ranking.h"

#include <inttypes.h>
#include <stdlib.h>

#include "contest/rank.h"

static const struct rational_rounding mean_rounding = {RANKING_DP, RATIONAL_HALF_UP};
static const struct rational_rounding percent_rounding = {1, RATIONAL_HALF_UP};

enum { COUNTBACK = 10 }; /* so many best persons are compared before streets share */

/* The scores of one street, the highest first. */
struct branch_scores {
    int64_t *scores; /* units of 10^-dp */
    size_t count;
    int64_t excellent;
    int64_t place_points;
};

static int falling(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left;
    int64_t b = *(const int64_t *)right;

    return a < b ? 1 : a > b ? -1 : 0;
}

/* ---- Counting ---- */

static int64_t
points_of(const struct ranking *ranking, const struct ranking_person *person)
{
    int64_t rank = person->rank ? strtoll(person->rank, NULL, 10) : 0;

    if (rank < 1 || (size_t)rank > ranking->formula.place_count)
        return 0;
    return ranking->formula.places[rank - 1];
}

static void count_person(
    const struct ranking *ranking, const struct ranking_person *person,
    struct ranking_branch *branch, struct branch_scores *sum)
{
    branch->expected++;
    branch->deferred += person->status == RANKING_DEFERRED;
    branch->voided += person->status == RANKING_VOIDED;
    if (person->status == RANKING_ABSENT || person->status == RANKING_IN_PROGRESS)
        branch->absent++;
    if (person->status != RANKING_DONE)
        return;
    branch->attended++;
    branch->passed += person->passed;
    sum->excellent += (__int128)person->score * 100 >=
                      (__int128)ranking->full * ranking->formula.excellent_line;
    sum->place_points += points_of(ranking, person);
    sum->scores[sum->count++] = person->score;
}

/* All scores stand in one array, street after street. */
static struct branch_scores *collect(struct arena *arena, struct ranking *ranking)
{
    size_t room = ranking->branch_count + 1;
    struct branch_scores *sums = arena_alloc(arena, room * sizeof *sums);
    int64_t *scores = arena_alloc(arena, (ranking->person_count + 1) * sizeof *scores);
    size_t *sizes = arena_alloc(arena, room * sizeof *sizes);

    for (size_t i = 0; i < ranking->person_count; i++)
        sizes[ranking->people[i].branch]++;
    for (size_t i = 0; i < ranking->branch_count; i++) {
        sums[i].scores = scores;
        scores += sizes[i];
    }
    for (size_t i = 0; i < ranking->person_count; i++) {
        size_t branch = ranking->people[i].branch;
        count_person(
            ranking, &ranking->people[i], &ranking->branches[branch], &sums[branch]);
    }
    for (size_t i = 0; i < ranking->branch_count; i++)
        qsort(sums[i].scores, sums[i].count, sizeof *sums[i].scores, falling);
    return sums;
}

/* ---- Numbers ---- */

/* The streets of a contest come with means, value and rank, by its sealed rules. */
static bool is_ranked_already(const struct ranking *ranking)
{
    return ranking->kind == RANKING_CONTEST;
}

static __int128 sum_of(const struct branch_scores *sum, size_t most)
{
    __int128 total = 0;

    for (size_t i = 0; i < sum->count && i < most; i++)
        total += sum->scores[i];
    return total;
}

/* total / count of scores, as published; NULL without anybody. */
static struct error *mean_text(
    struct arena *arena, const struct ranking *ranking, __int128 total, __int128 count,
    const char **text)
{
    struct rational value;

    *text = NULL;
    if (count < 1)
        return NULL;
    TRY(rational_make(arena, total, count * decimal_power(ranking->dp), &value));
    return rational_text(arena, value, mean_rounding, text);
}

static struct error *take_median(
    struct arena *arena, const struct ranking *ranking, const struct branch_scores *sum,
    struct ranking_branch *branch)
{
    size_t middle = sum->count / 2;

    if (!sum->count)
        return NULL;
    if (sum->count % 2)
        return mean_text(arena, ranking, sum->scores[middle], 1, &branch->median);
    return mean_text(
        arena, ranking, (__int128)sum->scores[middle - 1] + sum->scores[middle], 2,
        &branch->median);
}

static struct error *take_numbers(
    struct arena *arena, const struct ranking *ranking, const struct branch_scores *sum,
    struct ranking_branch *branch)
{
    size_t top = sum->count < RANKING_TOP ? sum->count : RANKING_TOP;
    struct rational percent;

    if (!is_ranked_already(ranking)) {
        TRY(mean_text(
            arena, ranking, sum_of(sum, sum->count),
            branch->expected - branch->deferred, &branch->mean_expected));
        TRY(mean_text(
            arena, ranking, sum_of(sum, sum->count), branch->attended,
            &branch->mean_attended));
    }
    TRY(mean_text(arena, ranking, sum_of(sum, top), (__int128)top, &branch->top_mean));
    TRY(take_median(arena, ranking, sum, branch));
    if (sum->count)
        branch->best = decimal_text(arena, sum->scores[0], ranking->dp);
    if (!branch->expected || !ranking->pass_percent)
        return NULL;
    TRY(rational_make(
        arena, (__int128)branch->passed * 100, branch->expected, &percent));
    return rational_text(arena, percent, percent_rounding, &branch->pass_percent);
}

/* ---- The value by the formula ---- */

/* share percent of (part / whole * 100). */
static struct error *share_of(
    struct arena *arena, int64_t share, __int128 part, __int128 whole,
    struct rational *value)
{
    return rational_make(arena, share * part, whole, value);
}

/* mean % of the mean as a percentage of the full mark, attendance % of the share that
 * came, excellent % of the share that was excellent. */
static struct error *take_composite(
    struct arena *arena, const struct ranking *ranking, const struct branch_scores *sum,
    const struct ranking_branch *branch, struct rational *value)
{
    const struct ranking_formula *formula = &ranking->formula;
    int64_t people = branch->expected - branch->deferred;
    struct rational part;

    TRY(share_of(
        arena, formula->mean, sum_of(sum, sum->count), (__int128)people * ranking->full,
        value));
    TRY(share_of(arena, formula->attendance, branch->attended, people, &part));
    TRY(rational_add(arena, *value, part, value));
    TRY(share_of(arena, formula->excellent, sum->excellent, people, &part));
    return rational_add(arena, *value, part, value);
}

static struct error *take_value(
    struct arena *arena, const struct ranking *ranking, const struct branch_scores *sum,
    const struct ranking_branch *branch, struct rational *value)
{
    __int128 unit = decimal_power(ranking->dp);

    switch (ranking->formula.street) {
    case RANKING_MEAN_EXPECTED:
        return rational_make(
            arena, sum_of(sum, sum->count),
            (branch->expected - branch->deferred) * unit, value);
    case RANKING_MEAN_ATTENDED:
        return rational_make(
            arena, sum_of(sum, sum->count), branch->attended * unit, value);
    case RANKING_BEST_SUM:
        return rational_make(
            arena, sum_of(sum, (size_t)ranking->formula.best), unit, value);
    case RANKING_COMPOSITE:
        return take_composite(arena, ranking, sum, branch, value);
    case RANKING_PLACE_SUM:
        return rational_make(arena, sum->place_points, 1, value);
    }
    abort();
}

static bool
has_value(const struct ranking *ranking, const struct ranking_branch *branch)
{
    if (ranking->formula.street == RANKING_MEAN_ATTENDED)
        return branch->attended > 0;
    return branch->expected > branch->deferred;
}

static const char *note_of(
    struct arena *arena, const struct ranking *ranking,
    const struct ranking_branch *branch)
{
    bool best = ranking->formula.street == RANKING_BEST_SUM;

    if (!branch->expected)
        return "没有应参人员";
    if (!branch->attended)
        return ranking->final ? "无人参加" : NULL;
    if (best && branch->attended < ranking->formula.best)
        return arena_format(
            arena, "实参 %" PRId64 " 人，不足 %" PRId64 " 人，缺的计 0 分",
            branch->attended, ranking->formula.best);
    return branch->attended < RANKING_FEW ? "人数较少，平均分仅供参考" : NULL;
}

/* ---- Ranks ---- */

struct ranked_branch {
    struct ranking_branch *branch;
    const struct branch_scores *sum;
    struct rational value; /* as published */
};

/* A street with fewer people lacks the later keys; 0 stands for them, so that the one
 * that has somebody comes first. */
static void take_keys(
    const struct ranking *ranking, const struct ranked_branch *ranked,
    struct rank_key *keys, size_t key_count)
{
    keys[0] = (struct rank_key){true, ranked->value};
    for (size_t i = 1; i < key_count; i++) {
        int64_t score = i - 1 < ranked->sum->count ? ranked->sum->scores[i - 1] : 0;
        keys[i] = (struct rank_key){true, rational_scaled(score, ranking->dp)};
    }
}

static void rank_all(
    struct arena *arena, const struct ranking *ranking, struct ranked_branch *ranked,
    size_t count)
{
    static const bool descending[COUNTBACK + 1] = {false};
    const struct rank_rule rule = {
        RANK_COMPETITION, descending, ranking->formula.countback ? COUNTBACK + 1 : 1};
    struct rank_entry *entries = arena_alloc(arena, (count + 1) * sizeof *entries);
    struct rank_key *keys =
        arena_alloc(arena, (count + 1) * rule.key_count * sizeof *keys);

    for (size_t i = 0; i < count; i++) {
        entries[i].keys = &keys[i * rule.key_count];
        take_keys(ranking, &ranked[i], &keys[i * rule.key_count], rule.key_count);
    }
    rank_compute(arena, &rule, entries, count);
    for (size_t i = 0; i < count; i++) {
        struct ranking_branch *branch = ranked[i].branch;
        branch->rank = arena_format(arena, "%" PRId64, entries[i].rank_twice / 2);
        if (entries[i].decided_by == 1)
            branch->tie = "最高分";
        else if (entries[i].decided_by > 1)
            branch->tie = arena_format(arena, "第 %d 高分", entries[i].decided_by);
    }
}

struct error *ranking_rank_branches(struct arena *arena, struct ranking *ranking)
{
    struct branch_scores *sums = collect(arena, ranking);
    struct ranked_branch *ranked =
        arena_alloc(arena, (ranking->branch_count + 1) * sizeof *ranked);
    size_t count = 0;

    for (size_t i = 0; i < ranking->branch_count; i++) {
        struct ranking_branch *branch = &ranking->branches[i];
        struct rational exact;
        int64_t published;
        TRY(take_numbers(arena, ranking, &sums[i], branch));
        branch->note = note_of(arena, ranking, branch);
        if (is_ranked_already(ranking) || !has_value(ranking, branch))
            continue;
        TRY(take_value(arena, ranking, &sums[i], branch, &exact));
        TRY(rational_round(arena, exact, mean_rounding, &published));
        branch->value = decimal_text(arena, published, RANKING_DP);
        ranked[count++] = (struct ranked_branch){
            branch, &sums[i], rational_scaled(published, RANKING_DP)};
    }
    rank_all(arena, ranking, ranked, count);
    return NULL;
}
