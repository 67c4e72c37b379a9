#include "cli/rule_quiz.h"

#include <string.h>

#include "cli/rule_read.h"
#include "quiz/blanks.h"
#include "quiz/deadline.h"
#include "quiz/response.h"
#include "quiz/statistics.h"

enum { MOST_GRANTS = 1000, MOST_INCIDENTS = 10000, MOST_ALTERNATIVES = 100 };

#define LONGEST_MS INT64_C(1000000000000) /* of one duration: 31 years */
#define MOST_POINTS INT64_C(1000000000)
#define LARGEST_FACTOR INT64_C(1000000)

/* --- deadline --- */

static struct error *
read_grants(struct arena *arena, const json_t *array, struct deadline_input *input)
{
    const struct rule_read_range range = {"grants", -LONGEST_MS, LONGEST_MS, NULL};
    int64_t *grants_ms =
        arena_alloc(arena, (json_array_size(array) + 1) * sizeof *grants_ms);

    input->grants_ms = grants_ms;
    input->grant_count = json_array_size(array);
    return rule_read_integers(arena, array, &range, grants_ms);
}

static struct error *
read_incidents(struct arena *arena, const json_t *array, struct deadline_input *input)
{
    const int64_t open = INT64_MAX;
    const struct rule_read_range range = {
        "incidents", -DEADLINE_LARGEST, DEADLINE_LARGEST, &open};
    size_t count = json_array_size(array);
    struct deadline_incident *incidents =
        arena_alloc(arena, (count + 1) * sizeof *incidents);

    for (size_t i = 0; i < count; i++) {
        const json_t *pair = json_array_get(array, i);
        int64_t ends[2];
        if (!json_is_array(pair) || json_array_size(pair) != 2)
            return rule_read_wrong(arena, "incidents", "中每项应为 [开始, 结束]");
        TRY(rule_read_integers(arena, pair, &range, ends));
        if (ends[0] == open || ends[1] < ends[0])
            return rule_read_wrong(
                arena, "incidents", "中开始时间不能空缺，也不能晚于结束时间");
        incidents[i] = (struct deadline_incident){ends[0], ends[1], ends[1] == open};
    }
    input->incidents = incidents;
    input->incident_count = count;
    return NULL;
}

static struct error *
read_factor(struct arena *arena, const json_t *array, struct deadline_input *input)
{
    const struct rule_read_range range = {"factor", 1, LARGEST_FACTOR, NULL};
    int64_t factor[2] = {1, 1};

    if (array) {
        TRY(rule_read_integers(arena, array, &range, factor));
        if (factor[0] < factor[1])
            return rule_read_wrong(arena, "factor", "不能小于 1");
    }
    input->factor_numerator = factor[0];
    input->factor_denominator = factor[1];
    return NULL;
}

static struct error *
read_deadline(struct arena *arena, json_t *in, struct deadline_input *input)
{
    const int64_t last = DEADLINE_LARGEST;
    const int64_t open = INT64_MIN;
    const char *mode = NULL;
    json_t *factor = NULL;
    json_t *grants = NULL;
    json_t *incidents = NULL;

    input->window_open_ms = open;
    input->window_close_ms = open;
    TRY(INPUT_FIELDS(
        arena, in, {"mode", INPUT_TEXT, false, &mode, 0, 0},
        {"sched_start", INPUT_INT, false, &input->sched_start_ms, -last, last},
        {"started_at", INPUT_INT, false, &input->started_at_ms, -last, last},
        {"base_ms", INPUT_INT, false, &input->base_ms, 0, LONGEST_MS},
        {"factor", INPUT_ARRAY, true, &factor, 2, 2},
        {"planned_ms", INPUT_INT, true, &input->planned_ms, 0, LONGEST_MS},
        {"grants", INPUT_ARRAY, true, &grants, 0, MOST_GRANTS},
        {"incidents", INPUT_ARRAY, true, &incidents, 0, MOST_INCIDENTS},
        {"window_open", INPUT_INT, true, &input->window_open_ms, -last, last},
        {"window_close", INPUT_INT, true, &input->window_close_ms, -last, last}));
    if (strcmp(mode, "sync") != 0 && strcmp(mode, "rolling") != 0)
        return rule_read_wrong(arena, "mode", "应为 sync 或 rolling");
    input->mode = strcmp(mode, "sync") == 0 ? DEADLINE_SYNC : DEADLINE_ROLLING;
    input->has_window_close = input->window_close_ms != open;
    if (input->window_open_ms == open)
        input->window_open_ms = input->sched_start_ms;
    if (input->has_window_close && input->window_close_ms < input->window_open_ms)
        return rule_read_wrong(arena, "window_close", "不能早于 window_open");
    TRY(read_factor(arena, factor, input));
    TRY(read_grants(arena, grants, input));
    return read_incidents(arena, incidents, input);
}

