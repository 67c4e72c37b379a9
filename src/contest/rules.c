#include "contest/rules.h"

#include <string.h>

#include "base/token.h"
#include "contest/rules_parts.h"

const struct decimal_limits rules_points = {.whole = 5, .places = RULES_PLACES};

struct error *
rules_in_place(struct arena *arena, const char *place, const struct error *error)
{
    return error_make(
        arena, error->kind, error->code, "评分规则%s：%s", place, error->message);
}

struct error *rules_unknown(
    struct arena *arena, const char *place, const char *what, const char *name)
{
    return rules_refuse(
        arena, place, "没有“%s”这种%s。", rules_excerpt(arena, name), what);
}

struct error *rules_fields(
    struct arena *arena, const char *place, json_t *object,
    const struct input_field *fields, size_t count)
{
    struct error *error = input_object(arena, object, fields, count);

    return error ? rules_in_place(arena, place, error) : NULL;
}

struct error *rules_read_rounding(
    struct arena *arena, const char *place, int64_t dp, const char *mode,
    struct rational_rounding *rounding)
{
    rounding->dp = (int)dp;
    if (!rational_mode_find(mode, &rounding->mode))
        return rules_unknown(arena, place, "取舍方式", mode);
    return NULL;
}

/* ---- Ranking ---- */

static bool find_tie(const struct rules *rules, const char *key, struct rules_tie *tie)
{
    static const struct {
        const char *prefix;
        enum rules_tie_kind kind;
    } kinds[] = {
        {"round:", RULES_TIE_ROUND},         {"untrimmed:", RULES_TIE_UNTRIMMED},
        {"highest:", RULES_TIE_HIGHEST},     {"time:", RULES_TIE_TIME},
        {"countback:", RULES_TIE_COUNTBACK},
    };
    static const struct {
        const char *key;
        enum rules_tie_kind kind;
    } whole[] = {
        {"total", RULES_TIE_TOTAL},
        {"draw", RULES_TIE_DRAW},
        {"playoff", RULES_TIE_PLAYOFF},
        {"shared", RULES_TIE_SHARED},
    };

    *tie = (struct rules_tie){.key = key, .kind = RULES_TIE_TOTAL};
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        if (strcmp(key, whole[i].key) == 0) {
            tie->kind = whole[i].kind;
            return true;
        }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        size_t size = strlen(kinds[i].prefix);
        if (strncmp(key, kinds[i].prefix, size) != 0)
            continue;
        tie->kind = kinds[i].kind;
        tie->round = rules_find_round(rules, key + size);
        return tie->round < rules->round_count &&
               (tie->kind == RULES_TIE_ROUND ||
                rules->rounds[tie->round].kind == RULES_JUDGED);
    }
    return false;
}

static struct error *read_tie(
    struct arena *arena, json_t *json, struct rules *rules, struct rules_tie *tie,
    bool *ascending)
{
    const char *place = arena_format(arena, "同分规则第 %zu 条", rules->tie_count + 1);
    const char *key;
    const char *direction;

    TRY(RULES_FIELDS(
        arena, place, json, {"key", INPUT_TEXT, false, &key, 0, 0},
        {"direction", INPUT_TEXT, false, &direction, 0, 0}));
    if (!find_tie(rules, key, tie))
        return rules_unknown(arena, place, "比较项", key);
    for (size_t i = 0; i < rules->tie_count; i++)
        if (strcmp(rules->ties[i].key, key) == 0)
            return rules_refuse(arena, place, "比较项“%s”重复。", key);
    *ascending = strcmp(direction, "asc") == 0;
    if (!*ascending && strcmp(direction, "desc") != 0)
        return rules_refuse(arena, place, "方向应为 asc 或 desc。");
    if ((tie->kind == RULES_TIE_TOTAL) != (rules->tie_count == 0) ||
        (tie->kind == RULES_TIE_TOTAL && *ascending))
        return rules_refuse(arena, place, "第一条（且只有第一条）应为总分从高到低。");
    if (rules->tie_count && tie[-1].kind == RULES_TIE_SHARED)
        return rules_refuse(arena, place, "“shared”（并列）之后不能再有比较项。");
    if (tie->kind >= RULES_TIE_COUNTBACK && *ascending)
        return rules_refuse(arena, place, "这一项只能用 desc。");
    return NULL;
}

