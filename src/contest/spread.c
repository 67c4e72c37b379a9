#include "contest/spread.h"

#include <stdlib.h>

/* The marks compared: totals of the sheets, or marks in one criterion. */
struct marks {
    int64_t values[CONTEST_JUDGES];
    int64_t sorted[CONTEST_JUDGES];
    size_t judges[CONTEST_JUDGES];
    size_t count;
    int64_t most; /* what can be reached */
};

static int by_value(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left;
    int64_t b = *(const int64_t *)right;

    return (a > b) - (a < b);
}

static void take_marks(
    const struct contest_state *state, struct contest_place place, size_t criterion,
    struct marks *marks)
{
    const struct rules_round *rule = &state->rules->rounds[place.round];
    const struct contest_sheet *sheets =
        state->contestants[place.contestant].entries[place.round].sheets;

    marks->count = 0;
    marks->most =
        criterion == CONTEST_NONE ? rule->full : rule->criteria[criterion].maximum;
    for (size_t i = 0; sheets && i < state->judge_count; i++) {
        if (!sheets[i].submitted || contest_is_recused(state, i, place.contestant))
            continue;
        int64_t value =
            criterion == CONTEST_NONE ? sheets[i].total : sheets[i].marks[criterion];
        marks->judges[marks->count] = i;
        marks->values[marks->count] = value;
        marks->sorted[marks->count++] = value;
    }
    qsort(marks->sorted, marks->count, sizeof *marks->sorted, by_value);
}

/* Is `twice` / 2 more than the distance allows? Percentages are compared exactly. */
static bool is_over(struct rules_distance distance, int64_t most, int64_t twice)
{
    enum { WHOLE = 100 * 1000 }; /* 100 % in 1/1000 percent */

    if (!distance.given)
        return false;
    if (!distance.percent)
        return twice > 2 * distance.units;
    return (__int128)twice * WHOLE > (__int128)2 * distance.units * most;
}

/* Notes whose marks are to blame; false: none is. */
static bool
compare(const struct rules_spread *rule, const struct marks *marks, bool *outliers)
{
    int64_t lowest = marks->sorted[0];
    int64_t highest = marks->sorted[marks->count - 1];
    int64_t median_twice =
        marks->sorted[(marks->count - 1) / 2] + marks->sorted[marks->count / 2];
    bool wide = is_over(rule->maximum, marks->most, 2 * (highest - lowest));
    bool over = wide;

    for (size_t i = 0; i < marks->count; i++) {
        int64_t value = marks->values[i];
        bool far = is_over(rule->median, marks->most, llabs(2 * value - median_twice));
        bool extreme = wide && (value == lowest || value == highest);
        outliers[marks->judges[i]] |= far || extreme;
        over |= far;
    }
    return over;
}

void spread_measure(
    struct arena *arena, const struct contest_state *state, struct contest_place place,
    struct spread *spread)
{
    const struct rules_round *rule = &state->rules->rounds[place.round];
    size_t count = rule->spread.by_criterion ? rule->criterion_count : 1;
    struct marks marks;

    *spread = (struct spread){
        .criterion = CONTEST_NONE,
        .outliers =
            arena_alloc(arena, (state->judge_count + 1) * sizeof *spread->outliers),
    };
    for (size_t i = 0; i < count; i++) {
        size_t criterion = rule->spread.by_criterion ? i : CONTEST_NONE;
        take_marks(state, place, criterion, &marks);
        if (marks.count < 2)
            return;
        bool over = compare(&rule->spread, &marks, spread->outliers);
        if (spread->over || (!over && i))
            continue;
        spread->over = over;
        spread->criterion = over ? criterion : CONTEST_NONE;
        spread->range = marks.sorted[marks.count - 1] - marks.sorted[0];
    }
}

bool spread_is_open(const struct contest_state *state, struct contest_place place)
{
    const struct contest_entry *entry =
        &state->contestants[place.contestant].entries[place.round];
    const struct rules_spread *rule = &state->rules->rounds[place.round].spread;
    struct spread spread;

    if ((!rule->maximum.given && !rule->median.given) ||
        entry->stage < CONTEST_CLOSED || entry->spread_accepted ||
        contest_is_reopened(state, place))
        return false;
    struct arena *scratch = arena_new();
    spread_measure(scratch, state, place, &spread);
    bool over = spread.over;
    arena_free(scratch);
    return over;
}
