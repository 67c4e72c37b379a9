#include "check/duplicates.h"

#include "check/curriculum_fixture.h"

static const char *const shares[] = {"过半数", "三分之二", "四分之三", "全体一致"};
static const char *const others[] = {"居委会", "业委会", "物业公司", "街道办事处"};

static void check(const char *first, const char *second)
{
    struct question_file files[] = {file_of("01-a", first), file_of("02-b", second)};
    const struct curriculum curriculum = {.files = files, .file_count = 2};

    duplicates_check(&findings, &curriculum);
}

static void equal_stems_are_found_across_files(void **state)
{
    (void)state;
    check(
        question_xml("truefalse", "k1-001", "业委会应当公示30日。", ""),
        arena_format(
            arena, "%s%s", question_xml("essay", "k2-001", "别的", ""),
            question_xml("essay", "k2-002", "业委会 应当公示３０日", "")));
    assert_broken("stem-same", 3);
    assert_non_null(
        strstr(findings.first->message, "k1-001（quizzes/01-a/questions.xml:2）"));
}

static const char *truth_xml(const char *id, const char *words, bool is_true)
{
    return question_xml(
        "truefalse", id, words,
        arena_format(
            arena, "%s%s", option_xml("true", is_true), option_xml("false", !is_true)));
}

static void statements_of_two_truths_are_two(void **state)
{
    static const char thirty[] = "业委会应当在作出决定以后公示30日";
    static const char fifteen[] = "业委会应当在作出决定以后公示15日";

    (void)state;
    check(truth_xml("k1-001", thirty, true), truth_xml("k2-001", fifteen, false));
    assert_no_findings();
    check(truth_xml("k1-001", thirty, false), truth_xml("k2-001", fifteen, false));
    assert_broken("stem-near", 2);
}

static void blanks_that_accept_one_answer_are_one(void **state)
{
    static const char district[] = "2020年7月至8月，拱墅区组建小区党组织____个";
    static const char whole[] = "2020年7月至8月，全区组建小区党组织____个";
    const char *first =
        arena_format(arena, "%s%s", option_xml("353", true), option_xml("353个", true));

    (void)state;
    check(
        question_xml("shortanswer", "k1-001", district, first),
        question_xml("shortanswer", "k2-001", whole, option_xml("三百五十三", true)));
    /* A choice is asked in another way. */
    check(
        question_xml("shortanswer", "k1-001", district, first),
        question_xml(
            "multichoice", "k2-001", whole,
            arena_format(arena, "<single>true</single>%s", first)));
    assert_no_findings();
    check(
        question_xml("shortanswer", "k1-001", district, first),
        question_xml("numerical", "k2-001", whole, option_xml("353", true)));
    assert_broken("stem-near", 2);
}

/* 24 characters; the second has 20 of the 23 pairs: 86 percent. */
static const char stem[] = "筹集维修资金须经参与表决的业主中多少人同意才算通过";
static const char near_stem[] = "使用维修资金须经参与表决的业主中多少人同意才算通过";

/* The same answer among others than shares. */
static const char *const mixed[] = {"居委会", "三分之二", "物业公司", "街道办事处"};

static void near_stems_need_near_options_and_the_same_answer(void **state)
{
    (void)state;
    check(
        single_xml("k1-001", stem, shares, 1),
        single_xml("k2-001", near_stem, others, 1));
    check(
        single_xml("k1-001", stem, shares, 1),
        single_xml("k2-001", near_stem, shares, 2));
    check(
        single_xml("k1-001", stem, shares, 1),
        single_xml("k2-001", near_stem, mixed, 1));
    assert_no_findings();
    check(
        single_xml("k1-001", stem, shares, 1),
        single_xml("k2-001", near_stem, shares, 1));
    assert_broken("stem-near", 2);
}

static void stems_that_are_all_but_equal_are_enough(void **state)
{
    static const char frame[] =
        "某小区共有%s户业主，依照民法典关于业主共同决定事项的规定，"
        "选聘物业服务企业时参与表决的业主至少应当达到多少户才符合要求";
    const char *three = arena_format(arena, frame, "三百");
    const char *five = arena_format(arena, frame, "五百");

    (void)state;
    check(
        single_xml("k1-001", three, shares, 0), single_xml("k2-001", five, others, 1));
    assert_broken("stem-near", 2);
}

static void short_stems_are_not_compared(void **state)
{
    (void)state;
    /* Eleven characters and twelve, one of them changed at the end. */
    check(
        question_xml("essay", "k1-001", "甲乙丙丁戊己庚辛壬癸一", ""),
        question_xml("essay", "k2-001", "甲乙丙丁戊己庚辛壬癸二", ""));
    assert_no_findings();
    check(
        question_xml("essay", "k1-001", "甲乙丙丁戊己庚辛壬癸子一", ""),
        question_xml("essay", "k2-001", "甲乙丙丁戊己庚辛壬癸子二", ""));
    assert_broken("stem-near", 2);
}

static const char *
sub_xml(const char *id, const char *of_case, const char *const options[2])
{
    const char *answers = arena_format(
        arena, "<single>true</single>%s%s", option_xml(options[0], true),
        option_xml(options[1], false));

    return tagged_xml(
        "multichoice", id, "根据案例，专员第一步应当做什么？", answers, of_case);
}

static void sub_questions_of_two_cases_may_ask_alike(void **state)
{
    (void)state;
    check(
        sub_xml("k1-c01-1", "case:k1-c01", shares),
        sub_xml("k2-c01-1", "case:k2-c01", others));
    assert_no_findings();
    check(
        sub_xml("k1-c01-1", "case:k1-c01", shares),
        sub_xml("k2-c01-1", "case:k2-c01", shares));
    assert_broken("stem-same", 2);
}

static void a_thousand_questions_take_a_moment(void **state)
{
    char words[400];
    const char *all[2] = {"", ""};
    uint64_t seed = 7;

    (void)state;
    for (int i = 0; i < 1000; i++) {
        size_t size = 0;
        for (int j = 0; j < 60; j++) {
            uint32_t character = 0x4e00 + (uint32_t)next_random(&seed, 40);
            words[size++] = (char)(0xe0 | character >> 12);
            words[size++] = (char)(0x80 | (character >> 6 & 0x3f));
            words[size++] = (char)(0x80 | (character & 0x3f));
        }
        words[size] = '\0';
        all[i % 2] = arena_format(
            arena, "%s%s", all[i % 2],
            question_xml("essay", arena_format(arena, "k%d", i), words, ""));
    }
    int64_t begin = processor_ms();
    check(all[0], all[1]);
    /* With the sanitizers, on a slow machine. */
    assert_true(processor_ms() - begin < 4000);
    assert_no_findings();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FINDINGS(equal_stems_are_found_across_files),
        WITH_FINDINGS(statements_of_two_truths_are_two),
        WITH_FINDINGS(blanks_that_accept_one_answer_are_one),
        WITH_FINDINGS(near_stems_need_near_options_and_the_same_answer),
        WITH_FINDINGS(stems_that_are_all_but_equal_are_enough),
        WITH_FINDINGS(short_stems_are_not_compared),
        WITH_FINDINGS(sub_questions_of_two_cases_may_ask_alike),
        WITH_FINDINGS(a_thousand_questions_take_a_moment),
    };

    return RUN_GROUP("duplicates", tests);
}
