/* standings_ties.c - what breaks ties: keys of the chain, one more digit, lots and
 * play-offs. And the awards, at whose boundaries ties matter. */
#include "contest/standings_ties.h"

#include <stdlib.h>
#include <string.h>

/* ---- One more digit ---- */

static int compared_dp(const struct rules *rules)
{
    return rules->total.dp + rules->extend_on_tie;
}

static bool is_tied(const struct standings *standings, size_t index)
{
    for (size_t i = 0; i < standings->row_count; i++)
        if (i != index && standings->rows[i].status == STANDINGS_RANKED &&
            standings->rows[i].total_units == standings->rows[index].total_units)
            return true;
    return false;
}

/* Rounding keeps the order, so the longer numbers can be compared throughout; but only
 * where they decide are they shown. */
struct error *standings_extend_ties(
    struct arena *arena, const struct rules *rules, struct standings *standings)
{
    struct rational_rounding longer = rules->total;

    longer.dp++;
    for (size_t i = 0; i < standings->row_count; i++) {
        struct standings_row *row = &standings->rows[i];
        if (row->status != STANDINGS_RANKED)
            continue;
        TRY(rational_round(arena, row->exact, longer, &row->compared_units));
        if (is_tied(standings, i))
            row->total = decimal_text(arena, row->compared_units, longer.dp);
    }
    return NULL;
}

/* ---- Countback ---- */

/* How often a contestant was first, second... with single judges. */
struct placings {
    size_t row;
    size_t *counts; /* by place from 0 */
    size_t places;
};

static const struct standings_mark *
mark_by(const struct standings_round *round, const struct contest_judge *judge)
{
    for (size_t i = 0; i < round->mark_count; i++)
        if (round->marks[i].judge == judge && round->marks[i].sheet &&
            round->marks[i].sheet->submitted)
            return &round->marks[i];
    return NULL;
}

/* The place a judge gave: one more than those whom she gave more. */
static size_t place_with(
    const struct standings *standings, size_t round, const struct contest_judge *judge,
    int64_t total)
{
    size_t place = 0;

    for (size_t i = 0; i < standings->row_count; i++) {
        const struct standings_row *row = &standings->rows[i];
        if (row->status != STANDINGS_RANKED)
            continue;
        const struct standings_mark *mark = mark_by(&row->rounds[round], judge);
        place += mark && mark->sheet->total > total;
    }
    return place;
}

static void count_placings(
    const struct standings *standings, size_t round, struct placings *placings)
{
    const struct contest_state *state = standings->state;
    const struct standings_round *own = &standings->rows[placings->row].rounds[round];

    for (size_t i = 0; i < state->judge_count; i++) {
        const struct standings_mark *mark = mark_by(own, &state->judges[i]);
        if (mark)
            placings->counts[place_with(
                standings, round, &state->judges[i], mark->sheet->total)]++;
    }
}

static int by_placings(const void *left, const void *right)
{
    const struct placings *a = left;
    const struct placings *b = right;

    for (size_t i = 0; i < a->places; i++)
        if (a->counts[i] != b->counts[i])
            return a->counts[i] < b->counts[i] ? -1 : 1;
    return 0;
}

/* Sorted from the worst to the best; equals get the same number. */
static void count_back(
    struct arena *arena, const struct standings *standings, size_t tie,
    struct rank_key **keys)
{
    size_t round = standings->state->rules->ties[tie].round;
    size_t room = standings->row_count + 1;
    struct placings *all = arena_alloc(arena, room * sizeof *all);
    size_t count = 0;
    int64_t level = 0;

    for (size_t i = 0; i < standings->row_count; i++) {
        if (standings->rows[i].status != STANDINGS_RANKED)
            continue;
        all[count] = (struct placings){
            i, arena_alloc(arena, room * sizeof(size_t)), standings->row_count};
        count_placings(standings, round, &all[count++]);
    }
    qsort(all, count, sizeof *all, by_placings);
    for (size_t i = 0; i < count; i++) {
        level += i && by_placings(&all[i - 1], &all[i]) != 0;
        keys[all[i].row][tie] = (struct rank_key){true, rational_scaled(level, 0)};
    }
}

/* ---- Keys of one row ---- */

/* The first of an order has the greatest key. */
static void order_key(size_t place, struct rank_key *key)
{
    key->present = place > 0;
    key->value = rational_scaled(-(int64_t)place, 0);
}

static struct error *untrimmed_mean(
    struct arena *arena, const struct standings_round *round, struct rank_key *key)
{
    __int128 sum = 0;

    for (size_t i = 0; i < round->mark_count; i++)
        if (round->marks[i].sheet && round->marks[i].sheet->submitted)
            sum += round->marks[i].sheet->total;
    key->present = round->sheet_count > 0;
    if (!key->present)
        return NULL;
    return rational_make(
        arena, sum, (__int128)round->sheet_count * decimal_power(RULES_PLACES),
        &key->value);
}

