/* What a catalogue holds beside lessons: figures, summaries, the handbook, the links
 * between all of them, and the search over them. */
#include "courses/catalogue.h"

#include "courses/course_files.h"
#include "courses/finder.h"
#include "courses/links.h"

#define SVG                                                                            \
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 300\">"               \
    "<title>图</title></svg>"

static struct catalogue *catalogue;

static void load(void)
{
    findings_init(&findings, arena);
    assert_fine(catalogue_load(catalogue, arena, root, &findings));
}

static const struct catalogue_view *view(void)
{
    return catalogue_view(catalogue, arena);
}

static void make_folder(const char *name)
{
    assert_int_equal(mkdir(arena_format(arena, "%s/%s", root, name), 0700), 0);
}

static const char *file_of(const char *name)
{
    return arena_format(arena, "%s/%s", root, name);
}

/* Two courses that know each other and a handbook of two entries. */
static void write_library(void)
{
    write_course("01-a", 1);
    write_course("02-b", 2);
    make_folder("01-a/figures");
    write_file("01-a/figures", "liu-cheng.svg", SVG);
    write_file(
        "01-a", "01-a.md",
        "# 第一课\n\n开头\n\n## 甲\n\n[乙](#s2) [丙](02-b.md#s1) [册](../handbook/"
        "form-tai-zhang.md)\n\n![图：流程](figures/liu-cheng.svg)\n\n## 乙\n\n"
        "[外](../02-b/01-a.md#s2) [页](summary.md) "
        "[再](../handbook/form-tai-zhang.md)\n");
    write_file("01-a", "summary.md", "# 甲 · 一页纸\n\n- 看[课](01-a.md#s1)\n");
    make_folder("handbook");
    write_file(
        "handbook", "form-tai-zhang.md",
        "# 台账\n\n## 填法\n\n| 日期 | 事项 |\n| --- | --- |\n| 一 | 二 |\n\n"
        "## 相关课程\n\n[课](../01-a/01-a.md) [页](../02-b/02-b.md#s1) "
        "[话](script-dian-hua.md)\n");
    write_file("handbook", "script-dian-hua.md", "# 电话\n\n您好，我是小区专员。\n");
    write_file("handbook", "notes.txt", "not an entry");
}

static void texts_know_each_other(void **state)
{
    (void)state;
    write_library();
    load();
    for (const struct finding *f = findings.first; f; f = f->next)
        print_message("%s\n", findings_line(arena, f));
    assert_int_equal(findings.count, 0);
    const struct catalogue_course *a = catalogue_find(view(), "01-a");
    const char *html = a->course->lessons[0].text.html;
    assert_non_null(strstr(html, "\"/learn/#/course/01-a/01-a?section=s2\""));
    assert_non_null(strstr(html, "\"/learn/#/course/01-a/02-b?section=s1\""));
    assert_non_null(strstr(html, "\"/learn/#/handbook/form-tai-zhang\""));
    assert_non_null(strstr(html, "\"/learn/#/course/02-b/01-a?section=s2\""));
    assert_non_null(strstr(html, "\"/learn/#/course/01-a/summary\""));
    assert_int_equal(a->course->figure_count, 1);
    const struct course_figure *figure = &a->course->figures[0];
    assert_string_equal(figure->name, "liu-cheng");
    assert_non_null(strstr(
        html, arena_format(
                  arena,
                  "<img src=\"/api/courses/01-a/figures/liu-cheng.svg?v=%s\" "
                  "alt=\"流程\" width=\"400\" height=\"300\"",
                  figure->hash)));
    assert_non_null(strstr(a->summary.bytes, "\"title\":\"甲 · 一页纸\""));
    assert_null(catalogue_find(view(), "02-b")->summary.bytes);
    assert_int_equal(view()->handbook->entry_count, 2);
    assert_non_null(strstr(
        view()->handbook_list.bytes,
        "{\"kind\":\"checklist\",\"entries\":[]},{\"kind\":\"form\",\"entries\":[{"
        "\"slug\":\"form-tai-zhang\",\"title\":\"台账\",\"characters\":17,\"lessons\":["
        "{"
        "\"course\":\"01-a\",\"course_title\":\"课程 01-a\",\"lesson\":\"01-a\","
        "\"title\":\"第一课\"}]}]}"));
    assert_non_null(strstr(view()->handbook_pages[1].bytes, "\"kind\":\"script\""));
    assert_non_null(strstr(
        view()->handbook_pages[0].bytes, "/learn/#/course/02-b/02-b?section=s1"));
}

