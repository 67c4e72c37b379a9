#include "check/outline.h"

#include "base/text.h"
#include "check/curriculum_fixture.h"

static const char objectives[] = "title: 甲\nobjectives:\n  - 能够一\n  - \"能够二\"\n"
                                 "  # 再来\n  - 能够三\nwhy: 因\n";
static const char selfcheck[] =
    "> [!自测]\n> 问？\n>\n> - [ ] 甲\n> - [x] 乙\n>\n> 解析：因。\n\n";
static const char ending[] =
    "## 今天就能做的三件事\n\n1. 做\n\n## 依据与来源\n\n- 据\n";

static const char *characters(size_t count)
{
    struct text text;

    text_init(&text, arena, 100000);
    for (size_t i = 0; i < count; i++)
        text_add(&text, "字");
    return text.bytes;
}

/* A lesson with that many Chinese characters and self-checks. */
static const char *lesson_of(size_t count, size_t selfchecks)
{
    const char *frame = "# 甲\n\n> [!案例]\n> 事\n\n";

    for (size_t i = 0; i < selfchecks; i++)
        frame = arena_format(arena, "%s%s", frame, selfcheck);
    frame = arena_format(arena, "%s%s", frame, ending);
    /* A self-check has eight characters, the rest of the frame twenty. */
    return arena_format(
        arena, "%s%s\n", frame, characters(count - 20 - 8 * selfchecks));
}

static void check(const char *settings, const char *lesson, const char *summary)
{
    static const char *figures[] = {"a.svg"};
    struct curriculum *curriculum = curriculum_of_lesson(lesson);
    struct page page = page_of(PAGE_SUMMARY, "01-a", "summary.md", summary);
    struct source source = {.file = "courses/01-a/course.yml", .bytes = settings};

    curriculum->courses[0].settings = &source;
    curriculum->courses[0].summary = &page;
    curriculum->courses[0].figures = figures;
    curriculum->courses[0].figure_count = 1;
    outline_check(&findings, curriculum);
}

static void what_is_just_enough_passes(void **state)
{
    (void)state;
    check(objectives, lesson_of(800, 2), characters(900));
    check(objectives, lesson_of(2000, 4), "# 甲\n");
    assert_no_findings();
}

static void lengths_have_limits(void **state)
{
    (void)state;
    check(objectives, lesson_of(799, 2), characters(901));
    check(objectives, lesson_of(2001, 2), characters(1));
    assert_int_equal(broken("lesson-length"), 2);
    assert_int_equal(broken("summary-length"), 1);
    assert_int_equal(findings.count, 3);
}

static void objectives_say_what_one_can_do(void **state)
{
    (void)state;
    check("objectives:\n  - 能够一\n  - 了解二\n", lesson_of(1000, 3), characters(1));
    assert_broken("objectives", 3, 1);
}

static void selfchecks_are_two_to_four(void **state)
{
    (void)state;
    check(objectives, lesson_of(1000, 1), characters(1));
    check(objectives, lesson_of(1000, 5), characters(1));
    assert_broken("lesson-selfcheck", 0, 0);
}

static void a_lesson_has_its_parts(void **state)
{
    (void)state;
    check(
        objectives,
        arena_format(
            arena, "# 甲\n\n> [!要点]\n> 一\n\n%s%s## 依据与来源\n\n## 最后\n\n%s",
            selfcheck, selfcheck, characters(900)),
        characters(1));
    assert_int_equal(broken_at("lesson-case", 0), 1);
    assert_int_equal(broken_at("lesson-today", 0), 1);
    assert_int_equal(broken_at("lesson-sources", 24), 1);
    assert_int_equal(findings.count, 3);
}

static void a_course_has_a_summary_and_a_figure(void **state)
{
    struct curriculum *curriculum = curriculum_of_lesson(lesson_of(1000, 2));

    (void)state;
    outline_check(&findings, curriculum);
    assert_int_equal(broken("summary-missing"), 1);
    assert_int_equal(broken("course-figure"), 1);
    assert_int_equal(findings.count, 2);
    /* Only courses with a number are whole ones. */
    (void)findings_begin(state);
    curriculum->courses[0].is_numbered = false;
    outline_check(&findings, curriculum);
    assert_no_findings();
}

static void handbook_entries_name_their_kind(void **state)
{
    struct page entries[] = {
        page_of(PAGE_HANDBOOK, "handbook", "script-a.md", "# 甲\n"),
        page_of(PAGE_HANDBOOK, "handbook", "scripts.md", "# 乙\n"),
    };
    const struct curriculum curriculum = {.handbook = entries, .handbook_count = 2};

    (void)state;
    outline_check(&findings, &curriculum);
    assert_broken("handbook-name", 0);
    assert_string_equal(findings.first->file, "courses/handbook/scripts.md");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FINDINGS(what_is_just_enough_passes),
        WITH_FINDINGS(lengths_have_limits),
        WITH_FINDINGS(objectives_say_what_one_can_do),
        WITH_FINDINGS(selfchecks_are_two_to_four),
        WITH_FINDINGS(a_lesson_has_its_parts),
        WITH_FINDINGS(a_course_has_a_summary_and_a_figure),
        WITH_FINDINGS(handbook_entries_name_their_kind),
    };

    return RUN_GROUP("outline", tests);
}
