/* standings.c - rounds, totals, ranks. One panel: standings_judge.c; what breaks ties,
 * and awards: standings_ties.c; the branches: standings_branches.c; the document:
 * standings_document.c. */
#include "contest/standings.h"

#include <stdlib.h>

#include "contest/standings_branches.h"
#include "contest/standings_ties.h"
#include "contest/weighted.h"

bool standings_is_public(const struct contest_state *state, size_t contestant)
{
    const struct contest_contestant *who = &state->contestants[contestant];

    for (size_t i = 0; i < state->rules->round_count; i++)
        if (state->rules->rounds[i].kind == RULES_JUDGED &&
            who->entries[i].stage != CONTEST_RELEASED)
            return false;
    return true;
}

/* ---- Rounds of one contestant ---- */

static void take_written(
    struct arena *arena, const struct contest_state *state, struct contest_place place,
    struct standings_round *round)
{
    const struct contest_entry *entry =
        &state->contestants[place.contestant].entries[place.round];

    *round = (struct standings_round){
        .rule = &state->rules->rounds[place.round],
        .entry = entry,
        .value = rational_scaled(entry->grade, RULES_PLACES),
        .full = rational_scaled(state->rules->rounds[place.round].full, RULES_PLACES),
    };
    if (entry->written_present)
        round->score = rules_points_text(arena, entry->grade);
}

/* A journal written by hand may close a round that no panel rule can score: that is a
 * round without a score, not a failure. While scoring is open there is no score either:
 * a part of the sheets says nothing; nor while somebody must still confirm that so few
 * suffice. */
static struct error *take_judged(
    struct arena *arena, const struct contest_state *state, struct contest_place place,
    struct standings_round *round)
{
    enum contest_stage stage =
        state->contestants[place.contestant].entries[place.round].stage;
    struct error *error = standings_judge(arena, state, place, round);

    if (error && error->kind != ERROR_INVALID)
        return error;
    if (error || stage < CONTEST_CLOSED || !contest_is_confirmed(state, place)) {
        for (size_t i = 0; i < round->mark_count; i++) {
            round->marks[i].dropped = STANDINGS_KEPT;
            round->marks[i].criteria = NULL;
        }
        round->panel = NULL;
        round->score = NULL;
        round->value = (struct rational){0, 1};
    }
    return NULL;
}

static struct error *take_rounds(
    struct arena *arena, const struct contest_state *state, size_t contestant,
    struct standings_round *rounds)
{
    for (size_t i = 0; i < state->rules->round_count; i++) {
        struct contest_place place = {contestant, i};
        if (state->rules->rounds[i].kind == RULES_WRITTEN)
            take_written(arena, state, place, &rounds[i]);
        else
            TRY(take_judged(arena, state, place, &rounds[i]));
    }
    return NULL;
}

static enum standings_status
status_of(const struct contest_state *state, const struct standings_row *row)
{
    bool final = state->phase == CONTEST_FINISHED;
    bool pending = false;
    bool missing = false;

    if (row->contestant->disqualified)
        return STANDINGS_DISQUALIFIED;
    if (row->contestant->absent)
        return STANDINGS_ABSENT;
    if (row->contestant->aborted)
        return STANDINGS_ABORTED;
    for (size_t i = 0; i < state->rules->round_count; i++) {
        const struct standings_round *round = &row->rounds[i];
        bool written = round->rule->kind == RULES_WRITTEN;
        pending |= written ? !round->entry->written_taken && !final : !round->score;
        missing |= written && !round->score;
    }
    if (pending)
        return STANDINGS_PENDING;
    return missing && state->rules->missing == RULES_NOT_RANKED ? STANDINGS_UNRANKED
                                                                : STANDINGS_RANKED;
}

