#include "contest_fixture.h"

static void assert_order(
    const char *spoken, const int64_t *ids, size_t count, const int64_t *expected)
{
    int64_t *drawn = arena_alloc(arena, count * sizeof *drawn);

    memcpy(drawn, ids, count * sizeof *drawn);
    assert_true(draw_order(arena, SEED, spoken, drawn, count));
    for (size_t i = 0; i < count; i++)
        assert_int_equal(drawn[i], expected[i]);
}

#define ORDER(spoken, ids, ...)                                                        \
    assert_order(spoken, ids, COUNT_OF(ids), (const int64_t[]){__VA_ARGS__})

/* Computed by a program in another language from the description in draw.h. */
static void the_order_is_the_one_that_was_announced(void **state)
{
    const int64_t seven[] = {11, 12, 13, 14, 15, 16, 17};
    const int64_t four[] = {5, 3, 9, 1};
    const int64_t mixed[] = {9, 1, 5, 3};
    int64_t twenty[20];

    (void)state;
    ORDER("2020", seven, 12, 15, 13, 14, 16, 17, 11);
    ORDER("", four, 1, 3, 9, 5);
    ORDER("", mixed, 1, 3, 9, 5);
    for (int i = 0; i < 20; i++)
        twenty[i] = 20 - i;
    ORDER(
        "幸运 7", twenty, 18, 1, 13, 14, 16, 5, 15, 10, 20, 9, 12, 11, 4, 6, 3, 17, 8,
        2, 19, 7);
}

static void the_promise_is_the_hash_of_the_seeds_bytes(void **state)
{
    const char *commit;

    (void)state;
    assert_true(draw_commit(arena, SEED, &commit));
    assert_string_equal(
        commit, "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd");
}

static void a_seed_that_is_none_is_refused(void **state)
{
    static const char *const seeds[] = {
        "",
        "00",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1F",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1g",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f0",
    };
    const char *commit;
    int64_t ids[2] = {1, 2};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(seeds); i++) {
        assert_false(draw_commit(arena, seeds[i], &commit));
        assert_false(draw_order(arena, seeds[i], "", ids, 2));
    }
}

/* 6000 draws of three: each of the six orders about 1000 times (the chance of one that
 * is 150 off, five standard deviations, is below one in a million; and the numbers are
 * the same in every run). */
static void every_order_is_equally_likely(void **state)
{
    int seen[3][3] = {{0}};

    (void)state;
    for (int i = 0; i < 6000; i++) {
        int64_t ids[3] = {0, 1, 2};
        char spoken[16];
        (void)snprintf(spoken, sizeof spoken, "%d", i);
        assert_true(draw_order(arena, SEED, spoken, ids, 3));
        seen[ids[0]][ids[1]]++;
    }
    for (int first = 0; first < 3; first++)
        for (int second = 0; second < 3; second++)
            assert_true(
                first == second ||
                (seen[first][second] > 850 && seen[first][second] < 1150));
}

static void one_and_none_need_no_draw(void **state)
{
    int64_t ids[1] = {4};

    (void)state;
    assert_true(draw_order(arena, SEED, "1", ids, 1));
    assert_int_equal(ids[0], 4);
    assert_true(draw_order(arena, SEED, "1", NULL, 0));
}

static int begin_tests(void **state)
{
    token_start();
    return arena_begin(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_is_the_one_that_was_announced),
        cmocka_unit_test(the_promise_is_the_hash_of_the_seeds_bytes),
        cmocka_unit_test(a_seed_that_is_none_is_refused),
        cmocka_unit_test(every_order_is_equally_likely),
        cmocka_unit_test(one_and_none_need_no_draw),
    };

    return cmocka_run_group_tests_name("draw", tests, begin_tests, arena_end);
}
