#include "cli/rule_read.h"

#include "base/rational.h"

struct error *rule_read_wrong(struct arena *arena, const char *field, const char *why)
{
    return error_make(arena, ERROR_INVALID, "field_value", "字段“%s”%s。", field, why);
}

struct error *rule_read_integers(
    struct arena *arena, const json_t *array, const struct rule_read_range *range,
    int64_t *result)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *value = json_array_get(array, i);
        if (json_is_null(value) && range->absent) {
            result[i] = *range->absent;
            continue;
        }
        if (!json_is_integer(value))
            return rule_read_wrong(arena, range->field, "中应为整数");
        result[i] = json_integer_value(value);
        if (result[i] < range->minimum || result[i] > range->maximum)
            return rule_read_wrong(arena, range->field, "中有超出范围的数");
    }
    return NULL;
}

struct error *rule_read_texts(
    struct arena *arena, const json_t *array, const char *field, bool nullable,
    const char **result)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *value = json_array_get(array, i);
        result[i] = json_string_value(value);
        if (!result[i] && !(nullable && json_is_null(value)))
            return rule_read_wrong(arena, field, "中应为带引号的文字");
    }
    return NULL;
}

struct error *rule_read_rounding(
    struct arena *arena, int64_t dp, const char *name, struct rational_rounding *result)
{
    result->dp = (int)dp;
    if (!rational_mode_find(name, &result->mode))
        return rule_read_wrong(
            arena, "rounding", "应为 half_up、half_even 或 truncate");
    return NULL;
}
