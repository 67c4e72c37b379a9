/* decimal.h - numbers written by people: "92.5".
 *
 * A mark is never a floating-point number. It is read into a scaled integer (92.5 with
 * three places is 92500) and written back from one. */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

enum { DECIMAL_PLACES = 9, DECIMAL_DIGITS = 18 };

/* What a number may look like. */
struct decimal_limits {
    int whole;     /* at most so many digits before the point */
    int places;    /* at most so many behind it; 0..DECIMAL_PLACES */
    bool negative; /* a leading "-" is allowed */
};

/* units / 10^places, as it was written: "92.50" is 9250 with 2 places. */
struct decimal {
    int64_t units;
    int places;
};

/* Digits, and optionally a point with at least one digit behind it: no spaces, no
 * exponent, no "+", no comma, no full-width characters, DECIMAL_DIGITS digits at most.
 * Errors: ERROR_INVALID "decimal_malformed" (not a number of this form),
 * "decimal_places" (more places than allowed), "decimal_range" (too many digits, or
 * negative where that is not allowed). The messages name the text that was read. */
struct error *decimal_read(
    struct arena *arena, const char *text, struct decimal_limits limits,
    struct decimal *result) MUST_CHECK;

/* The same as an integer scaled by 10^limits.places: "92.5" with 3 places is 92500.
 * limits.whole + limits.places is at most DECIMAL_DIGITS. */
struct error *decimal_parse(
    struct arena *arena, const char *text, struct decimal_limits limits,
    int64_t *result) MUST_CHECK;

/* 92500 with 3 places is "92.500"; with 0 places there is no point. */
char *decimal_text(struct arena *arena, int64_t units, int places);

/* The same without zeros at the end: "92.5", "90". */
char *decimal_short(struct arena *arena, int64_t units, int places);

/* 10 to the power of `exponent`, 0..DECIMAL_DIGITS. */
int64_t decimal_power(int exponent);

#endif
