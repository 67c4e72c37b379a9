#include "base/rational.h"

#include "arena_fixture.h"

static const __int128 largest = (__int128)(~(unsigned __int128)0 >> 1);

static struct rational fraction(__int128 numerator, __int128 denominator)
{
    struct rational result;

    assert_null(rational_make(arena, numerator, denominator, &result));
    return result;
}

static const char *rounded(struct rational value, int dp, enum rational_mode mode)
{
    const char *text;
    struct rational_rounding rounding = {dp, mode};

    assert_null(rational_text(arena, value, rounding, &text));
    return text;
}

static void fractions_are_in_lowest_terms(void **state)
{
    (void)state;
    assert_string_equal(rational_fraction(arena, fraction(712, 100)), "178/25");
    assert_string_equal(rational_fraction(arena, fraction(90, 1)), "90/1");
    assert_string_equal(rational_fraction(arena, fraction(3, -9)), "-1/3");
    assert_string_equal(rational_fraction(arena, fraction(-3, -9)), "1/3");
    assert_string_equal(rational_fraction(arena, fraction(0, -7)), "0/1");
    assert_string_equal(rational_fraction(arena, rational_scaled(92500, 3)), "185/2");
    assert_string_equal(rational_fraction(arena, rational_scaled(0, 3)), "0/1");
    assert_string_equal(rational_fraction(arena, rational_scaled(-5, 1)), "-1/2");
}

/* The halves that binary floating point gets wrong, and published ones (7.125 is 7.13
 * in skating results). */
static void halves_go_where_the_mode_says(void **state)
{
    static const struct {
        int64_t units; /* thousandths */
        const char *up;
        const char *even;
        const char *cut;
    } cases[] = {
        {7125, "7.13", "7.12", "7.12"},
        {7135, "7.14", "7.14", "7.13"},
        {2675, "2.68", "2.68", "2.67"},
        {1005, "1.01", "1.00", "1.00"},
        {-7125, "-7.13", "-7.12", "-7.12"},
        {-2675, "-2.68", "-2.68", "-2.67"},
        {7124, "7.12", "7.12", "7.12"},
        {7126, "7.13", "7.13", "7.12"},
        {-4, "0.00", "0.00", "0.00"},
        {-5, "-0.01", "0.00", "0.00"},
        {999995, "1000.00", "1000.00", "999.99"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct rational value = rational_scaled(cases[i].units, 3);
        assert_string_equal(rounded(value, 2, RATIONAL_HALF_UP), cases[i].up);
        assert_string_equal(rounded(value, 2, RATIONAL_HALF_EVEN), cases[i].even);
        assert_string_equal(rounded(value, 2, RATIONAL_TRUNCATE), cases[i].cut);
    }
}

static void places_may_be_none_or_many(void **state)
{
    (void)state;
    assert_string_equal(rounded(fraction(5, 2), 0, RATIONAL_HALF_UP), "3");
    assert_string_equal(rounded(fraction(5, 2), 0, RATIONAL_HALF_EVEN), "2");
    assert_string_equal(rounded(fraction(1, 3), 9, RATIONAL_HALF_UP), "0.333333333");
    assert_string_equal(rounded(fraction(2, 3), 9, RATIONAL_HALF_UP), "0.666666667");
    assert_string_equal(rounded(fraction(-2, 3), 9, RATIONAL_TRUNCATE), "-0.666666666");
}

static void arithmetic_is_exact(void **state)
{
    struct rational result;

    (void)state;
    assert_null(rational_add(arena, fraction(1, 6), fraction(1, 10), &result));
    assert_string_equal(rational_fraction(arena, result), "4/15");
    assert_null(rational_subtract(arena, fraction(1, 6), fraction(1, 6), &result));
    assert_string_equal(rational_fraction(arena, result), "0/1");
    assert_null(rational_multiply(arena, fraction(-2, 3), fraction(9, 4), &result));
    assert_string_equal(rational_fraction(arena, result), "-3/2");
    assert_null(rational_divide(arena, fraction(2, 3), fraction(-4, 9), &result));
    assert_string_equal(rational_fraction(arena, result), "-3/2");
    assert_null(rational_multiply(arena, fraction(0, 3), fraction(9, 4), &result));
    assert_string_equal(rational_fraction(arena, result), "0/1");
}

/* Cross-multiplication would need 254 bits here. */
static void comparison_never_overflows(void **state)
{
    struct rational big = fraction(largest, 3);
    struct rational close = fraction(largest, largest - 1);
    struct rational closer = fraction(largest - 1, largest - 2);

    (void)state;
    assert_int_equal(rational_compare(big, fraction(largest - 1, 3)), 1);
    assert_int_equal(rational_compare(close, closer), -1);
    assert_int_equal(rational_compare(closer, close), 1);
    assert_int_equal(rational_compare(close, close), 0);
    assert_int_equal(rational_compare(fraction(-1, 3), fraction(-1, 2)), 1);
    assert_int_equal(rational_compare(fraction(-1, 3), fraction(1, 3)), -1);
    assert_int_equal(rational_compare(fraction(7, 2), fraction(3, 1)), 1);
    assert_int_equal(rational_compare(fraction(3, 1), fraction(7, 2)), -1);
    assert_int_equal(rational_compare(fraction(-largest, 2), fraction(largest, 2)), -1);
}

static void comparison_agrees_with_cross_multiplication(void **state)
{
    uint64_t seed = 20201117;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        int64_t a = next_random(&seed, 41) - 20;
        int64_t b = next_random(&seed, 20) + 1;
        int64_t c = next_random(&seed, 41) - 20;
        int64_t d = next_random(&seed, 20) + 1;
        int expected = (a * d > c * b) - (a * d < c * b);
        assert_int_equal(rational_compare(fraction(a, b), fraction(c, d)), expected);
    }
}