static void a_dead_link_is_found_and_takes_nothing_down(void **state)
{
    static const struct {
        const char *link;
        const char *words; /* "" when it is good */
    } cases[] = {
        {"03-c.md", "目标不存在：01-a/03-c.md"},
        {"02-b.md#s9", "目标不存在：01-a/02-b.md#s9"},
        {"#s7", "目标不存在：01-a/02-b.md#s7"},
        {"../03-c/01-a.md", "目标不存在：03-c/01-a.md"},
        {"../02-b/09-x.md", "目标不存在：02-b/09-x.md"},
        {"../02-b/summary.md", "目标不存在：02-b/summary.md"},
        {"../handbook/form-x.md", "目标不存在：handbook/form-x.md"},
        {"../handbook/form-tai-zhang.md#s3", "目标不存在"},
        {"../handbook/form-tai-zhang.md#s2", ""},
        {"./01-a.md", ""},
        {"/learn/#/quizzes", ""},
    };

    (void)state;
    write_library();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        write_file(
            "01-a", "02-b.md",
            arena_format(arena, "# 第二课\n\n## 丙\n\n[链](%s)\n", cases[i].link));
        load();
        assert_int_equal(findings.count, cases[i].words[0] ? 1 : 0);
        if (cases[i].words[0])
            assert_true(found(file_of("01-a/02-b.md"), 5, cases[i].words));
        assert_non_null(
            strstr(catalogue_find(view(), "01-a")->course->lessons[1].text.html, "链"));
    }
    write_file("handbook", "script-dian-hua.md", "# 电话\n\n[链](../01-a/08-x.md)\n");
    write_file("01-a", "summary.md", "# 页\n\n[链](../handbook/script-x.md)\n");
    load();
    assert_true(found(file_of("handbook/script-dian-hua.md"), 3, "目标不存在"));
    assert_true(found(file_of("01-a/summary.md"), 3, "目标不存在"));
    assert_int_equal(findings.count, 2);
}

static void a_link_that_is_no_text_is_refused(void **state)
{
    static const char *const links[] = {
        "figures/liu-cheng.svg",
        "course.yml",
        "../../etc/passwd.md",
        "../01-b.md",
        "a/b.md",
        "../handbook/",
        "../handbook",
        "../02-b/",
        "#",
        "#top",
        "#s0",
        "#s1000",
        "02-b.md#",
        "02-B.md",
        ".md",
        "../Handbook/form-x.md",
        "?x",
        "../../01-a/01-a.md",
    };

    (void)state;
    write_library();
    for (size_t i = 0; i < COUNT_OF(links); i++) {
        write_file(
            "01-a", "02-b.md",
            arena_format(arena, "# 第二课\n\n## 丙\n\n[链](%s)\n", links[i]));
        load();
        if (findings.count != 1)
            print_message("%s\n", links[i]);
        assert_true(found(file_of("01-a/02-b.md"), 5, "不允许"));
    }
}

static void links_into_a_refused_folder_are_not_its_neighbours_fault(void **state)
{
    (void)state;
    write_library();
    write_file("handbook", "script-dian-hua.md", "no title\n");
    load();
    /* Never good: there is no handbook, and nobody else is blamed. */
    assert_true(found(file_of("handbook/script-dian-hua.md"), 1, "一级标题"));
    assert_int_equal(findings.count, 1);
    assert_int_equal(view()->handbook->entry_count, 0);

    write_file("handbook", "script-dian-hua.md", "# 电话\n");
    load();
    assert_int_equal(findings.count, 0);
    assert_int_equal(view()->handbook->entry_count, 2);

    /* Now it has a last good form. */
    write_file("handbook", "form-tai-zhang.md", "# 新\n\n> [!什么]\n");
    load();
    assert_int_equal(findings.count, 1);
    assert_string_equal(view()->handbook->entries[0].text.title, "台账");
    write_file("01-a", "01-a.md", "no title\n");
    load();
    assert_int_equal(findings.count, 3);
    check_folder_remove(file_of("handbook"));
    write_file("01-a", "01-a.md", "# 课\n\n## 甲\n");
    load();
    assert_int_equal(view()->handbook->entry_count, 0);
    assert_int_equal(findings.count, 0);
}

