#include "quiz/statistics.h"

#include <string.h>

#include "arena_fixture.h"

static struct statistics_result
compute(size_t items, size_t rows, const int64_t *maximum, const int64_t *points)
{
    const struct statistics_input input = {items, rows, maximum, points};
    struct statistics_result result;

    assert_null(statistics_compute(arena, &input, &result));
    return result;
}

/* To twelve digits: the figures below were computed with exact fractions. */
static void assert_number(struct statistics_number number, double expected)
{
    double difference = number.value - expected;

    assert_true(number.known);
    assert_true(difference < 1e-12 && difference > -1e-12);
}

/* Five people, three items of 1, 1 and 4 points. */
static void a_small_test_by_hand(void **state)
{
    static const int64_t maximum[] = {100, 100, 400};
    static const int64_t points[] = {
        100, 100, 400, 100, 0, 300, 0, 100, 200, 100, 0, 100, 0, 0, 0,
    };
    struct statistics_result result = compute(3, 5, maximum, points);

    (void)state;
    assert_number(result.facility[0], 0.6);
    assert_number(result.facility[1], 0.4);
    assert_number(result.facility[2], 0.5);
    assert_number(result.discrimination[0], 0.421463615211762);
    assert_number(result.discrimination[1], 0.421463615211762);
    assert_number(result.discrimination[2], 0.894427190999916);
    assert_number(result.alpha, 0.57);
}

/* Section 6 of the Law School Admission Test (Bock and Lieberman, Psychometrika 35,
 * 1970): 1000 people, 5 items right or wrong; how many gave each pattern, from all
 * wrong to all right. Published: alpha 0.295, corrected item 1 0.113. */
static void a_published_test_comes_out_as_published(void **state)
{
    static const int people[32] = {3,  6,  2,  11, 1,  1,   3,  4,  1,  8,  0,
                                   16, 0,  3,  2,  15, 10,  29, 14, 81, 3,  28,
                                   15, 80, 16, 56, 21, 173, 11, 61, 28, 298};
    static const int64_t maximum[] = {1, 1, 1, 1, 1};
    static const double facility[] = {0.924, 0.709, 0.553, 0.763, 0.870};
    int64_t points[5000];
    size_t at = 0;

    (void)state;
    for (unsigned pattern = 0; pattern < 32; pattern++)
        for (int i = 0; i < people[pattern]; i++)
            for (int item = 4; item >= 0; item--)
                points[at++] = pattern >> item & 1;
    assert_int_equal(at, 5000);
    struct statistics_result result = compute(5, 1000, maximum, points);
    for (size_t item = 0; item < 5; item++)
        assert_number(result.facility[item], facility[item]);
    assert_number(result.alpha, 0.294997192215944);
    assert_in_range((int)(result.discrimination[0].value * 10000), 1125, 1134);
}

static void perfect_agreement_is_exactly_one(void **state)
{
    static const int64_t maximum[] = {3, 3};
    static const int64_t points[] = {0, 0, 1, 1, 3, 3};
    static const int64_t opposed[] = {0, 3, 1, 2, 3, 0};
    struct statistics_result result = compute(2, 3, maximum, points);

    (void)state;
    assert_number(result.discrimination[0], 1);
    assert_number(result.alpha, 1);
    result = compute(2, 3, maximum, opposed);
    assert_number(result.discrimination[0], -1);
    assert_false(result.alpha.known); /* all totals are 3 */
}

static void what_is_not_defined_is_not_zero(void **state)
{
    static const int64_t maximum[] = {1, 1, 1};
    static const int64_t points[] = {1, 0, 0, 1, 1, 0, 1, 1, 1};
    struct statistics_result result = compute(3, 3, maximum, points);

    (void)state;
    assert_number(result.facility[0], 1);
    assert_false(result.discrimination[0].known); /* everybody right */
    assert_true(result.discrimination[1].known);
    assert_true(result.alpha.known);
    result = compute(1, 3, maximum, points);
    assert_false(result.discrimination[0].known); /* there is no rest of the test */
    assert_false(result.alpha.known);
    result = compute(3, 1, maximum, points);
    assert_false(result.discrimination[1].known);
    assert_false(result.alpha.known);
    result = compute(3, 0, maximum, points);
    assert_false(result.facility[0].known);
    assert_false(result.alpha.known);
}

