#include "report/ranking.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/rational.h"
#include "contest/rank.h"

static const struct rational_rounding mean_rounding = {2, RATIONAL_HALF_UP};
static const struct rational_rounding percent_rounding = {1, RATIONAL_HALF_UP};

/* Ranks of `count` values, the highest first, 1 2 2 4. */
static void rank_values(
    struct arena *arena, const struct rational *values, size_t count, int64_t *ranks)
{
    const bool ascending[] = {false};
    const struct rank_rule rule = {RANK_COMPETITION, ascending, 1};
    struct rank_entry *entries = arena_alloc(arena, (count + 1) * sizeof *entries);
    struct rank_key *keys = arena_alloc(arena, (count + 1) * sizeof *keys);

    for (size_t i = 0; i < count; i++) {
        keys[i] = (struct rank_key){true, values[i]};
        entries[i].keys = &keys[i];
    }
    rank_compute(arena, &rule, entries, count);
    for (size_t i = 0; i < count; i++)
        ranks[i] = entries[i].rank_twice / 2;
}

static void rank_people(struct arena *arena, struct ranking *ranking)
{
    size_t count = 0;
    size_t room = ranking->person_count + 1;
    struct rational *grades = arena_alloc(arena, room * sizeof *grades);
    size_t *done = arena_alloc(arena, room * sizeof *done);
    int64_t *ranks = arena_alloc(arena, room * sizeof *ranks);

    for (size_t i = 0; i < ranking->person_count; i++) {
        struct ranking_person *person = &ranking->people[i];
        person->rank = 0;
        if (person->status != RANKING_DONE)
            continue;
        grades[count] = rational_scaled(person->grade, 2);
        done[count++] = i;
    }
    rank_values(arena, grades, count, ranks);
    for (size_t i = 0; i < count; i++)
        ranking->people[done[i]].rank = ranks[i];
}

struct branch_sum {
    int64_t grades; /* 1/100 point */
    struct rational mean;
};

static void count_people(struct ranking *ranking, struct branch_sum *sums)
{
    for (size_t i = 0; i < ranking->branch_count; i++) {
        struct ranking_branch *branch = &ranking->branches[i];
        branch->expected = branch->attended = branch->absent = branch->passed = 0;
        branch->rank = 0;
    }
    for (size_t i = 0; i < ranking->person_count; i++) {
        struct ranking_person *person = &ranking->people[i];
        struct ranking_branch *branch = &ranking->branches[person->branch];
        branch->expected++;
        if (person->status != RANKING_DONE) {
            branch->absent++;
            continue;
        }
        person->passed = person->grade * 100 >= ranking->points * ranking->pass_percent;
        branch->attended++;
        branch->passed += person->passed;
        sums[person->branch].grades += person->grade;
    }
}

/* total / count as text; NULL without anybody. */
static struct error *quotient(
    struct arena *arena, __int128 total, __int128 count,
    struct rational_rounding rounding, const char **text)
{
    struct rational value;

    *text = NULL;
    if (!count)
        return NULL;
    TRY(rational_make(arena, total, count, &value));
    return rational_text(arena, value, rounding, text);
}

static struct error *
take_means(struct arena *arena, struct ranking_branch *branch, struct branch_sum *sum)
{
    struct rational exact;
    int64_t published;

    TRY(quotient(
        arena, sum->grades, (__int128)branch->expected * 100, mean_rounding,
        &branch->mean_expected));
    TRY(quotient(
        arena, sum->grades, (__int128)branch->attended * 100, mean_rounding,
        &branch->mean_attended));
    TRY(quotient(
        arena, (__int128)branch->passed * 100, branch->expected, percent_rounding,
        &branch->pass_percent));
    if (!branch->expected)
        return NULL;
    TRY(rational_make(arena, sum->grades, (__int128)branch->expected * 100, &exact));
    TRY(rational_round(arena, exact, mean_rounding, &published));
    sum->mean = rational_scaled(published, mean_rounding.dp);
    return NULL;
}

static struct error *rank_branches(struct arena *arena, struct ranking *ranking)
{
    size_t room = ranking->branch_count + 1;
    size_t count = 0;
    struct branch_sum *sums = arena_alloc(arena, room * sizeof *sums);
    size_t *ranked = arena_alloc(arena, room * sizeof *ranked);
    struct rational *means = arena_alloc(arena, room * sizeof *means);
    int64_t *ranks = arena_alloc(arena, room * sizeof *ranks);