static void an_entry_is_named_by_its_kind(void **state)
{
    static const char *const names[] = {"x.md",      "form-.md",  "forms-a.md",
                                        "Form-a.md", "form_a.md", "policy-a.md"};

    (void)state;
    assert_int_equal(handbook_kind("procedure-a"), 0);
    assert_int_equal(handbook_kind("statute-a"), 4);
    assert_int_equal(handbook_kind("procedure"), -1);
    write_library();
    for (size_t i = 0; i < COUNT_OF(names); i++)
        write_file("handbook", names[i], "# 条\n");
    load();
    assert_int_equal(findings.count, COUNT_OF(names));
    for (size_t i = 0; i < COUNT_OF(names); i++)
        assert_true(
            found(arena_format(arena, "%s/handbook/%s", root, names[i]), 0, "文件名"));
}

static void a_bad_figure_refuses_its_course(void **state)
{
    static const struct {
        const char *file;
        const char *text;
        int line;
        const char *words;
    } cases[] = {
        {"bad.svg",
         "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\">\n"
         "<title>t</title><script/></svg>",
         2, "不允许元素"},
        {"Bad.svg", SVG, 0, "文件名"},
        {"photo.png", "x", 0, "文件名"},
        {"a.b.svg", SVG, 0, "文件名"},
    };

    (void)state;
    write_library();
    load();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        write_file("01-a/figures", cases[i].file, cases[i].text);
        load();
        assert_int_equal(findings.count, 1);
        assert_true(found(
            arena_format(arena, "%s/01-a/figures/%s", root, cases[i].file),
            cases[i].line, cases[i].words));
        assert_int_equal(
            unlink(arena_format(arena, "%s/01-a/figures/%s", root, cases[i].file)), 0);
    }
    /* A link out of the folder is not followed. */
    write_file(".", "secret.svg", SVG);
    assert_int_equal(
        symlink(file_of("secret.svg"), file_of("01-a/figures/secret.svg")), 0);
    load();
    assert_true(found(file_of("01-a/figures/secret.svg"), 0, "打不开"));
    assert_int_equal(unlink(file_of("01-a/figures/secret.svg")), 0);
    /* The last good form is up all the time. */
    assert_int_equal(view()->courses[0].course->figure_count, 1);
    assert_int_equal(unlink(file_of("01-a/figures/liu-cheng.svg")), 0);
    load();
    assert_true(found(file_of("01-a/01-a.md"), 9, "没有（合格的）图"));
    assert_int_equal(view()->courses[0].course->figure_count, 1);
}

/* ---- Search ---- */

/* The hits as "kind:slug#section" lines, with the excerpt's pieces, hits in [ ]. */
static const char *search(const char *query)
{
    struct finder_result result;
    struct text text;

    assert_fine(finder_search(view()->finder, arena, query, &result));
    text_init(&text, arena, 10000);
    for (size_t i = 0; i < result.count; i++) {
        const struct finder_hit *hit = &result.hits[i];
        text_add_format(
            &text, "%s%s/%s%s%s:", i ? "\n" : "", hit->course ? hit->course->slug : "-",
            hit->text ? hit->text->slug : "", hit->section ? "#" : "",
            hit->section ? hit->section->id : "");
        for (size_t j = 0; j < hit->part_count; j++)
            text_add_format(
                &text, hit->excerpt[j].is_hit ? "[%s]" : "%s", hit->excerpt[j].text);
    }
    return text.bytes;
}

