#include "courses/lesson.h"

#include <string.h>

#include "base/input.h"
#include "courses/figure.h"
#include "format/slug.h"

enum { LONGEST_LINE = 2000, LONGEST_SECTION = 8 };

static const char file_ending[] = ".md";

/* ---- Links ---- */

/* A text while its links are collected. */
struct reading {
    struct arena *arena;
    const struct lesson_folder *folder;
    const char *slug;
    struct course_link *links;
    size_t link_count;
};

/* "s1" to "s999". */
static bool is_section(const char *text)
{
    size_t digits = text[0] == 's' ? strspn(text + 1, "0123456789") : 0;

    return digits > 0 && digits <= 3 && text[1] != '0' && text[1 + digits] == '\0';
}

/* "../02-b/" or "" or "./" in front of a file's name. False when it is another path. */
static bool read_folder(struct reading *reading, const char **at, const char **folder)
{
    const char *name = *at;
    const char *slash = strrchr(name, '/');

    *folder = reading->folder->slug;
    if (strncmp(name, "./", 2) == 0 && slash == name + 1) {
        *at = name + 2;
        return true;
    }
    if (!slash)
        return true;
    if (strncmp(name, "../", 3) != 0 || slash < name + 3)
        return false;
    *folder = arena_copy_bytes(reading->arena, name + 3, (size_t)(slash - name - 3));
    *at = slash + 1;
    return slug_is_numbered(*folder) || strcmp(*folder, LESSON_HANDBOOK) == 0;
}

static bool
read_link(struct reading *reading, const char *url, struct course_link *link)
{
    size_t path_size = strcspn(url, "#");
    const char *path = arena_copy_bytes(reading->arena, url, path_size);

    link->section = "";
    if (url[path_size] == '#') {
        link->section = arena_copy(reading->arena, url + path_size + 1);
        if (!is_section(link->section))
            return false;
    }
    link->folder = reading->folder->slug;
    link->slug = reading->slug;
    if (path_size == 0)
        return link->section[0] != '\0';
    if (!read_folder(reading, &path, &link->folder))
        return false;
    size_t size = strlen(path);
    size_t ending = strlen(file_ending);
    if (size <= ending || strcmp(path + size - ending, file_ending) != 0)
        return false;
    link->slug = arena_copy_bytes(reading->arena, path, size - ending);
    return slug_is_valid(link->slug);
}

/* Where the pages show it. */
static const char *page_of(struct arena *arena, const struct course_link *link)
{
    const char *query = link->section[0] ? "?section=" : "";

    if (strcmp(link->folder, LESSON_HANDBOOK) == 0)
        return arena_format(
            arena, "/learn/#/handbook/%s%s%s", link->slug, query, link->section);
    return arena_format(
        arena, "/learn/#/course/%s/%s%s%s", link->folder, link->slug, query,
        link->section);
}

static const char *
resolve_link(void *context, const struct markdown_place *place, const char *url)
{
    struct reading *reading = context;
    struct course_link link = {.line = place->line};

    if (url[0] == '/')
        return url;
    if (!read_link(reading, url, &link)) {
        findings_add(
            place->findings, place->file, place->line,
            "链接“%.80s”不允许：课文写 03-名称.md 或 ../02-课程/01-名称.md，"
            "手册写 ../handbook/名称.md，小节写 #s2。",
            url);
        return NULL;
    }
    if (reading->link_count == LESSON_LINKS) {
        findings_add(
            place->findings, place->file, place->line, "链接太多：一篇最多 %d 个。",
            LESSON_LINKS);
        return NULL;
    }
    reading->links[reading->link_count++] = link;
    return page_of(reading->arena, &link);
}

/* ---- Figures ---- */

static bool resolve_figure(
    void *context, const struct markdown_place *place, const char *url,
    struct markdown_figure *result)
{
    const struct reading *reading = context;
    const struct lesson_folder *folder = reading->folder;

    for (size_t i = 0; i < folder->figure_count; i++) {
        const struct course_figure *figure = &folder->figures[i];
        const char *file =
            arena_format(reading->arena, FIGURE_FOLDER "/%s.svg", figure->name);
        if (strcmp(file, url) != 0)
            continue;
        *result = (struct markdown_figure){
            .address = arena_format(
                reading->arena, "/api/courses/%s/figures/%s.svg?v=%s", folder->slug,
                figure->name, figure->hash),
            .width = figure->width,
            .height = figure->height,
        };
        return true;
    }
    findings_add(
        place->findings, place->file, place->line,
        "没有（合格的）图“%.80s”：图放在课程文件夹的 figures/名称.svg。", url);
    return false;
}

/* ---- From a file ---- */

