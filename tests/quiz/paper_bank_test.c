/* Papers that take questions from banks, by name and by drawing, and cases. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena_fixture.h"
#include "base/text.h"
#include "base/token.h"
#include "cli/content_command.h"
#include "format/findings.h"
#include "format/sandbox.h"
#include "quiz/paper.h"

static const char *root;
static struct findings findings;

static bool found(int line, const char *words)
{
    for (const struct finding *f = findings.first; f; f = f->next) {
        if (f->line == line && strstr(f->message, words))
            return true;
    }
    print_message("nothing at line %d with \"%s\" among:\n", line, words);
    for (const struct finding *f = findings.first; f; f = f->next)
        print_message("  %s\n", findings_line(arena, f));
    return false;
}

static const char *path_of(const char *name)
{
    return arena_format(arena, "%s/%s", root, name);
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(path_of(name), "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void add_question(
    struct text *text, const char *type, const char *id, const char *tags,
    const char *answers)
{
    text_add_format(
        text,
        "<question type=\"%s\"><name><text>n</text></name>"
        "<questiontext><text>题 %s ____</text></questiontext>"
        "<generalfeedback><text>因为 %s</text></generalfeedback>"
        "<idnumber>%s</idnumber><tags>%s<tag><text>point:点</text></tag></tags>%s"
        "</question>\n",
        type, id, id, id, tags, answers);
}

static const char *tags(const char *lesson, int difficulty, const char *more)
{
    return arena_format(
        arena,
        "<tag><text>lesson:%s</text></tag><tag><text>difficulty:%d</text></tag>%s",
        lesson, difficulty, more);
}

static const char true_false[] = "<answer fraction=\"100\"><text>true</text></answer>"
                                 "<answer fraction=\"0\"><text>false</text></answer>";
static const char number[] =
    "<answer fraction=\"100\"><text>3</text><tolerance>0</tolerance></answer>";
static const char guide[] = "<graderinfo><text>要点</text></graderinfo>";

/* Six questions NAME-1..6 of difficulties 1..6 (5 twice), the last a number; a case
 * NAME-c with two; an essay. */
static const char *questions(const char *name, const char *more)
{
    struct text text;
    const char *in_case =
        arena_format(arena, "<tag><text>case:%s-c</text></tag>", name);

    text_init(&text, arena, 100000);
    text_add(&text, "<quiz>\n");
    for (int i = 1; i <= 6; i++) {
        const char *id = arena_format(arena, "%s-%d", name, i);
        const char *lesson = i <= 3 ? "01-x" : "02-y";
        if (i < 6)
            add_question(&text, "truefalse", id, tags(lesson, i, more), true_false);
        else
            add_question(&text, "numerical", id, tags(lesson, 5, more), number);
    }
    add_question(
        &text, "description", arena_format(arena, "%s-c", name),
        tags("01-x", 1, "<tag><text>kind:case</text></tag>"), "");
    for (int i = 1; i <= 2; i++)
        add_question(
            &text, "truefalse", arena_format(arena, "%s-c-%d", name, i),
            tags("01-x", 1, in_case), true_false);
    add_question(
        &text, "essay", arena_format(arena, "%s-s", name), tags("01-x", 1, ""), guide);
    text_add(&text, "</quiz>\n");
    return text.bytes;
}

/* The paper's own lines begin on line 3, its parts on line 8. */
static const char *paper_xml(const char *kind, const char *head, const char *parts)
{
    return arena_format(
        arena,
        "<paper xmlns=\"urn:xunsai:paper:1\"%s>\n<title>t</title>\n%s\n"
        "<pass>60</pass>\n<shuffle questions=\"true\" options=\"true\"/>\n"
        "<multiple-response policy=\"cn_partial_prop\"/>\n"
        "<instructions>i</instructions>\n%s</paper>\n",
        kind, head, parts);
}

static void write_bank(const char *slug, const char *course, const char *text)
{
    assert_int_equal(mkdir(path_of(slug), 0700), 0);
    write_file(arena_format(arena, "%s/questions.xml", slug), text);
    write_file(
        arena_format(arena, "%s/quiz.xml", slug),
        paper_xml(
            "", arena_format(arena, "%s<minutes>9</minutes>", course),
            "<part title=\"p\"><question ref=\"a-1\" points=\"1\"/></part>"));
}

#define BANKS                                                                          \
    "<banks><bank ref=\"01-a\"/><bank ref=\"02-b\"/></banks><seed>2026-11</seed>"      \
    "<minutes>30</minutes>"

