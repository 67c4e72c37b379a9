#include "contest/rank.h"

#include <string.h>

#include "arena_fixture.h"

enum { MOST = 8, LACKS = INT32_MIN };

/* A standing with up to three keys; LACKS for a key that is missing. */
struct trial {
    size_t count;
    size_t key_count;
    int keys[MOST][3];
    struct rank_key values[MOST][3];
    struct rank_entry entries[MOST];
};

static void compute(struct trial *trial, enum rank_style style, const bool ascending[3])
{
    const struct rank_rule rule = {style, ascending, trial->key_count};

    for (size_t i = 0; i < trial->count; i++) {
        for (size_t key = 0; key < trial->key_count; key++)
            trial->values[i][key] = (struct rank_key){
                trial->keys[i][key] != LACKS,
                rational_scaled(trial->keys[i][key], 1),
            };
        trial->entries[i].keys = trial->values[i];
    }
    rank_compute(arena, &rule, trial->entries, trial->count);
}

static const bool highest_first[3] = {false, false, false};

static void assert_ranks(const struct trial *trial, const int64_t *twice)
{
    for (size_t i = 0; i < trial->count; i++)
        assert_int_equal(trial->entries[i].rank_twice, twice[i]);
}

static void styles_count_ties_in_their_own_way(void **state)
{
    static const int64_t expected[][7] = {
        [RANK_COMPETITION] = {2, 4, 4, 8, 8, 8, 14},
        [RANK_DENSE] = {2, 4, 4, 6, 6, 6, 8},
        [RANK_MODIFIED] = {2, 6, 6, 12, 12, 12, 14},
        [RANK_ORDINAL] = {2, 4, 6, 8, 10, 12, 14},
        [RANK_FRACTIONAL] = {2, 5, 5, 10, 10, 10, 14},
    };
    struct trial trial = {
        .count = 7,
        .key_count = 1,
        .keys = {{950}, {935}, {935}, {920}, {920}, {920}, {800}},
    };

    (void)state;
    for (int style = RANK_COMPETITION; style <= RANK_FRACTIONAL; style++) {
        compute(&trial, (enum rank_style)style, highest_first);
        assert_ranks(&trial, expected[style]);
        for (size_t i = 0; i < trial.count; i++) {
            assert_int_equal(trial.entries[i].place, i);
            assert_int_equal(trial.entries[i].decided_by, RANK_UNDECIDED);
        }
    }
}

static void the_input_may_come_in_any_order(void **state)
{
    static const int64_t expected[] = {6, 2, 6, 4};
    struct trial trial = {.count = 4, .key_count = 1, .keys = {{10}, {40}, {10}, {30}}};

    (void)state;
    compute(&trial, RANK_COMPETITION, highest_first);
    assert_ranks(&trial, expected);
    assert_int_equal(trial.entries[1].place, 0);
    assert_int_equal(trial.entries[0].place, 2); /* before its equal, as given */
    assert_int_equal(trial.entries[2].place, 3);
}

/* Total, then practical mark, then time, the shorter the better. */
static void a_chain_breaks_ties_and_says_by_which_key(void **state)
{
    static const bool ascending[] = {false, false, true};
    static const int64_t expected[] = {4, 2, 8, 10, 6, 12, 14};
    static const int decided_by[] = {1, RANK_UNDECIDED, 2, 2, 2, RANK_UNDECIDED, 1};
    struct trial trial = {
        .count = 7,
        .key_count = 3,
        .keys =
            {
                {900, 50, 70},
                {950, 10, 99},
                {900, 40, 65},
                {900, 40, 66},
                {900, 40, 64},
                {800, 50, 10},
                {800, 40, 10},
            },
    };

    (void)state;
    compute(&trial, RANK_COMPETITION, ascending);
    assert_ranks(&trial, expected);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(trial.entries[i].decided_by, decided_by[i]);
    assert_int_equal(trial.entries[5].decided_by, 1);
    assert_int_equal(trial.entries[6].decided_by, 1);
}

static void a_key_that_one_lacks_is_skipped(void **state)
{
    static const int64_t expected[] = {4, 2};
    struct trial trial = {
        .count = 2, .key_count = 3, .keys = {{900, LACKS, 10}, {900, 70, 20}}};

    (void)state;
    compute(&trial, RANK_COMPETITION, highest_first);
    assert_ranks(&trial, expected);
    assert_int_equal(trial.entries[0].decided_by, 2);
    trial.keys[1][2] = 10;
    compute(&trial, RANK_COMPETITION, highest_first);
    assert_int_equal(trial.entries[0].rank_twice, 2);
    assert_int_equal(trial.entries[1].rank_twice, 2);
}

/* A before C by the second key, both before B by the third: no circle, so nobody's
 * missing key may hide that A beats C. */
static void a_missing_key_hides_nothing_from_others(void **state)
{
    static const int64_t expected[] = {2, 6, 4};
    static const int decided_by[] = {1, 2, 2};
    struct trial trial = {
        .count = 3,
        .key_count = 3,
        .keys = {{900, 50, 10}, {900, LACKS, 0}, {900, 30, 20}},
    };

    (void)state;
    compute(&trial, RANK_COMPETITION, highest_first);
    assert_ranks(&trial, expected);
    for (size_t i = 0; i < trial.count; i++)
        assert_int_equal(trial.entries[i].decided_by, decided_by[i]);
}

