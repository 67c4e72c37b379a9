#include "base/decimal.h"

#include <string.h>

#include "arena_fixture.h"

static const struct decimal_limits mark = {3, 3, false};
static const struct decimal_limits balance = {6, 2, true};

static void a_mark_becomes_thousandths(void **state)
{
    static const struct {
        const char *text;
        int64_t units;
    } cases[] = {
        {"0", 0},     {"92.5", 92500}, {"92.500", 92500},   {"100", 100000},
        {"0.001", 1}, {"007", 7000},   {"999.999", 999999},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t units = -1;
        assert_null(decimal_parse(arena, cases[i].text, mark, &units));
        assert_int_equal(units, cases[i].units);
    }
}

static void what_is_not_a_plain_number_is_refused(void **state)
{
    static const char *const texts[] = {
        "",     ".",    "5.",    ".5",    "+5", " 5",  "5 ",       "1e2",  "0x10",
        "5..1", "5.1.", "5,5",   "--5",   "-",  "-.5", "inf",      "nan",  "5\n",
        "９０", "9。5", "1 000", "1_000", "½",  "5-",  "\xff\xfe", "1.2a",
    };
    int64_t units;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        assert_code(decimal_parse(arena, texts[i], mark, &units), "decimal_malformed");
}

static void the_message_says_how_to_write_it(void **state)
{
    int64_t units;
    struct error *error = decimal_parse(arena, "92,5", mark, &units);

    (void)state;
    assert_non_null(strstr(error->message, "逗号"));
    error = decimal_parse(arena, "９２.5", mark, &units);
    assert_non_null(strstr(error->message, "半角"));
}

static void limits_are_kept(void **state)
{
    int64_t units;

    (void)state;
    assert_code(decimal_parse(arena, "1000", mark, &units), "decimal_range");
    assert_code(decimal_parse(arena, "1.2345", mark, &units), "decimal_places");
    assert_code(decimal_parse(arena, "-1", mark, &units), "decimal_range");
    assert_null(decimal_parse(arena, "-12.5", balance, &units));
    assert_int_equal(units, -1250);
    assert_null(decimal_parse(arena, "-0", balance, &units));
    assert_int_equal(units, 0);
}

static void nothing_wraps(void **state)
{
    const struct decimal_limits wide = {DECIMAL_DIGITS, DECIMAL_PLACES, true};
    struct decimal decimal;

    (void)state;
    assert_null(decimal_read(arena, "-999999999999999999", wide, &decimal));
    assert_true(decimal.units == -INT64_C(999999999999999999));
    assert_code(
        decimal_read(arena, "1000000000000000000", wide, &decimal), "decimal_range");
    assert_code(
        decimal_read(arena, "9999999999.999999999", wide, &decimal), "decimal_range");
    assert_null(decimal_read(arena, "92.50", wide, &decimal));
    assert_int_equal(decimal.units, 9250);
    assert_int_equal(decimal.places, 2);
}

static void text_has_exactly_the_places_asked_for(void **state)
{
    (void)state;
    assert_string_equal(decimal_text(arena, 92500, 3), "92.500");
    assert_string_equal(decimal_text(arena, 7, 2), "0.07");
    assert_string_equal(decimal_text(arena, -7, 2), "-0.07");
    assert_string_equal(decimal_text(arena, -1250, 2), "-12.50");
    assert_string_equal(decimal_text(arena, 90, 0), "90");
    assert_string_equal(decimal_text(arena, 0, 4), "0.0000");
    assert_string_equal(decimal_text(arena, INT64_MIN, 9), "-9223372036.854775808");
}

static void short_text_has_no_zeros_at_the_end(void **state)
{
    (void)state;
    assert_string_equal(decimal_short(arena, 92500, 3), "92.5");
    assert_string_equal(decimal_short(arena, 90000, 3), "90");
    assert_string_equal(decimal_short(arena, 0, 3), "0");
    assert_string_equal(decimal_short(arena, -1, 3), "-0.001");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mark_becomes_thousandths),
        cmocka_unit_test(what_is_not_a_plain_number_is_refused),
        cmocka_unit_test(the_message_says_how_to_write_it),
        cmocka_unit_test(limits_are_kept),
        cmocka_unit_test(nothing_wraps),
        cmocka_unit_test(text_has_exactly_the_places_asked_for),
        cmocka_unit_test(short_text_has_no_zeros_at_the_end),
    };

    return RUN_GROUP("decimal", tests);
}
