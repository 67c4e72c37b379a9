#include "cli/rule_contest.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/rule_read.h"
#include "contest/buzzer.h"
#include "contest/panel.h"
#include "contest/rank.h"
#include "contest/weighted.h"

enum { MOST_PARTS = 1000, MOST_KEYS = 100 };

/* A mark has at most three digits before the point and is never negative. Round scores
 * and ranking keys may be (a buzzer round), and times are long. */
static const struct decimal_limits mark_limits = {3, DECIMAL_PLACES, false};
static const struct decimal_limits weight_limits = {9, DECIMAL_PLACES, false};
static const struct decimal_limits value_limits = {
    DECIMAL_DIGITS, DECIMAL_PLACES, true};

/* --- panel --- */

static struct error *
read_marks(struct arena *arena, const json_t *array, struct panel_mark *marks)
{
    const char *texts[PANEL_JUDGES];

    TRY(rule_read_texts(arena, array, "marks", true, texts));
    for (size_t i = 0; i < json_array_size(array); i++) {
        marks[i] = (struct panel_mark){.present = texts[i] != NULL};
        if (texts[i])
            TRY(decimal_parse(arena, texts[i], mark_limits, &marks[i].units));
    }
    return NULL;
}

static void
write_panel(struct arena *arena, const struct panel_result *result, struct writer *out)
{
    writer_text_or_null(out, "score", result->waiting ? NULL : result->score);
    writer_text_or_null(
        out, "exact", result->waiting ? NULL : rational_fraction(arena, result->exact));
    writer_array(out, "dropped");
    for (size_t i = 0; i < result->dropped_count; i++)
        writer_int(out, NULL, (int64_t)result->dropped[i]);
    writer_end(out);
}

struct error *rule_contest_panel(struct arena *arena, json_t *in, struct writer *out)
{
    struct panel_rule rule;
    struct panel_result result;
    int64_t drop_low = 0;
    int64_t drop_high = 0;
    int64_t dp = 0;
    json_t *array = NULL;
    const char *mode = NULL;
    const char *rounding = NULL;
    const char *missing = NULL;

    TRY(INPUT_FIELDS(
        arena, in, {"marks", INPUT_ARRAY, false, &array, 1, PANEL_JUDGES},
        {"drop_low", INPUT_INT, false, &drop_low, 0, PANEL_JUDGES},
        {"drop_high", INPUT_INT, false, &drop_high, 0, PANEL_JUDGES},
        {"mode", INPUT_TEXT, false, &mode, 0, 0},
        {"dp", INPUT_INT, false, &dp, 0, DECIMAL_PLACES},
        {"rounding", INPUT_TEXT, false, &rounding, 0, 0},
        {"missing", INPUT_TEXT, false, &missing, 0, 0}));
    rule.drop_low = (int)drop_low;
    rule.drop_high = (int)drop_high;
    if (!panel_mode_find(mode, &rule.mode))
        return rule_read_wrong(arena, "mode", "应为 mean 或 sum");
    if (!panel_missing_find(missing, &rule.missing))
        return rule_read_wrong(arena, "missing", "应为 present、impute 或 wait");
    TRY(rule_read_rounding(arena, dp, rounding, &rule.rounding));
    size_t count = json_array_size(array);
    struct panel_mark *marks = arena_alloc(arena, count * sizeof *marks);
    TRY(read_marks(arena, array, marks));
    TRY(panel_compute(arena, &rule, marks, count, mark_limits.places, &result));
    write_panel(arena, &result, out);
    return NULL;
}

/* --- weighted --- */

static struct error *
read_part(struct arena *arena, json_t *object, struct weighted_part *part)
{
    const char *score = NULL;
    const char *weight = NULL;

    TRY(INPUT_FIELDS(
        arena, object, {"score", INPUT_TEXT, false, &score, 0, 0},
        {"weight", INPUT_TEXT, false, &weight, 0, 0}));
    TRY(rational_parse(arena, score, value_limits, &part->score));
    return rational_parse(arena, weight, weight_limits, &part->weight);
}