/* Item 2 was given to the first three people only; nobody received item 3. */
static void only_those_who_received_an_item_count(void **state)
{
    static const int64_t maximum[] = {10, 10, 10};
    static const int64_t points[] = {
        10, 10, -1, 5, 0, -1, 0, 5, -1, 10, -1, -1,
    };
    struct statistics_result result = compute(3, 4, maximum, points);

    (void)state;
    assert_number(result.facility[0], 0.625);
    assert_number(result.facility[1], 0.5);
    assert_number(result.discrimination[1], 0.5);
    assert_false(result.facility[2].known);
    assert_false(result.discrimination[2].known);
    assert_false(result.alpha.known); /* not the same items for all */
}

/* Sums of squares here go beyond 64 bits. */
static void large_points_lose_no_digit(void **state)
{
    static const int64_t maximum[] = {STATISTICS_POINTS, STATISTICS_POINTS};
    static const int64_t points[] = {
        1000000000, 999999999, 999999999, 999999998, 999999998, 999999998,
    };
    struct statistics_result result = compute(2, 3, maximum, points);

    (void)state;
    assert_number(result.discrimination[0], 0.866025403784439);
    assert_number(result.alpha, 0.857142857142857);
}

static void numbers_out_of_range_are_refused(void **state)
{
    static const int64_t maximum[] = {10, 0};
    static const int64_t points[] = {11, 5, -2};
    struct statistics_input input = {1, 1, maximum, points};
    struct statistics_result result;

    (void)state;
    assert_code(statistics_compute(arena, &input, &result), "statistics_range");
    input.points = points + 2;
    assert_code(statistics_compute(arena, &input, &result), "statistics_range");
    input.points = points + 1;
    assert_null(statistics_compute(arena, &input, &result));
    input.maximum = maximum + 1;
    assert_code(statistics_compute(arena, &input, &result), "statistics_range");
    input.item_count = 0;
    assert_code(statistics_compute(arena, &input, &result), "statistics_range");
    input.item_count = STATISTICS_ITEMS + 1;
    assert_code(statistics_compute(arena, &input, &result), "statistics_range");
}

static void what_is_worth_a_look_is_flagged(void **state)
{
    struct statistics_number facility[] = {{true, 0.951}, {true, 0.199}, {true, 0.95},
                                           {true, 0.20},  {false, 0},    {true, 0.5}};
    struct statistics_number discrimination[] = {{true, 0.5},   {true, 0.149},
                                                 {true, 0.15},  {true, -0.001},
                                                 {false, -0.5}, {true, 0}};
    static const unsigned expected[] = {
        STATISTICS_EASY, STATISTICS_HARD | STATISTICS_WEAK, 0, STATISTICS_REVERSED, 0,
        STATISTICS_WEAK};
    struct statistics_result result = {
        .facility = facility, .discrimination = discrimination};

    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        assert_int_equal(statistics_flags(&result, i), expected[i]);
}

static void a_number_is_written_with_three_decimals(void **state)
{
    (void)state;
    assert_string_equal(
        statistics_text(arena, (struct statistics_number){true, -0.0154}), "-0.015");
    assert_string_equal(
        statistics_text(arena, (struct statistics_number){true, 1}), "1.000");
    assert_null(statistics_text(arena, (struct statistics_number){false, 1}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_test_by_hand),
        cmocka_unit_test(a_published_test_comes_out_as_published),
        cmocka_unit_test(perfect_agreement_is_exactly_one),
        cmocka_unit_test(what_is_not_defined_is_not_zero),
        cmocka_unit_test(only_those_who_received_an_item_count),
        cmocka_unit_test(large_points_lose_no_digit),
        cmocka_unit_test(numbers_out_of_range_are_refused),
        cmocka_unit_test(what_is_worth_a_look_is_flagged),
        cmocka_unit_test(a_number_is_written_with_three_decimals),
    };

    return RUN_GROUP("statistics", tests);
}
