#include "check/phrase.h"

#include "arena_fixture.h"

static struct phrase of(const char *text)
{
    return phrase_of(arena, text);
}

static bool are_equal(const char *a, const char *b)
{
    struct phrase first = of(a);
    struct phrase second = of(b);

    return phrase_is_equal(&first, &second);
}

static bool contains(const char *whole, const char *part)
{
    struct phrase first = of(whole);
    struct phrase second = of(part);

    return phrase_contains(&first, &second);
}

static void spelling_does_not_make_another_wording(void **state)
{
    (void)state;
    assert_true(
        are_equal("业委会，应当 在30日内（公示）。", "业委会应当在３０日内公示"));
    assert_true(are_equal("**A**级____", "a级"));
    assert_false(are_equal("3.5平方米", "35平方米"));
    assert_false(are_equal("2/3", "23"));
    assert_false(are_equal("应当", "不应当"));
}

static void likeness_is_exact(void **state)
{
    struct phrase a = of("甲乙丙丁戊己"); /* five pairs */
    struct phrase b = of("甲乙丙丁戊庚"); /* four of them: 2*4/10 */

    (void)state;
    assert_int_equal(phrase_shared(&a, &b), 4);
    assert_true(phrase_is_near(&a, &b, 80));
    assert_false(phrase_is_near(&a, &b, 81));
    assert_true(phrase_is_near(&a, &a, 100));
    struct phrase one = of("甲");
    struct phrase other = of("乙");
    assert_true(phrase_is_near(&one, &one, 80));
    assert_false(phrase_is_near(&one, &other, 80));
}

static void a_part_is_not_cut_out_of_a_number_or_a_negation(void **state)
{
    (void)state;
    assert_true(contains("公示15日以上", "15日"));
    assert_false(contains("公示15日以上", "5日"));
    assert_false(contains("二十分之一以上", "十分之一以上"));
    assert_true(contains("应当公示并备案", "应当公示"));
    assert_false(contains("不应当公示", "应当公示"));
    assert_false(contains("应当公示", ""));
}

static void numbers_are_recognised(void **state)
{
    struct phrase number = of("2021年1月1日");
    struct phrase share = of("三分之二");
    struct phrase word = of("业主大会");

    (void)state;
    assert_true(phrase_is_number(&number));
    assert_true(phrase_is_number(&share));
    assert_false(phrase_is_number(&word));
}

static void lengths_count_what_is_seen(void **state)
{
    (void)state;
    assert_int_equal(phrase_chinese("# 标题 abc，〇12。"), 3);
    assert_int_equal(phrase_width("甲 乙\n，a　丙"), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spelling_does_not_make_another_wording),
        cmocka_unit_test(likeness_is_exact),
        cmocka_unit_test(a_part_is_not_cut_out_of_a_number_or_a_negation),
        cmocka_unit_test(numbers_are_recognised),
        cmocka_unit_test(lengths_count_what_is_seen),
    };

    return RUN_GROUP("phrases", tests);
}