/* The paper 09-p over both banks; NULL when it is refused. */
static struct paper *load(const char *kind, const char *head, const char *parts)
{
    const char *directory = path_of("09-p");
    struct paper *paper;
    const char *json;

    (void)mkdir(directory, 0700);
    write_file("09-p/quiz.xml", paper_xml(kind, head, parts));
    findings_init(&findings, arena);
    struct error *error = paper_load(arena, directory, &findings, &json);
    if (error) {
        assert_string_equal(error->code, "paper_refused");
        return NULL;
    }
    assert_fine(paper_read(arena, json, &paper));
    return paper;
}

static struct paper *draw(const char *lines)
{
    return load(
        "", BANKS, arena_format(arena, "<part title=\"p\">\n%s</part>\n", lines));
}

static const char *names(const struct paper *paper)
{
    const char *result = "";

    for (size_t p = 0; p < paper->part_count; p++)
        for (size_t q = 0; q < paper->parts[p].question_count; q++)
            result =
                arena_format(arena, "%s%s ", result, paper->parts[p].questions[q].id);
    return result;
}

/* Made with another program: sorted by the SHA-256 of "2026-11|a-1" and so on. */
static const char order[] = "b-5 a-5 b-6 a-6 b-4 a-3 b-3 a-4 a-1 b-1 a-2 b-2 ";

static void a_draw_can_be_repeated_by_anyone(void **state)
{
    (void)state;
    struct paper *paper = draw("<draw count=\"12\" points=\"1.5\"/>\n");
    assert_non_null(paper);
    assert_string_equal(names(paper), order);
    assert_string_equal(paper->seed, "2026-11");
    assert_int_equal(paper->points, 12 * 150);
    assert_string_equal(paper->course, "");
    assert_string_equal(paper_find(paper, "a-1")->course, "01-kecheng");
    assert_string_equal(paper_find(paper, "b-1")->course, "02-kecheng");
}

static void a_draw_takes_what_matches_and_nothing_twice(void **state)
{
    (void)state;
    struct paper *paper =
        draw("<question ref=\"b-2\" points=\"1\"/>\n"
             "<draw count=\"2\" points=\"1\" type=\"numeric blank\"/>\n"
             "<draw count=\"3\" points=\"1\" course=\"02-kecheng\" "
             "difficulty=\"2-4\" lesson=\"01-x  02-y\" point=\"点\"/>\n"
             "<draw count=\"1\" points=\"1\" difficulty=\"5\"/>\n");
    assert_null(paper);
    assert_true(found(11, "要抽 3 道题，符合条件又没有用过的只有 2 道"));

    paper = draw("<question ref=\"b-2\" points=\"1\"/>\n"
                 "<draw count=\"2\" points=\"1\" type=\"numeric blank\"/>\n"
                 "<draw count=\"2\" points=\"1\" course=\"02-kecheng\" "
                 "difficulty=\"2-4\" lesson=\"01-x  02-y\" point=\"点\"/>\n"
                 "<draw count=\"2\" points=\"1\" difficulty=\"5\"/>\n");
    assert_non_null(paper);
    assert_int_equal(paper->question_count, 7);
    assert_non_null(paper_find(paper, "a-6"));
    assert_non_null(paper_find(paper, "b-6"));
    assert_non_null(paper_find(paper, "b-3"));
    assert_non_null(paper_find(paper, "b-4"));
    assert_non_null(paper_find(paper, "a-5"));
    assert_non_null(paper_find(paper, "b-5"));

    assert_null(draw("<draw count=\"1\" points=\"1\" course=\"02\"/>\n"));
    assert_true(found(9, "只有 0 道"));
    assert_null(
        draw("<draw count=\"1\" points=\"1\" lesson=\"01-x\" point=\"点子\"/>\n"));
    assert_null(draw("<draw count=\"1\" points=\"1\" course=\"02-kecheng-er\"/>\n"));
    assert_true(found(9, "只有 0 道"));
    assert_null(draw("<draw count=\"13\" points=\"1\"/>\n"));
    assert_true(found(9, "只有 12 道"));
    assert_non_null(draw("<draw count=\" 4 \" points=\"1\" difficulty=\" 1-2 \"/>\n"));
    assert_null(draw("<draw count=\"1\" points=\"1\" difficulty=\"3-1\"/>\n"));
    assert_true(found(9, "从小到大"));
}