struct error *rule_contest_weighted(struct arena *arena, json_t *in, struct writer *out)
{
    struct rational_rounding rounding;
    struct weighted_result result;
    int64_t dp = 0;
    json_t *array = NULL;
    const char *name = NULL;

    TRY(INPUT_FIELDS(
        arena, in, {"parts", INPUT_ARRAY, false, &array, 1, MOST_PARTS},
        {"dp", INPUT_INT, false, &dp, 0, DECIMAL_PLACES},
        {"rounding", INPUT_TEXT, false, &name, 0, 0}));
    TRY(rule_read_rounding(arena, dp, name, &rounding));
    size_t count = json_array_size(array);
    struct weighted_part *parts = arena_alloc(arena, count * sizeof *parts);
    for (size_t i = 0; i < count; i++)
        TRY(read_part(arena, json_array_get(array, i), &parts[i]));
    TRY(weighted_compute(arena, parts, count, rounding, &result));
    writer_text(out, "score", result.score);
    writer_text(out, "exact", rational_fraction(arena, result.exact));
    return NULL;
}

/* --- rank --- */

static struct error *
read_directions(struct arena *arena, const json_t *array, struct rank_rule *rule)
{
    const char *names[MOST_KEYS];
    size_t count = json_array_size(array);
    bool *ascending = arena_alloc(arena, count * sizeof *ascending);

    TRY(rule_read_texts(arena, array, "directions", false, names));
    for (size_t i = 0; i < count; i++) {
        ascending[i] = strcmp(names[i], "asc") == 0;
        if (!ascending[i] && strcmp(names[i], "desc") != 0)
            return rule_read_wrong(arena, "directions", "中应为 asc 或 desc");
    }
    rule->ascending = ascending;
    rule->key_count = count;
    return NULL;
}

static struct error *read_entry(
    struct arena *arena, json_t *object, size_t key_count, const char **id,
    struct rank_entry *entry)
{
    json_t *array = NULL;
    const char *texts[MOST_KEYS];
    struct rank_key *keys = arena_alloc(arena, key_count * sizeof *keys);

    TRY(INPUT_FIELDS(
        arena, object, {"id", INPUT_TEXT, false, id, 0, 0},
        {"keys", INPUT_ARRAY, false, &array, 1, MOST_KEYS}));
    if (json_array_size(array) != key_count)
        return rule_read_wrong(arena, "keys", "应与 directions 一样长");
    TRY(rule_read_texts(arena, array, "keys", true, texts));
    for (size_t i = 0; i < key_count; i++) {
        keys[i].present = texts[i] != NULL;
        if (texts[i])
            TRY(rational_parse(arena, texts[i], value_limits, &keys[i].value));
    }
    entry->keys = keys;
    return NULL;
}

static int by_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static struct error *
refuse_repeated(struct arena *arena, const char *const *ids, size_t count)
{
    const char **sorted = arena_alloc(arena, (count + 1) * sizeof *sorted);

    memcpy(sorted, ids, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_text);
    for (size_t i = 1; i < count; i++)
        if (strcmp(sorted[i - 1], sorted[i]) == 0)
            return rule_read_wrong(arena, "id", "重复");
    return NULL;
}

static void write_ranks(
    struct arena *arena, const char *const *ids, const struct rank_entry *entries,
    size_t count, struct writer *out)
{
    writer_object(out, "ranks");
    for (size_t i = 0; i < count; i++)
        writer_raw(
            out, ids[i],
            arena_format(
                arena, "%" PRId64 "%s", entries[i].rank_twice / 2,
                entries[i].rank_twice % 2 ? ".5" : ""));
    writer_end(out);
    writer_object(out, "decided_by");
    for (size_t i = 0; i < count; i++)
        if (entries[i].decided_by != RANK_UNDECIDED)
            writer_int(out, ids[i], entries[i].decided_by);
    writer_end(out);
}

