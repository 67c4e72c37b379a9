#include "courses/catalogue.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "courses/finder.h"
#include "courses/links.h"
#include "courses/pages.h"

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
    generation->view.handbook = arena_alloc(arena, sizeof(struct handbook));
    pages_handbook(arena, &generation->view, &generation->view.handbook_list);
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

static struct error *
make_course(struct arena *arena, const char *json, struct catalogue_course *result)
{
    struct course *course;

    result->json = arena_copy(arena, json);
    TRY(course_read(arena, result->json, &course));
    struct catalogue_page *pages =
        arena_alloc(arena, course->lesson_count * sizeof pages[0]);
    for (size_t i = 0; i < course->lesson_count; i++) {
        pages_lesson(arena, course, i, &pages[i]);
        result->section_count += course->lessons[i].text.section_count;
    }
    if (course->summary)
        pages_summary(arena, course, &result->summary);
    result->course = course;
    result->pages = pages;
    return NULL;
}

/* What lies in the directory of courses. */
struct folders {
    const char *directory;
    const char **names;
    bool *refused; /* this time */
    size_t count;
    bool has_handbook;
    bool handbook_refused;
};

typedef struct error *load_folder(
    struct arena *arena, const char *directory, struct findings *findings,
    const char **json);

/* The document of a folder: today's, or when that is refused `old`, which may be
 * NULL. */
static struct error *choose_document(
    struct findings *findings, const char *folder, load_folder *load, const char *old,
    const char **json, bool *refused)
{
    size_t findings_before = findings->count;
    struct error *error = load(findings->arena, folder, findings, json);

    *refused = error != NULL;
    if (!error)
        return NULL;
    if (error->kind == ERROR_BROKEN)
        return error;
    if (findings->count == findings_before)
        findings_add(findings, folder, 0, "%s", error->message);
    *json = old;
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
static int is_folder(const struct dirent *entry)
{
    return entry->d_name[0] != '.' &&
           (entry->d_type == DT_DIR || entry->d_type == DT_LNK ||
            entry->d_type == DT_UNKNOWN);
}

static bool is_refused(const void *context, const char *folder)
{
    const struct folders *folders = context;

    if (strcmp(folder, LESSON_HANDBOOK) == 0)
        return folders->handbook_refused;
    for (size_t i = 0; i < folders->count; i++) {
        if (strcmp(folders->names[i], folder) == 0)
            return folders->refused[i];
    }
    return false;
}

static struct error *fill_courses(
    struct generation *generation, struct folders *folders,
    const struct catalogue_view *before, struct findings *findings)
{
    struct catalogue_course *courses =
        arena_alloc(generation->arena, folders->count * sizeof courses[0]);

    generation->view.courses = courses;
    for (size_t i = 0; i < folders->count; i++) {
        const char *folder = arena_format(
            findings->arena, "%s/%s", folders->directory, folders->names[i]);
        const struct catalogue_course *old = catalogue_find(before, folders->names[i]);
        const char *json = NULL;
        TRY(choose_document(
            findings, folder, course_load, old ? old->json : NULL, &json,
            &folders->refused[i]));
        if (!json)
            continue;
        TRY(make_course(generation->arena, json, &courses[generation->view.count]));
        generation->view.count++;
    }
    qsort(courses, generation->view.count, sizeof courses[0], compare_courses);
    return NULL;
}

static struct error *fill_handbook(
    struct generation *generation, struct folders *folders,
    const struct catalogue_view *before, struct findings *findings)
{
    struct catalogue_view *view = &generation->view;
    struct handbook *handbook;
    const char *json = NULL;

    if (folders->has_handbook)
        TRY(choose_document(
            findings,
            arena_format(findings->arena, "%s/" LESSON_HANDBOOK, folders->directory),
            handbook_load, before->handbook_json, &json, &folders->handbook_refused));
    if (!json)
        return NULL;
    view->handbook_json = arena_copy(generation->arena, json);
    TRY(handbook_read(generation->arena, view->handbook_json, &handbook));
    view->handbook = handbook;
    return NULL;
}

static struct error *fill(
    struct generation *generation, struct folders *folders,
    const struct catalogue_view *before, struct findings *findings)
{
    struct catalogue_view *view = &generation->view;

    TRY(fill_courses(generation, folders, before, findings));
    TRY(fill_handbook(generation, folders, before, findings));
    links_check(findings, folders->directory, view, is_refused, folders);
    struct catalogue_page *pages =
        arena_alloc(generation->arena, view->handbook->entry_count * sizeof pages[0]);
    for (size_t i = 0; i < view->handbook->entry_count; i++)
        pages_entry(generation->arena, view, i, &pages[i]);
    view->handbook_pages = pages;
    pages_handbook(generation->arena, view, &view->handbook_list);
    return finder_new(generation->arena, view, &view->finder);
}

static struct error *list_folders(struct arena *arena, struct folders *folders)
{
    struct dirent **entries;
    int found = scandir(folders->directory, &entries, is_folder, alphasort);

    if (found < 0)
        return error_make(
            arena, ERROR_BROKEN, "courses_unreadable",
            "cannot read the folder of courses %s: %s", folders->directory,
            strerrordesc_np(errno));
    folders->names = arena_alloc(arena, (size_t)found * sizeof(char *));
    folders->refused = arena_alloc(arena, (size_t)found * sizeof(bool));
    for (int i = 0; i < found; i++) {
        if (strcmp(entries[i]->d_name, LESSON_HANDBOOK) == 0)
            folders->has_handbook = true;
        else
            folders->names[folders->count++] = arena_copy(arena, entries[i]->d_name);
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
    struct error *error = fill(made, &folders, before, findings);
    if (error) {
        /* It may live in the arena that goes away now. */
        error = error_copy(arena, error);
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