/* B beats C, A is level with both: whoever has the key stands first. */
static void a_circle_is_broken_by_having_the_key(void **state)
{
    static const int64_t expected[] = {6, 2, 4};
    static const int64_t expected_round[] = {2, 4, 6};
    struct trial trial = {
        .count = 3, .key_count = 2, .keys = {{900, LACKS}, {900, 50}, {900, 30}}};
    struct trial round = {
        /* first beats second, second beats third, third beats first */
        .count = 3,
        .key_count = 3,
        .keys = {{10, LACKS, 0}, {0, 10, LACKS}, {LACKS, 0, 10}},
    };

    (void)state;
    compute(&trial, RANK_COMPETITION, highest_first);
    assert_ranks(&trial, expected);
    compute(&round, RANK_COMPETITION, highest_first);
    assert_ranks(&round, expected_round);
}

/* One without a total does not level everybody else. */
static void who_has_no_result_stands_last(void **state)
{
    static const int64_t expected[] = {4, 8, 2, 6};
    struct trial trial = {
        .count = 4, .key_count = 1, .keys = {{20}, {LACKS}, {30}, {10}}};

    (void)state;
    compute(&trial, RANK_COMPETITION, highest_first);
    assert_ranks(&trial, expected);
}

static int compare(const struct trial *trial, size_t a, size_t b)
{
    for (size_t key = 0; key < trial->key_count; key++) {
        int left = trial->keys[a][key];
        int right = trial->keys[b][key];
        if (left != LACKS && right != LACKS && left != right)
            return left > right ? -1 : 1;
    }
    return 0;
}

/* Whether comparing by pairs is already an order: never a circle. */
static bool is_order(const struct trial *trial)
{
    for (size_t a = 0; a < trial->count; a++)
        for (size_t b = 0; b < trial->count; b++)
            for (size_t c = 0; c < trial->count; c++) {
                int ab = compare(trial, a, b);
                int bc = compare(trial, b, c);
                int ac = compare(trial, a, c);
                if (ab <= 0 && bc <= 0 && (ac > 0 || (ac == 0 && (ab || bc))))
                    return false;
            }
    return true;
}

static void assert_pairs_in_order(const struct trial *trial)
{
    for (size_t a = 0; a < trial->count; a++) {
        int64_t better = 0;
        for (size_t b = 0; b < trial->count; b++)
            better += compare(trial, b, a) < 0;
        assert_int_equal(trial->entries[a].rank_twice, 2 * (better + 1));
    }
}

static void assert_same_when_shuffled(const struct trial *trial, uint64_t *seed)
{
    struct trial shuffled = *trial;
    size_t from[MOST] = {0, 1, 2, 3, 4, 5, 6, 7};

    for (size_t i = trial->count; i > 1; i--) {
        size_t j = (size_t)next_random(seed, (int64_t)i);
        size_t swapped = from[i - 1];
        from[i - 1] = from[j];
        from[j] = swapped;
    }
    for (size_t i = 0; i < trial->count; i++)
        memcpy(shuffled.keys[i], trial->keys[from[i]], sizeof shuffled.keys[i]);
    compute(&shuffled, RANK_COMPETITION, highest_first);
    for (size_t i = 0; i < trial->count; i++) {
        const struct rank_entry *entry = &trial->entries[from[i]];
        assert_int_equal(shuffled.entries[i].rank_twice, entry->rank_twice);
        assert_int_equal(shuffled.entries[i].decided_by, entry->decided_by);
    }
}

static void missing_keys_never_upset_an_order(void **state)
{
    uint64_t seed = 31;
    int orders = 0;

    (void)state;
    for (int run = 0; run < 20000; run++) {
        struct trial trial = {
            .count = (size_t)next_random(&seed, MOST),
            .key_count = 1 + (size_t)next_random(&seed, 3),
        };
        for (size_t i = 0; i < trial.count; i++)
            for (size_t key = 0; key < 3; key++)
                trial.keys[i][key] =
                    next_random(&seed, 5) ? (int)next_random(&seed, 3) : LACKS;
        compute(&trial, RANK_COMPETITION, highest_first);
        if (is_order(&trial)) {
            assert_pairs_in_order(&trial);
            orders++;
        }
        assert_same_when_shuffled(&trial, &seed);
        arena_reset(arena);
    }
    assert_in_range(orders, 5000, 19000);
}

static void styles_have_names(void **state)
{
    enum rank_style style;

    (void)state;
    assert_true(rank_style_find("1224", &style) && style == RANK_COMPETITION);
    assert_true(rank_style_find("1223", &style) && style == RANK_DENSE);
    assert_true(rank_style_find("1334", &style) && style == RANK_MODIFIED);
    assert_true(rank_style_find("ordinal", &style) && style == RANK_ORDINAL);
    assert_true(rank_style_find("fractional", &style) && style == RANK_FRACTIONAL);
    assert_false(rank_style_find("1234", &style));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(styles_count_ties_in_their_own_way),
        cmocka_unit_test(the_input_may_come_in_any_order),
        cmocka_unit_test(a_chain_breaks_ties_and_says_by_which_key),
        cmocka_unit_test(a_key_that_one_lacks_is_skipped),
        cmocka_unit_test(a_missing_key_hides_nothing_from_others),
        cmocka_unit_test(a_circle_is_broken_by_having_the_key),
        cmocka_unit_test(who_has_no_result_stands_last),
        cmocka_unit_test(missing_keys_never_upset_an_order),
        cmocka_unit_test(styles_have_names),
    };

    return RUN_GROUP("rank", tests);
}
