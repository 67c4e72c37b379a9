#include "base/decimal.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/utf8.h"

enum { QUOTED = 24 }; /* characters of a text that a sentence quotes */

int64_t decimal_power(int exponent)
{
    int64_t power = 1;

    assert(exponent >= 0 && exponent <= DECIMAL_DIGITS);
    for (int i = 0; i < exponent; i++)
        power *= 10;
    return power;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* How many digits `text` begins with. */
static size_t count_digits(const char *text)
{
    size_t count = 0;

    while (is_digit(text[count]))
        count++;
    return count;
}

/* A text that people see in a message: cut, so that a message stays a sentence. */
static struct error *malformed(struct arena *arena, const char *text)
{
    static const char code[] = "decimal_malformed";

    for (const char *c = text; *c; c++)
        if ((unsigned char)*c >= 0x80)
            return error_new(
                arena, ERROR_INVALID, code,
                "数字请用半角字符书写，小数点用“.”，例如 92.5。");
    if (strchr(text, ','))
        return error_new(
            arena, ERROR_INVALID, code, "小数点请用“.”，不能用逗号，例如 92.5。");
    return error_make(
        arena, ERROR_INVALID, code, "“%s”不是规定格式的数字，例如 92.5。",
        utf8_excerpt(arena, text, QUOTED));
}

/* The parts of a number: what stands before the digits, before and behind the point. */
struct shape {
    bool negative;
    size_t whole;
    size_t places;
};

/* False when there is anything else in `text`. */
static bool read_shape(const char *text, struct shape *shape)
{
    const char *at = text;

    *shape = (struct shape){.negative = *at == '-'};
    at += shape->negative;
    shape->whole = count_digits(at);
    at += shape->whole;
    if (*at == '.') {
        shape->places = count_digits(at + 1);
        at += shape->places + 1;
    }
    /* A point alone, or one with nothing behind it, ends in the point. */
    return shape->whole && !*at && at[-1] != '.';
}

static struct error *check_limits(
    struct arena *arena, const char *text, struct decimal_limits limits,
    struct shape shape)
{
    static const char code[] = "decimal_range";

    if (shape.negative && !limits.negative)
        return error_make(
            arena, ERROR_INVALID, code, "“%s”不能是负数。",
            utf8_excerpt(arena, text, QUOTED));
    if (shape.places > (size_t)limits.places)
        return error_make(
            arena, ERROR_INVALID, "decimal_places", "“%s”的小数位数超过 %d 位。",
            utf8_excerpt(arena, text, QUOTED), limits.places);
    if (shape.whole > (size_t)limits.whole)
        return error_make(
            arena, ERROR_INVALID, code, "“%s”的整数部分超过 %d 位。",
            utf8_excerpt(arena, text, QUOTED), limits.whole);
    if (shape.whole + shape.places > DECIMAL_DIGITS)
        return error_make(
            arena, ERROR_INVALID, code, "“%s”的位数过多。",
            utf8_excerpt(arena, text, QUOTED));
    return NULL;
}

struct error *decimal_read(
    struct arena *arena, const char *text, struct decimal_limits limits,
    struct decimal *result)
{
    struct shape shape;
    int64_t units = 0;

    if (!read_shape(text, &shape))
        return malformed(arena, text);
    TRY(check_limits(arena, text, limits, shape));
    for (const char *c = text; *c; c++)
        if (is_digit(*c))
            units = units * 10 + (*c - '0');
    *result = (struct decimal){shape.negative ? -units : units, (int)shape.places};
    return NULL;
}

struct error *decimal_parse(
    struct arena *arena, const char *text, struct decimal_limits limits,
    int64_t *result)
{
    struct decimal decimal = {0};

    assert(limits.whole + limits.places <= DECIMAL_DIGITS);
    TRY(decimal_read(arena, text, limits, &decimal));
    *result = decimal.units * decimal_power(limits.places - decimal.places);
    return NULL;
}

char *decimal_text(struct arena *arena, int64_t units, int places)
{
    int64_t power = decimal_power(places);
    /* Unsigned, because the smallest number has no positive twin. */
    uint64_t size = units < 0 ? 0 - (uint64_t)units : (uint64_t)units;
    const char *sign = units < 0 ? "-" : "";

    if (!places)
        return arena_format(arena, "%s%" PRIu64, sign, size);
    return arena_format(
        arena, "%s%" PRIu64 ".%0*" PRIu64, sign, size / (uint64_t)power, places,
        size % (uint64_t)power);
}

char *decimal_short(struct arena *arena, int64_t units, int places)
{
    while (places > 0 && units % 10 == 0) {
        units /= 10;
        places--;
    }
    return decimal_text(arena, units, places);
}
