#include "contest/panel.h"

#include <string.h>

#include "arena_fixture.h"

enum { ABSENT = -1, MOST = 10 };

static const struct panel_rule usual = {
    .drop_low = 1,
    .drop_high = 1,
    .mode = PANEL_MEAN,
    .missing = PANEL_PRESENT,
    .rounding = {2, RATIONAL_HALF_UP},
};

/* Marks in thousandths; ABSENT for a judge who gave none. */
static struct error *try_panel(
    const struct panel_rule *rule, const int64_t *units, size_t count,
    struct panel_result *result)
{
    struct panel_mark marks[MOST];

    for (size_t i = 0; i < count; i++)
        marks[i] = (struct panel_mark){units[i] != ABSENT, units[i]};
    return panel_compute(arena, rule, marks, count, 3, result);
}

#define COMPUTE(rule, ...)                                                             \
    compute(                                                                           \
        rule, (const int64_t[]){__VA_ARGS__},                                          \
        sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t))

static struct panel_result
compute(struct panel_rule rule, const int64_t *units, size_t count)
{
    struct panel_result result;

    assert_null(try_panel(&rule, units, count, &result));
    return result;
}

static void
assert_dropped(const struct panel_result *result, size_t first, size_t second)
{
    assert_int_equal(result->dropped_count, 2);
    assert_int_equal(result->dropped[0], first);
    assert_int_equal(result->dropped[1], second);
}

static void the_extremes_go_and_the_rest_is_averaged(void **state)
{
    struct panel_result result =
        COMPUTE(usual, 92500, 88000, 90250, 91000, 89500, 95000, 90000);

    (void)state;
    assert_string_equal(result.score, "90.65");
    assert_int_equal(result.rounded, 9065);
    assert_string_equal(rational_fraction(arena, result.exact), "1813/20");
    assert_dropped(&result, 1, 5);
}

static void one_instance_of_a_tied_extreme_goes(void **state)
{
    struct panel_result result = COMPUTE(usual, 87000, 95000, 95000, 88000, 87000);

    (void)state;
    assert_string_equal(result.score, "90.00");
    assert_dropped(&result, 1, 4); /* first of the highest, last of the lowest */
    result = COMPUTE(usual, 90000, 90000, 90000, 90000);
    assert_string_equal(result.score, "90.00");
    assert_dropped(&result, 0, 3);
}

static void several_may_be_dropped(void **state)
{
    struct panel_rule rule = usual;
    struct panel_result result;

    (void)state;
    rule.drop_high = 2;
    result = COMPUTE(rule, 10000, 90000, 80000, 90000, 70000, 60000);
    assert_string_equal(result.score, "70.00");
    assert_int_equal(result.dropped_count, 3);
    assert_int_equal(result.dropped[0], 0);
    assert_int_equal(result.dropped[1], 1);
    assert_int_equal(result.dropped[2], 3);
}

static void who_gave_no_mark_does_not_count(void **state)
{
    struct panel_result result =
        COMPUTE(usual, 7500, 8000, 7250, 7250, 7500, ABSENT, 8250, 7000, 7500);

    (void)state;
    assert_string_equal(result.score, "7.50"); /* skating, published */
    assert_dropped(&result, 6, 7);
    assert_int_equal(result.exact.denominator, 2);
}

static void an_imputed_mark_is_the_mean_of_the_others(void **state)
{
    struct panel_rule rule = usual;
    struct panel_result result;

    (void)state;
    rule.missing = PANEL_IMPUTE;
    result = COMPUTE(rule, 80000, ABSENT, 90000, 100000, 90001);
    /* The mean, 90.00025, stays between the extremes. */
    assert_dropped(&result, 0, 3);
    assert_string_equal(rational_fraction(arena, result.exact), "216001/2400");
    assert_string_equal(result.score, "90.00");
    result = COMPUTE(rule, 90000, ABSENT, 90000);
    assert_string_equal(result.score, "90.00");
    assert_dropped(&result, 0, 2);
    rule.drop_low = 0;
    rule.drop_high = 0;
    result = COMPUTE(rule, ABSENT, 50000, 51000);
    assert_string_equal(rational_fraction(arena, result.exact), "101/2");
}

static void waiting_gives_no_score(void **state)
{
    struct panel_rule rule = usual;
    struct panel_result result;

    (void)state;
    rule.missing = PANEL_WAIT;
    result = COMPUTE(rule, 80000, ABSENT, 90000, 85000);
    assert_true(result.waiting);
    assert_int_equal(result.dropped_count, 0);
    result = COMPUTE(rule, 80000, 82000, 90000, 85000);
    assert_false(result.waiting);
    assert_string_equal(result.score, "83.50");
}

