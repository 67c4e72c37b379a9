#include "report/ranking.h"

#include <stdlib.h>
#include <string.h>

/* ---- Order ---- */

/* Indexes of people; among equals the order of the input stays. */
static int compare_people(const void *left, const void *right, void *context)
{
    const struct ranking_person *people = context;
    uint32_t first = *(const uint32_t *)left;
    uint32_t second = *(const uint32_t *)right;
    const struct ranking_person *a = &people[first];
    const struct ranking_person *b = &people[second];

    if (a->status != b->status)
        return a->status < b->status ? -1 : 1;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return first < second ? -1 : first > second;
}

/* Only indexes are sorted, and people change places within their array: a second array
 * of them would be most of the memory that a large ranking needs. */
static void sort_people(struct ranking *ranking)
{
    struct arena *scratch = arena_new();
    struct ranking_person *people = ranking->people;
    size_t count = ranking->person_count;
    uint32_t *order = arena_alloc(scratch, (count + 1) * sizeof *order);

    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    qsort_r(order, count, sizeof *order, compare_people, people);
    /* order[i] is where the person of place i stands; each circle is walked once. */
    for (size_t start = 0; start < count; start++) {
        struct ranking_person first = people[start];
        size_t at = start;
        while (order[at] != start) {
            size_t from = order[at];
            people[at] = people[from];
            order[at] = (uint32_t)at;
            at = from;
        }
        people[at] = first;
        order[at] = (uint32_t)at;
    }
    arena_free(scratch);
}

struct numbered_branch {
    struct ranking_branch branch;
    size_t index;
};

/* No rank comes after every rank. */
static int compare_branches(const void *left, const void *right)
{
    const struct numbered_branch *a = left;
    const struct numbered_branch *b = right;
    long first = a->branch.rank ? strtol(a->branch.rank, NULL, 10) : 0;
    long second = b->branch.rank ? strtol(b->branch.rank, NULL, 10) : 0;

    if ((first == 0) != (second == 0))
        return first ? -1 : 1;
    if (first != second)
        return first < second ? -1 : 1;
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
        ranking->people[i].branch = (uint32_t)moved[ranking->people[i].branch];
}

struct error *ranking_compute(struct arena *arena, struct ranking *ranking)
{
    if (ranking->kind != RANKING_CONTEST)
        TRY(ranking_rank_people(arena, ranking));
    TRY(ranking_rank_branches(arena, ranking));
    sort_people(ranking);
    sort_branches(arena, ranking);
    if (!ranking->formula_text)
        ranking->formula_text = ranking_describe(arena, ranking);
    return NULL;
}

struct error *ranking_load(
    struct db *db, enum ranking_kind kind, int64_t subject, int64_t now,
    struct ranking *ranking)
{
    *ranking = (struct ranking){
        .kind = kind,
        .subject = subject,
        .revision = "",
        .dp = RANKING_DP,
    };
    TRY(ranking_formula_load(
        db, kind, subject, &ranking->formula, &ranking->announced_at));
    switch (kind) {
    case RANKING_QUIZ:
        TRY(ranking_load_quiz(db, subject, now, ranking));
        break;
    case RANKING_CONTEST:
        TRY(ranking_load_contest(db, subject, now, ranking));
        break;
    case RANKING_TRAINING:
    case RANKING_YEAR:
        TRY(ranking_load_training(db, subject, now, ranking));
        break;
    }
    return ranking_compute(db_arena(db), ranking);
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
