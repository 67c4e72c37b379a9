/* rules_time.c - what a performance loses for being too long or too short. */
#include "contest/rules_parts.h"

enum { LONGEST_S = 24 * 60 * 60 };

/* No finer than the score it goes off, which would need a second rounding. */
static struct error *read_points(
    struct arena *arena, const char *place, const struct rules_round *round,
    const char *text, int64_t *points)
{
    struct decimal_limits limits = rules_points;
    struct decimal read;

    if (round->panel.rounding.dp < limits.places)
        limits.places = round->panel.rounding.dp;
    struct error *error = decimal_read(arena, text, limits, &read);
    if (error)
        return rules_in_place(arena, place, error);
    *points = read.units * decimal_power(RULES_PLACES - read.places);
    return NULL;
}

static struct error *read_row(
    struct arena *arena, const char *place, const struct rules_round *round,
    json_t *json, struct rules_time_row *row)
{
    const char *points;

    row->to_s = INT64_MAX;
    TRY(RULES_FIELDS(
        arena, place, json, {"from_s", INPUT_INT, false, &row->from_s, 0, LONGEST_S},
        {"to_s", INPUT_INT, true, &row->to_s, 1, LONGEST_S},
        {"points", INPUT_TEXT, false, &points, 1, 20}));
    if (row->to_s <= row->from_s)
        return rules_refuse(arena, place, "终点应大于起点。");
    return read_points(arena, place, round, points, &row->points);
}

static struct error *read_rows(
    struct arena *arena, const char *place, const struct rules_round *round,
    json_t *list, struct rules_time *time)
{
    size_t count = json_array_size(list);
    struct rules_time_row *rows = arena_alloc(arena, count * sizeof *rows);

    time->rows = rows;
    time->row_count = count;
    for (size_t i = 0; i < count; i++) {
        const char *here = arena_format(arena, "%s第 %zu 行", place, i + 1);
        TRY(read_row(arena, here, round, json_array_get(list, i), &rows[i]));
        if (i && rows[i].from_s != rows[i - 1].to_s)
            return rules_refuse(arena, here, "起点应等于上一行的终点。");
    }
    if (rows[count - 1].to_s != INT64_MAX)
        return rules_refuse(arena, place, "最后一行不应有终点。");
    return NULL;
}

struct error *rules_read_time(
    struct arena *arena, const char *place, json_t *json, struct rules_round *round)
{
    const char *here = arena_format(arena, "%s计时", place);
    struct rules_time *time = &round->time;
    const char *under = NULL;
    const char *cap = NULL;
    json_t *rows = NULL;

    *time = (struct rules_time){.given = true, .cap = INT64_MAX};
    TRY(RULES_FIELDS(
        arena, here, json, {"limit_s", INPUT_INT, false, &time->limit_s, 1, LONGEST_S},
        {"over", INPUT_ARRAY, true, &rows, 1, RULES_TIME_ROWS},
        {"minimum_s", INPUT_INT, true, &time->minimum_s, 1, LONGEST_S},
        {"under", INPUT_TEXT, true, &under, 1, 20},
        {"cap", INPUT_TEXT, true, &cap, 1, 20}));
    if (rows)
        TRY(read_rows(arena, here, round, rows, time));
    if ((under != NULL) != (time->minimum_s != 0))
        return rules_refuse(arena, here, "minimum_s 和 under 应同时给出。");
    if (time->minimum_s > time->limit_s)
        return rules_refuse(arena, here, "最短时间不能超过限时。");
    if (under)
        TRY(read_points(arena, here, round, under, &time->under));
    return cap ? read_points(arena, here, round, cap, &time->cap) : NULL;
}
