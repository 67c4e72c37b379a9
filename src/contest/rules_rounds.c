/* rules_rounds.c - rounds of a rule set: criteria, weights. Panels: rules_panel.c. */
#include <string.h>

#include "contest/rules_parts.h"

enum { WEIGHT_PLACES = 4, WEIGHT_ONE = 10000 };

static struct error *read_id(struct arena *arena, const char *place, const char *id)
{
    size_t size = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_-");

    if (!size || id[size] || size > RULES_ID)
        return rules_refuse(
            arena, place,
            "编号“%s”只能由小写字母、数字、“-”和“_”组成，最长 %d 个字符。",
            rules_excerpt(arena, id), (int)RULES_ID);
    return NULL;
}

static struct error *read_points(
    struct arena *arena, const char *place, const char *name, const char *text,
    int64_t *points)
{
    struct error *error = decimal_parse(arena, text, rules_points, points);

    if (error)
        return rules_in_place(arena, place, error);
    if (*points <= 0)
        return rules_refuse(arena, place, "%s应大于 0。", name);
    return NULL;
}

/* ---- Judged rounds ---- */

static struct error *read_criterion(
    struct arena *arena, const char *place, json_t *json,
    struct rules_criterion *criterion)
{
    const char *maximum;
    const char *step;

    criterion->hint = "";
    TRY(RULES_FIELDS(
        arena, place, json, {"id", INPUT_TEXT, false, &criterion->id, 1, RULES_ID},
        {"title", INPUT_TEXT, false, &criterion->title, 1, RULES_TITLE},
        {"hint", INPUT_TEXT, true, &criterion->hint, 0, 2000},
        {"maximum", INPUT_TEXT, false, &maximum, 1, 20},
        {"step", INPUT_TEXT, false, &step, 1, 20}));
    TRY(read_id(arena, place, criterion->id));
    TRY(read_points(arena, place, "满分", maximum, &criterion->maximum));
    TRY(read_points(arena, place, "打分间隔", step, &criterion->step));
    if (criterion->maximum % criterion->step)
        return rules_refuse(
            arena, place, "打分间隔 %s 不能整除满分 %s。", step, maximum);
    return NULL;
}

static struct error *read_criteria(
    struct arena *arena, const char *place, json_t *list, struct rules_round *round)
{
    size_t count = json_array_size(list);
    struct rules_criterion *criteria = arena_alloc(arena, count * sizeof *criteria);
    int64_t sum = 0;

    round->criteria = criteria;
    for (size_t i = 0; i < count; i++) {
        const char *here = arena_format(arena, "%s第 %zu 项", place, i + 1);
        TRY(read_criterion(arena, here, json_array_get(list, i), &criteria[i]));
        if (rules_find_criterion(round, criteria[i].id) < round->criterion_count)
            return rules_refuse(arena, here, "编号“%s”重复。", criteria[i].id);
        round->criterion_count++;
        sum += criteria[i].maximum;
    }
    if (sum != round->full)
        return rules_refuse(
            arena, place, "各项满分之和 %s 不等于本轮满分 %s。",
            decimal_short(arena, sum, RULES_PLACES),
            decimal_short(arena, round->full, RULES_PLACES));
    return NULL;
}

/* ---- Rounds ---- */

static struct error *read_kind(
    struct arena *arena, const char *place, json_t *criteria, json_t *panel,
    struct rules_round *round)
{
    bool judged = round->kind == RULES_JUDGED;

    if (judged && (!criteria || !panel || round->quiz))
        return rules_refuse(arena, place, "评审轮须有评分项和评委规则，不得有试卷。");
    if (!judged && (criteria || panel || !round->quiz))
        return rules_refuse(arena, place, "理论轮须有试卷，不得有评分项和评委规则。");
    if (!judged)
        return NULL;
    TRY(read_criteria(arena, place, criteria, round));
    return rules_read_panel(
        arena, arena_format(arena, "%s评委规则", place), panel, round);
}

static struct error *read_round(
    struct arena *arena, const char *place, json_t *json, struct rules_round *round,
    int64_t *weight)
{
    const char *kind;
    const char *share;
    const char *full;
    json_t *criteria = NULL;
    json_t *panel = NULL;
    json_t *time = NULL;

    TRY(RULES_FIELDS(
        arena, place, json, {"id", INPUT_TEXT, false, &round->id, 1, RULES_ID},
        {"kind", INPUT_TEXT, false, &kind, 0, 0},
        {"title", INPUT_TEXT, false, &round->title, 1, RULES_TITLE},
        {"weight", INPUT_TEXT, false, &share, 1, 20},
        {"full", INPUT_TEXT, false, &full, 1, 20},
        {"quiz", INPUT_INT, true, &round->quiz, 1, INT64_MAX},
        {"criteria", INPUT_ARRAY, true, &criteria, 1, RULES_CRITERIA},
        {"panel", INPUT_OBJECT, true, &panel, 0, 0},
        {"time", INPUT_OBJECT, true, &time, 0, 0}));
    TRY(read_id(arena, place, round->id));
    TRY(read_points(arena, place, "满分", full, &round->full));
    struct error *error = decimal_parse(
        arena, share, (struct decimal_limits){.whole = 1, .places = WEIGHT_PLACES},
        weight);
    if (error)
        return rules_in_place(arena, place, error);
    if (*weight <= 0)
        return rules_refuse(arena, place, "权重应大于 0。");
    round->weight = rational_scaled(*weight, WEIGHT_PLACES);
    if (strcmp(kind, "written") != 0 && strcmp(kind, "judged") != 0)
        return rules_unknown(arena, place, "轮次", kind);
    round->kind = *kind == 'w' ? RULES_WRITTEN : RULES_JUDGED;
    TRY(read_kind(arena, place, criteria, panel, round));
    if (time && round->kind != RULES_JUDGED)
        return rules_refuse(arena, place, "只有评审轮可以计时扣分。");
    return time ? rules_read_time(arena, place, time, round) : NULL;
}

struct error *rules_read_rounds(struct arena *arena, json_t *list, struct rules *rules)
{
    size_t count = json_array_size(list);
    struct rules_round *rounds = arena_alloc(arena, count * sizeof *rounds);
    int64_t sum = 0;
    size_t judged = 0;

    rules->rounds = rounds;
    for (size_t i = 0; i < count; i++) {
        const char *place = arena_format(arena, "第 %zu 轮", i + 1);
        int64_t weight;
        TRY(read_round(arena, place, json_array_get(list, i), &rounds[i], &weight));
        if (rules_find_round(rules, rounds[i].id) < rules->round_count)
            return rules_refuse(arena, place, "编号“%s”重复。", rounds[i].id);
        rules->round_count++;
        sum += weight;
        judged += rounds[i].kind == RULES_JUDGED;
    }
    if (sum != WEIGHT_ONE)
        return rules_refuse(
            arena, "", "各轮权重之和为 %s，应为 1。",
            decimal_short(arena, sum, WEIGHT_PLACES));
    if (!judged)
        return rules_refuse(arena, "", "至少要有一个评审轮。");
    return NULL;
}
