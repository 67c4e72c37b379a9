/* From a folder courses/NN-slug/ to a course. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "courses/course.h"
#include "format/settings.h"
#include "format/slug.h"

static const char lesson_ending[] = ".md";

/* One folder while it is read. */
struct building {
    struct arena *arena;
    struct findings *findings;
    const char *directory;
    struct course course;
};

/* What every text of the folder has around it. */
static struct lesson_folder folder_of(const struct building *building)
{
    return (struct lesson_folder){
        .directory = building->directory,
        .slug = building->course.slug ? building->course.slug : "", /* refused anyway */
        .figures = building->course.figures,
        .figure_count = building->course.figure_count,
    };
}

enum field {
    FIELD_TITLE,
    FIELD_ORDER,
    FIELD_ORIGIN,
    FIELD_LECTURER,
    FIELD_MINUTES,
    FIELD_WHY,
    FIELD_WHAT,
    FIELD_HOW,
    FIELD_OBJECTIVES,
    FIELDS,
};

static int64_t
number(struct building *building, const char *file, const struct settings_field *field)
{
    const struct decimal_limits limits = {.whole = 4, .places = 0, .negative = false};
    int64_t value = 0;
    struct error *error =
        decimal_parse(building->arena, field->values[0], limits, &value);

    if (error || value < 1)
        findings_add(
            building->findings, file, field->line, "“%s”应是 1 到 9999 的整数。",
            field->name);
    return value;
}

static void read_settings(struct building *building)
{
    struct settings_field fields[FIELDS] = {
        [FIELD_TITLE] = {.name = "title"},
        [FIELD_ORDER] = {.name = "order"},
        [FIELD_ORIGIN] = {.name = "origin"},
        [FIELD_LECTURER] = {.name = "lecturer"},
        [FIELD_MINUTES] = {.name = "minutes"},
        [FIELD_WHY] = {.name = "why"},
        [FIELD_WHAT] = {.name = "what"},
        [FIELD_HOW] = {.name = "how"},
        [FIELD_OBJECTIVES] = {.name = "objectives", .is_list = true},
    };
    const char *file =
        arena_format(building->arena, "%s/course.yml", building->directory);
    struct course *course = &building->course;
    struct source source;

    if (!source_read(building->findings, file, SETTINGS_LIMIT, &source) ||
        !settings_read(building->findings, &source, fields, FIELDS))
        return;
    course->title = fields[FIELD_TITLE].values[0];
    course->order = number(building, file, &fields[FIELD_ORDER]);
    course->origin = fields[FIELD_ORIGIN].values[0];
    course->lecturer = fields[FIELD_LECTURER].values[0];
    course->minutes = number(building, file, &fields[FIELD_MINUTES]);
    course->why = fields[FIELD_WHY].values[0];
    course->what = fields[FIELD_WHAT].values[0];
    course->how = fields[FIELD_HOW].values[0];
    course->objectives = fields[FIELD_OBJECTIVES].values;
    course->objective_count = fields[FIELD_OBJECTIVES].count;
    if (strcmp(course->origin, "yearbook") != 0 && strcmp(course->origin, "ours") != 0)
        findings_add(
            building->findings, file, fields[FIELD_ORIGIN].line,
            "“origin”只能是 yearbook（年鉴点名）或 ours（本平台自选）。");
}

/* "01-slug" of "01-slug.md"; NULL for other files. */
static const char *lesson_slug(struct arena *arena, const char *name)
{
    size_t size = strlen(name);
    size_t ending = strlen(lesson_ending);

    if (size <= ending || strcmp(name + size - ending, lesson_ending) != 0)
        return NULL;
    return arena_copy_bytes(arena, name, size - ending);
}

