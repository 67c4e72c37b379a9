#include "report/ranking.h"

#include <stdlib.h>
#include <string.h>

/* ---- Order ---- */

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
    if (a->person.place != b->person.place)
        return a->person.place < b->person.place ? -1 : 1;
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
        ranking->people[i].branch = moved[ranking->people[i].branch];
}

struct error *ranking_compute(struct arena *arena, struct ranking *ranking)
{
    if (ranking->kind != RANKING_CONTEST)
        TRY(ranking_rank_people(arena, ranking));
    TRY(ranking_rank_branches(arena, ranking));
    sort_people(arena, ranking);
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
