/* rules_panel.c - how the sheets of a round become a score: drops, missing judges,
 * confirmations, spread. */
#include <string.h>

#include "contest/rules_parts.h"

enum { MOST_DROPS = 10, PERCENT_ONE = 100000 };

/* ---- By the number of judges ---- */

static struct error *read_confirm(
    struct arena *arena, const char *place, const char *name,
    enum rules_confirm *confirm)
{
    if (strcmp(name, "chief_judge") != 0 && strcmp(name, "both") != 0)
        return rules_unknown(arena, place, "确认方式", name);
    *confirm = *name == 'b' ? RULES_CONFIRM_BOTH : RULES_CONFIRM_CHIEF;
    return NULL;
}

static struct error *read_drops(
    struct arena *arena, const char *place, json_t *json, struct rules_drops *drops)
{
    const char *confirm = NULL;
    int64_t from;
    int64_t low;
    int64_t high;

    TRY(RULES_FIELDS(
        arena, place, json, {"from", INPUT_INT, false, &from, 1, PANEL_JUDGES},
        {"drop_low", INPUT_INT, false, &low, 0, MOST_DROPS},
        {"drop_high", INPUT_INT, false, &high, 0, MOST_DROPS},
        {"confirm", INPUT_TEXT, true, &confirm, 0, 0}));
    if (low + high >= from)
        return rules_refuse(arena, place, "去掉的分数不能多于或等于评委人数。");
    *drops = (struct rules_drops){(int)from, (int)low, (int)high, RULES_CONFIRM_NOBODY};
    return confirm ? read_confirm(arena, place, confirm, &drops->confirm) : NULL;
}

static struct error *read_table(
    struct arena *arena, const char *place, json_t *list, struct rules_round *round)
{
    size_t count = json_array_size(list);
    struct rules_drops *table = arena_alloc(arena, count * sizeof *table);

    if (round->panel.mode != PANEL_MEAN)
        return rules_refuse(arena, place, "按人数去分只能与平均分（mean）一起使用。");
    round->table = table;
    round->table_count = count;
    for (size_t i = 0; i < count; i++) {
        const char *here = arena_format(arena, "%s人数表第 %zu 行", place, i + 1);
        TRY(read_drops(arena, here, json_array_get(list, i), &table[i]));
        if (i && table[i].from >= table[i - 1].from)
            return rules_refuse(arena, here, "人数应从多到少排列。");
    }
    return NULL;
}

struct rules_drops rules_drops_for(const struct rules_round *round, size_t judges)
{
    for (size_t i = 0; i < round->table_count; i++)
        if ((size_t)round->table[i].from <= judges)
            return round->table[i];
    return (struct rules_drops){
        0, round->panel.drop_low, round->panel.drop_high, RULES_CONFIRM_NOBODY};
}

/* ---- Spread ---- */

/* "5" or "10%". */
static struct error *read_distance(
    struct arena *arena, const char *place, const char *text,
    struct rules_distance *distance)
{
    size_t size = strlen(text);

    distance->given = true;
    distance->percent = size && text[size - 1] == '%';
    const char *digits = arena_copy_bytes(arena, text, size - distance->percent);
    struct error *error = decimal_parse(arena, digits, rules_points, &distance->units);
    if (error)
        return rules_in_place(arena, place, error);
    if (distance->percent && distance->units > PERCENT_ONE)
        return rules_refuse(arena, place, "百分比不能超过 100%%。");
    return NULL;
}

static struct error *read_spread(
    struct arena *arena, const char *place, json_t *json, struct rules_spread *spread)
{
    const char *here = arena_format(arena, "%s差距", place);
    const char *by = "total";
    const char *maximum = NULL;
    const char *median = NULL;

    TRY(RULES_FIELDS(
        arena, here, json, {"by", INPUT_TEXT, true, &by, 0, 0},
        {"maximum", INPUT_TEXT, true, &maximum, 1, 20},
        {"median", INPUT_TEXT, true, &median, 1, 20}));
    if (strcmp(by, "total") != 0 && strcmp(by, "criterion") != 0)
        return rules_unknown(arena, here, "比较方式", by);
    spread->by_criterion = *by == 'c';
    if (!maximum && !median)
        return rules_refuse(arena, here, "应给出 maximum 或 median。");
    if (maximum)
        TRY(read_distance(arena, here, maximum, &spread->maximum));
    return median ? read_distance(arena, here, median, &spread->median) : NULL;
}

/* ---- The panel ---- */

struct error *rules_read_panel(
    struct arena *arena, const char *place, json_t *json, struct rules_round *round)
{
    const char *mode;
    const char *rounding;
    const char *missing;
    const char *trim;
    int64_t low;
    int64_t high;
    int64_t dp;
    json_t *table = NULL;
    json_t *spread = NULL;

    TRY(RULES_FIELDS(
        arena, place, json, {"drop_low", INPUT_INT, false, &low, 0, MOST_DROPS},
        {"drop_high", INPUT_INT, false, &high, 0, MOST_DROPS},
        {"mode", INPUT_TEXT, false, &mode, 0, 0},
        {"dp", INPUT_INT, false, &dp, 0, RULES_DP},
        {"rounding", INPUT_TEXT, false, &rounding, 0, 0},
        {"missing", INPUT_TEXT, false, &missing, 0, 0},
        {"trim", INPUT_TEXT, false, &trim, 0, 0},
        {"table", INPUT_ARRAY, true, &table, 1, RULES_TABLE},
        {"spread", INPUT_OBJECT, true, &spread, 0, 0}));
    round->panel.drop_low = (int)low;
    round->panel.drop_high = (int)high;
    TRY(rules_read_rounding(arena, place, dp, rounding, &round->panel.rounding));
    if (!panel_mode_find(mode, &round->panel.mode))
        return rules_unknown(arena, place, "合成方式", mode);
    if (!panel_missing_find(missing, &round->panel.missing))
        return rules_unknown(arena, place, "缺席评委处理方式", missing);
    if (strcmp(trim, "total") != 0 && strcmp(trim, "criterion") != 0)
        return rules_unknown(arena, place, "去分方式", trim);
    round->trim = *trim == 't' ? RULES_TRIM_TOTAL : RULES_TRIM_CRITERION;
    if (table)
        TRY(read_table(arena, place, table, round));
    return spread ? read_spread(arena, place, spread, &round->spread) : NULL;
}
