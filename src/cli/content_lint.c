#include "cli/content_lint.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "check/curriculum.h"
#include "format/markdown.h"
#include "format/settings.h"
#include "format/slug.h"
#include "format/xml.h"

static const char handbook_name[] = "handbook";
static const char summary_name[] = "summary.md";

/* Names in a folder, sorted, without hidden ones. */
struct names {
    const char **all;
    size_t count;
};

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* False when the folder cannot be read. */
static bool list_names(struct arena *arena, const char *folder, struct names *names)
{
    struct dirent **entries;
    int found = scandir(folder, &entries, is_visible, alphasort);

    *names = (struct names){0};
    if (found < 0)
        return false;
    names->all = arena_alloc(arena, ((size_t)found + 1) * sizeof names->all[0]);
    for (int i = 0; i < found; i++) {
        names->all[names->count++] = arena_copy(arena, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return true;
}

static bool is_folder(const char *path)
{
    DIR *folder = opendir(path);

    if (folder)
        (void)closedir(folder);
    return folder != NULL;
}

static bool ends_with(const char *text, const char *ending)
{
    size_t size = strlen(text);
    size_t tail = strlen(ending);

    return size > tail && strcmp(text + size - tail, ending) == 0;
}

/* False after a finding. */
static bool read_page(
    struct findings *findings, const char *folder, const char *name,
    enum page_kind kind, struct page *page)
{
    struct source source;
    const char *file = arena_format(findings->arena, "%s/%s", folder, name);
    const char *slash = strrchr(folder, '/');

    if (!source_read(findings, file, MARKDOWN_LIMIT, &source))
        return false;
    *page = (struct page){
        .kind = kind,
        .file = source.file,
        .folder = slash ? slash + 1 : folder,
        .name = name,
        .bytes = source.bytes,
    };
    page_read(findings->arena, page, 1);
    return true;
}

/* "01-a.md": what is named otherwise is no lesson, and has been said to be none. */
static bool is_lesson(struct arena *arena, const char *name)
{
    size_t size = strlen(name);

    return ends_with(name, ".md") &&
           slug_is_numbered(arena_copy_bytes(arena, name, size - strlen(".md")));
}

static void read_settings(struct findings *findings, struct curriculum_course *course)
{
    struct source *source = arena_alloc(findings->arena, sizeof *source);
    const char *file = arena_format(findings->arena, "%s/course.yml", course->folder);

    if (source_read(findings, file, SETTINGS_LIMIT, source))
        course->settings = source;
}

static void read_course(
    struct findings *findings, const char *folder, struct curriculum_course *course)
{
    struct arena *arena = findings->arena;
    struct page *summary = arena_alloc(arena, sizeof *summary);
    struct names figures;
    struct names names;

    course->folder = folder;
    course->slug = strrchr(folder, '/') + 1;
    course->is_numbered = slug_is_numbered(course->slug);
    (void)list_names(arena, folder, &names);
    course->lessons = arena_alloc(arena, (names.count + 1) * sizeof *course->lessons);
    read_settings(findings, course);
    for (size_t i = 0; i < names.count; i++) {
        const char *name = names.all[i];
        struct page *lesson = &course->lessons[course->lesson_count];
        if (is_lesson(arena, name))
            course->lesson_count +=
                read_page(findings, folder, name, PAGE_LESSON, lesson);
        else if (
            strcmp(name, summary_name) == 0 &&
            read_page(findings, folder, name, PAGE_SUMMARY, summary))
            course->summary = summary;
    }
    if (list_names(arena, arena_format(arena, "%s/figures", folder), &figures)) {
        course->figures = figures.all;
        course->figure_count = figures.count;
    }
}

static void read_handbook(struct findings *findings, struct curriculum *curriculum)
{
    struct names names;

    (void)list_names(findings->arena, curriculum->handbook_folder, &names);
    curriculum->handbook =
        arena_alloc(findings->arena, (names.count + 1) * sizeof(struct page));
    for (size_t i = 0; i < names.count; i++) {
        if (ends_with(names.all[i], ".md"))
            curriculum->handbook_count += read_page(
                findings, curriculum->handbook_folder, names.all[i], PAGE_HANDBOOK,
                &curriculum->handbook[curriculum->handbook_count]);
    }
}

static struct error *
unreadable(struct arena *arena, const char *code, const char *folder)
{
    return error_make(
        arena, ERROR_BROKEN, code, "cannot read the folder %s: %s", folder,
        strerrordesc_np(errno));
}

static struct error *read_courses(
    struct findings *findings, const char *courses, struct curriculum *curriculum)
{
    struct arena *arena = findings->arena;
    struct names names;

    if (!list_names(arena, courses, &names))
        return unreadable(arena, "courses_unreadable", courses);
    curriculum->handbook_folder = arena_format(arena, "%s/%s", courses, handbook_name);
    curriculum->courses =
        arena_alloc(arena, (names.count + 1) * sizeof(struct curriculum_course));
    for (size_t i = 0; i < names.count; i++) {
        const char *folder = arena_format(arena, "%s/%s", courses, names.all[i]);
        if (!is_folder(folder))
            continue;
        if (strcmp(names.all[i], handbook_name) == 0)
            read_handbook(findings, curriculum);
        else
            read_course(
                findings, folder, &curriculum->courses[curriculum->course_count++]);
    }
    return NULL;
}

/* A paper may take its questions from other folders and have none of its own. */
static void read_questions(
    struct findings *findings, const char *folder, struct curriculum *curriculum)
{
    struct arena *arena = findings->arena;
    struct question_file *file = &curriculum->files[curriculum->file_count++];
    const char *slug = strrchr(folder, '/') + 1;
    struct source source;

    *file = (struct question_file){
        .file = arena_format(arena, "%s/questions.xml", folder),
        .slug = slug,
        .course = slug,
    };
    if (source_read(findings, file->file, XML_LIMIT, &source))
        (void)question_read(findings, &source, file);
    if (source_read(
            findings, arena_format(arena, "%s/quiz.xml", folder), XML_LIMIT, &source))
        (void)question_read_paper(findings, &source, file);
}

static struct error *read_quizzes(
    struct findings *findings, const char *quizzes, struct curriculum *curriculum)
{
    struct arena *arena = findings->arena;
    struct names names;

    if (!list_names(arena, quizzes, &names))
        return unreadable(arena, "quizzes_unreadable", quizzes);
    curriculum->files =
        arena_alloc(arena, (names.count + 1) * sizeof(struct question_file));
    for (size_t i = 0; i < names.count; i++) {
        const char *folder = arena_format(arena, "%s/%s", quizzes, names.all[i]);
        if (strcmp(names.all[i], "schema") != 0 && is_folder(folder))
            read_questions(findings, folder, curriculum);
    }
    return NULL;
}

/* "courses/" as "courses", so that findings name files the way one would. */
static const char *without_slash(struct arena *arena, const char *path)
{
    size_t size = strlen(path);

    while (size > 1 && path[size - 1] == '/')
        size--;
    return arena_copy_bytes(arena, path, size);
}

struct error *content_lint(
    struct findings *findings, const char *courses, const char *quizzes, bool partial)
{
    struct arena *arena = findings->arena;
    struct curriculum curriculum = {0};
    struct findings unheard; /* content_check() reads the same files, and says it */

    findings_init(&unheard, arena);
    TRY(read_courses(&unheard, without_slash(arena, courses), &curriculum));
    TRY(read_quizzes(&unheard, without_slash(arena, quizzes), &curriculum));
    curriculum_check(findings, &curriculum, partial);
    return NULL;
}
