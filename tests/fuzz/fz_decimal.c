/* Numbers: reading and writing, exact fractions and their rounding, against the same
 * sums done in another way. */
#include <string.h>

#include "base/decimal.h"
#include "base/rational.h"
#include "fuzz/fuzz.h"

typedef __int128 wide;

/* "-12.50" is read as -1250 with 2 places and written the same, but for zeros in front
 * and the sign of zero. */
static void read_text(struct arena *arena, struct fuzz_input *input)
{
    const struct decimal_limits limits = {
        (int)fuzz_choice(input, 10) + 1, (int)fuzz_choice(input, 9),
        fuzz_byte(input) % 2};
    const char *text = fuzz_rest(arena, input);
    struct decimal decimal;
    int64_t units;

    if (decimal_read(arena, text, limits, &decimal)) {
        FUZZ_REQUIRE(
            decimal_parse(arena, text, limits, &units), "\"%s\" is read as %lld", text,
            (long long)units);
        return;
    }
    const char *digits = text + (*text == '-');
    while (digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9')
        digits++;
    const char *written = decimal_text(arena, decimal.units, decimal.places);
    FUZZ_REQUIRE(
        strcmp(written + (*written == '-'), digits) == 0 &&
            (*written == '-') == (decimal.units < 0),
        "\"%s\" is written as %s", text, written);
    FUZZ_REQUIRE(*text != '-' || limits.negative, "%s", text);
    FUZZ_REQUIRE(!decimal_parse(arena, text, limits, &units), "%s", text);
    FUZZ_REQUIRE(
        units == decimal.units * decimal_power(limits.places - decimal.places), "%s",
        text);
}

static struct rational take(struct arena *arena, struct fuzz_input *input)
{
    int64_t top = fuzz_int64(input) >> fuzz_choice(input, 64);
    int64_t bottom = fuzz_int64(input) >> fuzz_choice(input, 64);
    struct rational result;

    struct error *error = rational_make(arena, top, bottom ? bottom : 1, &result);
    FUZZ_REQUIRE(!error, "%s", error->code);
    FUZZ_REQUIRE(result.denominator > 0, "%s", rational_fraction(arena, result));
    return result;
}

static bool is_equal(struct rational a, struct rational b)
{
    return a.numerator == b.numerator && a.denominator == b.denominator;
}

/* The 64-bit parts keep every sum and product of two within 127 bits. */
static void compute(struct arena *arena, struct fuzz_input *input)
{
    struct rational a = take(arena, input);
    struct rational b = take(arena, input);
    struct rational sum;
    struct rational back;
    wide left;
    wide right;

    if (!rational_add(arena, a, b, &sum) && !rational_subtract(arena, sum, b, &back))
        FUZZ_REQUIRE(is_equal(a, back), "%s", rational_fraction(arena, back));
    if (b.numerator && !rational_multiply(arena, a, b, &sum) &&
        !rational_divide(arena, sum, b, &back))
        FUZZ_REQUIRE(is_equal(a, back), "%s", rational_fraction(arena, back));
    if (!__builtin_mul_overflow(a.numerator, b.denominator, &left) &&
        !__builtin_mul_overflow(b.numerator, a.denominator, &right))
        FUZZ_REQUIRE(
            rational_compare(a, b) == (left > right) - (left < right), "%s and %s",
            rational_fraction(arena, a), rational_fraction(arena, b));
    FUZZ_REQUIRE(
        rational_compare(a, b) == -rational_compare(b, a), "%s and %s",
        rational_fraction(arena, a), rational_fraction(arena, b));
}

/* The rounded value lies within half a unit (a whole one when cutting off) of the exact
 * one, and a tie goes where the mode says. */
static void round_one(struct arena *arena, struct fuzz_input *input)
{
    struct rational value = take(arena, input);
    const struct rational_rounding rounding = {
        (int)fuzz_choice(input, DECIMAL_PLACES + 1),
        (enum rational_mode)fuzz_choice(input, 3)};
    wide power = decimal_power(rounding.dp);
    wide scaled;
    wide twice;
    int64_t units;

    if (rational_round(arena, value, rounding, &units) ||
        __builtin_mul_overflow(value.numerator, power, &scaled) ||
        __builtin_mul_overflow(scaled - units * value.denominator, (wide)2, &twice))
        return;
    wide bottom = value.denominator;
    bool away = units != 0 && (twice < 0) != (units < 0); /* rounded away from zero */
    wide size = twice < 0 ? -twice : twice;
    const char *text = rational_fraction(arena, value);

    if (rounding.mode == RATIONAL_TRUNCATE)
        FUZZ_REQUIRE(
            size < 2 * bottom && (twice == 0 || (twice < 0) == (value.numerator < 0)),
            "%s to %lld", text, (long long)units);
    else
        FUZZ_REQUIRE(size <= bottom, "%s to %lld", text, (long long)units);
    if (rounding.mode == RATIONAL_HALF_UP && size == bottom)
        FUZZ_REQUIRE(away, "%s to %lld", text, (long long)units);
    if (rounding.mode == RATIONAL_HALF_EVEN && size == bottom)
        FUZZ_REQUIRE(units % 2 == 0, "%s to %lld", text, (long long)units);
    FUZZ_REQUIRE(
        !rational_text(arena, value, rounding, &text) &&
            strcmp(text, decimal_text(arena, units, rounding.dp)) == 0,
        "%s", text);
}

void fuzz_one(struct arena *arena, const uint8_t *bytes, size_t size)
{
    struct fuzz_input input = {bytes, size};

    switch (fuzz_byte(&input) % 3) {
    case 0:
        read_text(arena, &input);
        return;
    case 1:
        compute(arena, &input);
        return;
    default:
        round_one(arena, &input);
        return;
    }
}