struct error *rule_quiz_deadline(struct arena *arena, json_t *in, struct writer *out)
{
    struct deadline_input input = {0};

    TRY(read_deadline(arena, in, &input));
    struct deadline_result result = deadline_compute(arena, &input);
    if (result.stopped) {
        writer_null(out, "deadline");
        writer_int(out, "stopped_remaining_ms", result.remaining_ms);
    } else {
        writer_int(out, "deadline", result.deadline_ms);
        writer_null(out, "stopped_remaining_ms");
    }
    return NULL;
}

/* --- multiple-response --- */

static struct error *read_set(
    struct arena *arena, const json_t *array, const char *field, int64_t options,
    uint64_t *set)
{
    const struct rule_read_range range = {field, 0, options - 1, NULL};
    int64_t indexes[RESPONSE_OPTIONS];

    TRY(rule_read_integers(arena, array, &range, indexes));
    *set = 0;
    for (size_t i = 0; i < json_array_size(array); i++) {
        uint64_t bit = UINT64_C(1) << indexes[i];
        if (*set & bit)
            return rule_read_wrong(arena, field, "中有重复的选项");
        *set |= bit;
    }
    return NULL;
}

struct error *
rule_quiz_multiple_response(struct arena *arena, json_t *in, struct writer *out)
{
    int64_t options = 0;
    int64_t maximum = 0;
    int64_t fixed = -1;
    const char *name = NULL;
    json_t *key_list = NULL;
    json_t *response_list = NULL;
    enum response_policy policy;
    uint64_t key;
    uint64_t response;

    TRY(INPUT_FIELDS(
        arena, in, {"n", INPUT_INT, false, &options, 1, RESPONSE_OPTIONS},
        {"key", INPUT_ARRAY, false, &key_list, 1, RESPONSE_OPTIONS},
        {"resp", INPUT_ARRAY, false, &response_list, 0, RESPONSE_OPTIONS},
        {"max", INPUT_INT, false, &maximum, 0, MOST_POINTS},
        {"policy", INPUT_TEXT, false, &name, 0, 0},
        {"fixed", INPUT_INT, true, &fixed, 0, MOST_POINTS}));
    if (!response_policy_find(name, &policy))
        return rule_read_wrong(arena, "policy", "不是已有的计分办法");
    if (policy == RESPONSE_CN_PARTIAL_FIXED && (fixed < 0 || fixed > maximum))
        return rule_read_wrong(arena, "fixed", "应在 0 到满分之间");
    TRY(read_set(arena, key_list, "key", options, &key));
    TRY(read_set(arena, response_list, "resp", options, &response));
    writer_int(
        out, "score",
        response_points(policy, (int)options, key, response, maximum, fixed));
    return NULL;
}

/* --- normalise, blanks --- */

struct error *rule_quiz_normalise(struct arena *arena, json_t *in, struct writer *out)
{
    struct normalise_options options = {0};
    const char *raw = NULL;
    const char *even;

    TRY(INPUT_FIELDS(
        arena, in, {"raw", INPUT_TEXT, false, &raw, 0, 0},
        {"case_sensitive", INPUT_BOOL, true, &options.case_sensitive, 0, 0},
        {"keep_quotes", INPUT_BOOL, true, &options.keep_quotes, 0, 0}));
    TRY(normalise(arena, raw, options, &even));
    writer_text(out, "norm", even);
    return NULL;
}

