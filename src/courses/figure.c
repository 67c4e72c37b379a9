#include "courses/figure.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "base/token.h"
#include "courses/lesson.h"
#include "format/slug.h"
#include "format/svg.h"

enum {
    HASH_BYTES = 8,
    HASH_CHARACTERS = 2 * HASH_BYTES,
    WRITTEN_LIMIT = 4 * SVG_LIMIT, /* written anew, a character may become &amp; */
};

static const char file_ending[] = ".svg";

/* "name" of "name.svg", NULL when it is none. */
static const char *figure_name(struct arena *arena, const char *file)
{
    size_t size = strlen(file);
    size_t ending = strlen(file_ending);

    if (size <= ending || strcmp(file + size - ending, file_ending) != 0)
        return NULL;
    const char *name = arena_copy_bytes(arena, file, size - ending);
    return slug_is_valid(name) ? name : NULL;
}

static const char *hash_of(struct arena *arena, const struct svg *svg)
{
    unsigned char digest[TOKEN_DIGEST];

    token_sha256(svg->bytes, svg->size, digest);
    return token_hex(arena, digest, HASH_BYTES);
}

/* False after adding findings. */
static bool read_file(
    struct findings *findings, const char *folder, const char *file,
    struct course_figure *result)
{
    struct arena *arena = findings->arena;
    const char *path = arena_format(arena, "%s/%s", folder, file);
    struct source source;
    struct svg svg;

    const char *name = figure_name(arena, file);
    if (!name) {
        findings_add(
            findings, path, 0,
            "图的文件名应是小写字母、数字和 -，以 .svg 结尾，例如 liucheng.svg。");
        return false;
    }
    if (!source_read(findings, path, SVG_LIMIT, &source) ||
        !svg_read(findings, &source, &svg))
        return false;
    *result = (struct course_figure){
        .name = name,
        .hash = hash_of(arena, &svg),
        .width = svg.width,
        .height = svg.height,
        .svg = svg.bytes,
    };
    return true;
}

/* Hidden files are editors'. */
static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

void figure_build(
    struct findings *findings, const char *directory,
    const struct course_figure **result, size_t *count)
{
    struct arena *arena = findings->arena;
    const char *folder = arena_format(arena, "%s/" FIGURE_FOLDER, directory);
    struct course_figure *figures = arena_alloc(arena, FIGURE_MOST * sizeof figures[0]);
    struct dirent **entries;
    int found = scandir(folder, &entries, is_shown, alphasort);

    *result = figures;
    *count = 0;
    if (found < 0) {
        if (errno != ENOENT)
            findings_add(findings, folder, 0, "打不开这个文件夹。");
        return;
    }
    if (found > FIGURE_MOST)
        findings_add(findings, folder, 0, "图太多：一门课最多 %d 张。", FIGURE_MOST);
    for (int i = 0; i < found; i++) {
        if (*count < FIGURE_MOST &&
            read_file(findings, folder, entries[i]->d_name, &figures[*count]))
            ++*count;
        free(entries[i]);
    }
    free(entries);
}

void figure_write(struct writer *writer, const struct course_figure *figure)
{
    writer_object(writer, NULL);
    writer_text(writer, "name", figure->name);
    writer_text(writer, "hash", figure->hash);
    writer_int(writer, "width", figure->width);
    writer_int(writer, "height", figure->height);
    writer_text(writer, "svg", figure->svg);
    writer_end(writer);
}

struct error *
figure_read(struct arena *arena, json_t *object, struct course_figure *figure)
{
    int64_t width;
    int64_t height;

    TRY(INPUT_FIELDS(
        arena, object, {"name", INPUT_TEXT, false, &figure->name, 1, 64},
        {"hash", INPUT_TEXT, false, &figure->hash, HASH_CHARACTERS, HASH_CHARACTERS},
        {"width", INPUT_INT, false, &width, 1, SVG_LONGEST_SIDE},
        {"height", INPUT_INT, false, &height, 1, SVG_LONGEST_SIDE},
        {"svg", INPUT_TEXT, false, &figure->svg, 1, WRITTEN_LIMIT}));
    if (!slug_is_valid(figure->name) ||
        strspn(figure->hash, "0123456789abcdef") != HASH_CHARACTERS)
        return lesson_invalid(arena, "图的名称不合规定");
    figure->width = (int)width;
    figure->height = (int)height;
    return NULL;
}
