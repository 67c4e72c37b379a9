#include "courses/handbook.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "format/sandbox.h"
#include "format/slug.h"

const char *const handbook_kinds[HANDBOOK_KINDS] = {
    "procedure", "checklist", "form", "script", "statute"};

static const char file_ending[] = ".md";

int handbook_kind(const char *slug)
{
    for (int i = 0; i < HANDBOOK_KINDS; i++) {
        size_t size = strlen(handbook_kinds[i]);
        if (strncmp(slug, handbook_kinds[i], size) == 0 && slug[size] == '-' &&
            slug[size + 1] != '\0')
            return i;
    }
    return -1;
}

int handbook_find(const struct handbook *handbook, const char *slug)
{
    for (size_t i = 0; i < handbook->entry_count; i++) {
        if (strcmp(handbook->entries[i].slug, slug) == 0)
            return (int)i;
    }
    return -1;
}

/* ---- The document ---- */

struct error *
handbook_read(struct arena *arena, const char *json, struct handbook **result)
{
    struct handbook *handbook = arena_alloc(arena, sizeof *handbook);
    json_t *document;
    json_t *entries;

    TRY(input_parse(arena, json, strlen(json), &document));
    TRY(INPUT_FIELDS(
        arena, document,
        {"entries", INPUT_ARRAY, false, &entries, 0, HANDBOOK_ENTRIES}));
    size_t count = json_array_size(entries);
    handbook->entries = arena_alloc(arena, count * sizeof handbook->entries[0]);
    for (size_t i = 0; i < count; i++) {
        struct course_lesson *entry = &handbook->entries[i];
        TRY(lesson_read(arena, json_array_get(entries, i), entry));
        if (handbook_kind(entry->slug) < 0)
            return lesson_invalid(arena, "手册条目名不合规定");
        if (handbook_find(handbook, entry->slug) >= 0)
            return lesson_invalid(arena, "手册条目名重复");
        handbook->entry_count = i + 1;
    }
    *result = handbook;
    return NULL;
}

static struct error *take_answer(
    struct arena *arena, const char *answer, struct findings *findings,
    const char **json)
{
    struct handbook *handbook;
    json_t *document;

    TRY(input_parse(arena, answer, strlen(answer), &document));
    if (!json_object_get(document, "error")) {
        *json = answer;
        return handbook_read(arena, answer, &handbook);
    }
    TRY(findings_read(findings, document));
    return error_new(
        arena, ERROR_INVALID, "course_refused", findings_line(arena, findings->first));
}

struct error *handbook_load(
    struct arena *arena, const char *directory, struct findings *findings,
    const char **json)
{
    const char *answer;

    TRY(sandbox_run(arena, "handbook", directory, HANDBOOK_LIMIT, &answer));
    return take_answer(arena, answer, findings, json);
}

/* ---- From the folder ---- */

/* Only Markdown, and no hidden files: those are editors'. */
static int is_entry(const struct dirent *entry)
{
    size_t size = strlen(entry->d_name);
    size_t ending = strlen(file_ending);

    return entry->d_name[0] != '.' && size > ending &&
           strcmp(entry->d_name + size - ending, file_ending) == 0;
}

static void add_entry(
    struct handbook *handbook, struct findings *findings, const char *directory,
    const char *file)
{
    const struct lesson_folder folder = {
        .directory = directory, .slug = LESSON_HANDBOOK, .is_reference = true};
    const char *path = arena_format(findings->arena, "%s/%s", directory, file);
    const char *slug =
        arena_copy_bytes(findings->arena, file, strlen(file) - strlen(file_ending));

    if (!slug_is_valid(slug) || handbook_kind(slug) < 0) {
        findings_add(
            findings, path, 0,
            "手册文件名应以 procedure-、checklist-、form-、script- 或 statute- 开头，"
            "后面是小写字母、数字和 -。");
        return;
    }
    if (handbook->entry_count == HANDBOOK_ENTRIES) {
        findings_add(findings, path, 0, "手册条目太多：最多 %d 条。", HANDBOOK_ENTRIES);
        return;
    }
    if (lesson_build(
            findings, &folder, slug, &handbook->entries[handbook->entry_count]))
        handbook->entry_count++;
}

const char *
handbook_build(struct arena *arena, const char *directory, struct findings *findings)
{
    size_t findings_before = findings->count;
    struct handbook handbook = {
        .entries = arena_alloc(arena, HANDBOOK_ENTRIES * sizeof handbook.entries[0])};
    struct dirent **entries;
    struct writer writer;
    int found = scandir(directory, &entries, is_entry, alphasort);

    if (found < 0) {
        findings_add(findings, directory, 0, "打不开这个文件夹。");
        return NULL;
    }
    for (int i = 0; i < found; i++) {
        add_entry(&handbook, findings, directory, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    if (findings->count > findings_before)
        return NULL;
    writer_init(&writer, arena, HANDBOOK_LIMIT);
    writer_object(&writer, NULL);
    writer_array(&writer, "entries");
    for (size_t i = 0; i < handbook.entry_count; i++)
        lesson_write(&writer, NULL, &handbook.entries[i]);
    writer_end(&writer);
    writer_end(&writer);
    if (writer.text.overflowed) {
        findings_add(findings, directory, 0, "手册内容过大：上限 16 MiB。");
        return NULL;
    }
    return writer.text.bytes;
}