static struct error *
read_keys(struct arena *arena, const json_t *array, struct blanks_case *blanks)
{
    size_t count = json_array_size(array);
    struct blanks_key *keys = arena_alloc(arena, count * sizeof *keys);

    for (size_t i = 0; i < count; i++) {
        const json_t *list = json_array_get(array, i);
        size_t size = json_array_size(list);
        if (!json_is_array(list) || size > MOST_ALTERNATIVES)
            return rule_read_wrong(arena, "keys", "中每个空应为一列答案");
        const char **alternatives =
            arena_alloc(arena, (size + 1) * sizeof *alternatives);
        TRY(rule_read_texts(arena, list, "keys", false, alternatives));
        keys[i] = (struct blanks_key){alternatives, size};
    }
    blanks->keys = keys;
    blanks->key_count = count;
    return NULL;
}

struct error *rule_quiz_blanks(struct arena *arena, json_t *in, struct writer *out)
{
    struct blanks_case blanks = {0};
    struct blanks_result result;
    json_t *keys = NULL;
    json_t *answers = NULL;

    TRY(INPUT_FIELDS(
        arena, in, {"keys", INPUT_ARRAY, false, &keys, 1, BLANKS_MOST},
        {"answers", INPUT_ARRAY, false, &answers, 0, BLANKS_MOST},
        {"ordered", INPUT_BOOL, false, &blanks.ordered, 0, 0}));
    TRY(read_keys(arena, keys, &blanks));
    const char *given[BLANKS_MOST];
    TRY(rule_read_texts(arena, answers, "answers", true, given));
    blanks.answers = given;
    blanks.answer_count = json_array_size(answers);
    TRY(blanks_correct(arena, &blanks, &result));
    writer_int(out, "correct", (int64_t)result.correct);
    return NULL;
}

/* --- item-statistics --- */

static struct error *read_statistics(
    struct arena *arena, const json_t *maximum, const json_t *rows,
    struct statistics_input *input)
{
    const int64_t absent = STATISTICS_ABSENT;
    const struct rule_read_range maximum_range = {"max", 1, STATISTICS_POINTS, NULL};
    const struct rule_read_range range = {"rows", 0, STATISTICS_POINTS, &absent};
    size_t items = json_array_size(maximum);
    size_t count = json_array_size(rows);
    int64_t *limits = arena_alloc(arena, items * sizeof *limits);
    int64_t *points = arena_alloc(arena, (items * count + 1) * sizeof *points);

    TRY(rule_read_integers(arena, maximum, &maximum_range, limits));
    for (size_t i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, i);
        if (!json_is_array(row) || json_array_size(row) != items)
            return rule_read_wrong(arena, "rows", "中每行应与 max 一样长");
        TRY(rule_read_integers(arena, row, &range, points + i * items));
    }
    *input = (struct statistics_input){items, count, limits, points};
    return NULL;
}

static void write_number(
    struct arena *arena, struct writer *out, const char *key,
    struct statistics_number number)
{
    if (number.known)
        writer_raw(out, key, arena_format(arena, "%.15g", number.value));
    else
        writer_null(out, key);
}

struct error *
rule_quiz_item_statistics(struct arena *arena, json_t *in, struct writer *out)
{
    struct statistics_input input = {0};
    struct statistics_result result;
    json_t *maximum = NULL;
    json_t *rows = NULL;

    TRY(INPUT_FIELDS(
        arena, in, {"max", INPUT_ARRAY, false, &maximum, 1, STATISTICS_ITEMS},
        {"rows", INPUT_ARRAY, false, &rows, 0, STATISTICS_ROWS}));
    TRY(read_statistics(arena, maximum, rows, &input));
    TRY(statistics_compute(arena, &input, &result));
    writer_array(out, "facility");
    for (size_t i = 0; i < input.item_count; i++)
        write_number(arena, out, NULL, result.facility[i]);
    writer_end(out);
    writer_array(out, "discrimination");
    for (size_t i = 0; i < input.item_count; i++)
        write_number(arena, out, NULL, result.discrimination[i]);
    writer_end(out);
    write_number(arena, out, "alpha", result.alpha);
    return NULL;
}