static struct error *rank_entries(
    struct arena *arena, const json_t *array, const struct rank_rule *rule,
    struct writer *out)
{
    size_t count = json_array_size(array);
    struct rank_entry *entries = arena_alloc(arena, (count + 1) * sizeof *entries);
    const char **ids = arena_alloc(arena, (count + 1) * sizeof *ids);

    for (size_t i = 0; i < count; i++)
        TRY(read_entry(
            arena, json_array_get(array, i), rule->key_count, &ids[i], &entries[i]));
    TRY(refuse_repeated(arena, ids, count));
    rank_compute(arena, rule, entries, count);
    write_ranks(arena, ids, entries, count, out);
    return NULL;
}

struct error *rule_contest_rank(struct arena *arena, json_t *in, struct writer *out)
{
    struct rank_rule rule;
    json_t *array = NULL;
    json_t *directions = NULL;
    const char *style = NULL;

    TRY(INPUT_FIELDS(
        arena, in, {"entries", INPUT_ARRAY, false, &array, 0, 0},
        {"directions", INPUT_ARRAY, false, &directions, 1, MOST_KEYS},
        {"style", INPUT_TEXT, false, &style, 0, 0}));
    if (!rank_style_find(style, &rule.style))
        return rule_read_wrong(
            arena, "style", "应为 1224、1223、1334、ordinal 或 fractional");
    TRY(read_directions(arena, directions, &rule));
    return rank_entries(arena, array, &rule, out);
}

/* --- buzzer --- */

static struct error *
read_press(struct arena *arena, json_t *object, struct buzzer_press *press)
{
    const int64_t far = decimal_power(15);
    const int64_t slow = 60 * 1000;

    return INPUT_FIELDS(
        arena, object, {"pad", INPUT_INT, false, &press->pad, 1, far},
        {"claimed", INPUT_INT, false, &press->claimed, -far, far},
        {"uncertainty", INPUT_INT, false, &press->uncertainty, 0, slow},
        {"rtt_least", INPUT_INT, false, &press->rtt_least, 0, slow},
        {"rtt_p95", INPUT_INT, false, &press->rtt_p95, 0, slow},
        {"received", INPUT_INT, false, &press->received, 0, far});
}

static void write_pads(
    const struct buzzer_press *presses, size_t count,
    const struct buzzer_result *result, struct writer *out)
{
    if (result->first < count)
        writer_int(out, "first", presses[result->first].pad);
    else
        writer_null(out, "first");
    writer_array(out, "tied");
    for (size_t i = 0; i < count; i++)
        if (result->rulings[i].tied)
            writer_int(out, NULL, presses[i].pad);
    writer_end(out);
    writer_int(out, "window_ms", result->window_ms);
    if (result->closes_at)
        writer_int(out, "closes_at", result->closes_at);
    else
        writer_null(out, "closes_at");
}

struct error *rule_contest_buzzer(struct arena *arena, json_t *in, struct writer *out)
{
    struct buzzer_press presses[BUZZER_PADS];
    struct buzzer_ruling rulings[BUZZER_PADS];
    struct buzzer_result result = {.rulings = rulings};
    json_t *list = NULL;
    int64_t armed = 0;

    TRY(INPUT_FIELDS(
        arena, in, {"armed", INPUT_INT, false, &armed, 0, decimal_power(15)},
        {"presses", INPUT_ARRAY, false, &list, 1, BUZZER_PADS}));
    size_t count = json_array_size(list);
    for (size_t i = 0; i < count; i++)
        TRY(read_press(arena, json_array_get(list, i), &presses[i]));
    buzzer_arbitrate(armed, presses, count, &result);
    write_pads(presses, count, &result, out);
    writer_array(out, "presses");
    for (size_t i = 0; i < count; i++) {
        writer_object(out, NULL);
        writer_int(out, "time", rulings[i].time);
        writer_bool(out, "believed", rulings[i].believed);
        writer_text(out, "verdict", buzzer_verdict_name(rulings[i].verdict));
        writer_bool(out, "suspicious", rulings[i].suspicious);
        writer_end(out);
    }
    writer_end(out);
    return NULL;
}