static void a_draw_needs_a_seed(void **state)
{
    (void)state;
    assert_null(load(
        "", "<banks><bank ref=\"01-a\"/></banks><minutes>30</minutes>",
        "<part title=\"p\"><draw count=\"1\" points=\"1\"/></part>"));
    assert_true(found(8, "种子"));
}

static void a_case_is_asked_with_its_text(void **state)
{
    (void)state;
    struct paper *paper =
        draw("<question ref=\"a-1\" points=\"1\"/>\n"
             "<case ref=\"b-c\"><question ref=\"b-c-2\" points=\"3\"/>"
             "<question ref=\"b-c-1\" points=\"2\"/></case>\n"
             "<question ref=\"a-2\" points=\"1\"/>\n");
    assert_non_null(paper);
    assert_string_equal(names(paper), "a-1 b-c-2 b-c-1 a-2 ");
    assert_int_equal(paper->case_count, 1);
    assert_string_equal(paper->cases[0].id, "b-c");
    assert_string_equal(paper->cases[0].solution_html, "<p>因为 b-c</p>\n");
    assert_string_equal(paper_find(paper, "b-c-1")->case_id, "b-c");
    assert_int_equal(paper->points, 700);
}

static void a_case_that_is_torn_apart_is_refused(void **state)
{
    (void)state;
    assert_null(draw("<question ref=\"a-c-1\" points=\"1\"/>\n"
                     "<case ref=\"a-c\"><question ref=\"a-1\" points=\"1\"/></case>\n"
                     "<case ref=\"a-c\"><question ref=\"a-c-1\" points=\"1\"/></case>\n"
                     "<case ref=\"x-c\"><question ref=\"a-c-1\" points=\"1\"/></case>\n"
                     "<case ref=\"b-c\">\n<question ref=\"b-c-1\" points=\"1\"/>\n"
                     "<question ref=\"b-c-1\" points=\"1\"/></case>\n"));
    assert_true(found(9, "a-c-1 是案例 a-c 的小题"));
    assert_true(found(10, "a-1 不是案例 a-c 的小题"));
    assert_true(found(11, "a-c 在试卷里出现两次"));
    assert_true(found(12, "没有案例 x-c"));
    assert_true(found(15, "b-c-1 在试卷里出现两次"));
    assert_int_equal(findings.count, 5);
}

static const char one_question[] =
    "<part title=\"p\"><question ref=\"a-1\" points=\"1\"/></part>";

static void a_buzzer_set_needs_no_time_and_a_quiz_does(void **state)
{
    static const char no_time[] = "<banks><bank ref=\"01-a\"/></banks>";

    (void)state;
    struct paper *paper = load(" kind=\"buzzer\"", no_time, one_question);
    assert_non_null(paper);
    assert_int_equal(paper->kind, PAPER_BUZZER);
    assert_int_equal(paper->minutes, 0);
    assert_null(load("", no_time, one_question));
    assert_true(found(0, "时间"));
    write_file("09-p/questions.xml", questions("p", ""));
    assert_null(load(
        "", "<minutes>3</minutes>",
        "<part title=\"p\"><question ref=\"p-1\" points=\"1\"/></part>"));
    assert_true(found(8, "p-1 没有课程"));
}

static void banks_are_folders_beside_the_paper(void **state)
{
    (void)state;
    assert_null(load(
        "",
        "<banks><bank ref=\"01-a\"/><bank ref=\"01-a\"/><bank ref=\"09-p\"/>"
        "<bank ref=\"03-x\"/></banks><minutes>3</minutes>",
        one_question));
    assert_true(found(3, "01-a 重复"));
    assert_true(found(3, "09-p 重复"));
    assert_true(found(0, "缺少"));
    /* Not a name of a folder beside it. */
    assert_null(load(
        "", "<banks><bank ref=\"../x\"/></banks><minutes>3</minutes>", one_question));
    assert_true(found(3, "不符合格式定义"));
}

/* A link beside the paper does not lead the reader out of quizzes/. */
static void a_bank_elsewhere_is_not_read(void **state)
{
    static const char head[] =
        "<banks><bank ref=\"03-l\"/></banks><minutes>3</minutes>";
    const char *outside = check_folder_new(arena);

    (void)state;
    if (!sandbox_limits_reading())
        skip();
    assert_int_equal(
        rename(path_of("01-a"), arena_format(arena, "%s/01-a", outside)), 0);
    assert_int_equal(
        symlink(arena_format(arena, "%s/01-a", outside), path_of("03-l")), 0);
    assert_null(load("", head, one_question));
    assert_true(found(0, "打不开"));
    check_folder_remove(outside);
}