static struct error *read_ties(struct arena *arena, json_t *list, struct rules *rules)
{
    size_t count = json_array_size(list);
    struct rules_tie *ties = arena_alloc(arena, count * sizeof *ties);
    bool *ascending = arena_alloc(arena, count * sizeof *ascending);

    rules->ties = ties;
    rules->ascending = ascending;
    for (size_t i = 0; i < count; i++) {
        TRY(read_tie(arena, json_array_get(list, i), rules, &ties[i], &ascending[i]));
        rules->tie_count++;
    }
    return NULL;
}

static struct error *read_total(struct arena *arena, json_t *json, struct rules *rules)
{
    const char *rounding;
    int64_t dp;

    TRY(RULES_FIELDS(
        arena, "总分", json, {"dp", INPUT_INT, false, &dp, 0, RULES_DP},
        {"rounding", INPUT_TEXT, false, &rounding, 0, 0},
        {"extend_dp_on_tie", INPUT_BOOL, true, &rules->extend_on_tie, 0, 0}));
    return rules_read_rounding(arena, "总分", dp, rounding, &rules->total);
}

/* ---- Awards ---- */

static bool has_tie(const struct rules *rules, enum rules_tie_kind kind)
{
    for (size_t i = 0; i < rules->tie_count; i++)
        if (rules->ties[i].kind == kind)
            return true;
    return false;
}

static struct error *
read_award_tie(struct arena *arena, const char *name, struct rules *rules)
{
    static const char place[] = "奖项";

    if (strcmp(name, "widen") == 0)
        return NULL;
    rules->award_tie = *name == 'd' ? RULES_AWARD_DRAW : RULES_AWARD_PLAYOFF;
    if (strcmp(name, "draw") != 0 && strcmp(name, "playoff") != 0)
        return rules_unknown(arena, place, "边界同分处理方式", name);
    if (!has_tie(rules, *name == 'd' ? RULES_TIE_DRAW : RULES_TIE_PLAYOFF))
        return rules_refuse(arena, place, "同分规则里应有“%s”。", name);
    return NULL;
}

static struct error *
read_awards(struct arena *arena, json_t *list, const char *tie, struct rules *rules)
{
    size_t count = json_array_size(list);
    struct rules_award *awards = arena_alloc(arena, count * sizeof *awards);

    rules->awards = awards;
    rules->award_count = count;
    for (size_t i = 0; i < count; i++) {
        const char *place = arena_format(arena, "第 %zu 个奖项", i + 1);
        TRY(RULES_FIELDS(
            arena, place, json_array_get(list, i),
            {"title", INPUT_TEXT, false, &awards[i].title, 1, RULES_TITLE},
            {"quota", INPUT_INT, true, &awards[i].quota, 1, 1000},
            {"rank", INPUT_INT, true, &awards[i].rank, 1, 1000}));
        if (!awards[i].quota == !awards[i].rank)
            return rules_refuse(arena, place, "应给出 quota 或 rank 之一。");
    }
    if ((tie != NULL) != (count != 0))
        return rules_refuse(arena, "奖项", "awards 和 award_ties 应同时给出。");
    return tie ? read_award_tie(arena, tie, rules) : NULL;
}

static struct error *read_branch(struct arena *arena, json_t *json, struct rules *rules)
{
    const char *formula;
    const char *rounding;
    int64_t dp;

    TRY(RULES_FIELDS(
        arena, "街道成绩", json, {"formula", INPUT_TEXT, false, &formula, 0, 0},
        {"dp", INPUT_INT, false, &dp, 0, RULES_DP},
        {"rounding", INPUT_TEXT, false, &rounding, 0, 0}));
    TRY(rules_read_rounding(arena, "街道成绩", dp, rounding, &rules->branch));
    bool registered = strcmp(formula, "mean_registered") == 0;
    if (!registered && strcmp(formula, "mean_present") != 0)
        return rules_unknown(arena, "街道成绩", "算法", formula);
    rules->formula = registered ? RULES_MEAN_REGISTERED : RULES_MEAN_PRESENT;
    return NULL;
}

