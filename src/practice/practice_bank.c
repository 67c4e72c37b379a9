#include "practice/practice_bank.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "practice/practice_folders.h"

/* One loading: who holds on to it is counted, as in courses/catalogue.c. */
struct generation {
    struct arena *arena;
    struct practice_view view;
    struct practice_folders folders;
    atomic_int holders;
};

struct practice_bank {
    pthread_mutex_t lock; /* guards the pointer */
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

struct practice_bank *practice_bank_new(void)
{
    struct practice_bank *bank = calloc(1, sizeof *bank);

    if (!bank)
        abort();
    (void)pthread_mutex_init(&bank->lock, NULL);
    bank->current = generation_new();
    return bank;
}

void practice_bank_free(struct practice_bank *bank)
{
    release_generation(bank->current);
    (void)pthread_mutex_destroy(&bank->lock);
    free(bank);
}

static const struct generation *hold(struct practice_bank *bank, struct arena *arena)
{
    (void)pthread_mutex_lock(&bank->lock);
    struct generation *generation = bank->current;
    (void)atomic_fetch_add(&generation->holders, 1);
    (void)pthread_mutex_unlock(&bank->lock);
    arena_defer(arena, release_generation, generation);
    return generation;
}

const struct practice_view *
practice_bank_view(struct practice_bank *bank, struct arena *arena)
{
    return &hold(bank, arena)->view;
}

static int compare_with_id(const void *id, const void *item)
{
    return strcmp(id, (*(const struct practice_item *const *)item)->question->id);
}

const struct practice_item *
practice_find(const struct practice_view *view, const char *id)
{
    if (!view->count)
        return NULL;
    const struct practice_item **found = bsearch(
        id, view->by_id, view->count, sizeof(struct practice_item *), compare_with_id);

    return found ? *found : NULL;
}

/* ---- From documents to the view ---- */

/* The names of questions that no practice may show. */
struct reserved {
    struct arena *arena;
    const char **ids;
    size_t count;
    size_t room;
};

static void reserve(struct reserved *reserved, const char *id)
{
    if (reserved->count == reserved->room) {
        size_t room = reserved->room ? 2 * reserved->room : 64;
        const char **more = arena_alloc(reserved->arena, room * sizeof more[0]);
        if (reserved->count)
            memcpy(more, reserved->ids, reserved->count * sizeof more[0]);
        reserved->ids = more;
        reserved->room = room;
    }
    reserved->ids[reserved->count++] = id;
}

static bool is_reserved(const struct reserved *reserved, const char *id)
{
    for (size_t i = 0; i < reserved->count; i++)
        if (strcmp(reserved->ids[i], id) == 0)
            return true;
    return false;
}

/* Frozen sets count for ever: one may be used on an evening whose files have changed
 * since. Inside a text the quotes would be escaped, so this finds the kind only. */
static struct error *reserve_frozen(struct db *reader, struct reserved *reserved)
{
    static const char sql[] =
        "SELECT body FROM paper WHERE body LIKE '%\"kind\":\"buzzer\"%'";
    SCOPED_ROWS rows = db_query(reader, sql);

    while (rows_next(&rows)) {
        struct paper *paper;
        TRY(paper_read(reserved->arena, rows_text(&rows, 0), &paper));
        for (size_t p = 0; p < paper->part_count; p++)
            for (size_t q = 0; q < paper->parts[p].question_count; q++)
                reserve(reserved, paper->parts[p].questions[q].id);
    }
    return rows_error(&rows);
}

static void reserve_folders(const struct generation *made, struct reserved *reserved)
{
    for (size_t i = 0; i < made->folders.count; i++) {
        const struct paper *paper = made->folders.entries[i].paper;
        for (size_t q = 0; paper->kind == PAPER_BUZZER && q < paper->question_count;
             q++)
            reserve(reserved, paper->parts[0].questions[q].id);
    }
}

static bool is_in_view(const struct practice_view *view, const char *id)
{
    for (size_t i = 0; i < view->count; i++)
        if (strcmp(view->items[i].question->id, id) == 0)
            return true;
    return false;
}

/* The questions from `first` on that are practised as one. */
static size_t unit_length(const struct paper_part *part, size_t first)
{
    const char *id = part->questions[first].case_id;
    size_t count = 1;

    while (*id && first + count < part->question_count &&
           strcmp(part->questions[first + count].case_id, id) == 0)
        count++;
    return count;
}

/* A case of which one question must not be shown is not shown at all; nor is a name
 * that another folder has used before. */
static bool is_welcome(
    const struct practice_view *view, const struct reserved *reserved,
    const struct paper_question *questions, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_reserved(reserved, questions[i].id) || is_in_view(view, questions[i].id))
            return false;
    return true;
}

static void add_folder(
    struct practice_view *view, const struct reserved *reserved,
    const struct paper *paper)
{
    const struct paper_part *part = &paper->parts[0];
    size_t count;

    for (size_t q = 0; q < part->question_count; q += count) {
        const struct paper_question *questions = &part->questions[q];
        count = unit_length(part, q);
        if (!is_welcome(view, reserved, questions, count))
            continue;
        view->units[view->unit_count] = (struct practice_unit){view->count, count};
        for (size_t i = 0; i < count; i++)
            view->items[view->count++] = (struct practice_item){
                .paper = paper,
                .question = &questions[i],
                .owner = paper_find_case(paper, questions[i].case_id),
                .unit = view->unit_count,
            };
        view->unit_count++;
    }
}

static int compare_items(const void *left, const void *right)
{
    const struct practice_item *a = *(const struct practice_item *const *)left;
    const struct practice_item *b = *(const struct practice_item *const *)right;

    return strcmp(a->question->id, b->question->id);
}

static void fill_view(struct generation *made, const struct reserved *reserved)
{
    struct practice_view *view = &made->view;
    size_t most = 1;

    view->loaded = true;
    for (size_t i = 0; i < made->folders.count; i++)
        most += made->folders.entries[i].paper->question_count;
    view->items = arena_alloc(made->arena, most * sizeof view->items[0]);
    view->units = arena_alloc(made->arena, most * sizeof view->units[0]);
    view->by_id = arena_alloc(made->arena, most * sizeof(struct practice_item *));
    for (size_t i = 0; i < made->folders.count; i++)
        if (made->folders.entries[i].paper->kind == PAPER_QUIZ)
            add_folder(view, reserved, made->folders.entries[i].paper);
    for (size_t i = 0; i < view->count; i++)
        view->by_id[i] = &view->items[i];
    qsort(view->by_id, view->count, sizeof(struct practice_item *), compare_items);
}

static struct error *fill(
    struct generation *made, struct db *reader, const char *directory,
    const struct generation *before, struct findings *findings)
{
    struct reserved reserved = {.arena = findings->arena};

    TRY(practice_folders_load(
        made->arena, &before->folders, directory, findings, &made->folders));
    TRY(reserve_frozen(reader, &reserved));
    reserve_folders(made, &reserved);
    fill_view(made, &reserved);
    return NULL;
}

struct error *practice_bank_load(
    struct practice_bank *bank, struct db *reader, const char *directory,
    struct findings *findings)
{
    const struct generation *before = hold(bank, findings->arena);
    struct generation *made = generation_new();
    struct error *error = fill(made, reader, directory, before, findings);

    if (error) {
        /* It may live in the arena that goes away now. */
        error = error_copy(findings->arena, error);
        release_generation(made);
        return error;
    }
    (void)pthread_mutex_lock(&bank->lock);
    struct generation *old = bank->current;
    bank->current = made;
    (void)pthread_mutex_unlock(&bank->lock);
    release_generation(old);
    return NULL;
}
