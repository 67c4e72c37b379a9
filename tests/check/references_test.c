#include "check/references.h"

#include "check/curriculum_fixture.h"

/* Two courses of one lesson, the first with a figure; one handbook entry. */
static void check(const char *lesson, const char *entry, const char *question)
{
    static const char *figures[] = {"bu.svg"};
    struct curriculum_course courses[2];
    struct page handbook = page_of(PAGE_HANDBOOK, "handbook", "form-a.md", entry);
    struct page other = page_of(PAGE_LESSON, "02-b", "01-y.md", "# 乙\n\n## 一\n");
    struct page summary = page_of(PAGE_SUMMARY, "01-a", "summary.md", "# 甲\n");
    struct question_file file =
        file_of("01-a", question_xml("essay", "k1-001", question, ""));

    courses[0] = curriculum_of_lesson(lesson)->courses[0];
    courses[0].figures = figures;
    courses[0].figure_count = 1;
    courses[0].summary = &summary;
    courses[1] = (struct curriculum_course){
        .slug = "02-b", .folder = "courses/02-b", .lessons = &other, .lesson_count = 1};
    const struct curriculum curriculum = {
        .courses = courses,
        .course_count = 2,
        .handbook = &handbook,
        .handbook_count = 1,
        .files = &file,
        .file_count = 1,
    };
    references_check(&findings, &curriculum);
}

static const char good_lesson[] =
    "# 甲\n\n## 一\n\n## 二\n\n![图：步骤](figures/bu.svg)\n\n"
    "[表](../handbook/form-a.md)、[乙课](../02-b/01-y.md#s1)、[上面](#s2)、"
    "[纸](summary.md)、[网](https://www.gov.cn/a(1).html \"题\")\n\n"
    "`[不是链接](没有.md)`\n\n```\n[也不是](没有.md)\n```\n";

static void links_that_lead_somewhere_pass(void **state)
{
    (void)state;
    check(good_lesson, "# 表\n\n[课](../01-a/01-a.md)\n", "见[课](01-a.md)。");
    assert_no_findings();
}

static void dead_links_are_found_everywhere(void **state)
{
    (void)state;
    check(
        arena_format(
            arena, "%s[甲](09-x.md) [乙](../03-c/01-y.md)\n[丙](../../../x.md)\n",
            good_lesson),
        "# 表\n\n[课](01-a.md)\n", "见[课](99-x.md)。");
    assert_broken("link-dead", 16, 16, 17, 3, 2);
}

static void anchors_and_sites_are_looked_at(void **state)
{
    (void)state;
    check(
        arena_format(
            arena,
            "%s[甲](#s3) [乙](#依据)\n[丙](../02-b/01-y.md#s2)\n"
            "[丁](https://localhost/) [戊](http://例.com)\n",
            good_lesson),
        "# 表\n", "问");
    assert_int_equal(broken_at("link-anchor", 16), 2);
    assert_int_equal(broken_at("link-anchor", 17), 1);
    assert_int_equal(broken_at("link-form", 18), 2);
    assert_int_equal(findings.count, 5);
}

static void what_nobody_uses_is_found(void **state)
{
    (void)state;
    /* A link from the handbook itself is none from a lesson. */
    check("# 甲\n\n## 一\n", "# 表\n\n[我](form-a.md)\n", "问");
    assert_int_equal(broken("figure-unused"), 1);
    assert_int_equal(broken("handbook-unlinked"), 1);
    assert_int_equal(findings.count, 2);
    assert_string_equal(findings.first->file, "courses/01-a/figures/bu.svg");
    assert_string_equal(findings.last->file, "courses/handbook/form-a.md");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FINDINGS(links_that_lead_somewhere_pass),
        WITH_FINDINGS(dead_links_are_found_everywhere),
        WITH_FINDINGS(anchors_and_sites_are_looked_at),
        WITH_FINDINGS(what_nobody_uses_is_found),
    };

    return RUN_GROUP("references", tests);
}