static struct error *read_names(
    struct arena *arena, const char *missing, const char *style, struct rules *rules)
{
    bool zero = strcmp(missing, "absent_as_zero") == 0;

    if (!zero && strcmp(missing, "not_ranked") != 0)
        return rules_unknown(arena, "", "缺考处理方式", missing);
    rules->missing = zero ? RULES_ABSENT_AS_ZERO : RULES_NOT_RANKED;
    if (!rank_style_find(style, &rules->rank_style))
        return rules_unknown(arena, "", "名次排法", style);
    return NULL;
}

static const char *hash_of(struct arena *arena, const char *canonical)
{
    unsigned char digest[TOKEN_DIGEST];

    token_sha256(canonical, strlen(canonical), digest);
    return token_hex(arena, digest, sizeof digest);
}

struct error *rules_read(
    struct arena *arena, const char *bytes, size_t size, const struct rules **result)
{
    struct rules *rules = arena_alloc(arena, sizeof *rules);
    json_t *json;
    json_t *rounds;
    json_t *total;
    json_t *ties;
    json_t *branch;
    json_t *awards = NULL;
    const char *award_ties = NULL;
    const char *missing;
    const char *style;
    int64_t version;

    TRY(input_parse(arena, bytes, size, &json));
    TRY(RULES_FIELDS(
        arena, "", json, {"version", INPUT_INT, false, &version, 1, 1},
        {"title", INPUT_TEXT, false, &rules->title, 1, RULES_TITLE},
        {"rounds", INPUT_ARRAY, false, &rounds, 1, RULES_ROUNDS},
        {"missing_round", INPUT_TEXT, false, &missing, 0, 0},
        {"total", INPUT_OBJECT, false, &total, 0, 0},
        {"ties", INPUT_ARRAY, false, &ties, 1, RULES_TIES},
        {"rank_style", INPUT_TEXT, false, &style, 0, 0},
        {"awards", INPUT_ARRAY, true, &awards, 1, RULES_AWARDS},
        {"award_ties", INPUT_TEXT, true, &award_ties, 0, 0},
        {"sign_off", INPUT_BOOL, true, &rules->sign_off, 0, 0},
        {"branch", INPUT_OBJECT, false, &branch, 0, 0}));
    TRY(rules_read_rounds(arena, rounds, rules));
    TRY(read_names(arena, missing, style, rules));
    TRY(read_total(arena, total, rules));
    TRY(read_ties(arena, ties, rules));
    TRY(read_awards(arena, awards, award_ties, rules));
    TRY(read_branch(arena, branch, rules));
    rules->canonical = input_canonical(arena, json);
    rules->hash = hash_of(arena, rules->canonical);
    *result = rules;
    return NULL;
}

size_t rules_find_round(const struct rules *rules, const char *id)
{
    size_t i = 0;

    while (i < rules->round_count && strcmp(rules->rounds[i].id, id) != 0)
        i++;
    return i;
}

size_t rules_find_criterion(const struct rules_round *round, const char *id)
{
    size_t i = 0;

    while (i < round->criterion_count && strcmp(round->criteria[i].id, id) != 0)
        i++;
    return i;
}

char *rules_points_text(struct arena *arena, int64_t points)
{
    if (points % 10)
        return decimal_text(arena, points, RULES_PLACES);
    return decimal_text(arena, points / 10, RULES_PLACES - 1);
}

const char *rules_excerpt(struct arena *arena, const char *text)
{
    enum { LONGEST = 40 };
    size_t size = strnlen(text, LONGEST + 1);

    if (size <= LONGEST)
        return text;
    size = LONGEST;
    while (size && ((unsigned char)text[size] & 0xC0) == 0x80)
        size--; /* in the middle of a character */
    return arena_format(arena, "%.*s…", (int)size, text);
}