/* Each round counts as value / full * 100 * weight. */
static struct error *
add_up(struct arena *arena, const struct rules *rules, struct standings_row *row)
{
    struct weighted_part parts[RULES_ROUNDS];
    struct weighted_result total;

    for (size_t i = 0; i < rules->round_count; i++) {
        struct rational percent;
        TRY(rational_divide(
            arena, row->rounds[i].value, row->rounds[i].full, &percent));
        TRY(rational_multiply(
            arena, percent, rational_scaled(100, 0), &parts[i].score));
        parts[i].weight = rules->rounds[i].weight;
    }
    TRY(weighted_compute(arena, parts, rules->round_count, rules->total, &total));
    row->total = total.score;
    row->total_units = total.rounded;
    row->exact = total.exact;
    return NULL;
}

/* ---- Rank ---- */

static struct error *
rank_rows(struct arena *arena, const struct rules *rules, struct standings *standings)
{
    const struct rank_rule rule = {
        rules->rank_style, rules->ascending, rules->tie_count};
    size_t room = standings->row_count + 1;
    struct rank_entry *entries = arena_alloc(arena, room * sizeof *entries);
    size_t *ranked = arena_alloc(arena, room * sizeof *ranked); /* indexes of rows */
    struct rank_key **keys;
    size_t count = 0;

    TRY(standings_make_keys(arena, rules, standings, &keys));
    for (size_t i = 0; i < standings->row_count; i++) {
        if (standings->rows[i].status != STANDINGS_RANKED)
            continue;
        ranked[count] = i;
        entries[count++].keys = keys[i];
    }
    rank_compute(arena, &rule, entries, count);
    for (size_t i = 0; i < count; i++) {
        struct standings_row *row = &standings->rows[ranked[i]];
        row->place = entries[i].place;
        row->rank = standings_rank_text(arena, entries[i].rank_twice);
        if (entries[i].decided_by != RANK_UNDECIDED)
            row->tie_key = rules->ties[entries[i].decided_by].key;
    }
    return NULL;
}

static int compare_positions(
    const struct contest_contestant *a, const struct contest_contestant *b)
{
    if (a->position != b->position)
        return a->position < b->position ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

static int by_position(const void *left, const void *right)
{
    const struct standings_row *a = left;
    const struct standings_row *b = right;

    return compare_positions(a->contestant, b->contestant);
}

static int by_place(const void *left, const void *right)
{
    const struct standings_row *a = left;
    const struct standings_row *b = right;

    if (a->status != b->status)
        return a->status < b->status ? -1 : 1;
    if (a->status == STANDINGS_RANKED && a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return by_position(left, right);
}

static struct error *take_rows(
    struct arena *arena, const struct contest_state *state, enum standings_scope scope,
    struct standings *standings)
{
    size_t room = state->contestant_count + 1;

    standings->rows = arena_alloc(arena, room * sizeof *standings->rows);
    for (size_t i = 0; i < state->contestant_count; i++) {
        struct standings_row row = {
            .contestant = &state->contestants[i],
            .rounds = arena_alloc(
                arena, state->rules->round_count * sizeof(struct standings_round)),
        };
        if (scope == STANDINGS_PUBLIC &&
            (contest_is_out(row.contestant) || !standings_is_public(state, i)))
            continue;
        TRY(take_rounds(arena, state, i, row.rounds));
        row.status = status_of(state, &row);
        if (row.status == STANDINGS_RANKED)
            TRY(add_up(arena, state->rules, &row));
        standings->rows[standings->row_count++] = row;
    }
    /* The order of the draw before ranking: RANK_ORDINAL keeps it among equals. */
    qsort(standings->rows, standings->row_count, sizeof *standings->rows, by_position);
    if (state->rules->extend_on_tie)
        TRY(standings_extend_ties(arena, state->rules, standings));
    TRY(rank_rows(arena, state->rules, standings));
    qsort(standings->rows, standings->row_count, sizeof *standings->rows, by_place);
    standings_give_awards(state->rules, standings);
    return NULL;
}

struct error *standings_compute(
    struct arena *arena, const struct contest_state *state, enum standings_scope scope,
    struct standings *result)
{
    *result = (struct standings){
        .state = state,
        .final = state->phase == CONTEST_FINISHED,
    };
    TRY(take_rows(arena, state, scope, result));
    return standings_take_branches(arena, state, result);
}
