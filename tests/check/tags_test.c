#include "check/tags.h"

#include "check/curriculum_fixture.h"

static void check(const char *first, const char *second)
{
    struct curriculum *curriculum = curriculum_of_lesson("# 甲\n");
    struct question_file files[] = {file_of("01-a", first), file_of("02-b", second)};

    curriculum->files = files;
    curriculum->file_count = 2;
    tags_check(&findings, curriculum);
}

static const char good[] = "";

static void complete_questions_pass(void **state)
{
    (void)state;
    check(
        arena_format(
            arena, "%s%s", question_xml("description", "k1-c01", "事", ""),
            tagged_xml("truefalse", "k1-c01-1", "问", "", "case:k1-c01")),
        question_xml("essay", "k2-001", "问", ""));
    assert_no_findings();
}

static void what_is_missing_is_named(void **state)
{
    (void)state;
    check(
        "<question type=\"essay\"><questiontext><text>问</text></questiontext>\n"
        "<generalfeedback><text> \n </text></generalfeedback>\n"
        "<idnumber>k1-001</idnumber>\n"
        "<tags><tag><text>difficulty:6</text></tag><tag><text>point:</text></tag></"
        "tags>"
        "</question>\n",
        good);
    assert_int_equal(broken_at("question-explanation", 5), 1);
    assert_int_equal(broken_at("question-fact", 5), 1);
    assert_int_equal(broken_at("question-difficulty", 5), 1);
    assert_int_equal(broken_at("question-point", 5), 1);
    assert_int_equal(broken_at("question-lesson", 5), 1);
    assert_int_equal(findings.count, 5);
}

static void a_lesson_has_to_exist(void **state)
{
    static const char two[] =
        "<question type=\"essay\"><generalfeedback><text>因</text></generalfeedback>"
        "<idnumber>k1-%d</idnumber><tags><tag><text>lesson:%s</text></tag>"
        "<tag><text>fact:F1</text></tag><tag><text>difficulty:5</text></tag>"
        "<tag><text>point:点</text></tag></tags></question>\n";
    const char *questions = "";

    (void)state;
    /* 01-a.md exists; the beginning of its name is not it. */
    questions = arena_format(arena, two, 1, "01-a");
    questions =
        arena_format(arena, "%s%s", questions, arena_format(arena, two, 2, "01"));
    check(questions, good);
    assert_broken("question-lesson", 3);
}

static void a_question_may_name_its_course(void **state)
{
    static const char one[] =
        "<question type=\"essay\"><generalfeedback><text>因</text></generalfeedback>"
        "<idnumber>k1-%d</idnumber><tags><tag><text>lesson:09-z</text></tag>"
        "<tag><text>%s</text></tag><tag><text>fact:F1</text></tag>"
        "<tag><text>difficulty:5</text></tag><tag><text>point:点</text></tag></tags>"
        "</question>\n";
    struct curriculum *curriculum = curriculum_of_lesson("# 甲\n");
    struct question_file file = file_of(
        "final", arena_format(
                     arena, "%s%s", arena_format(arena, one, 1, "course:08-x"),
                     arena_format(arena, one, 2, "course:01-a")));

    (void)state;
    file.course = "final";
    curriculum->files = &file;
    curriculum->file_count = 1;
    tags_check(&findings, curriculum);
    assert_broken("question-lesson", 3);
}

static void a_case_has_to_exist(void **state)
{
    (void)state;
    check(
        arena_format(
            arena, "%s%s", question_xml("essay", "k1-001", "问", ""),
            tagged_xml("truefalse", "k1-c01-1", "问", "", "case:k1-001")),
        good);
    assert_broken("question-case", 3);
}

static void a_number_is_used_once_in_all_files(void **state)
{
    (void)state;
    check(
        question_xml("essay", "k1-001", "问", ""),
        arena_format(
            arena, "%s%s", question_xml("essay", "k2-001", "问", ""),
            question_xml("essay", "k1-001", "答", "")));
    assert_broken("question-number", 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FINDINGS(complete_questions_pass),
        WITH_FINDINGS(what_is_missing_is_named),
        WITH_FINDINGS(a_lesson_has_to_exist),
        WITH_FINDINGS(a_question_may_name_its_course),
        WITH_FINDINGS(a_case_has_to_exist),
        WITH_FINDINGS(a_number_is_used_once_in_all_files),
    };

    return RUN_GROUP("tags", tests);
}