bool lesson_build(
    struct findings *findings, const struct lesson_folder *folder, const char *slug,
    struct course_lesson *result)
{
    struct arena *arena = findings->arena;
    const char *file =
        arena_format(arena, "%s/%s%s", folder->directory, slug, file_ending);
    struct reading reading = {
        .arena = arena,
        .folder = folder,
        .slug = slug,
        .links = arena_alloc(arena, LESSON_LINKS * sizeof reading.links[0]),
    };
    const struct markdown_folder around = {
        .link = resolve_link,
        .figure = folder->is_reference ? NULL : resolve_figure,
        .context = &reading,
        .is_reference = folder->is_reference,
    };
    struct course_lesson lesson = {.slug = slug};
    struct source source;

    if (!source_read(findings, file, MARKDOWN_LIMIT, &source) ||
        !markdown_lesson_in(findings, &source, &around, &lesson.text))
        return false;
    if (lesson.text.section_count > LESSON_SECTIONS) {
        findings_add(findings, file, 0, "小节太多：一篇最多 %d 节。", LESSON_SECTIONS);
        return false;
    }
    lesson.links = reading.links;
    lesson.link_count = reading.link_count;
    *result = lesson;
    return true;
}

/* ---- JSON ---- */

void lesson_write(
    struct writer *writer, const char *key, const struct course_lesson *lesson)
{
    writer_object(writer, key);
    writer_text(writer, "slug", lesson->slug);
    writer_text(writer, "title", lesson->text.title);
    writer_text(writer, "html", lesson->text.html);
    writer_int(writer, "characters", lesson->text.characters);
    writer_array(writer, "sections");
    for (size_t i = 0; i < lesson->text.section_count; i++) {
        writer_object(writer, NULL);
        writer_text(writer, "id", lesson->text.sections[i].id);
        writer_text(writer, "title", lesson->text.sections[i].title);
        writer_end(writer);
    }
    writer_end(writer);
    writer_array(writer, "links");
    for (size_t i = 0; i < lesson->link_count; i++) {
        const struct course_link *link = &lesson->links[i];
        writer_object(writer, NULL);
        writer_int(writer, "line", link->line);
        writer_text(writer, "folder", link->folder);
        writer_text(writer, "slug", link->slug);
        writer_text(writer, "section", link->section);
        writer_end(writer);
    }
    writer_end(writer);
    writer_end(writer);
}

struct error *lesson_invalid(struct arena *arena, const char *what)
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
            {"id", INPUT_TEXT, false, &section->id, 2, LONGEST_SECTION},
            {"title", INPUT_TEXT, false, &section->title, 0, LONGEST_LINE}));
        for (size_t j = 0; j < i; j++) {
            if (strcmp(sections[j].id, section->id) == 0)
                return lesson_invalid(arena, "小节编号重复");
        }
    }
    text->sections = sections;
    text->section_count = count;
    return NULL;
}

static struct error *
read_links(struct arena *arena, json_t *array, struct course_lesson *lesson)
{
    size_t count = json_array_size(array);
    struct course_link *links = arena_alloc(arena, count * sizeof links[0]);

    for (size_t i = 0; i < count; i++) {
        int64_t line;
        TRY(INPUT_FIELDS(
            arena, json_array_get(array, i),
            {"line", INPUT_INT, false, &line, 0, MARKDOWN_LIMIT},
            {"folder", INPUT_TEXT, false, &links[i].folder, 1, 64},
            {"slug", INPUT_TEXT, false, &links[i].slug, 1, 64},
            {"section", INPUT_TEXT, false, &links[i].section, 0, LONGEST_SECTION}));
        links[i].line = (int)line;
    }
    lesson->links = links;
    lesson->link_count = count;
    return NULL;
}

struct error *
lesson_read(struct arena *arena, json_t *object, struct course_lesson *lesson)
{
    struct markdown_lesson *text = &lesson->text;
    int64_t characters;
    json_t *sections;
    json_t *links;

    TRY(INPUT_FIELDS(
        arena, object, {"slug", INPUT_TEXT, false, &lesson->slug, 1, 64},
        {"title", INPUT_TEXT, false, &text->title, 1, LONGEST_LINE},
        {"html", INPUT_TEXT, false, &text->html, 0, MARKDOWN_HTML_LIMIT},
        {"characters", INPUT_INT, false, &characters, 0, MARKDOWN_LIMIT},
        {"sections", INPUT_ARRAY, false, &sections, 0, LESSON_SECTIONS},
        {"links", INPUT_ARRAY, false, &links, 0, LESSON_LINKS}));
    if (!slug_is_valid(lesson->slug))
        return lesson_invalid(arena, "课文名不合规定");
    text->characters = (int)characters;
    TRY(read_sections(arena, sections, text));
    return read_links(arena, links, lesson);
}
