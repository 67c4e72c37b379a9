/* weighted.h - several scores made one: the sum of score times weight, exactly, rounded
 * once at the end. That weights add up to 1 is the business of the rule set: factors
 * such as 1.6 are lawful too. */
#ifndef CONTEST_WEIGHTED_H
#define CONTEST_WEIGHTED_H

#include <stddef.h>

#include "base/rational.h"

struct weighted_part {
    struct rational score;
    struct rational weight;
};

struct weighted_result {
    struct rational exact;
    int64_t rounded;   /* in units of 10^-dp */
    const char *score; /* the same as text with dp decimals */
};

/* No parts: 0. Errors: ERROR_INVALID "number_too_large". */
struct error *weighted_compute(
    struct arena *arena, const struct weighted_part *parts, size_t count,
    struct rational_rounding rounding, struct weighted_result *result) MUST_CHECK;

#endif
