#include "courses/course.h"

#include "courses/course_files.h"
#include "format/sandbox.h"

static const char *folder_of(const char *slug)
{
    return arena_format(arena, "%s/%s", root, slug);
}

static struct course *load(const char *slug)
{
    const char *json;
    struct course *course;

    assert_fine(course_load(arena, folder_of(slug), &findings, &json));
    assert_fine(course_read(arena, json, &course));
    return course;
}

static void a_folder_becomes_a_course(void **state)
{
    (void)state;
    write_course("03-abc", 3);
    write_file("03-abc", "notes.txt", "not a lesson");
    write_file("03-abc", ".01-a.md.swp", "\xff");
    struct course *course = load("03-abc");
    assert_string_equal(course->slug, "03-abc");
    assert_string_equal(course->title, "课程 03-abc");
    assert_int_equal(course->order, 3);
    assert_string_equal(course->origin, "yearbook");
    assert_int_equal(course->minutes, 60);
    assert_int_equal(course->objective_count, 2);
    assert_string_equal(course->objectives[1], "能够二");
    assert_int_equal(course->lesson_count, 2);
    assert_string_equal(course->lessons[0].slug, "01-a");
    assert_string_equal(course->lessons[0].text.title, "第一课");
    assert_int_equal(course->lessons[0].text.section_count, 2);
    assert_string_equal(course->lessons[0].text.sections[1].id, "s2");
    assert_string_equal(course->lessons[1].text.sections[0].title, "丙");
    assert_int_equal(course->lessons[1].text.characters, 3 + 1 + 2);
    assert_int_equal(findings.count, 0);
}

static void every_slip_is_named_with_file_and_line(void **state)
{
    static const char folder[] = "tests/data/courses/01-broken";
    const char *json;

    (void)state;
    assert_code(course_load(arena, folder, &findings, &json), "course_refused");
#define IN(name) arena_format(arena, "%s/%s", folder, name)
    assert_true(found(IN("course.yml"), 2, "“order”"));
    assert_true(found(IN("course.yml"), 3, "origin"));
    assert_true(found(IN("course.yml"), 5, "“minutes”"));
    assert_true(found(IN("01-headings.md"), 1, "一级标题"));
    assert_true(found(IN("01-headings.md"), 5, "标题跳级"));
    assert_true(found(IN("02-table.md"), 7, "表格这一行有 1 格，表头有 2 格"));
    assert_true(found(IN("03-callout.md"), 5, "不认识的提示框“提醒”"));
    assert_true(found(IN("03-callout.md"), 8, "HTML"));
    assert_true(found(IN("03-encoding.md"), 3, "UTF-8"));
    assert_true(found(IN("Lesson 4.md"), 0, "课文文件名"));
#undef IN
    assert_int_equal(findings.count, 10);
}

static void a_folder_without_lessons_is_no_course(void **state)
{
    static const char folder[] = "tests/data/courses/02-empty";
    const char *json;

    (void)state;
    assert_code(course_load(arena, folder, &findings, &json), "course_refused");
    assert_true(found("tests/data/courses/02-empty/course.yml", 3, "写了两次"));
    assert_true(found(folder, 0, "没有课文"));
}

static void names_and_numbers_are_checked(void **state)
{
    const char *json;

    (void)state;
    write_course("01-a", 1);
    write_file("01-a", "02-c.md", "# C\n\n## D\n");
    assert_code(
        course_load(arena, folder_of("01-a"), &findings, &json), "course_refused");
    assert_true(found(folder_of("01-a/02-c.md"), 0, "编号都是 02"));
    write_course("Grand", 1);
    assert_code(
        course_load(arena, folder_of("Grand"), &findings, &json), "course_refused");
    assert_true(found(folder_of("Grand"), 0, "文件夹名"));
    assert_code(
        course_load(arena, folder_of("missing"), &findings, &json), "course_refused");
    assert_true(found(folder_of("missing/course.yml"), 0, "缺少"));
}

static void a_link_out_of_the_folder_is_not_read(void **state)
{
    const char *json;

    (void)state;
    write_course("01-a", 1);
    write_file(".", "secret.md", "# 秘密\n\n## 一\n");
    assert_int_equal(
        symlink(folder_of("secret.md"), folder_of("01-a/03-secret.md")), 0);
    assert_code(
        course_load(arena, folder_of("01-a"), &findings, &json), "course_refused");
    assert_true(found(folder_of("01-a/03-secret.md"), 0, "打不开"));
}

static void a_document_that_contradicts_itself_is_refused(void **state)
{
    static const char *const swaps[][2] = {
        {"\"slug\":\"01-a\",\"title\":\"第", "\"slug\":\"02-b\",\"title\":\"第"},
        {"\"slug\":\"03-abc\"", "\"slug\":\"../x\""},
        {"\"id\":\"s2\"", "\"id\":\"s1\""},
        {"\"order\":3", "\"order\":\"3\""},
        {"\"minutes\":60", "\"minutes\":60,\"extra\":1"},
        {"\"minutes\":60,", ""},
        {"[\"能够一\",\"能够二\"]", "[1]"},
    };
    const char *json;
    struct course *course;

    (void)state;
    write_course("03-abc", 3);
    assert_fine(course_load(arena, folder_of("03-abc"), &findings, &json));
    for (size_t i = 0; i < COUNT_OF(swaps); i++) {
        const char *at = strstr(json, swaps[i][0]);
        assert_non_null(at);
        const char *changed = arena_format(
            arena, "%.*s%s%s", (int)(at - json), json, swaps[i][1],
            at + strlen(swaps[i][0]));
        assert_non_null(course_read(arena, changed, &course));
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_FILES(a_folder_becomes_a_course),
        WITH_FILES(every_slip_is_named_with_file_and_line),
        WITH_FILES(a_folder_without_lessons_is_no_course),
        WITH_FILES(names_and_numbers_are_checked),
        WITH_FILES(a_link_out_of_the_folder_is_not_read),
        WITH_FILES(a_document_that_contradicts_itself_is_refused),
    };

    BE_THE_CHILD(argc, argv);
    return RUN_GROUP("course", tests);
}
