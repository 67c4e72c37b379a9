#include "contest/judged_board.h"

#include <inttypes.h>

#include "contest/rank.h"

/* The index of the only judged round; the number of rounds when there is not just one.
 */
static size_t only_judged_round(const struct rules *rules)
{
    size_t found = rules->round_count;

    for (size_t i = 0; i < rules->round_count; i++) {
        if (rules->rounds[i].kind != RULES_JUDGED)
            continue;
        if (found != rules->round_count)
            return rules->round_count;
        found = i;
    }
    return found;
}

static bool anybody_has_a_total(const struct standings *standings)
{
    for (size_t i = 0; i < standings->row_count; i++)
        if (standings->rows[i].total)
            return true;
    return false;
}

static void place_rows(
    struct arena *arena, const struct standings_row **scored, size_t round,
    struct judged_board *board)
{
    const bool ascending = false;
    const struct rank_rule rule = {RANK_COMPETITION, &ascending, 1};
    struct rank_entry *entries = arena_alloc(arena, board->count * sizeof *entries);
    struct rank_key *keys = arena_alloc(arena, board->count * sizeof *keys);

    for (size_t i = 0; i < board->count; i++) {
        keys[i] = (struct rank_key){true, scored[i]->rounds[round].value};
        entries[i].keys = &keys[i];
    }
    rank_compute(arena, &rule, entries, board->count);
    for (size_t i = 0; i < board->count; i++) {
        size_t place = entries[i].place;
        board->rows[place] = scored[i];
        board->ranks[place] =
            arena_format(arena, "%" PRId64, entries[i].rank_twice / 2);
    }
}

void judged_board_make(
    struct arena *arena, const struct standings *standings, struct judged_board *board)
{
    const struct rules *rules = standings->state->rules;
    size_t round = only_judged_round(rules);
    size_t room = (standings->row_count + 1) * sizeof(void *);
    const struct standings_row **scored = arena_alloc(arena, room);

    *board = (struct judged_board){
        .applies = round != rules->round_count && !anybody_has_a_total(standings),
        .rows = arena_alloc(arena, room),
        .ranks = arena_alloc(arena, room),
    };
    for (size_t i = 0; board->applies && i < standings->row_count; i++)
        if (standings->rows[i].rounds[round].score)
            scored[board->count++] = &standings->rows[i];
    if (board->count)
        place_rows(arena, scored, round, board);
}
