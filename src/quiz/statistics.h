/* statistics.h - how the items of a test did: difficulty, discrimination, reliability.
 *
 * Statistics describe a test, they decide nothing about a person; they are therefore
 * the one place where a floating-point number is given out. The sums behind it are
 * exact integers. */
#ifndef QUIZ_STATISTICS_H
#define QUIZ_STATISTICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum {
    STATISTICS_ABSENT = -1, /* the person did not receive this item */
    STATISTICS_ITEMS = 500,
    STATISTICS_ROWS = 100000,
    STATISTICS_POINTS = 1000000000,
};

struct statistics_input {
    size_t item_count;      /* 1..STATISTICS_ITEMS */
    size_t row_count;       /* persons, up to STATISTICS_ROWS */
    const int64_t *maximum; /* by item, 1..STATISTICS_POINTS */
    const int64_t *points;  /* [row * item_count + item]: 0..maximum, a received but
                             * blank item is 0; or STATISTICS_ABSENT */
};

struct statistics_number {
    bool known; /* false: not defined for these rows, shown as a dash, never as 0 */
    double value;
};

struct statistics_result {
    struct statistics_number *facility;       /* by item: mean / maximum */
    struct statistics_number *discrimination; /* by item: correlation of the item with
                                               * the total of the other items */
    struct statistics_number alpha; /* Cronbach; known only when everybody received the
                                     * same two or more items and totals differ */
};

/* Each figure of an item is taken over those who received it.
 * Errors: ERROR_INVALID "statistics_range" when a number is outside the bounds above.
 */
struct error *statistics_compute(
    struct arena *arena, const struct statistics_input *input,
    struct statistics_result *result) MUST_CHECK;

/* What is worth a look at an item: a reason to read it again, nothing more. */
enum statistics_flag {
    STATISTICS_EASY = 1,     /* facility above 0.95 */
    STATISTICS_HARD = 2,     /* facility below 0.20 */
    STATISTICS_WEAK = 4,     /* discrimination from 0 to below 0.15 */
    STATISTICS_REVERSED = 8, /* below 0: those who know more get it wrong; the key? */
};
unsigned statistics_flags(const struct statistics_result *result, size_t item);

/* "0.362", "-0.015"; NULL when it is not known. */
const char *statistics_text(struct arena *arena, struct statistics_number number);

#endif
