/* A course's document and its form in C. How it is made from files: course_build.c. */
#include "courses/course.h"

#include <string.h>

#include "base/input.h"
#include "format/sandbox.h"
#include "format/slug.h"

enum { LONGEST_LINE = 2000, MOST_OBJECTIVES = 50, MOST_MINUTES = 100000 };

static struct error *
read_lessons(struct arena *arena, json_t *array, struct course *course)
{
    size_t count = json_array_size(array);

    course->lessons = arena_alloc(arena, count * sizeof course->lessons[0]);
    for (size_t i = 0; i < count; i++) {
        struct course_lesson *lesson = &course->lessons[i];
        TRY(lesson_read(arena, json_array_get(array, i), lesson));
        if (lesson->text.section_count == 0)
            return lesson_invalid(arena, "课文没有小节");
        for (size_t j = 0; j < i; j++) {
            if (strcmp(course->lessons[j].slug, course->lessons[i].slug) == 0)
                return lesson_invalid(arena, "课文名重复");
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
            return lesson_invalid(arena, "学习目标应是文字");
    }
    course->objective_count = count;
    return NULL;
}

static struct error *
read_figures(struct arena *arena, json_t *array, struct course *course)
{
    size_t count = json_array_size(array);
    struct course_figure *figures = arena_alloc(arena, count * sizeof figures[0]);

    for (size_t i = 0; i < count; i++) {
        TRY(figure_read(arena, json_array_get(array, i), &figures[i]));
        for (size_t j = 0; j < i; j++) {
            if (strcmp(figures[j].name, figures[i].name) == 0)
                return lesson_invalid(arena, "图名重复");
        }
    }
    course->figures = figures;
    course->figure_count = count;
    return NULL;
}

static struct error *
read_summary(struct arena *arena, json_t *object, struct course *course)
{
    if (json_is_null(object))
        return NULL;
    course->summary = arena_alloc(arena, sizeof *course->summary);
    return lesson_read(arena, object, course->summary);
}

struct error *course_read(struct arena *arena, const char *json, struct course **result)
{
    struct course *course = arena_alloc(arena, sizeof *course);
    json_t *document;
    json_t *objectives;
    json_t *figures;
    json_t *lessons;
    json_t *summary;

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
        {"figures", INPUT_ARRAY, false, &figures, 0, FIGURE_MOST},
        {"lessons", INPUT_ARRAY, false, &lessons, 1, COURSE_LESSONS},
        {"summary", INPUT_ANY, false, &summary, 0, 0}));
    if (!slug_is_valid(course->slug))
        return lesson_invalid(arena, "课程名不合规定");
    TRY(read_objectives(arena, objectives, course));
    TRY(read_figures(arena, figures, course));
    TRY(read_lessons(arena, lessons, course));
    TRY(read_summary(arena, summary, course));
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
