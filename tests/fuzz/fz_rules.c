/* Rule sets of contests: what is let in has one canonical form and one hash, which say
 * the same when they are read again. */
#include <string.h>

#include "contest/rules.h"
#include "fuzz/fuzz.h"

static void check_round(struct arena *arena, const struct rules_round *round)
{
    int64_t maxima = 0;

    if (round->kind != RULES_JUDGED)
        return;
    FUZZ_REQUIRE(
        round->criterion_count >= 1 && round->criterion_count <= RULES_CRITERIA, "%s",
        round->id);
    for (size_t i = 0; i < round->criterion_count; i++) {
        const struct rules_criterion *criterion = &round->criteria[i];
        FUZZ_REQUIRE(
            criterion->step > 0 && criterion->maximum % criterion->step == 0, "%s",
            criterion->id);
        FUZZ_REQUIRE(
            rules_find_criterion(round, criterion->id) == i, "%s", criterion->id);
        maxima += criterion->maximum;
    }
    FUZZ_REQUIRE(
        maxima == round->full, "%s of %s", rules_points_text(arena, maxima),
        rules_points_text(arena, round->full));
}

void fuzz_one(struct arena *arena, const uint8_t *bytes, size_t size)
{
    const struct rules *rules;
    const struct rules *again;

    if (rules_read(arena, (const char *)bytes, size, &rules))
        return;
    struct error *error =
        rules_read(arena, rules->canonical, strlen(rules->canonical), &again);
    FUZZ_REQUIRE(!error, "%s: %s", error->code, error->message);
    FUZZ_REQUIRE(
        strcmp(rules->hash, again->hash) == 0 &&
            strcmp(rules->canonical, again->canonical) == 0,
        "%s", rules->canonical);
    FUZZ_REQUIRE(rules->round_count <= RULES_ROUNDS, "%zu rounds", rules->round_count);
    for (size_t i = 0; i < rules->round_count; i++) {
        FUZZ_REQUIRE(
            rules_find_round(rules, rules->rounds[i].id) == i, "%s",
            rules->rounds[i].id);
        check_round(arena, &rules->rounds[i]);
    }
}
