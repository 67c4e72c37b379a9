/* rule_read.h - what the cases of `xunsai rule` have in common: lists of numbers, sets
 * of options, words out of a fixed choice. Messages name the field. */
#ifndef CLI_RULE_READ_H
#define CLI_RULE_READ_H

#include "base/input.h"

/* "字段“marks”……。" as an ERROR_INVALID "field_value". `why` follows the name. */
struct error *rule_read_wrong(struct arena *arena, const char *field, const char *why);

/* Integers of an array, each within minimum..maximum; `result` has as many as `array`.
 * null becomes `absent` when that is not NULL, and is refused otherwise. */
struct rule_read_range {
    const char *field;
    int64_t minimum;
    int64_t maximum;
    const int64_t *absent;
};
struct error *rule_read_integers(
    struct arena *arena, const json_t *array, const struct rule_read_range *range,
    int64_t *result) MUST_CHECK;

/* Strings of an array. null becomes NULL when `nullable`. */
struct error *rule_read_texts(
    struct arena *arena, const json_t *array, const char *field, bool nullable,
    const char **result) MUST_CHECK;

/* {"dp", "rounding"} as read; the name is looked up. */
struct rational_rounding;
struct error *rule_read_rounding(
    struct arena *arena, int64_t dp, const char *name,
    struct rational_rounding *result) MUST_CHECK;

#endif
