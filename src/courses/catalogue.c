#include "courses/catalogue.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/token.h"
#include "base/writer.h"

enum { ETAG_BYTES = 16 };

/* One loading: a view, its memory, and how many hold on to it: the catalogue while it
 * is the current one, and each arena that was given it. */
struct generation {
    struct arena *arena;
    struct catalogue_view view;
    atomic_int holders;
};

struct catalogue {
    /* Guards the pointer, so that nobody takes a generation that is just being let
     * go. */
    pthread_mutex_t lock;
    struct generation *current;
};

static struct generation *generation_new(void)
{
    struct arena *arena = arena_new();
    struct generation *generation = arena_alloc(arena, sizeof *generation);

    generation->arena = arena;
    atomic_init(&generation->holders, 1);
    return generation;
}

static void release_generation(void *object)
{
    struct generation *generation = object;

    if (atomic_fetch_sub(&generation->holders, 1) == 1)
        arena_free(generation->arena);
}

struct catalogue *catalogue_new(void)
{
    struct catalogue *catalogue = calloc(1, sizeof *catalogue);

    if (!catalogue)
        abort();
    (void)pthread_mutex_init(&catalogue->lock, NULL);
    catalogue->current = generation_new();
    return catalogue;
}

void catalogue_free(struct catalogue *catalogue)
{
    release_generation(catalogue->current);
    (void)pthread_mutex_destroy(&catalogue->lock);
    free(catalogue);
}

const struct catalogue_view *
catalogue_view(struct catalogue *catalogue, struct arena *arena)
{
    (void)pthread_mutex_lock(&catalogue->lock);
    struct generation *generation = catalogue->current;
    (void)atomic_fetch_add(&generation->holders, 1);
    (void)pthread_mutex_unlock(&catalogue->lock);
    arena_defer(arena, release_generation, generation);
    return &generation->view;
}

const struct catalogue_course *
catalogue_find(const struct catalogue_view *view, const char *slug)
{
    for (size_t i = 0; i < view->count; i++) {
        if (strcmp(view->courses[i].course->slug, slug) == 0)
            return &view->courses[i];
    }
    return NULL;
}

int catalogue_lesson(const struct course *course, const char *slug)
{
    for (size_t i = 0; i < course->lesson_count; i++) {
        if (strcmp(course->lessons[i].slug, slug) == 0)
            return (int)i;
    }
    return -1;
}

int catalogue_section(const struct course_lesson *lesson, const char *id)
{
    for (size_t i = 0; i < lesson->text.section_count; i++) {
        if (strcmp(lesson->text.sections[i].id, id) == 0)
            return (int)i;
    }
    return -1;
}

/* ---- making a generation ---- */

static const char *slug_at(const struct course *course, size_t index)
{
    return index < course->lesson_count ? course->lessons[index].slug : NULL;
}

static void make_page(
    struct arena *arena, const struct course *course, size_t index,
    struct catalogue_page *page)
{
    const struct course_lesson *lesson = &course->lessons[index];
    unsigned char digest[TOKEN_DIGEST];
    struct writer writer;

    writer_init(&writer, arena, COURSE_LIMIT);
    writer_object(&writer, NULL);
    writer_text(&writer, "course", course->slug);
    writer_text(&writer, "slug", lesson->slug);
    writer_text(&writer, "title", lesson->text.title);
    writer_text(&writer, "html", lesson->text.html);
    writer_array(&writer, "sections");
    for (size_t i = 0; i < lesson->text.section_count; i++) {
        writer_object(&writer, NULL);
        writer_text(&writer, "id", lesson->text.sections[i].id);
        writer_text(&writer, "title", lesson->text.sections[i].title);
        writer_end(&writer);
    }
    writer_end(&writer);
    writer_text_or_null(
        &writer, "previous", index > 0 ? slug_at(course, index - 1) : NULL);
    writer_text_or_null(&writer, "next", slug_at(course, index + 1));
    writer_end(&writer);
    assert(!writer.text.overflowed); /* it was part of a document of that limit */

