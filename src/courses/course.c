/* A course's document and its form in C. How it is made from files: course_build.c. */
#include "courses/course.h"

#include <string.h>

#include "base/input.h"
#include "format/sandbox.h"
#include "format/slug.h"

enum { LONGEST_LINE = 2000, MOST_OBJECTIVES = 50, MOST_MINUTES = 100000 };

static struct error *invalid(struct arena *arena, const char *what)
{
    return error_make(
        arena, ERROR_INVALID, "course_invalid", "课程内容前后不一致：%s。", what);
}

static struct error *
read_sections(struct arena *arena, json_t *array, struct markdown_lesson *text)
{
    size_t count = json_array_size(array);
    struct markdown_section *sections = arena_alloc(arena, count * sizeof sections[0]);

    for (size_t i = 0; i < count; i++) {
        struct markdown_section *section = &sections[i];
        TRY(INPUT_FIELDS(
            arena, json_array_get(array, i),
            {"id", INPUT_TEXT, false, &section->id, 2, 8},
            {"title", INPUT_TEXT, false, &section->title, 0, LONGEST_LINE}));
        for (size_t j = 0; j < i; j++) {
            if (strcmp(sections[j].id, section->id) == 0)
                return invalid(arena, "小节编号重复");
        }
    }
    text->sections = sections;
    text->section_count = count;
    return NULL;
}

static struct error *
read_lesson(struct arena *arena, json_t *object, struct course_lesson *lesson)
{
    struct markdown_lesson *text = &lesson->text;
    int64_t characters;
    json_t *sections;

    TRY(INPUT_FIELDS(
        arena, object, {"slug", INPUT_TEXT, false, &lesson->slug, 1, 64},
        {"title", INPUT_TEXT, false, &text->title, 1, LONGEST_LINE},
        {"html", INPUT_TEXT, false, &text->html, 1, MARKDOWN_HTML_LIMIT},
        {"characters", INPUT_INT, false, &characters, 0, MARKDOWN_LIMIT},
        {"sections", INPUT_ARRAY, false, &sections, 1, COURSE_SECTIONS}));
    if (!slug_is_valid(lesson->slug))
        return invalid(arena, "课文名不合规定");
    text->characters = (int)characters;
    return read_sections(arena, sections, text);
}

static struct error *
read_lessons(struct arena *arena, json_t *array, struct course *course)
{
    size_t count = json_array_size(array);

    course->lessons = arena_alloc(arena, count * sizeof course->lessons[0]);
    for (size_t i = 0; i < count; i++) {
        TRY(read_lesson(arena, json_array_get(array, i), &course->lessons[i]));
        for (size_t j = 0; j < i; j++) {
            if (strcmp(course->lessons[j].slug, course->lessons[i].slug) == 0)
                return invalid(arena, "课文名重复");
        }
        course->lesson_count = i + 1;
    }
    return NULL;
}

static struct error *
read_objectives(struct arena *arena, json_t *array, struct course *course)
{
    size_t count = json_array_size(array);

    course->objectives = arena_alloc(arena, count * sizeof course->objectives[0]);
    for (size_t i = 0; i < count; i++) {
        course->objectives[i] = json_string_value(json_array_get(array, i));
        if (!course->objectives[i])
            return invalid(arena, "学习目标应是文字");
    }
    course->objective_count = count;
    return NULL;
}

struct error *course_read(struct arena *arena, const char *json, struct course **result)
{
    struct course *course = arena_alloc(arena, sizeof *course);
    json_t *document;
    json_t *objectives;
    json_t *lessons;

    TRY(input_parse(arena, json, strlen(json), &document));
    TRY(INPUT_FIELDS(
        arena, document, {"slug", INPUT_TEXT, false, &course->slug, 1, 64},
        {"title", INPUT_TEXT, false, &course->title, 1, LONGEST_LINE},
        {"order", INPUT_INT, false, &course->order, 1, MOST_MINUTES},
        {"origin", INPUT_TEXT, false, &course->origin, 1, 16},
        {"lecturer", INPUT_TEXT, false, &course->lecturer, 1, LONGEST_LINE},
        {"minutes", INPUT_INT, false, &course->minutes, 1, MOST_MINUTES},
        {"why", INPUT_TEXT, false, &course->why, 1, LONGEST_LINE},
        {"what", INPUT_TEXT, false, &course->what, 1, LONGEST_LINE},
        {"how", INPUT_TEXT, false, &course->how, 1, LONGEST_LINE},
        {"objectives", INPUT_ARRAY, false, &objectives, 1, MOST_OBJECTIVES},
        {"lessons", INPUT_ARRAY, false, &lessons, 1, COURSE_LESSONS}));
    if (!slug_is_valid(course->slug))
        return invalid(arena, "课程名不合规定");
    TRY(read_objectives(arena, objectives, course));
    TRY(read_lessons(arena, lessons, course));
    *result = course;
    return NULL;
}

/* `answer`: what the child wrote: a course, or what is wrong with the files. */
static struct error *take_answer(
    struct arena *arena, const char *answer, struct findings *findings,
    const char **json)
{
    struct course *course;
    json_t *document;

    TRY(input_parse(arena, answer, strlen(answer), &document));
    if (!json_object_get(document, "error")) {
        *json = answer;
        return course_read(arena, answer, &course);
    }
    TRY(findings_read(findings, document));
    return error_new(
        arena, ERROR_INVALID, "course_refused", findings_line(arena, findings->first));
}

struct error *course_load(
    struct arena *arena, const char *directory, struct findings *findings,
    const char **json)
{
    const char *answer;

    TRY(sandbox_run(arena, "course", directory, COURSE_LIMIT, &answer));
    return take_answer(arena, answer, findings, json);
}
