/* rational.h - exact fractions, for means and weighted sums.
 *
 * A result is carried as a fraction and rounded once, where the rules say so. Nothing
 * wraps: what does not fit 127 bits is an error. */
#ifndef BASE_RATIONAL_H
#define BASE_RATIONAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/decimal.h"
#include "base/error.h"

/* In lowest terms, denominator above 0; zero is 0/1. Made by the functions below. */
struct rational {
    __int128 numerator;
    __int128 denominator;
};

enum rational_mode {
    RATIONAL_HALF_UP,   /* a half goes away from zero: 7.125 -> 7.13 */
    RATIONAL_HALF_EVEN, /* a half goes to the even digit: 7.125 -> 7.12 */
    RATIONAL_TRUNCATE,  /* towards zero: 7.129 -> 7.12 */
};

struct rational_rounding {
    int dp; /* digits behind the point, 0..DECIMAL_PLACES */
    enum rational_mode mode;
};

/* Errors of all functions that can fail: ERROR_INVALID "number_too_large". */

/* `denominator` is not 0; both may be negative. */
struct error *rational_make(
    struct arena *arena, __int128 numerator, __int128 denominator,
    struct rational *result) MUST_CHECK;

/* units / 10^places, as marks are stored; places 0..DECIMAL_DIGITS. */
struct rational rational_scaled(int64_t units, int places);

/* A decimal string, exactly. Errors: those of decimal_read(). */
struct error *rational_parse(
    struct arena *arena, const char *text, struct decimal_limits limits,
    struct rational *result) MUST_CHECK;

struct error *rational_add(
    struct arena *arena, struct rational a, struct rational b,
    struct rational *result) MUST_CHECK;
struct error *rational_subtract(
    struct arena *arena, struct rational a, struct rational b,
    struct rational *result) MUST_CHECK;
struct error *rational_multiply(
    struct arena *arena, struct rational a, struct rational b,
    struct rational *result) MUST_CHECK;

/* `b` is not zero. */
struct error *rational_divide(
    struct arena *arena, struct rational a, struct rational b,
    struct rational *result) MUST_CHECK;

/* -1, 0 or 1; exact for every two fractions. */
int rational_compare(struct rational a, struct rational b);

/* The value in units of 10^-dp: 57/8 with dp 2, half up, is 713. */
struct error *rational_round(
    struct arena *arena, struct rational value, struct rational_rounding rounding,
    int64_t *units) MUST_CHECK;

/* The same as text with exactly dp decimals: "7.13". Zero has no sign. */
struct error *rational_text(
    struct arena *arena, struct rational value, struct rational_rounding rounding,
    const char **text) MUST_CHECK;

/* "57/8", "90/1", "-1/3". */
char *rational_fraction(struct arena *arena, struct rational value);

/* "half_up", "half_even", "truncate"; false: no such mode. */
bool rational_mode_find(const char *name, enum rational_mode *mode);

#endif
