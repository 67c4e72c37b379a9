#include "check/giveaway.h"

#include "check/curriculum_fixture.h"

/* A paper over these questions. */
static void check_paper(const char **paper, const char *questions)
{
    struct question_file files[] = {file_of("01-a", ""), file_of("02-b", questions)};
    const struct curriculum curriculum = {.files = files, .file_count = 2};

    while (paper[files[0].paper_count])
        files[0].paper_count++;
    files[0].paper = paper;
    giveaway_check(&findings, &curriculum, &files[0]);
}

/* A blank and another question, both on the paper unless `is_on_paper` is false. */
static void
check(const char *blank, const char *answer, const char *other, bool is_on_paper)
{
    const char *paper[] = {"k1-001", is_on_paper ? "k1-002" : "k1-003", NULL};

    check_paper(
        paper,
        arena_format(
            arena, "%s%s",
            question_xml("shortanswer", "k1-001", blank, option_xml(answer, true)),
            question_xml("truefalse", "k1-002", other, "")));
}

static const char blank[] = "首次业主大会的筹备由____负责。";
static const char telling[] = "首次业主大会的筹备工作由物业管理委员会负责。";

static void a_stem_that_says_the_answer_is_found(void **state)
{
    (void)state;
    check(blank, "物业管理委员会", telling, true);
    assert_broken("giveaway", 2);
    assert_non_null(
        strstr(findings.first->message, "k1-002（quizzes/02-b/questions.xml:3）"));
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

static const char paper_xml[] =
    "<paper><course>05-e</course><part title=\"一\"><question ref=\"k1-001\"/>"
    "<draw count=\"3\"/><case ref=\"k1-c01\"><question ref=\"k1-c01-1\"/></case>"
    "</part></paper>";

static void a_paper_names_questions_and_those_of_cases(void **state)
{
    struct question_file file = {.course = "01-a"};
    struct source source = source_of(paper_xml);

    (void)state;
    assert_true(question_read_paper(&findings, &source, &file));
    assert_string_equal(file.course, "05-e");
    assert_int_equal(file.paper_count, 3);
    assert_string_equal(file.paper[1], "k1-c01");
    assert_string_equal(file.paper[2], "k1-c01-1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FINDINGS(a_stem_that_says_the_answer_is_found),
        WITH_FINDINGS(other_stems_pass),
        WITH_FINDINGS(short_answers_and_numbers_pass),
        WITH_FINDINGS(a_paper_names_questions_and_those_of_cases),
    };

    return RUN_GROUP("giveaway", tests);
}
