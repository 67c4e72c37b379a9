#include "contest/weighted.h"

#include <string.h>

#include "arena_fixture.h"

static const struct rational_rounding cents = {2, RATIONAL_HALF_UP};

static struct weighted_part part(int64_t score_thousandths, int64_t weight_basis_points)
{
    return (struct weighted_part){
        rational_scaled(score_thousandths, 3),
        rational_scaled(weight_basis_points, 4),
    };
}

static void parts_are_added_exactly(void **state)
{
    const struct weighted_part parts[] = {
        part(86500, 2500), part(91330, 5500), part(88000, 2000)};
    struct weighted_result result;

    (void)state;
    assert_null(weighted_compute(arena, parts, 3, cents, &result));
    assert_string_equal(result.score, "89.46");
    assert_int_equal(result.rounded, 8946);
    assert_string_equal(rational_fraction(arena, result.exact), "178913/2000");
}

/* Rounding each part first would give 0.01 + 0.01. */
static void rounding_happens_once(void **state)
{
    const struct weighted_part parts[] = {part(10, 5000), part(10, 5000)};
    struct weighted_result result;

    (void)state;
    assert_null(weighted_compute(arena, parts, 2, cents, &result));
    assert_string_equal(result.score, "0.01");
}

static void a_lost_round_may_be_negative(void **state)
{
    const struct weighted_part parts[] = {part(-50000, 3000), part(10000, 7000)};
    struct weighted_result result;

    (void)state;
    assert_null(weighted_compute(arena, parts, 2, cents, &result));
    assert_string_equal(result.score, "-8.00");
    assert_null(weighted_compute(arena, parts, 0, cents, &result));
    assert_string_equal(result.score, "0.00");
}

static void what_does_not_fit_is_an_error(void **state)
{
    struct weighted_part parts[2] = {part(1, 1), part(1, 1)};
    struct weighted_result result;

    (void)state;
    parts[0].score.numerator = (__int128)1 << 126;
    parts[0].weight = (struct rational){3, 1};
    assert_code(weighted_compute(arena, parts, 1, cents, &result), "number_too_large");
    parts[0].weight = (struct rational){1, 1};
    parts[0].score.denominator = 1;
    assert_code(weighted_compute(arena, parts, 1, cents, &result), "number_too_large");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_added_exactly),
        cmocka_unit_test(rounding_happens_once),
        cmocka_unit_test(a_lost_round_may_be_negative),
        cmocka_unit_test(what_does_not_fit_is_an_error),
    };

    return RUN_GROUP("weighted", tests);
}