static void add_lesson(struct building *building, const char *name, const char *slug)
{
    struct course *course = &building->course;
    const char *file =
        arena_format(building->arena, "%s/%s", building->directory, name);
    const struct lesson_folder folder = folder_of(building);

    if (!slug_is_numbered(slug)) {
        findings_add(
            building->findings, file, 0,
            "课文文件名应是两位数字、- 和小写字母，例如 01-zao-faxian.md。");
        return;
    }
    if (course->lesson_count == COURSE_LESSONS) {
        findings_add(building->findings, file, 0, "课文太多：一门课最多 50 课。");
        return;
    }
    if (course->lesson_count > 0 &&
        strncmp(course->lessons[course->lesson_count - 1].slug, slug, 2) == 0)
        findings_add(building->findings, file, 0, "有两课的编号都是 %.2s。", slug);
    if (lesson_build(
            building->findings, &folder, slug, &course->lessons[course->lesson_count]))
        course->lesson_count++;
}

static void read_summary(struct building *building)
{
    struct lesson_folder folder = folder_of(building);
    struct course_lesson *summary = arena_alloc(building->arena, sizeof *summary);

    folder.is_reference = true;
    if (lesson_build(building->findings, &folder, LESSON_SUMMARY, summary))
        building->course.summary = summary;
}

static void read_lessons(struct building *building)
{
    struct course *course = &building->course;
    struct dirent **entries;
    int found = scandir(building->directory, &entries, NULL, alphasort);
    bool has_lessons = false;

    if (found < 0) {
        findings_add(building->findings, building->directory, 0, "打不开这个文件夹。");
        return;
    }
    course->lessons =
        arena_alloc(building->arena, COURSE_LESSONS * sizeof course->lessons[0]);
    for (int i = 0; i < found; i++) {
        const char *name = arena_copy(building->arena, entries[i]->d_name);
        const char *slug = lesson_slug(building->arena, name);
        free(entries[i]);
        if (!slug || name[0] == '.')
            continue;
        if (strcmp(slug, LESSON_SUMMARY) == 0) {
            read_summary(building);
            continue;
        }
        has_lessons = true;
        add_lesson(building, name, slug);
    }
    free(entries);
    if (!has_lessons)
        findings_add(
            building->findings, building->directory, 0, "没有课文（NN-名称.md）。");
}

static void write_course(struct writer *writer, const struct course *course)
{
    writer_object(writer, NULL);
    writer_text(writer, "slug", course->slug);
    writer_text(writer, "title", course->title);
    writer_int(writer, "order", course->order);
    writer_text(writer, "origin", course->origin);
    writer_text(writer, "lecturer", course->lecturer);
    writer_int(writer, "minutes", course->minutes);
    writer_text(writer, "why", course->why);
    writer_text(writer, "what", course->what);
    writer_text(writer, "how", course->how);
    writer_array(writer, "objectives");
    for (size_t i = 0; i < course->objective_count; i++)
        writer_text(writer, NULL, course->objectives[i]);
    writer_end(writer);
    writer_array(writer, "figures");
    for (size_t i = 0; i < course->figure_count; i++)
        figure_write(writer, &course->figures[i]);
    writer_end(writer);
    writer_array(writer, "lessons");
    for (size_t i = 0; i < course->lesson_count; i++)
        lesson_write(writer, NULL, &course->lessons[i]);
    writer_end(writer);
    if (course->summary)
        lesson_write(writer, "summary", course->summary);
    else
        writer_null(writer, "summary");
    writer_end(writer);
}

const char *
course_build(struct arena *arena, const char *directory, struct findings *findings)
{
    size_t findings_before = findings->count;
    struct building building = {
        .arena = arena,
        .findings = findings,
        .directory = directory,
        .course.slug = slug_of_path(arena, directory),
    };
    struct writer writer;

    if (!building.course.slug)
        findings_add(
            findings, directory, 0,
            "文件夹名只能用小写字母、数字和 -，例如 01-yijian-jiedu。");
    read_settings(&building);
    figure_build(
        findings, directory, &building.course.figures, &building.course.figure_count);
    read_lessons(&building);
    if (findings->count > findings_before)
        return NULL;
    writer_init(&writer, arena, COURSE_LIMIT);
    write_course(&writer, &building.course);
    if (writer.text.overflowed) {
        findings_add(findings, directory, 0, "课程内容过大：上限 16 MiB。");
        return NULL;
    }
    return writer.text.bytes;
}