static void highest_sheet(const struct standings_round *round, struct rank_key *key)
{
    int64_t highest = 0;

    for (size_t i = 0; i < round->mark_count; i++) {
        const struct contest_sheet *sheet = round->marks[i].sheet;
        if (sheet && sheet->submitted && sheet->total > highest)
            highest = sheet->total;
    }
    key->present = round->sheet_count > 0;
    key->value = rational_scaled(highest, RULES_PLACES);
}

static struct error *make_key(
    struct arena *arena, const struct rules *rules, const struct rules_tie *tie,
    const struct standings_row *row, struct rank_key *key)
{
    const struct standings_round *round = &row->rounds[tie->round];

    *key = (struct rank_key){.present = true};
    switch (tie->kind) {
    case RULES_TIE_TOTAL:
        key->value = rational_scaled(row->compared_units, compared_dp(rules));
        return NULL;
    case RULES_TIE_ROUND:
        key->value =
            round->value; /* 0 for a missing grade: so it counts in the total */
        return NULL;
    case RULES_TIE_UNTRIMMED:
        return untrimmed_mean(arena, round, key);
    case RULES_TIE_HIGHEST:
        highest_sheet(round, key);
        return NULL;
    case RULES_TIE_TIME:
        key->present = round->entry->timing.stage == TIMING_STOPPED;
        key->value =
            rational_scaled(timing_seconds(round->entry->timing.elapsed_ms), 0);
        return NULL;
    case RULES_TIE_DRAW:
        order_key(row->contestant->lot, key);
        return NULL;
    case RULES_TIE_PLAYOFF:
        order_key(row->contestant->playoff, key);
        return NULL;
    case RULES_TIE_COUNTBACK: /* over all rows: count_back() */
    case RULES_TIE_SHARED:
        key->present = false;
        return NULL;
    }
    abort();
}

struct error *standings_make_keys(
    struct arena *arena, const struct rules *rules, const struct standings *standings,
    struct rank_key ***result)
{
    struct rank_key **keys =
        arena_alloc(arena, (standings->row_count + 1) * sizeof(struct rank_key *));

    *result = keys;
    for (size_t i = 0; i < standings->row_count; i++) {
        struct standings_row *row = &standings->rows[i];
        if (row->status != STANDINGS_RANKED)
            continue;
        if (!rules->extend_on_tie)
            row->compared_units = row->total_units;
        keys[i] = arena_alloc(arena, rules->tie_count * sizeof **keys);
        for (size_t j = 0; j < rules->tie_count; j++)
            TRY(make_key(arena, rules, &rules->ties[j], row, &keys[i][j]));
    }
    for (size_t j = 0; j < rules->tie_count; j++)
        if (rules->ties[j].kind == RULES_TIE_COUNTBACK)
            count_back(arena, standings, j, keys);
    return NULL;
}

/* ---- Awards ---- */

/* Where the group that shares a rank with rows[from] ends. */
static size_t
end_of_group(const struct standings *standings, size_t from, size_t ranked)
{
    size_t end = from + 1;

    while (end < ranked &&
           strcmp(standings->rows[end].rank, standings->rows[from].rank) == 0)
        end++;
    return end;
}

/* The award of the places from..to is the one of the first place, if all places have
 * the same, or if sharing widens it. */
static void give(
    const struct rules *rules, struct standings *standings, size_t from, size_t to,
    const struct rules_award *const *by_place)
{
    bool crossed = by_place[from] != by_place[to - 1];

    for (size_t i = from; i < to; i++) {
        struct standings_row *row = &standings->rows[i];
        if (!crossed || rules->award_tie == RULES_AWARD_WIDEN)
            row->award = by_place[from] ? by_place[from]->title : NULL;
        else
            row->award_needs =
                rules->award_tie == RULES_AWARD_DRAW ? "draw" : "playoff";
    }
}

void standings_give_awards(const struct rules *rules, struct standings *standings)
{
    const struct rules_award *by_place[CONTEST_CONTESTANTS + 1] = {NULL};
    size_t ranked = 0;
    size_t filled = 0;

    while (ranked < standings->row_count &&
           standings->rows[ranked].status == STANDINGS_RANKED)
        ranked++;
    for (size_t i = ranked; i < standings->row_count; i++)
        if (standings->rows[i].status == STANDINGS_PENDING)
            return;
    for (size_t i = 0; i < rules->award_count; i++) {
        const struct rules_award *award = &rules->awards[i];
        size_t end = award->quota ? filled + (size_t)award->quota : filled;
        /* By rank: whole groups, so their boundary is never crossed. */
        while (award->rank && end < ranked &&
               strtoll(standings->rows[end].rank, NULL, 10) <= award->rank)
            end++;
        for (; filled < end && filled < ranked; filled++)
            by_place[filled] = award;
    }
    for (size_t from = 0; from < ranked;) {
        size_t to = end_of_group(standings, from, ranked);
        give(rules, standings, from, to, by_place);
        from = to;
    }
}
