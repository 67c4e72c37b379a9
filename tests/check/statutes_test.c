#include "check/statutes.h"

#include "check/curriculum_fixture.h"

static void check(const char *lesson)
{
    statutes_check(&findings, curriculum_of_lesson(lesson));
}

static void dated_laws_pass(void **state)
{
    static const char *const lessons[] = {
        "《民法典》第278条（2021年1月1日起施行）",
        "《民法典》第二百七十八条。\n\n- "
        "《中华人民共和国民法典》，2021年1月1日起施行。",
        "《中华人民共和国民法典》第278条；《民法典》2021年施行",
        "《人民调解法》（2010年8月28日通过，2011年1月1日起施行）第35条",
        "2021年1月1日起施行的《民法典》第278条",
        "《某条例》第1条、第2条、第3条，都自2022年3月1日起生效",
        "《杭州市物业管理条例》第16条（2022年3月1日起施行，以下称《杭州条例》）。"
        "《杭州条例》第20条",
        "《杭州条例》第43条\n\n《杭州条例》指《杭州市物业管理条例》，2022年3月1日起施"
        "行",
        /* No article is cited. */
        "《拱墅年鉴2021》写到；《民法典》说；《意见》第一部分",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(lessons); i++)
        check(lessons[i]);
    assert_no_findings();
}

static void undated_laws_are_found_once(void **state)
{
    (void)state;
    check("# 甲\n\n《民法典》第278条，又见\n《民法典》第279条、《刑法》第246条\n");
    assert_broken("statute-date", 3, 4);
    assert_non_null(strstr(findings.first->message, "《民法典》"));
}

static void a_date_of_another_law_is_none(void **state)
{
    static const char *const lessons[] = {
        "《民法典》第278条、《人民调解法》第35条（2011年1月1日起施行）",
        "《杭州市物业管理条例》（2022年3月1日起施行）、《物业管理条例》第12条",
        "《民法典》第278条，2021年的小区里，物业公司与业主依照约定的合同施行",
        "《杭州条例》第43条。《杭州市物业管理条例》，2022年3月1日起施行",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(lessons); i++)
        check(lessons[i]);
    assert_broken("statute-date", 1, 1, 1, 1);
}

static void a_date_stands_within_eighty_characters(void **state)
{
    const char *filling = "一二三四五六七八九十";
    const char *sixty = arena_format(
        arena, "%s%s%s%s%s%s", filling, filling, filling, filling, filling, filling);

    (void)state;
    /* 第1条 has three characters, the date twelve: 75 and 85. */
    check(arena_format(arena, "《民法典》第1条%s2021年1月1日起施行", sixty));
    assert_no_findings();
    check(arena_format(arena, "《民法典》第1条%s%s2021年1月1日起施行", sixty, filling));
    assert_broken("statute-date", 1);
}

static void names_without_marks_are_found(void **state)
{
    (void)state;
    check("# 甲\n\n民法典第278条\n依居委会组织法第10条，劳动合同法第三十九条\n");
    assert_broken("statute-marks", 3, 4, 4);
    assert_non_null(strstr(findings.last->message, "劳动合同法"));
    (void)findings_begin(state);
    check("该法第5条，本条例第7条，司法解释第2条；《民法典》第1条，2021年1月1日起施行");
    assert_no_findings();
}

static void check_question(const char *stem, const char *answers)
{
    struct question_file file =
        file_of("01-a", question_xml("multichoice", "k1-001", stem, answers));
    const struct curriculum curriculum = {.files = &file, .file_count = 1};

    statutes_check(&findings, &curriculum);
}

static void a_question_dates_its_own_laws(void **state)
{
    (void)state;
    check_question(
        "依《民法典》第278条（2021年1月1日起施行）",
        option_xml("《民法典》第1条", true));
    assert_no_findings();
    check_question("依《民法典》第278条", "");
    check_question("依法", option_xml("《刑法》第246条", false));
    assert_broken("statute-date", 2, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FINDINGS(dated_laws_pass),
        WITH_FINDINGS(undated_laws_are_found_once),
        WITH_FINDINGS(a_date_of_another_law_is_none),
        WITH_FINDINGS(a_date_stands_within_eighty_characters),
        WITH_FINDINGS(names_without_marks_are_found),
        WITH_FINDINGS(a_question_dates_its_own_laws),
    };

    return RUN_GROUP("statutes", tests);
}
