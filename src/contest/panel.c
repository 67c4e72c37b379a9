#include "contest/panel.h"

#include <stdlib.h>
#include <string.h>

/* A mark in the order of the panel. `units` are multiplied by the number of given
 * marks, so that an imputed mean is an integer as well. */
struct seat {
    size_t judge;
    __int128 units;
};

struct panel_size {
    size_t planned; /* judges */
    size_t taken;   /* seats: marks given or imputed */
    __int128 unit;  /* of struct seat: 1 point is so many */
};

/* Highest first; among equals the lowest judge number first. The first drop_high and
 * the last drop_low of this order are the marks to drop. */
static int by_mark(const void *left, const void *right)
{
    const struct seat *a = left;
    const struct seat *b = right;

    if (a->units != b->units)
        return a->units < b->units ? 1 : -1;
    return (a->judge > b->judge) - (a->judge < b->judge);
}

static int by_index(const void *left, const void *right)
{
    size_t a = *(const size_t *)left;
    size_t b = *(const size_t *)right;

    return (a > b) - (a < b);
}

static size_t count_present(const struct panel_mark *marks, size_t count)
{
    size_t present = 0;

    for (size_t i = 0; i < count; i++)
        present += marks[i].present;
    return present;
}

/* The marks that count, before anything is dropped; returns how many. */
static size_t take_seats(
    const struct panel_rule *rule, const struct panel_mark *marks, size_t count,
    struct seat *seats)
{
    __int128 given = (__int128)count_present(marks, count);
    __int128 sum = 0;
    size_t taken = 0;

    for (size_t i = 0; i < count; i++)
        if (marks[i].present)
            sum += marks[i].units;
    for (size_t i = 0; i < count; i++) {
        if (marks[i].present)
            seats[taken++] = (struct seat){i, marks[i].units * given};
        else if (rule->missing == PANEL_IMPUTE)
            seats[taken++] = (struct seat){i, sum}; /* sum / given * given */
    }
    qsort(seats, taken, sizeof *seats, by_mark);
    return taken;
}

static void note_dropped(
    struct arena *arena, const struct panel_rule *rule, const struct seat *seats,
    size_t taken, struct panel_result *result)
{
    size_t high = (size_t)rule->drop_high;
    size_t low = (size_t)rule->drop_low;

    result->dropped = arena_alloc(arena, (high + low + 1) * sizeof *result->dropped);
    for (size_t i = 0; i < taken; i++)
        if (i < high || i >= taken - low)
            result->dropped[result->dropped_count++] = seats[i].judge;
    qsort(result->dropped, result->dropped_count, sizeof *result->dropped, by_index);
}

static size_t drops_of(const struct panel_rule *rule)
{
    return (size_t)rule->drop_low + (size_t)rule->drop_high;
}

/* The mean of the marks kept. A sum is that mean times the places of the full panel,
 * which is the plain sum when nobody is missing. */
static struct error *combine(
    struct arena *arena, const struct panel_rule *rule, const struct seat *seats,
    struct panel_size size, struct rational *result)
{
    __int128 sum = 0;
    __int128 kept = (__int128)(size.taken - drops_of(rule));
    __int128 places = (__int128)(size.planned - drops_of(rule));

    for (size_t i = 0; i < size.taken - drops_of(rule); i++)
        sum += seats[(size_t)rule->drop_high + i].units;
    if (rule->mode == PANEL_SUM)
        sum *= places;
    return rational_make(arena, sum, kept * size.unit, result);
}

static struct error *too_small(struct arena *arena, const struct panel_rule *rule)
{
    return error_make(
        arena, ERROR_INVALID, "panel_too_small",
        "有效评分不足：去掉 %d 个最高分和 %d 个最低分后没有剩余。", rule->drop_high,
        rule->drop_low);
}

static struct error *
check(struct arena *arena, const struct panel_rule *rule, size_t count)
{
    if (rule->drop_low < 0 || rule->drop_high < 0 || rule->drop_low > PANEL_JUDGES ||
        rule->drop_high > PANEL_JUDGES || count > PANEL_JUDGES)
        return error_make(
            arena, ERROR_INVALID, "panel_rule",
            "评委人数和去掉的最高分、最低分个数应在 0 到 %d 之间。", PANEL_JUDGES);
    return count > drops_of(rule) ? NULL : too_small(arena, rule);
}

struct error *panel_compute(
    struct arena *arena, const struct panel_rule *rule, const struct panel_mark *marks,
    size_t count, int places, struct panel_result *result)
{
    TRY(check(arena, rule, count));
    size_t given = count_present(marks, count);
    struct seat *seats = arena_alloc(arena, count * sizeof *seats);

    *result =
        (struct panel_result){.waiting = rule->missing == PANEL_WAIT && given < count};
    if (result->waiting)
        return NULL;
    struct panel_size size = {
        .planned = count,
        .taken = given ? take_seats(rule, marks, count, seats) : 0,
        .unit = (__int128)given * decimal_power(places),
    };
    if (size.taken <= drops_of(rule))
        return too_small(arena, rule);
    note_dropped(arena, rule, seats, size.taken, result);
    TRY(combine(arena, rule, seats, size, &result->exact));
    TRY(rational_round(arena, result->exact, rule->rounding, &result->rounded));
    result->score = decimal_text(arena, result->rounded, rule->rounding.dp);
    return NULL;
}

static bool
find_name(const char *name, const char *const *names, size_t count, size_t *found)
{
    for (*found = 0; *found < count; ++*found)
        if (strcmp(names[*found], name) == 0)
            return true;
    return false;
}

bool panel_mode_find(const char *name, enum panel_mode *mode)
{
    static const char *const names[] = {[PANEL_MEAN] = "mean", [PANEL_SUM] = "sum"};
    size_t found;

    if (!find_name(name, names, sizeof names / sizeof names[0], &found))
        return false;
    *mode = (enum panel_mode)found;
    return true;
}

bool panel_missing_find(const char *name, enum panel_missing *missing)
{
    static const char *const names[] = {
        [PANEL_PRESENT] = "present",
        [PANEL_IMPUTE] = "impute",
        [PANEL_WAIT] = "wait",
    };
    size_t found;

    if (!find_name(name, names, sizeof names / sizeof names[0], &found))
        return false;
    *missing = (enum panel_missing)found;
    return true;
}
