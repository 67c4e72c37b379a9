#include "base/rational.h"

#include <assert.h>
#include <string.h>

typedef unsigned __int128 magnitude;

static const __int128 largest = (__int128)(~(magnitude)0 >> 1);

static magnitude magnitude_of(__int128 value)
{
    return value < 0 ? 0 - (magnitude)value : (magnitude)value;
}

static magnitude greatest_common_divisor(magnitude a, magnitude b)
{
    while (b) {
        magnitude rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static struct error *too_large(struct arena *arena)
{
    return error_new(
        arena, ERROR_INVALID, "number_too_large", "数值超出可精确计算的范围。");
}

struct error *rational_make(
    struct arena *arena, __int128 numerator, __int128 denominator,
    struct rational *result)
{
    bool negative = (numerator < 0) != (denominator < 0);
    magnitude top = magnitude_of(numerator);
    magnitude bottom = magnitude_of(denominator);
    magnitude divisor = greatest_common_divisor(top, bottom);

    assert(bottom);
    top /= divisor;
    bottom /= divisor;
    if (top > (magnitude)largest || bottom > (magnitude)largest)
        return too_large(arena);
    *result = (struct rational){
        negative ? -(__int128)top : (__int128)top,
        (__int128)bottom,
    };
    return NULL;
}

struct rational rational_scaled(int64_t units, int places)
{
    magnitude power = (magnitude)decimal_power(places);
    magnitude divisor = greatest_common_divisor(magnitude_of(units), power);

    return (struct rational){
        (__int128)units / (__int128)divisor,
        (__int128)(power / divisor),
    };
}

struct error *rational_parse(
    struct arena *arena, const char *text, struct decimal_limits limits,
    struct rational *result)
{
    struct decimal decimal = {0};

    TRY(decimal_read(arena, text, limits, &decimal));
    *result = rational_scaled(decimal.units, decimal.places);
    return NULL;
}

/* Over the least common denominator, so that sums of marks stay small. */
struct error *rational_add(
    struct arena *arena, struct rational a, struct rational b, struct rational *result)
{
    __int128 divisor = (__int128)greatest_common_divisor(
        magnitude_of(a.denominator), magnitude_of(b.denominator));
    __int128 left;
    __int128 right;
    __int128 sum;
    __int128 bottom;

    if (__builtin_mul_overflow(a.numerator, b.denominator / divisor, &left) ||
        __builtin_mul_overflow(b.numerator, a.denominator / divisor, &right) ||
        __builtin_add_overflow(left, right, &sum) ||
        __builtin_mul_overflow(a.denominator, b.denominator / divisor, &bottom))
        return too_large(arena);
    return rational_make(arena, sum, bottom, result);
}

struct error *rational_subtract(
    struct arena *arena, struct rational a, struct rational b, struct rational *result)
{
    b.numerator = -b.numerator;
    return rational_add(arena, a, b, result);
}

/* Cross-cancelled first, so that it overflows only when the result itself is too
 * large. */
struct error *rational_multiply(
    struct arena *arena, struct rational a, struct rational b, struct rational *result)
{
    __int128 first = (__int128)greatest_common_divisor(
        magnitude_of(a.numerator), magnitude_of(b.denominator));
    __int128 second = (__int128)greatest_common_divisor(
        magnitude_of(b.numerator), magnitude_of(a.denominator));
    __int128 top;
    __int128 bottom;

    if (__builtin_mul_overflow(a.numerator / first, b.numerator / second, &top) ||
        __builtin_mul_overflow(a.denominator / second, b.denominator / first, &bottom))
        return too_large(arena);
    return rational_make(arena, top, bottom, result);
}

struct error *rational_divide(
    struct arena *arena, struct rational a, struct rational b, struct rational *result)
{
    bool negative = b.numerator < 0;
    struct rational inverse = {
        negative ? -b.denominator : b.denominator,
        negative ? -b.numerator : b.numerator,
    };

    assert(b.numerator != 0);
    return rational_multiply(arena, a, inverse, result);
}

static __int128 divide_down(__int128 a, __int128 b)
{
    return a / b - (a % b < 0);
}

static int order_of(__int128 a, __int128 b)
{
    return (a > b) - (a < b);
}

/* By whole parts, then by the inverse of what is left (a continued fraction): nothing
 * is multiplied, so nothing can overflow. */
int rational_compare(struct rational a, struct rational b)
{
    int sign = 1;

    for (;;) {
        __int128 whole_a = divide_down(a.numerator, a.denominator);
        __int128 whole_b = divide_down(b.numerator, b.denominator);
        if (whole_a != whole_b)
            return sign * order_of(whole_a, whole_b);
        __int128 rest_a = a.numerator - whole_a * a.denominator;
        __int128 rest_b = b.numerator - whole_b * b.denominator;
        if (!rest_a || !rest_b)
            return sign * order_of(rest_a, rest_b);
        a = (struct rational){a.denominator, rest_a};
        b = (struct rational){b.denominator, rest_b};
        sign = -sign;
    }
}

/* Whether the last digit, `odd` or not, goes up for the part rest/bottom behind it. */
static bool goes_up(magnitude rest, magnitude bottom, bool odd, enum rational_mode mode)
{
    magnitude twice = rest * 2; /* rest < bottom < 2^127 */

    switch (mode) {
    case RATIONAL_HALF_UP:
        return twice >= bottom;
    case RATIONAL_HALF_EVEN:
        return twice > bottom || (twice == bottom && odd);
    case RATIONAL_TRUNCATE:
        return false;
    }
    return false;
}

struct error *rational_round(
    struct arena *arena, struct rational value, struct rational_rounding rounding,
    int64_t *units)
{
    magnitude bottom = (magnitude)value.denominator;
    magnitude top;

    assert(rounding.dp >= 0 && rounding.dp <= DECIMAL_PLACES);
    if (__builtin_mul_overflow(
            magnitude_of(value.numerator), (magnitude)decimal_power(rounding.dp), &top))
        return too_large(arena);
    magnitude whole = top / bottom;
    whole += goes_up(top % bottom, bottom, whole & 1, rounding.mode);
    if (whole > (magnitude)INT64_MAX)
        return too_large(arena);
    *units = value.numerator < 0 ? -(int64_t)whole : (int64_t)whole;
    return NULL;
}

struct error *rational_text(
    struct arena *arena, struct rational value, struct rational_rounding rounding,
    const char **text)
{
    int64_t units = 0;

    TRY(rational_round(arena, value, rounding, &units));
    *text = decimal_text(arena, units, rounding.dp);
    return NULL;
}

enum { LONGEST_MAGNITUDE = 40 }; /* 2^127 has 39 digits */

static const char *write_magnitude(magnitude value, char digits[LONGEST_MAGNITUDE])
{
    char *from = digits + LONGEST_MAGNITUDE - 1;

    *from = '\0';
    do {
        *--from = (char)('0' + (int)(value % 10));
        value /= 10;
    } while (value);
    return from;
}

char *rational_fraction(struct arena *arena, struct rational value)
{
    char top[LONGEST_MAGNITUDE];
    char bottom[LONGEST_MAGNITUDE];

    return arena_format(
        arena, "%s%s/%s", value.numerator < 0 ? "-" : "",
        write_magnitude(magnitude_of(value.numerator), top),
        write_magnitude(magnitude_of(value.denominator), bottom));
}

bool rational_mode_find(const char *name, enum rational_mode *mode)
{
    static const char *const names[] = {
        [RATIONAL_HALF_UP] = "half_up",
        [RATIONAL_HALF_EVEN] = "half_even",
        [RATIONAL_TRUNCATE] = "truncate",
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0) {
            *mode = (enum rational_mode)i;
            return true;
        }
    return false;
}
