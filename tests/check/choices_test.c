#include "check/choices.h"

#include "check/curriculum_fixture.h"

/* One single choice whose first option is right. */
static void
check(const char *right, const char *second, const char *third, const char *fourth)
{
    const char *const options[] = {right, second, third, fourth};
    const struct question_file file =
        file_of("01-a", single_xml("k1-001", "问", options, 0));

    choices_check(&findings, &file);
}

#define TEN "甲乙丙丁戊己庚辛壬癸"

static void options_of_about_one_length_pass(void **state)
{
    (void)state;
    /* 20 and 14 characters: more than 40 percent, and not more than six. */
    check(TEN "一二三四五六七八九十", TEN "子丑寅卯", TEN "辰巳", "午");
    /* 35 and 25: ten more, just 40 percent. */
    check(TEN TEN TEN "一二三四五", "另" TEN TEN "子丑寅卯", TEN "辰", "午");
    /* One wrong option is as long. */
    check(TEN TEN TEN, "子丑", "寅卯", "另" TEN TEN TEN);
    assert_int_equal(broken("option-length"), 0);
}

static void a_right_option_of_telling_length_is_found(void **state)
{
    (void)state;
    /* 21 and 14. */
    check(TEN "一二三四五六七八九十百", TEN "子丑寅卯", "辰巳", "午");
    assert_non_null(strstr(findings.first->message, "长，"));
    check("一二", TEN, TEN "子", TEN "丑寅");
    assert_non_null(strstr(findings.first->next->message, "短，"));
    assert_int_equal(broken_at("option-length", 2), 2);
}

/* Of `singles` single choices the first `longest` have the longest right option. */
static void check_share(int singles, int longest, bool is_shortest)
{
    static const char *const long_first[] = {"甲一二", "乙三", "丙四", "丁五"};
    static const char *const short_first[] = {"甲", "乙三", "丙四", "丁五"};
    static const char *const even[] = {"甲一", "乙二", "丙三", "丁四"};
    const char *all = "";

    for (int i = 0; i < singles; i++) {
        const char *const *options = i >= longest  ? even
                                     : is_shortest ? short_first
                                                   : long_first;
        all = arena_format(arena, "%s%s", all, single_xml("k1-001", "问", options, 0));
    }
    const struct question_file file = file_of("01-a", all);
    choices_check(&findings, &file);
}

static void the_key_is_the_longest_only_now_and_then(void **state)
{
    (void)state;
    check_share(15, 6, false); /* 40 percent */
    check_share(11, 11, false);
    check_share(15, 6, true);
    assert_no_findings();
    check_share(12, 5, false);
    assert_broken("option-longest", 0);
    (void)findings_begin(state);
    check_share(12, 5, true);
    assert_broken("option-shortest", 0);
}

static void options_about_the_others_are_found(void **state)
{
    static const char *const summing[] = {
        "以上都对", "以上说法都不正确", "以上均可",
        "上述全部", "都不对。",         "甲乙都正确",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(summing); i++)
        check("甲方", "乙方", "丙方", summing[i]);
    assert_int_equal(broken_at("option-all", 2), COUNT_OF(summing));
    assert_int_equal(findings.count, COUNT_OF(summing));
}

static void words_like_those_pass(void **state)
{
    (void)state;
    check("三分之二以上", "以上限为准", "各方都要签字", "双方均可提出");
    check(
        "以上一年度的账目为准，逐项向全体业主公开", "由业委会主任口头说明账目情况即可",
        "向街道报送账目以后不必再向业主公开", "等到换届的时候再一起公开历年账目");
    assert_no_findings();
}

static void an_option_inside_another_is_found(void **state)
{
    (void)state;
    check(
        "应当公示三十日", "应当公示三十日并备案", "乙方自行决定一切",
        "丙方自行决定一切");
    assert_broken("option-contains", 2);
    assert_non_null(strstr(findings.first->message, "“应当公示三十日”"));
}

static void negations_names_and_numbers_are_not_inside(void **state)
{
    (void)state;
    check("应当公示三十日", "不应当公示三十日", "甲方决定", "乙方决定");
    check("业主委员会", "业主委员会主任", "居民委员会", "物业服务企业");
    check("百分之十以上", "百分之三十以上", "二百分之十以上", "丙");
    assert_no_findings();
}

static void the_same_option_twice_is_found(void **state)
{
    (void)state;
    check("业主大会", "居委会", "居 委会。", "街道");
    assert_broken("option-twice", 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FINDINGS(options_of_about_one_length_pass),
        WITH_FINDINGS(a_right_option_of_telling_length_is_found),
        WITH_FINDINGS(the_key_is_the_longest_only_now_and_then),
        WITH_FINDINGS(options_about_the_others_are_found),
        WITH_FINDINGS(words_like_those_pass),
        WITH_FINDINGS(an_option_inside_another_is_found),
        WITH_FINDINGS(negations_names_and_numbers_are_not_inside),
        WITH_FINDINGS(the_same_option_twice_is_found),
    };

    return RUN_GROUP("choices", tests);
}
