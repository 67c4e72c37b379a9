#include "check/keys.h"

#include "check/curriculum_fixture.h"

/* So many single choices with the key at A, B, C and D. */
static void check_positions(int a, int b, int c, int d)
{
    static const char *const options[] = {"甲", "乙", "丙", "丁"};
    const int counts[] = {a, b, c, d};
    const char *all = "";

    for (int position = 0; position < 4; position++) {
        for (int i = 0; i < counts[position]; i++)
            all = arena_format(
                arena, "%s%s", all, single_xml("k1-001", "问", options, position));
    }
    const struct question_file file = file_of("01-a", all);
    keys_check(&findings, &file);
}

static void check_truths(int right, int wrong)
{
    const char *all = "";

    for (int i = 0; i < right + wrong; i++) {
        bool is_true = i < right;
        const char *answers = arena_format(
            arena, "%s%s", option_xml("true", is_true), option_xml("false", !is_true));
        all = arena_format(
            arena, "%s%s", all, question_xml("truefalse", "k1-001", "问", answers));
    }
    const struct question_file file = file_of("01-a", all);
    keys_check(&findings, &file);
}

static void an_even_spread_passes(void **state)
{
    (void)state;
    check_positions(4, 5, 4, 5);
    /* 4 * (121 + 25 + 25 + 9) / 24 - 24 = 6 */
    check_positions(11, 5, 5, 3);
    /* 4 * (1 + 36 + 64 + 25) / 20 - 20 = 5.2; below 7.815 */
    check_positions(1, 6, 8, 5);
    assert_no_findings();
}

static void the_limit_is_exact(void **state)
{
    (void)state;
    /* 4 * 235 / 26 - 26 = 10.15; 4 * 218 / 26 - 26 = 7.54; 4 * 220 / 26 - 26 = 7.846 */
    check_positions(11, 3, 4, 8); /* 210 */
    check_positions(12, 5, 5, 4); /* 210 */
    check_positions(11, 6, 6, 3); /* 202 */
    assert_no_findings();
    check_positions(12, 6, 6, 2); /* 220 */
    assert_broken("key-position", 0);
}

static void few_questions_say_nothing(void **state)
{
    (void)state;
    check_positions(11, 0, 0, 0);
    assert_no_findings();
    check_positions(12, 0, 0, 0);
    assert_broken("key-position", 0);
    assert_non_null(strstr(findings.first->message, "A 12、B 0、C 0、D 0"));
}

static void truths_are_between_the_quarters(void **state)
{
    (void)state;
    check_truths(2, 6);
    check_truths(6, 2);
    check_truths(0, 7);
    assert_no_findings();
    check_truths(1, 7);
    check_truths(7, 2);
    assert_broken("key-truth", 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FINDINGS(an_even_spread_passes),
        WITH_FINDINGS(the_limit_is_exact),
        WITH_FINDINGS(few_questions_say_nothing),
        WITH_FINDINGS(truths_are_between_the_quarters),
    };

    return RUN_GROUP("keys", tests);
}