    count_people(ranking, sums);
    for (size_t i = 0; i < ranking->branch_count; i++) {
        struct ranking_branch *branch = &ranking->branches[i];
        TRY(take_means(arena, branch, &sums[i]));
        if (!branch->expected)
            continue;
        means[count] = sums[i].mean;
        ranked[count++] = i;
    }
    rank_values(arena, means, count, ranks);
    for (size_t i = 0; i < count; i++)
        ranking->branches[ranked[i]].rank = ranks[i];
    return NULL;
}

/* No rank comes after every rank. */
static int compare_ranks(int64_t a, int64_t b)
{
    return (a == 0) != (b == 0) ? (a == 0) - (b == 0) : (a > b) - (a < b);
}

struct numbered_person {
    struct ranking_person person;
    size_t index; /* in the input, whose order stays among equals */
};

static int compare_people(const void *left, const void *right)
{
    const struct numbered_person *a = left;
    const struct numbered_person *b = right;

    if (a->person.status != b->person.status)
        return a->person.status < b->person.status ? -1 : 1;
    if (a->person.rank != b->person.rank)
        return compare_ranks(a->person.rank, b->person.rank);
    return a->index < b->index ? -1 : a->index > b->index;
}

static void sort_people(struct arena *arena, struct ranking *ranking)
{
    size_t count = ranking->person_count;
    struct numbered_person *order = arena_alloc(arena, (count + 1) * sizeof *order);

    for (size_t i = 0; i < count; i++)
        order[i] = (struct numbered_person){ranking->people[i], i};
    qsort(order, count, sizeof *order, compare_people);
    for (size_t i = 0; i < count; i++)
        ranking->people[i] = order[i].person;
}

struct numbered_branch {
    struct ranking_branch branch;
    size_t index;
};

static int compare_branches(const void *left, const void *right)
{
    const struct numbered_branch *a = left;
    const struct numbered_branch *b = right;

    if (a->branch.rank != b->branch.rank)
        return compare_ranks(a->branch.rank, b->branch.rank);
    return a->index < b->index ? -1 : a->index > b->index;
}

/* The streets change places, so people are told their street's new one. */
static void sort_branches(struct arena *arena, struct ranking *ranking)
{
    size_t count = ranking->branch_count;
    struct numbered_branch *order = arena_alloc(arena, (count + 1) * sizeof *order);
    size_t *moved = arena_alloc(arena, (count + 1) * sizeof *moved);

    for (size_t i = 0; i < count; i++)
        order[i] = (struct numbered_branch){ranking->branches[i], i};
    qsort(order, count, sizeof *order, compare_branches);
    for (size_t i = 0; i < count; i++) {
        ranking->branches[i] = order[i].branch;
        moved[order[i].index] = i;
    }
    for (size_t i = 0; i < ranking->person_count; i++)
        ranking->people[i].branch = moved[ranking->people[i].branch];
}

static const char *describe(struct arena *arena, const struct ranking *ranking)
{
    return arena_format(
        arena,
        "个人按成绩从高到低排名，同分同名次（1-2-2-4）；街道按应参平均分排名，"
        "应参平均分＝成绩之和÷应参人数，缺考计 0 分；平均分四舍五入到 2 位小数，"
        "按公布的小数比较；合格线为满分的 %" PRId64
        "%%，合格率＝合格人数÷应参人数，四舍五入到 1 位小数。%s",
        ranking->pass_percent,
        ranking->final ? "" : "测验尚未结束，未交卷的暂按缺考统计。");
}

struct error *ranking_compute(struct arena *arena, struct ranking *ranking)
{
    rank_people(arena, ranking);
    TRY(rank_branches(arena, ranking));
    sort_people(arena, ranking);
    sort_branches(arena, ranking);
    ranking->formula = describe(arena, ranking);
    return NULL;
}

void ranking_keep_branch(struct ranking *ranking, int64_t branch)
{
    size_t kept = 0;

    for (size_t i = 0; i < ranking->person_count; i++)
        if (ranking->branches[ranking->people[i].branch].id == branch)
            ranking->people[kept++] = ranking->people[i];
    ranking->person_count = kept;
    kept = 0;
    for (size_t i = 0; i < ranking->branch_count; i++)
        if (ranking->branches[i].id == branch)
            ranking->branches[kept++] = ranking->branches[i];
    ranking->branch_count = kept;
    /* At most one street is left, and everybody left is of it. */
    for (size_t i = 0; i < ranking->person_count; i++)
        ranking->people[i].branch = 0;
}