    token_sha256(writer.text.bytes, writer.text.size, digest);
    *page = (struct catalogue_page){
        .bytes = writer.text.bytes,
        .size = writer.text.size,
        .etag = arena_format(arena, "\"%s\"", token_hex(arena, digest, ETAG_BYTES)),
    };
}

static struct error *
make_course(struct arena *arena, const char *json, struct catalogue_course *result)
{
    struct course *course;

    result->json = arena_copy(arena, json);
    TRY(course_read(arena, result->json, &course));
    struct catalogue_page *pages =
        arena_alloc(arena, course->lesson_count * sizeof pages[0]);
    for (size_t i = 0; i < course->lesson_count; i++) {
        make_page(arena, course, i, &pages[i]);
        result->section_count += course->lessons[i].text.section_count;
    }
    result->course = course;
    result->pages = pages;
    return NULL;
}

/* The document of a folder: today's, or when that is refused the one before; NULL
 * without either. */
static struct error *choose_document(
    struct arena *arena, const char *directory, const char *name,
    const struct catalogue_view *before, struct findings *findings, const char **json)
{
    const char *folder = arena_format(arena, "%s/%s", directory, name);
    size_t findings_before = findings->count;
    struct error *error = course_load(arena, folder, findings, json);

    if (!error)
        return NULL;
    if (error->kind == ERROR_BROKEN)
        return error;
    if (findings->count == findings_before)
        findings_add(findings, folder, 0, "%s", error->message);
    const struct catalogue_course *old = catalogue_find(before, name);
    *json = old ? old->json : NULL;
    return NULL;
}

static int compare_courses(const void *left, const void *right)
{
    const struct course *a = ((const struct catalogue_course *)left)->course;
    const struct course *b = ((const struct catalogue_course *)right)->course;

    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return strcmp(a->slug, b->slug);
}

/* Hidden folders are editors' and version control's. */
static int is_course_folder(const struct dirent *entry)
{
    return entry->d_name[0] != '.' &&
           (entry->d_type == DT_DIR || entry->d_type == DT_LNK ||
            entry->d_type == DT_UNKNOWN);
}

/* What lies in the directory of courses. */
struct folders {
    const char *directory;
    const char **names;
    size_t count;
};

static struct error *fill(
    struct generation *generation, struct arena *arena, const struct folders *folders,
    const struct catalogue_view *before, struct findings *findings)
{
    struct catalogue_course *courses =
        arena_alloc(generation->arena, folders->count * sizeof courses[0]);

    generation->view.courses = courses;
    for (size_t i = 0; i < folders->count; i++) {
        const char *json = NULL;
        TRY(choose_document(
            arena, folders->directory, folders->names[i], before, findings, &json));
        if (!json)
            continue;
        struct error *error =
            make_course(generation->arena, json, &courses[generation->view.count]);
        if (error)
            return error_copy(arena, error);
        generation->view.count++;
    }
    qsort(courses, generation->view.count, sizeof courses[0], compare_courses);
    return NULL;
}

static struct error *list_folders(struct arena *arena, struct folders *folders)
{
    struct dirent **entries;
    int found = scandir(folders->directory, &entries, is_course_folder, alphasort);

    if (found < 0)
        return error_make(
            arena, ERROR_BROKEN, "courses_unreadable",
            "cannot read the folder of courses %s: %s", folders->directory,
            strerrordesc_np(errno));
    folders->count = (size_t)found;
    folders->names = arena_alloc(arena, folders->count * sizeof(char *));
    for (size_t i = 0; i < folders->count; i++) {
        folders->names[i] = arena_copy(arena, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return NULL;
}

struct error *catalogue_load(
    struct catalogue *catalogue, struct arena *arena, const char *directory,
    struct findings *findings)
{
    const struct catalogue_view *before = catalogue_view(catalogue, arena);
    struct folders folders = {.directory = directory};

    TRY(list_folders(arena, &folders));
    struct generation *made = generation_new();
    struct error *error = fill(made, arena, &folders, before, findings);
    if (error) {
        release_generation(made);
        return error;
    }
    (void)pthread_mutex_lock(&catalogue->lock);
    struct generation *old = catalogue->current;
    catalogue->current = made;
    (void)pthread_mutex_unlock(&catalogue->lock);
    release_generation(old);
    return NULL;
}
