#include "contest/reveal.h"

#include <stdlib.h>
#include <string.h>

#include "contest/weighted.h"

/* ---- The walk ---- */

struct seat {
    const struct reveal_entry *entry;
    size_t index;
    size_t told;
};

static int by_total(const void *left, const void *right)
{
    const struct seat *a = left;
    const struct seat *b = right;
    int64_t one = a->entry->totals[a->told];
    int64_t other = b->entry->totals[b->told];

    if (one != other)
        return one > other ? -1 : 1;
    return (a->entry->place > b->entry->place) - (a->entry->place < b->entry->place);
}

size_t reveal_walk(
    struct arena *arena, const struct reveal_entry *entries, size_t count,
    struct reveal_move *moves)
{
    struct seat *seats = arena_alloc(arena, (count + 1) * sizeof *seats);
    size_t made = 0;

    for (size_t i = 0; i < count; i++)
        seats[i] = (struct seat){&entries[i], i, 0};
    for (size_t row = count; row > 0;) {
        /* Those below the row are settled and keep their places. */
        qsort(seats, row, sizeof *seats, by_total);
        struct seat *seat = &seats[row - 1];
        bool awarded = seat->told == seat->entry->hidden;
        moves[made++] = (struct reveal_move){seat->index, seat->told, awarded};
        if (awarded)
            row--;
        else
            seat->told++;
    }
    return made;
}

/* ---- What is hidden ---- */

static bool is_public(const struct contest_state *frozen, struct contest_place place)
{
    const struct contest_entry *entry =
        &frozen->contestants[place.contestant].entries[place.round];

    return frozen->rules->rounds[place.round].kind == RULES_WRITTEN
               ? entry->written_taken
               : entry->stage == CONTEST_RELEASED;
}

/* The rounds still hidden, of the least weight first. */
static size_t list_hidden(
    const struct contest_state *frozen, size_t contestant, size_t rounds[RULES_ROUNDS])
{
    const struct rules *rules = frozen->rules;
    size_t count = 0;

    for (size_t i = 0; i < rules->round_count; i++) {
        size_t at = count;
        if (is_public(frozen, (struct contest_place){contestant, i}))
            continue;
        while (at > 0 &&
               rational_compare(
                   rules->rounds[i].weight, rules->rounds[rounds[at - 1]].weight) < 0) {
            rounds[at] = rounds[at - 1];
            at--;
        }
        rounds[at] = i;
        count++;
    }
    return count;
}

/* The total as if the hidden rounds after the first `told` gave nothing. */
static struct error *total_with(
    struct arena *arena, const struct standings_row *row, const struct rules *rules,
    const bool *known, int64_t *units)
{
    struct weighted_part parts[RULES_ROUNDS];
    struct weighted_result total;

    for (size_t i = 0; i < rules->round_count; i++) {
        const struct standings_round *round = &row->rounds[i];
        struct rational value = known[i] ? round->value : (struct rational){0, 1};
        TRY(rational_divide(arena, value, round->full, &parts[i].score));
        TRY(rational_multiply(
            arena, parts[i].score, rational_scaled(100, 0), &parts[i].score));
        parts[i].weight = rules->rounds[i].weight;
    }
    TRY(weighted_compute(arena, parts, rules->round_count, rules->total, &total));
    *units = total.rounded;
    return NULL;
}

struct hidden {
    size_t rounds[RULES_ROUNDS];
    size_t count;
};

static struct error *make_entry(
    struct arena *arena, const struct rules *rules, const struct standings_row *row,
    const struct hidden *hidden, struct reveal_entry *entry)
{
    int64_t *totals = arena_alloc(arena, (hidden->count + 1) * sizeof *totals);
    bool known[RULES_ROUNDS];

    for (size_t i = 0; i < rules->round_count; i++)
        known[i] = true;
    for (size_t i = 0; i < hidden->count; i++)
        known[hidden->rounds[i]] = false;
    for (size_t told = 0; told <= hidden->count; told++) {
        if (told)
            known[hidden->rounds[told - 1]] = true;
        TRY(total_with(arena, row, rules, known, &totals[told]));
    }
    *entry = (struct reveal_entry){totals, hidden->count, row->place};
    return NULL;
}

/* ---- The plan ---- */

static bool is_same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* What the public had seen and is no longer so. */
static struct error *add_corrections(
    struct arena *arena, const struct contest_state *frozen, struct reveal *reveal)
{
    struct standings before;

    TRY(standings_compute(arena, frozen, STANDINGS_ALL, &before));
    for (size_t i = 0; i < reveal->final.row_count; i++) {
        const struct standings_row *row = &reveal->final.rows[i];
        size_t contestant = contest_find_contestant(frozen, row->contestant->id);
        size_t j = 0;
        while (before.rows[j].contestant->id != row->contestant->id)
            j++;
        for (size_t k = 0; k < frozen->rules->round_count; k++)
            if (row->status == STANDINGS_RANKED &&
                is_public(frozen, (struct contest_place){contestant, k}) &&
                !is_same(before.rows[j].rounds[k].score, row->rounds[k].score))
                reveal->steps[reveal->step_count++] =
                    (struct reveal_step){row, k, true};
    }
    return NULL;
}

static struct error *
check_complete(struct arena *arena, const struct standings *standings)
{
    for (size_t i = 0; i < standings->row_count; i++)
        if (standings->rows[i].status == STANDINGS_PENDING)
            return error_new(
                arena, ERROR_CONFLICT, "reveal_too_early",
                "还有选手的成绩没有评完，不能揭晓。");
    return NULL;
}

struct error *reveal_plan(
    struct arena *arena, const struct contest_state *frozen,
    const struct contest_state *end, struct reveal *result)
{
    const struct rules *rules = end->rules;
    size_t room = end->contestant_count + 1;
    struct hidden *hidden = arena_alloc(arena, room * sizeof *hidden);
    struct reveal_entry *entries = arena_alloc(arena, room * sizeof *entries);
    size_t count = 0;

    *result = (struct reveal){.step_count = 0};
    TRY(standings_compute(arena, end, STANDINGS_ALL, &result->final));
    TRY(check_complete(arena, &result->final));
    result->steps =
        arena_alloc(arena, room * (2 * RULES_ROUNDS + 1) * sizeof *result->steps);
    TRY(add_corrections(arena, frozen, result));
    for (; count < result->final.row_count; count++) {
        const struct standings_row *row = &result->final.rows[count];
        if (row->status != STANDINGS_RANKED)
            break;
        hidden[count].count = list_hidden(
            frozen, contest_find_contestant(frozen, row->contestant->id),
            hidden[count].rounds);
        TRY(make_entry(arena, rules, row, &hidden[count], &entries[count]));
    }
    struct reveal_move *moves =
        arena_alloc(arena, room * (RULES_ROUNDS + 1) * sizeof *moves);
    size_t made = reveal_walk(arena, entries, count, moves);
    for (size_t i = 0; i < made; i++)
        result->steps[result->step_count++] = (struct reveal_step){
            &result->final.rows[moves[i].entry],
            moves[i].awarded ? CONTEST_NONE
                             : hidden[moves[i].entry].rounds[moves[i].told],
            false};
    return NULL;
}
