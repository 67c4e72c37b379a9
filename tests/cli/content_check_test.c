#include "cli/content_check.h"

#include "courses/course_files.h"

static struct content_counts counts;

static const char *path_of(const char *name)
{
    return arena_format(arena, "%s/%s", root, name);
}

/* A paper of one question on the given lesson. */
static void
write_paper(const char *slug, const char *course, const char *id, const char *lesson)
{
    const char *folder = arena_format(arena, "quizzes/%s", slug);

    assert_int_equal(mkdir(path_of(folder), 0700), 0);
    write_file(
        folder, "quiz.xml",
        arena_format(
            arena,
            "<paper xmlns=\"urn:xunsai:paper:1\">\n<title>卷</title>\n"
            "<course>%s</course>\n<minutes>20</minutes><pass>60</pass>\n"
            "<shuffle questions=\"true\" options=\"true\"/>\n"
            "<multiple-response policy=\"all_or_nothing\"/>\n"
            "<instructions>说明</instructions>\n<part title=\"一\">"
            "<question ref=\"%s\" points=\"5\"/></part></paper>\n",
            course, id));
    write_file(
        folder, "questions.xml",
        arena_format(
            arena,
            "<quiz>\n<question type=\"truefalse\"><name><text>n</text></name>\n"
            "<questiontext><text>题</text></questiontext>"
            "<generalfeedback><text>因</text></generalfeedback>\n"
            "<idnumber>%s</idnumber><tags><tag><text>lesson:%s</text></tag>"
            "<tag><text>difficulty:1</text></tag><tag><text>point:点</text></tag></"
            "tags>"
            "<answer fraction=\"100\"><text>true</text></answer>"
            "<answer fraction=\"0\"><text>false</text></answer></question>\n</quiz>\n",
            id, lesson));
}

static void check(void)
{
    counts = (struct content_counts){0};
    findings_init(&findings, arena);
    /* As people type it, with a slash. */
    assert_fine(content_check(
        arena, path_of("courses/"), path_of("quizzes/"), &findings, &counts));
}

static void good_content_has_no_findings(void **state)
{
    (void)state;
    write_course("courses/01-a", 1);
    write_course("courses/02-b", 2);
    /* The handbook is read and not examined. */
    assert_int_equal(mkdir(path_of("courses/handbook"), 0700), 0);
    write_file("courses/handbook", "form-a.md", "# 表\n\n[课](../01-a/01-a.md)\n");
    write_paper("01-a", "01-a", "k1-001", "01-a");
    write_paper("02-b", "02-b", "k2-001", "02-b");
    check();
    assert_int_equal(findings.count, 0);
    assert_int_equal(counts.courses, 2);
    assert_int_equal(counts.lessons, 4);
    assert_int_equal(counts.papers, 2);
    assert_int_equal(counts.questions, 2);
}

static void what_one_folder_cannot_know_is_found(void **state)
{
    (void)state;
    write_course("courses/01-a", 1);
    write_course("courses/02-b", 1);
    write_course("courses/03-c", 3);
    write_paper("01-a", "01-a", "k1-001", "09-z");
    write_paper("02-b", "02-b", "k1-001", "01-a");
    write_paper("03-x", "04-x", "k3-001", "01-a");
    check();
    assert_true(found(path_of("courses/02-b/course.yml"), 2, "order 与 01-a 相同"));
    assert_true(found(path_of("courses/03-c"), 0, "这门课的试卷"));
    assert_true(found(path_of("quizzes/01-a/questions.xml"), 4, "没有课文 09-z"));
    assert_true(found(path_of("quizzes/02-b/questions.xml"), 4, "在 01-a 里已经用过"));
    assert_true(found(path_of("quizzes/03-x/quiz.xml"), 3, "课程 04-x"));
    assert_int_equal(findings.count, 5);
}

static void findings_of_single_folders_are_told_too(void **state)
{
    (void)state;
    write_course("courses/01-a", 1);
    write_file("courses/01-a", "02-b.md", "# B\n");
    write_paper("01-a", "01-a", "k1-001", "A");
    check();
    assert_true(found(path_of("courses/01-a/02-b.md"), 0, "一节"));
    assert_true(found(path_of("quizzes/01-a/questions.xml"), 4, "课文文件名"));
    assert_int_equal(findings.count, 2);
    assert_int_equal(counts.courses + counts.papers, 0);
}

static void a_missing_folder_is_an_error(void **state)
{
    (void)state;
    assert_code(
        content_check(
            arena, path_of("nothing"), path_of("quizzes"), &findings, &counts),
        "courses_unreadable");
    assert_code(
        content_check(
            arena, path_of("courses"), path_of("nothing"), &findings, &counts),
        "quizzes_unreadable");
}

static void our_own_content_is_good(void **state)
{
    (void)state;
    findings_init(&findings, arena);
    assert_fine(content_check(arena, "courses", "quizzes", &findings, &counts));
    for (const struct finding *f = findings.first; f; f = f->next)
        print_message("%s\n", findings_line(arena, f));
    assert_int_equal(findings.count, 0);
    assert_true(counts.courses >= 9 && counts.papers >= 9);
}

static int begin(void **state)
{
    char here[4096];

    (void)files_begin(state);
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(mkdir(path_of("courses"), 0700), 0);
    assert_int_equal(mkdir(path_of("quizzes"), 0700), 0);
    return symlink(
        arena_format(arena, "%s/quizzes/schema", here), path_of("quizzes/schema"));
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, files_end)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        TEST(good_content_has_no_findings),
        TEST(what_one_folder_cannot_know_is_found),
        TEST(findings_of_single_folders_are_told_too),
        TEST(a_missing_folder_is_an_error),
        TEST(our_own_content_is_good),
    };

    BE_THE_CHILD(argc, argv);
    return RUN_GROUP("content check", tests);
}
