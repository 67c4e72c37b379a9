#include "quiz/numeric.h"

#include <string.h>

#include "base/rational.h"
#include "quiz/normalise.h"

static const struct normalise_options even = {0};

/* How many bytes of the text look like a number: -12.5. */
static size_t number_size(const char *text)
{
    static const char digits[] = "0123456789";
    size_t size = *text == '-';

    size += strspn(text + size, digits);
    if (text[size] == '.' && strspn(text + size + 1, digits))
        size += 1 + strspn(text + size + 1, digits);
    return size;
}

/* Nothing, or one of the units. */
static struct error *is_unit(
    struct arena *arena, const struct paper_question *question, const char *text,
    bool *known)
{
    text += *text == ' ';
    *known = *text == '\0';
    for (size_t i = 0; i < question->unit_count && !*known; i++) {
        const char *unit;
        TRY(normalise(arena, question->units[i], even, &unit));
        *known = strcmp(unit, text) == 0;
    }
    return NULL;
}

/* Of `size` bytes of a number: without zeros at its end that say nothing. */
static size_t without_zeros(const char *text, size_t size)
{
    if (!memchr(text, '.', size))
        return size;
    while (text[size - 1] == '0')
        size--;
    return text[size - 1] == '.' ? size - 1 : size;
}

/* False for what is no number, or one with more digits than any key can have. */
static bool read_number(
    struct arena *arena, const char *bytes, size_t size, struct rational *number)
{
    const char *text = arena_copy_bytes(arena, bytes, without_zeros(bytes, size));
    const struct decimal_limits limits = {
        .whole = DECIMAL_DIGITS, .places = DECIMAL_PLACES, .negative = true};

    return rational_parse(arena, text, limits, number) == NULL;
}

static struct error *is_near(
    struct arena *arena, const struct paper_value *value, struct rational number,
    bool *near)
{
    struct rational middle;
    struct rational tolerance;
    struct rational distance;

    TRY(rational_parse(arena, value->value, paper_decimal, &middle));
    TRY(rational_parse(arena, value->tolerance, paper_decimal, &tolerance));
    TRY(rational_subtract(arena, number, middle, &distance));
    if (distance.numerator < 0)
        distance.numerator = -distance.numerator;
    *near = rational_compare(distance, tolerance) <= 0;
    return NULL;
}

struct error *numeric_is_right(
    struct arena *arena, const struct paper_question *question, const char *answer,
    bool *right)
{
    const char *text;
    struct rational number;
    bool known;

    *right = false;
    TRY(normalise(arena, answer, even, &text));
    size_t size = number_size(text);
    TRY(is_unit(arena, question, text + size, &known));
    if (!known || !read_number(arena, text, size, &number))
        return NULL;
    for (size_t i = 0; i < question->value_count && !*right; i++)
        TRY(is_near(arena, &question->values[i], number, right));
    return NULL;
}
