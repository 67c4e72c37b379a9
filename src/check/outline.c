#include "check/outline.h"

#include <string.h>

#include "check/phrase.h"

enum {
    OBJECTIVES_LEAST = 3,
    LESSON_LEAST = 800, /* Chinese characters */
    LESSON_MOST = 2000,
    SUMMARY_MOST = 900,
    SELFCHECKS_LEAST = 2,
    SELFCHECKS_MOST = 4,
};

static bool begins_with(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

/* One item of the list behind "objectives:"; that it is a flat YAML list has been seen
 * to by the reader of courses. */
static void check_objective(
    struct findings *findings, const struct curriculum_course *course,
    const struct page_line *line)
{
    const char *text = line->raw + strspn(line->raw, " ") + 1;

    text += strspn(text, " \t\"'");
    if (!begins_with(text, "能够"))
        findings_add_rule(
            findings, "objectives", course->settings->file, line->number,
            "学习目标要以“能够”开头。");
}

static void
check_objectives(struct findings *findings, const struct curriculum_course *course)
{
    struct page lines = {.bytes = course->settings->bytes};
    size_t count = 0;
    int line = 0;

    page_read(findings->arena, &lines, 1);
    for (size_t i = 0; i < lines.line_count; i++) {
        const char *raw = lines.lines[i].raw;
        const char *item = raw + strspn(raw, " ");
        if (begins_with(raw, "objectives:")) {
            line = lines.lines[i].number;
        } else if (line > 0 && *item == '-') {
            check_objective(findings, course, &lines.lines[i]);
            count++;
        } else if (line > 0 && *item && *item != '#') {
            break;
        }
    }
    if (count < OBJECTIVES_LEAST)
        findings_add_rule(
            findings, "objectives", course->settings->file, line,
            "学习目标只有 %zu 条，至少写 %d 条（objectives 下每行一条“- 能够…”）。",
            count, OBJECTIVES_LEAST);
}

static void check_length(struct findings *findings, const struct page *lesson)
{
    size_t count = phrase_chinese(lesson->bytes);

    if (count < LESSON_LEAST || count > LESSON_MOST)
        findings_add_rule(
            findings, "lesson-length", lesson->file, 0,
            "全文 %zu 个汉字，应在 %d 到 %d 之间，请%s。", count, LESSON_LEAST,
            LESSON_MOST, count < LESSON_LEAST ? "补充" : "精简或拆成两课");
}

static void check_callouts(struct findings *findings, const struct page *lesson)
{
    struct arena *arena = findings->arena;
    size_t selfchecks = page_count_callouts(arena, lesson, "自测");

    if (page_count_callouts(arena, lesson, "案例") == 0)
        findings_add_rule(
            findings, "lesson-case", lesson->file, 0,
            "没有案例，请加一个以 > [!案例] 开头的提示框。");
    if (selfchecks < SELFCHECKS_LEAST || selfchecks > SELFCHECKS_MOST)
        findings_add_rule(
            findings, "lesson-selfcheck", lesson->file, 0,
            "有 %zu 道自测题（> [!自测]），应为 %d 到 %d 道。", selfchecks,
            SELFCHECKS_LEAST, SELFCHECKS_MOST);
}

static void check_sections(struct findings *findings, const struct page *lesson)
{
    bool has_today = false;
    const char *last = "";
    int last_line = 0;
    int level = 0;

    for (size_t i = 0; i < lesson->line_count; i++) {
        const char *title = page_heading(findings->arena, &lesson->lines[i], &level);
        if (!title || level != 2)
            continue;
        has_today |= strcmp(title, "今天就能做的三件事") == 0;
        last = title;
        last_line = lesson->lines[i].number;
    }
    if (!has_today)
        findings_add_rule(
            findings, "lesson-today", lesson->file, 0,
            "没有“## 今天就能做的三件事”这一节，请补上。");
    if (strcmp(last, "依据与来源") != 0)
        findings_add_rule(
            findings, "lesson-sources", lesson->file, last_line,
            "最后一节应是“## 依据与来源”。");
}

static void
check_summary(struct findings *findings, const struct curriculum_course *course)
{
    if (!course->summary) {
        findings_add_rule(
            findings, "summary-missing", course->folder, 0,
            "缺少 summary.md（一页纸）。");
        return;
    }
    size_t count = phrase_chinese(course->summary->bytes);
    if (count > SUMMARY_MOST)
        findings_add_rule(
            findings, "summary-length", course->summary->file, 0,
            "一页纸有 %zu 个汉字，最多 %d 个，请精简。", count, SUMMARY_MOST);
}

static void
check_course(struct findings *findings, const struct curriculum_course *course)
{
    if (course->settings)
        check_objectives(findings, course);
    for (size_t i = 0; i < course->lesson_count; i++) {
        check_length(findings, &course->lessons[i]);
        check_callouts(findings, &course->lessons[i]);
        check_sections(findings, &course->lessons[i]);
    }
    check_summary(findings, course);
    if (course->figure_count == 0)
        findings_add_rule(
            findings, "course-figure", course->folder, 0,
            "没有图，figures/ 里至少要有一张 SVG，并在课文里用到。");
}

static void check_entry_name(struct findings *findings, const struct page *entry)
{
    static const char *const kinds[] = {
        "procedure-", "checklist-", "form-", "script-", "statute-"};

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (begins_with(entry->name, kinds[i]))
            return;
    }
    findings_add_rule(
        findings, "handbook-name", entry->file, 0,
        "手册条目的文件名要以 procedure-、checklist-、form-、script- 或 statute- "
        "开头。");
}

void outline_check(struct findings *findings, const struct curriculum *curriculum)
{
    for (size_t i = 0; i < curriculum->course_count; i++) {
        if (curriculum->courses[i].is_numbered)
            check_course(findings, &curriculum->courses[i]);
    }
    for (size_t i = 0; i < curriculum->handbook_count; i++)
        check_entry_name(findings, &curriculum->handbook[i]);
}