static void a_sum_is_the_plain_sum_of_a_full_panel(void **state)
{
    struct panel_rule rule = usual;
    struct panel_result result;

    (void)state;
    rule.mode = PANEL_SUM;
    result = COMPUTE(rule, 92500, 88000, 90250, 91000, 89500, 95000, 90000);
    assert_string_equal(result.score, "453.25");
    /* With one judge missing, 3 marks stand for the 4 places of the others. */
    result = COMPUTE(rule, 90000, 91000, 92000, 93000, ABSENT, 80000);
    assert_string_equal(result.score, "364.00");
    rule.missing = PANEL_IMPUTE;
    result = COMPUTE(rule, 90000, 91000, 92000, ABSENT);
    assert_string_equal(result.score, "182.00");
}

static void too_few_marks_give_an_error(void **state)
{
    static const int64_t two[] = {90000, 91000};
    static const int64_t one_of_three[] = {ABSENT, 90000, ABSENT};
    static const int64_t none[] = {ABSENT, ABSENT, ABSENT};
    struct panel_rule rule = usual;
    struct panel_result result;

    (void)state;
    assert_code(try_panel(&rule, two, 2, &result), "panel_too_small");
    assert_code(try_panel(&rule, one_of_three, 3, &result), "panel_too_small");
    rule.missing = PANEL_IMPUTE;
    assert_null(try_panel(&rule, one_of_three, 3, &result));
    assert_code(try_panel(&rule, none, 3, &result), "panel_too_small");
    rule.missing = PANEL_WAIT; /* could never become a score */
    assert_code(try_panel(&rule, two, 2, &result), "panel_too_small");
    assert_code(try_panel(&rule, two, 0, &result), "panel_too_small");
    rule.drop_low = -1;
    assert_code(try_panel(&rule, two, 2, &result), "panel_rule");
    rule.drop_low = INT32_MAX;
    rule.drop_high = INT32_MAX;
    assert_code(try_panel(&rule, two, 2, &result), "panel_rule");
}

/* The definition, one drop after the other. */
static void
slow_drop(const int64_t *units, size_t count, bool highest, bool dropped[MOST])
{
    size_t found = MOST;

    for (size_t i = 0; i < count; i++) {
        if (dropped[i])
            continue;
        if (found == MOST ||
            (highest ? units[i] > units[found] : units[i] <= units[found]))
            found = i;
    }
    dropped[found] = true;
}

static void drops_follow_the_definition(void **state)
{
    uint64_t seed = 21;

    (void)state;
    for (int run = 0; run < 20000; run++) {
        int64_t units[MOST];
        bool dropped[MOST] = {0};
        struct panel_rule rule = usual;
        rule.drop_low = (int)next_random(&seed, 3);
        rule.drop_high = (int)next_random(&seed, 3);
        size_t count = 5 + (size_t)next_random(&seed, 5);
        for (size_t i = 0; i < count; i++)
            units[i] = 1000 * next_random(&seed, 4);
        for (int i = 0; i < rule.drop_high; i++)
            slow_drop(units, count, true, dropped);
        for (int i = 0; i < rule.drop_low; i++)
            slow_drop(units, count, false, dropped);
        struct panel_result result = compute(rule, units, count);
        size_t at = 0;
        __int128 sum = 0;
        for (size_t i = 0; i < count; i++) {
            if (!dropped[i])
                sum += units[i];
            else
                assert_int_equal(result.dropped[at++], i);
        }
        assert_int_equal(at, result.dropped_count);
        assert_true(
            result.exact.numerator * 1000 * (__int128)(count - at) ==
            sum * result.exact.denominator);
        arena_reset(arena);
    }
}

static void names_are_found(void **state)
{
    enum panel_mode mode;
    enum panel_missing missing;

    (void)state;
    assert_true(panel_mode_find("sum", &mode) && mode == PANEL_SUM);
    assert_true(panel_mode_find("mean", &mode) && mode == PANEL_MEAN);
    assert_false(panel_mode_find("median", &mode));
    assert_true(panel_missing_find("wait", &missing) && missing == PANEL_WAIT);
    assert_true(panel_missing_find("impute", &missing) && missing == PANEL_IMPUTE);
    assert_true(panel_missing_find("present", &missing) && missing == PANEL_PRESENT);
    assert_false(panel_missing_find("zero", &missing));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_extremes_go_and_the_rest_is_averaged),
        cmocka_unit_test(one_instance_of_a_tied_extreme_goes),
        cmocka_unit_test(several_may_be_dropped),
        cmocka_unit_test(who_gave_no_mark_does_not_count),
        cmocka_unit_test(an_imputed_mark_is_the_mean_of_the_others),
        cmocka_unit_test(waiting_gives_no_score),
        cmocka_unit_test(a_sum_is_the_plain_sum_of_a_full_panel),
        cmocka_unit_test(too_few_marks_give_an_error),
        cmocka_unit_test(drops_follow_the_definition),
        cmocka_unit_test(names_are_found),
    };

    return RUN_GROUP("panel", tests);
}
