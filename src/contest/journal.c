#include "contest/journal.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "contest/roster.h"

/* States kept per connection; the one not used for longest gives way. */
enum { PAGES = 16 };

struct page {
    int64_t contest;  /* 0: empty */
    uint64_t used_at; /* counts questions */
    struct arena *arena;
    struct contest_state *state;
};

/* What one connection has folded. Belongs to the thread that uses that connection, so
 * only finding it needs the lock. There are as many as connections: one for each worker
 * and the writer's. */
struct shelf {
    struct shelf *next;
    const struct db *db;
    uint64_t clock;
    struct page pages[PAGES];
};

struct journal {
    pthread_mutex_t lock; /* guards the list of shelves */
    struct shelf *shelves;
};

struct journal *journal_new(void)
{
    struct journal *journal = calloc(1, sizeof *journal);

    if (!journal)
        abort();
    pthread_mutex_init(&journal->lock, NULL);
    return journal;
}

void journal_free(struct journal *journal)
{
    while (journal->shelves) {
        struct shelf *shelf = journal->shelves;
        journal->shelves = shelf->next;
        for (size_t i = 0; i < PAGES; i++)
            if (shelf->pages[i].arena)
                arena_free(shelf->pages[i].arena);
        free(shelf);
    }
    pthread_mutex_destroy(&journal->lock);
    free(journal);
}

char *journal_subject(struct arena *arena, int64_t contest)
{
    return arena_format(arena, "contest/%" PRId64, contest);
}

/* ---- Building ---- */

/* What is written in the database was accepted once. If it does not fit any more, that
 * is not the fault of the person who asks now. */
static struct error *broken(struct db *db, int64_t contest, const struct error *error)
{
    if (error->kind == ERROR_BROKEN || error->kind == ERROR_NOT_FOUND)
        return error_copy(db_arena(db), error);
    return error_make(
        db_arena(db), ERROR_BROKEN, "contest_journal", "contest %" PRId64 ": %s",
        contest, error->message);
}

struct folding {
    struct arena *arena;
    struct contest_state *state;
};

static struct error *fold_one(void *context, const struct chain_event *event)
{
    struct folding *folding = context;

    return contest_apply(folding->arena, folding->state, event);
}

static struct error *catch_up(struct db *db, struct contest_state *state)
{
    struct folding folding = {db_arena(db), state};

    return chain_read(
        db, journal_subject(db_arena(db), state->contest), state->number, fold_one,
        &folding);
}

static void seat(struct contest_state *state, const struct roster *roster)
{
    struct contest_contestant *contestants =
        arena_alloc(state->arena, (roster->contestant_count + 1) * sizeof *contestants);
    struct contest_judge *judges =
        arena_alloc(state->arena, (roster->judge_count + 1) * sizeof *judges);

    for (size_t i = 0; i < roster->contestant_count; i++)
        contestants[i] = (struct contest_contestant){
            .id = roster->contestants[i].id, .branch = roster->contestants[i].branch};
    for (size_t i = 0; i < roster->judge_count; i++)
        judges[i] = (struct contest_judge){
            .person = roster->judges[i].person,
            .number = roster->judges[i].number,
            .branch = roster->judges[i].branch,
        };
    contest_seat(
        state, contestants, roster->contestant_count, judges, roster->judge_count);
}

static struct error *build(
    struct arena *arena, struct db *db, int64_t contest, struct contest_state **result)
{
    const struct roster *roster;
    const struct rules *rules;

    TRY(roster_read(db, contest, &roster));
    TRY(rules_read(arena, roster->rules, strlen(roster->rules), &rules));
    *result = contest_new(arena, rules);
    (*result)->contest = contest;
    seat(*result, roster);
    return catch_up(db, *result);
}

struct error *journal_build(
    struct arena *arena, struct db *db, int64_t contest,
    const struct contest_state **result)
{
    struct contest_state *state;
    struct error *error = build(arena, db, contest, &state);

    if (error)
        return broken(db, contest, error);
    *result = state;
    return NULL;
}

/* ---- Keeping ---- */

static struct shelf *shelf_of(struct journal *journal, const struct db *db)
{
    pthread_mutex_lock(&journal->lock);
    struct shelf *shelf = journal->shelves;
    while (shelf && shelf->db != db)
        shelf = shelf->next;
    if (!shelf) {
        shelf = calloc(1, sizeof *shelf);
        if (!shelf)
            abort();
        shelf->db = db;
        shelf->next = journal->shelves;
        journal->shelves = shelf;
    }
    pthread_mutex_unlock(&journal->lock);
    return shelf;
}

/* The page of the contest, or one to put it on. */
static struct page *page_of(struct shelf *shelf, int64_t contest)
{
    struct page *oldest = &shelf->pages[0];

    for (size_t i = 0; i < PAGES; i++) {
        if (shelf->pages[i].contest == contest)
            return &shelf->pages[i];
        if (shelf->pages[i].used_at < oldest->used_at)
            oldest = &shelf->pages[i];
    }
    oldest->contest = 0;
    return oldest;
}

/* Is the event at which the kept state ends still in the database, the same? */
static struct error *
still_holds(struct db *db, const struct contest_state *state, bool *holds)
{
    static const char sql[] =
        "SELECT hash FROM event WHERE subject = $1 AND number = $2";
    SCOPED_ROWS rows = db_query(
        db, sql, TEXT(journal_subject(db_arena(db), state->contest)),
        INT(state->number));

    *holds = rows_next(&rows) && strcmp(rows_text(&rows, 0), state->hash) == 0;
    return rows_error(&rows);
}

static struct error *renew(struct page *page, struct db *db, int64_t contest)
{
    bool holds = false;

    /* Before the seal there is no event to hold on to, and people may still change. */
    if (page->contest == contest)
        TRY(still_holds(db, page->state, &holds));
    page->contest = 0; /* not to be trusted if what follows fails half-way */
    if (holds) {
        TRY(catch_up(db, page->state));
    } else {
        if (!page->arena)
            page->arena = arena_new();
        arena_reset(page->arena);
        TRY(build(page->arena, db, contest, &page->state));
    }
    page->contest = contest;
    return NULL;
}

struct error *journal_state(
    struct journal *journal, struct db *db, int64_t contest,
    const struct contest_state **result)
{
    struct shelf *shelf = shelf_of(journal, db);
    struct page *page = page_of(shelf, contest);
    struct error *error = renew(page, db, contest);

    if (error)
        return broken(db, contest, error);
    page->used_at = ++shelf->clock;
    *result = page->state;
    return NULL;
}

/* ---- Lines ---- */

struct listing {
    struct arena *arena;
    struct text *lines;
};

static struct error *add_line(void *context, const struct chain_event *event)
{
    struct listing *listing = context;

    text_add(listing->lines, chain_line(listing->arena, event));
    text_add(listing->lines, "\n");
    return NULL;
}

struct error *journal_lines(struct db *db, int64_t contest, struct text *lines)
{
    struct listing listing = {db_arena(db), lines};

    return chain_read(
        db, journal_subject(db_arena(db), contest), 0, add_line, &listing);
}