static void what_does_not_fit_is_an_error(void **state)
{
    struct rational big = fraction(largest, 1);
    struct rational small = fraction(1, largest);
    struct rational result;
    const char *text;
    int64_t units;
    struct rational_rounding cents = {2, RATIONAL_HALF_UP};

    (void)state;
    assert_code(rational_add(arena, big, big, &result), "number_too_large");
    assert_code(rational_add(arena, big, small, &result), "number_too_large");
    assert_code(
        rational_multiply(arena, big, fraction(3, 2), &result), "number_too_large");
    assert_code(
        rational_multiply(arena, small, fraction(1, 2), &result), "number_too_large");
    assert_code(rational_make(arena, -largest - 1, 1, &result), "number_too_large");
    assert_code(
        rational_multiply(
            arena, fraction((__int128)1 << 126, 1), fraction(-2, 1), &result),
        "number_too_large");
    assert_code(rational_text(arena, big, cents, &text), "number_too_large");
    assert_code(
        rational_round(arena, fraction(INT64_MAX, 1), cents, &units),
        "number_too_large");
    assert_null(rational_multiply(arena, big, small, &result));
    assert_string_equal(rational_fraction(arena, result), "1/1");
    assert_string_equal(
        rational_fraction(arena, big), "170141183460469231731687303715884105727/1");
}

static void text_is_read_exactly(void **state)
{
    const struct decimal_limits limits = {3, 9, true};
    struct rational result;

    (void)state;
    assert_null(rational_parse(arena, "-0.125", limits, &result));
    assert_string_equal(rational_fraction(arena, result), "-1/8");
    assert_code(rational_parse(arena, "1e3", limits, &result), "decimal_malformed");
}

static void modes_have_names(void **state)
{
    enum rational_mode mode;

    (void)state;
    assert_true(rational_mode_find("half_even", &mode));
    assert_int_equal(mode, RATIONAL_HALF_EVEN);
    assert_true(rational_mode_find("truncate", &mode));
    assert_int_equal(mode, RATIONAL_TRUNCATE);
    assert_true(rational_mode_find("half_up", &mode));
    assert_int_equal(mode, RATIONAL_HALF_UP);
    assert_false(rational_mode_find("HALF_UP", &mode));
    assert_false(rational_mode_find("", &mode));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fractions_are_in_lowest_terms),
        cmocka_unit_test(halves_go_where_the_mode_says),
        cmocka_unit_test(places_may_be_none_or_many),
        cmocka_unit_test(arithmetic_is_exact),
        cmocka_unit_test(comparison_never_overflows),
        cmocka_unit_test(comparison_agrees_with_cross_multiplication),
        cmocka_unit_test(what_does_not_fit_is_an_error),
        cmocka_unit_test(text_is_read_exactly),
        cmocka_unit_test(modes_have_names),
    };

    return RUN_GROUP("rational", tests);
}