static void search_finds_sections_texts_and_courses(void **state)
{
    (void)state;
    write_library();
    load();
    assert_string_equal(search("小区专员"), "-/script-dian-hua:您好，我是[小区专员]。");
    assert_string_equal(search("日"), "-/form-tai-zhang#s1:[日]期 事项 一 二");
    assert_string_equal(search("填法"), "-/form-tai-zhang#s1:日期 事项 一 二");
    assert_string_equal(search("开头"), "01-a/01-a:[开头]");
    assert_string_equal(search("课程 01-A"), "01-a/:为 抓 怎");
    assert_string_equal(search("一页纸"), "01-a/summary:看课");
    assert_string_equal(search("流程"), "01-a/01-a#s1:乙 丙 册 图：[流程]");
    assert_string_equal(
        search("　台账　 事项 "), "-/form-tai-zhang#s1:日期 [事项] 一 二");
    assert_string_equal(search("没有的词"), "");
    /* After a loading what is gone is not found. */
    check_folder_remove(file_of("handbook"));
    load();
    assert_string_equal(search("小区专员"), "");
}

static void an_excerpt_is_around_the_first_hit(void **state)
{
    struct text lesson;

    (void)state;
    text_init(&lesson, arena, 10000);
    text_add(&lesson, "# 课\n\n## 节\n\n");
    for (int i = 0; i < 100; i++)
        text_add(&lesson, "前");
    text_add(&lesson, "物业ABC物");
    for (int i = 0; i < 100; i++)
        text_add(&lesson, "后");
    write_course("01-a", 1);
    write_file("01-a", "02-b.md", lesson.bytes);
    load();
#define TEN "前前前前前前前前前前"
#define AFTER "后后后后后后后后后后"
    assert_string_equal(
        search("物业 abc"), "01-a/02-b#s1:…" TEN TEN
                            "[物业][ABC]物" AFTER AFTER AFTER AFTER AFTER "后后后后…");
#undef TEN
#undef AFTER
}

static void a_query_has_limits(void **state)
{
    struct finder_result result;
    struct text text;

    (void)state;
    write_library();
    load();
    text_init(&text, arena, 1000);
    for (int i = 0; i < FINDER_QUERY; i++)
        text_add(&text, "业");
    assert_fine(finder_search(view()->finder, arena, text.bytes, &result));
    text_add(&text, "业");
    const struct {
        const char *query;
        const char *code;
    } cases[] = {
        {"", "search_empty"},
        {" 　\t", "search_empty"},
        {text.bytes, "search_too_long"},
        {"a\xff", "search_invalid"},
        {"a\x1f", "search_invalid"},
        {"a\nb", "search_invalid"},
        {"\xE2\x80\xAE物业", "search_invalid"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_code(
            finder_search(view()->finder, arena, cases[i].query, &result),
            cases[i].code);
    /* More words than the index takes: the first ones count. */
    assert_fine(finder_search(
        view()->finder, arena,
        "一 二 日 事 项 期 一 二 日 事 项 期 一 二 日 事 没有这个词", &result));
    assert_int_equal(result.count, 1);
    struct catalogue *empty = catalogue_new();
    assert_fine(
        finder_search(catalogue_view(empty, arena)->finder, arena, "物业", &result));
    assert_int_equal(result.count, 0);
    catalogue_free(empty);
}

static int begin(void **state)
{
    (void)arena_begin(state);
    catalogue = catalogue_new();
    return files_begin(state);
}

static int end(void **state)
{
    (void)files_end(state);
    (void)arena_end(state);
    catalogue_free(catalogue);
    return 0;
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        TEST(texts_know_each_other),
        TEST(a_dead_link_is_found_and_takes_nothing_down),
        TEST(a_link_that_is_no_text_is_refused),
        TEST(links_into_a_refused_folder_are_not_its_neighbours_fault),
        TEST(an_entry_is_named_by_its_kind),
        TEST(a_bad_figure_refuses_its_course),
        TEST(search_finds_sections_texts_and_courses),
        TEST(an_excerpt_is_around_the_first_hit),
        TEST(a_query_has_limits),
    };

    BE_THE_CHILD(argc, argv);
    return cmocka_run_group_tests_name("library", tests, NULL, NULL);
}
