/* ranking_people.c - the order of persons: by score, then by time if that was
 * announced. */
#include "report/ranking.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "contest/rank.h"

enum { SCORE_KEY, TIME_KEY, KEYS };

static void take_keys(
    const struct ranking *ranking, const struct ranking_person *person,
    struct rank_key *keys)
{
    keys[SCORE_KEY] =
        (struct rank_key){true, rational_scaled(person->score, ranking->dp)};
    keys[TIME_KEY] =
        (struct rank_key){true, rational_scaled(person->used_ms / 1000, 0)};
}

struct error *ranking_rank_people(struct arena *arena, struct ranking *ranking)
{
    static const bool ascending[KEYS] = {false, true};
    const struct rank_rule rule = {
        RANK_COMPETITION, ascending, ranking->formula.by_time ? KEYS : 1};
    size_t room = ranking->person_count + 1;
    size_t count = 0;
    /* Keys of many people take more than the people: gone when they stand in order. */
    struct arena *scratch = arena_new();
    struct intern *ranks = intern_new(arena); /* many share one */
    struct rank_entry *entries = arena_alloc(scratch, room * sizeof *entries);
    struct rank_key *keys = arena_alloc(scratch, room * KEYS * sizeof *keys);
    struct ranking_person **done =
        arena_alloc(scratch, room * sizeof(struct ranking_person *));

    for (size_t i = 0; i < ranking->person_count; i++) {
        struct ranking_person *person = &ranking->people[i];
        if (person->status != RANKING_DONE)
            continue;
        person->passed = (__int128)person->score * 100 >=
                         (__int128)ranking->full * ranking->pass_percent;
        take_keys(ranking, person, &keys[count * KEYS]);
        entries[count].keys = &keys[count * KEYS];
        done[count++] = person;
    }
    rank_compute(scratch, &rule, entries, count);
    for (size_t i = 0; i < count; i++) {
        char rank[24];
        (void)snprintf(rank, sizeof rank, "%" PRId64, entries[i].rank_twice / 2);
        done[i]->rank = intern_text(ranks, rank);
        done[i]->place = (uint32_t)entries[i].place;
        done[i]->tie = entries[i].decided_by == TIME_KEY ? "用时" : NULL;
    }
    arena_free(scratch);
    return NULL;
}