static void a_name_belongs_to_one_question(void **state)
{
    (void)state;
    write_file("09-p/questions.xml", questions("a", ""));
    assert_null(load("", BANKS, one_question));
    assert_true(found(2, "a-1 在题库 09-p 里已经用过"));
    write_file("09-p/questions.xml", questions("p", ""));
    struct paper *paper = load(
        "", BANKS, "<part title=\"p\"><question ref=\"p-1\" points=\"1\"/></part>");
    assert_non_null(paper);
    assert_string_equal(paper_find(paper, "p-1")->course, "");
}

/* What a report from a resident asks for, beside its text. */
static void a_report_says_how_soon_and_whom_to_call(void **state)
{
    static const char part[] =
        "<part title=\"p\"><case ref=\"p-c\"><question ref=\"p-c-1\" points=\"1\"/>"
        "</case></part>";
    char *text = arena_copy(arena, questions("p", ""));
    const char *kind = "<tag><text>kind:case</text></tag>";
    const char *at = strstr(text, kind);

    (void)state;
    write_file(
        "09-p/questions.xml",
        arena_format(
            arena,
            "%.*s<tag><text>within:10</text></tag><tag><text>call:119</text></tag>"
            "<tag><text>call:物业值班经理</text></tag>%s",
            (int)(at - text), text, at));
    struct paper *paper = load("", BANKS, part);
    assert_non_null(paper);
    assert_int_equal(paper->cases[0].within_minutes, 10);
    assert_int_equal(paper->cases[0].call_count, 2);
    assert_string_equal(paper->cases[0].calls[1], "物业值班经理");
    write_file(
        "09-p/questions.xml", questions("p", "<tag><text>within:9</text></tag>"));
    assert_null(load("", BANKS, part));
    write_file(
        "09-p/questions.xml", arena_format(
                                  arena, "%.*s<tag><text>within:0</text></tag>%s",
                                  (int)(at - text), text, at));
    assert_null(load("", BANKS, part));
}

static void a_folder_without_course_lets_its_questions_say_it(void **state)
{
    static const char course[] = "<tag><text>course:03-c</text></tag>";
    static const char part[] =
        "<part title=\"p\"><question ref=\"p-1\" points=\"1\"/></part>";

    (void)state;
    write_file("09-p/questions.xml", questions("p", course));
    struct paper *paper = load("", BANKS, part);
    assert_non_null(paper);
    assert_string_equal(paper_find(paper, "p-1")->course, "03-c");
    assert_null(load("", "<course>04-d</course><minutes>3</minutes>", part));
    assert_true(found(2, "标签 course:03-c 与 quiz.xml 的课程 04-d 不同"));
    assert_non_null(load("", "<course>03-c</course><minutes>3</minutes>", part));
}

static int begin(void **state)
{
    char here[4096];

    (void)state;
    root = check_folder_new(arena);
    assert_non_null(getcwd(here, sizeof here));
    if (symlink(arena_format(arena, "%s/quizzes/schema", here), path_of("schema")) != 0)
        return -1;
    write_bank("01-a", "<course>01-kecheng</course>", questions("a", ""));
    write_bank("02-b", "<course>02-kecheng</course>", questions("b", ""));
    return mkdir(path_of("09-p"), 0700);
}

static int end(void **state)
{
    (void)state;
    check_folder_remove(root);
    return 0;
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        TEST(a_draw_can_be_repeated_by_anyone),
        TEST(a_draw_takes_what_matches_and_nothing_twice),
        TEST(a_draw_needs_a_seed),
        TEST(a_case_is_asked_with_its_text),
        TEST(a_case_that_is_torn_apart_is_refused),
        TEST(a_buzzer_set_needs_no_time_and_a_quiz_does),
        TEST(banks_are_folders_beside_the_paper),
        TEST(a_bank_elsewhere_is_not_read),
        TEST(a_name_belongs_to_one_question),
        TEST(a_report_says_how_soon_and_whom_to_call),
        TEST(a_folder_without_course_lets_its_questions_say_it),
    };

    /* format/sandbox.c starts this very program. */
    if (argc > 1 && strcmp(argv[1], "parse-content") == 0)
        return parse_content_command(argc - 1, argv + 1);
    token_start();
    return RUN_GROUP("paper_bank", tests);
}
