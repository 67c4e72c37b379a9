#include "quiz/blanks.h"

#include <string.h>

#include "arena_fixture.h"

enum { MOST = 5 };

#define KEY(...)                                                                       \
    {                                                                                  \
        (const char *const[]){__VA_ARGS__},                                            \
            sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)          \
    }

static const struct blanks_key phones[] = {
    KEY("消防", "119"), KEY("医疗", "120"), KEY("公安", "110")};

static size_t
correct(const char *first, const char *second, const char *third, bool ordered)
{
    const char *const answers[] = {first, second, third};
    const struct blanks_case blanks = {phones, 3, answers, 3, ordered, {0}};
    struct blanks_result result;

    assert_null(blanks_correct(arena, &blanks, &result));
    return result.correct;
}

static void ordered_answers_belong_to_their_blank(void **state)
{
    (void)state;
    assert_int_equal(correct("119", "120", "110", true), 3);
    assert_int_equal(correct("110", "119", "120", true), 0);
    assert_int_equal(correct("119", "119", "119", true), 1);
    assert_int_equal(correct("消防", "119", "110", true), 2);
    assert_int_equal(correct("", "１２０。", NULL, true), 1);
}

static void unordered_answers_find_any_blank_once(void **state)
{
    (void)state;
    assert_int_equal(correct("110", "119", "120", false), 3);
    assert_int_equal(correct("119", "消防", "119", false), 1);
    assert_int_equal(correct("", NULL, "《公安》", false), 1);
    assert_int_equal(correct("不是公安", "11", "9", false), 0);
}

/* Taking the first blank that fits would leave the second answer without one. */
static void an_earlier_answer_makes_room(void **state)
{
    const struct blanks_key keys[] = {KEY("a", "b"), KEY("a", "c"), KEY("a")};
    static const char *const answers[] = {"a", "b", "c"};
    const struct blanks_case blanks = {keys, 3, answers, 3, false, {0}};
    struct blanks_result result;

    (void)state;
    assert_null(blanks_correct(arena, &blanks, &result));
    assert_int_equal(result.correct, 3);
    assert_true(result.right[0] && result.right[1] && result.right[2]);
}

/* The best of all ways to give answers to blanks, tried out. */
static size_t
best_of(bool fits[MOST][MOST], size_t count, size_t answer, unsigned taken)
{
    if (answer == count)
        return 0;
    size_t best = best_of(fits, count, answer + 1, taken);
    for (size_t blank = 0; blank < count; blank++)
        if (fits[answer][blank] && !(taken & 1U << blank)) {
            size_t with = 1 + best_of(fits, count, answer + 1, taken | 1U << blank);
            best = with > best ? with : best;
        }
    return best;
}

static void no_way_to_pair_is_better(void **state)
{
    static const char *const letters[] = {"a", "b", "c", "d", "e"};
    uint64_t seed = 12;

    (void)state;
    for (int run = 0; run < 5000; run++) {
        const char *spellings[MOST][MOST];
        struct blanks_key keys[MOST];
        const char *answers[MOST];
        bool fits[MOST][MOST] = {0};
        size_t count = 1 + (size_t)next_random(&seed, MOST);
        for (size_t i = 0; i < count; i++)
            answers[i] = letters[next_random(&seed, MOST)];
        for (size_t blank = 0; blank < count; blank++) {
            keys[blank] = (struct blanks_key){spellings[blank], 0};
            for (size_t letter = 0; letter < MOST; letter++)
                if (next_random(&seed, 3) == 0 || (letter == 4 && !keys[blank].count))
                    spellings[blank][keys[blank].count++] = letters[letter];
            for (size_t i = 0; i < count; i++)
                for (size_t j = 0; j < keys[blank].count; j++)
                    if (spellings[blank][j] == answers[i])
                        fits[i][blank] = true;
        }
        const struct blanks_case blanks = {keys, count, answers, count, false, {0}};
        struct blanks_result result;
        assert_null(blanks_correct(arena, &blanks, &result));
        assert_int_equal(result.correct, best_of(fits, count, 0, 0));
        arena_reset(arena);
    }
}

static void a_key_must_say_something(void **state)
{
    const struct blanks_key empty[] = {KEY("119", "《》。")};
    const struct blanks_key none[] = {{NULL, 0}};
    const struct blanks_key broken[] = {KEY("\xff")};
    static const char *const answers[] = {"119", "119"};
    struct blanks_case blanks = {empty, 1, answers, 1, true, {0}};
    struct blanks_result result;

    (void)state;
    assert_code(blanks_correct(arena, &blanks, &result), "blank_key_empty");
    blanks.answer_count = 0; /* noticed without any answer, too */
    assert_code(blanks_correct(arena, &blanks, &result), "blank_key_empty");
    blanks.keys = none;
    assert_code(blanks_correct(arena, &blanks, &result), "blank_key_empty");
    blanks.keys = broken;
    assert_code(blanks_correct(arena, &blanks, &result), "text_encoding");
    blanks.keys = phones;
    blanks.answer_count = 2; /* two tries for one blank */
    assert_code(blanks_correct(arena, &blanks, &result), "blanks_count");
    blanks.key_count = BLANKS_MOST + 1;
    assert_code(blanks_correct(arena, &blanks, &result), "blanks_count");
}

static void shares_add_up_to_the_maximum(void **state)
{
    struct blanks_result all = {.correct = 7};

    (void)state;
    memset(all.right, 1, sizeof all.right);
    assert_int_equal(blanks_share(400, 3, 0), 134);
    assert_int_equal(blanks_share(400, 3, 1), 133);
    assert_int_equal(blanks_share(400, 3, 2), 133);
    for (int64_t maximum = 0; maximum < 50; maximum++)
        assert_int_equal(blanks_points(maximum, 7, &all), maximum);
    all.right[0] = false;
    assert_int_equal(blanks_points(400, 3, &all), 266);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordered_answers_belong_to_their_blank),
        cmocka_unit_test(unordered_answers_find_any_blank_once),
        cmocka_unit_test(an_earlier_answer_makes_room),
        cmocka_unit_test(no_way_to_pair_is_better),
        cmocka_unit_test(a_key_must_say_something),
        cmocka_unit_test(shares_add_up_to_the_maximum),
    };

    return RUN_GROUP("blanks", tests);
}
