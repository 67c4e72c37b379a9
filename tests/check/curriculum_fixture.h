/* curriculum_fixture.h - small curricula in memory for tests of the rules over them. */
#ifndef TESTS_CHECK_CURRICULUM_FIXTURE_H
#define TESTS_CHECK_CURRICULUM_FIXTURE_H

#include "format/findings_fixture.h"

#include "check/curriculum.h"

/* How often a rule was broken; `line` < 0: at any line. */
__attribute__((unused)) static size_t broken_at(const char *rule, int line)
{
    size_t count = 0;

    for (const struct finding *f = findings.first; f; f = f->next)
        count += f->rule && strcmp(f->rule, rule) == 0 && (line < 0 || f->line == line);
    return count;
}

__attribute__((unused)) static size_t broken(const char *rule)
{
    return broken_at(rule, -1);
}

/* All findings of the test are of this rule and stand at these lines, in this order;
 * the list ends with -1. */
#define assert_broken(word, ...)                                                       \
    do {                                                                               \
        const int lines_[] = {__VA_ARGS__, -1};                                        \
        const struct finding *finding_ = findings.first;                               \
        for (size_t i_ = 0; lines_[i_] >= 0; i_++) {                                   \
            if (!finding_)                                                             \
                fail_msg("nothing found at line %d", lines_[i_]);                      \
            assert_string_equal(finding_->rule, word);                                 \
            assert_int_equal(finding_->line, lines_[i_]);                              \
            finding_ = finding_->next;                                                 \
        }                                                                              \
        if (finding_)                                                                  \
            fail_msg("too much: %s", findings_line(arena, finding_));                  \
    } while (0)

__attribute__((unused)) static void assert_no_findings(void)
{
    print_findings();
    assert_int_equal(findings.count, 0);
}

__attribute__((unused)) static struct page
page_of(enum page_kind kind, const char *folder, const char *name, const char *text)
{
    struct page page = {
        .kind = kind,
        .file = arena_format(arena, "courses/%s/%s", folder, name),
        .folder = folder,
        .name = name,
        .bytes = text,
    };

    page_read(arena, &page, 1);
    return page;
}

/* The one lesson 01-a/01-a.md, for rules that look at pages one by one. */
__attribute__((unused)) static struct curriculum *curriculum_of_lesson(const char *text)
{
    struct curriculum *curriculum = arena_alloc(arena, sizeof *curriculum);
    struct curriculum_course *course = arena_alloc(arena, sizeof *course);

    course->slug = "01-a";
    course->folder = "courses/01-a";
    course->is_numbered = true;
    course->lessons = arena_alloc(arena, sizeof course->lessons[0]);
    course->lessons[0] = page_of(PAGE_LESSON, "01-a", "01-a.md", text);
    course->lesson_count = 1;
    curriculum->courses = course;
    curriculum->course_count = 1;
    curriculum->handbook_folder = "courses/handbook";
    return curriculum;
}

/* A question on one line of the file. `answers`: what stands between its tags; `tag`:
 * one more, "" for none. */
__attribute__((unused)) static const char *tagged_xml(
    const char *type, const char *id, const char *stem, const char *answers,
    const char *tag)
{
    const char *more =
        *tag ? arena_format(arena, "<tag><text>%s</text></tag>", tag) : "";

    return arena_format(
        arena,
        "<question type=\"%s\"><questiontext><text>%s</text></questiontext>"
        "<generalfeedback><text>因为</text></generalfeedback><idnumber>%s</idnumber>%s"
        "<tags><tag><text>lesson:01-a</text></tag><tag><text>fact:F1-01</text></tag>"
        "<tag><text>difficulty:3</text></tag><tag><text>point:点</text></tag>%s</tags>"
        "</question>\n",
        type, stem, id, answers, more);
}

__attribute__((unused)) static const char *
question_xml(const char *type, const char *id, const char *stem, const char *answers)
{
    return tagged_xml(type, id, stem, answers, "");
}

__attribute__((unused)) static const char *option_xml(const char *text, bool right)
{
    return arena_format(
        arena, "<answer fraction=\"%s\"><text>%s</text></answer>", right ? "100" : "0",
        text);
}

/* A single choice with four options, of which the one at `right` is right. */
__attribute__((unused)) static const char *
single_xml(const char *id, const char *stem, const char *const options[4], int right)
{
    const char *answers = "<single>true</single>";

    for (int i = 0; i < 4; i++)
        answers =
            arena_format(arena, "%s%s", answers, option_xml(options[i], i == right));
    return question_xml("multichoice", id, stem, answers);
}

/* The file that holds these questions; their lines count from 2. No paper. */
__attribute__((unused)) static struct question_file
file_of(const char *name, const char *questions)
{
    struct question_file file = {.slug = name, .course = "01-a"};
    const char *xml = arena_format(arena, "<quiz>\n%s</quiz>\n", questions);
    const char *path = arena_format(arena, "quizzes/%s/questions.xml", name);
    struct source source;

    assert_true(source_check(&findings, path, xml, strlen(xml), &source));
    assert_true(question_read(&findings, &source, &file));
    return file;
}

#endif
