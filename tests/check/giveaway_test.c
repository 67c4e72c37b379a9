#include "check/giveaway.h"

#include "check/curriculum_fixture.h"

/* A blank and another question, both on the paper unless `is_on_paper` is false. */
static void
check(const char *blank, const char *answer, const char *other, bool is_on_paper)
{
    static const char *paper[] = {"k1-001", "k1-002"};
    struct question_file file = file_of(
        "01-a",
        arena_format(
            arena, "%s%s",
            question_xml("shortanswer", "k1-001", blank, option_xml(answer, true)),
            question_xml("truefalse", "k1-002", other, "")));

    file.paper = paper;
    file.paper_count = is_on_paper ? 2 : 1;
    giveaway_check(&findings, &file);
}

static const char blank[] = "首次业主大会的筹备由____负责。";
static const char telling[] = "首次业主大会的筹备工作由物业管理委员会负责。";

static void a_stem_that_says_the_answer_is_found(void **state)
{
    (void)state;
    check(blank, "物业管理委员会", telling, true);
    assert_broken("giveaway", 2);
    assert_non_null(strstr(findings.first->message, "k1-002（第 3 行）"));
}

static void other_stems_pass(void **state)
{
    (void)state;
    /* Says something else with the same name. */
    check(blank, "物业管理委员会", "物业管理委员会由街道组建。", true);
    /* Half of the pairs of the blank. */
    check(blank, "物业管理委员会", "物业管理委员会代行首次业主大会的职责。", true);
    /* Says the sentence without the answer. */
    check(blank, "街道办事处", telling, true);
    check(blank, "物业管理委员会", telling, false);
    assert_no_findings();
}

static void short_answers_and_numbers_pass(void **state)
{
    (void)state;
    check(blank, "物管会", "首次业主大会的筹备工作由物管会负责。", true);
    check("投票期限为____。", "不超过60日", "投票期限为不超过60日，对吗？", true);
    assert_int_equal(findings.count, 1);
    check("施行日期为____。", "2021年1月1日", "施行日期为2021年1月1日，对吗？", true);
    assert_int_equal(findings.count, 1);
}

static void a_case_on_the_paper_brings_its_questions(void **state)
{
    static const char *paper[] = {"k1-001", "k1-c01"};
    struct question_file file = file_of(
        "01-a",
        arena_format(
            arena, "%s%s%s",
            question_xml(
                "shortanswer", "k1-001", blank, option_xml("物业管理委员会", true)),
            question_xml("description", "k1-c01", "事", ""),
            tagged_xml("truefalse", "k1-c01-1", telling, "", "case:k1-c01")));

    (void)state;
    file.paper = paper;
    file.paper_count = 2;
    giveaway_check(&findings, &file);
    assert_broken("giveaway", 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FINDINGS(a_stem_that_says_the_answer_is_found),
        WITH_FINDINGS(other_stems_pass),
        WITH_FINDINGS(short_answers_and_numbers_pass),
        WITH_FINDINGS(a_case_on_the_paper_brings_its_questions),
    };

    return RUN_GROUP("giveaway", tests);
}
