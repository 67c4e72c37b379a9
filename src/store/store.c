/* store.c - the single writer: a queue, one thread, shared commits. */
#include "store/store.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/log.h"
#include "store/migrate.h"
#include "store/mirror.h"
#include "store/sqlite.h"

/* Beyond this, a new change is refused at once: at a few thousand commits a second the
 * wait would already be felt. */
enum { QUEUE_LIMIT = 8192 };

struct job {
    struct job *next;
    store_change *change;
    void *context;
    struct arena *arena;
    store_done *done;
    void *owner;
    struct error *error;
};

struct store {
    char *path;
    int lock_file;
    struct db *writer;
    struct mirror *mirror; /* NULL: none */
    store_listener *listener;
    void *listener_context;
    pthread_t thread;
    pthread_mutex_t lock; /* guards all below */
    pthread_cond_t job_added;
    struct job *first;
    struct job **last;
    size_t waiting;
    bool closing;
};

static struct error *run_inside_savepoint(struct db *db, struct job *job)
{
    struct db_said mark = db_said_mark(db);

    db_use_arena(db, job->arena);
    TRY(db_run(db, "SAVEPOINT job"));
    struct error *error = job->change(db, job->context);
    if (error && db_in_transaction(db)) {
        db_said_back_to(db, mark);
        TRY(db_run(db, "ROLLBACK TO job"));
    }
    if (db_in_transaction(db))
        TRY(db_run(db, "RELEASE job"));
    return error;
}

/* If the commit itself fails, nothing of the batch is on disk and every job in it must
 * say so, even those whose change went well. */
static void commit_together(struct store *store, struct job *batch, struct arena *arena)
{
    struct db *db = store->writer;

    db_use_arena(db, arena);
    db_said_back_to(db, (struct db_said){0, 0});
    struct error *failure = db_run(db, "BEGIN IMMEDIATE");

    /* SQLite ends the whole transaction by itself when the disk is full. The jobs left
     * must not run then: each would commit on its own. */
    for (struct job *job = batch; job && !failure; job = job->next) {
        job->error = run_inside_savepoint(db, job);
        if (!db_in_transaction(db))
            failure = job->error ? job->error
                                 : error_new(
                                       arena, ERROR_BROKEN, "database",
                                       "the transaction was lost");
    }
    db_use_arena(db, arena);
    if (!failure)
        failure = db_run(db, "COMMIT");
    if (!failure)
        return;

    if (db_in_transaction(db)) {
        struct error *stuck = db_run(db, "ROLLBACK");
        assert(!stuck); /* SQLite promises that this works */
    }
    db_said_back_to(db, (struct db_said){0, 0});
    log_event("commit_failed", "code=%s message=%s", failure->code, failure->message);
    for (struct job *job = batch; job; job = job->next)
        job->error = error_copy(job->arena, failure);
}

static struct job *take_waiting_jobs(struct store *store)
{
    pthread_mutex_lock(&store->lock);
    while (!store->first && !store->closing)
        pthread_cond_wait(&store->job_added, &store->lock);
    struct job *batch = store->first;
    store->first = NULL;
    store->last = &store->first;
    store->waiting = 0;
    pthread_mutex_unlock(&store->lock);
    return batch;
}

static void tell_owners(struct store *store, struct job *batch)
{
    size_t count;
    const struct notice *notices = db_said_notices(store->writer, &count);

    /* Followers first: whoever was told "saved" and then looks sees it. */
    if (store->listener && count)
        store->listener(store->listener_context, notices, count);
    while (batch) {
        /* Once told, a job's memory belongs to its owner again. */
        struct job *next = batch->next;
        batch->done(batch->owner, batch->error);
        batch = next;
    }
}

static void *write_forever(void *argument)
{
    struct store *store = argument;
    struct arena *arena = arena_new();
    struct job *batch;

    while ((batch = take_waiting_jobs(store))) {
        size_t size;
        commit_together(store, batch, arena);
        const char *lines = db_said_mirror(store->writer, &size);
        if (store->mirror && size)
            mirror_write(store->mirror, lines, size);
        tell_owners(store, batch);
        arena_reset(arena);
    }
    arena_free(arena);
    return NULL;
}

/* SQLite lets several programs write; this program must be the only one. */
static struct error *lock_database(struct arena *arena, const char *path, int *file)
{
    char *name = arena_format(arena, "%s.lock", path);

    *file = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (*file < 0)
        return error_make(
            arena, ERROR_BROKEN, "database", "cannot write beside the database: %s: %s",
            name, strerrordesc_np(errno));
    if (flock(*file, LOCK_EX | LOCK_NB)) {
        (void)close(*file);
        return error_make(
            arena, ERROR_BROKEN, "database",
            "the database %s is in use by another xunsai", path);
    }
    return NULL;
}

static struct error *
prepare_database(struct arena *arena, struct store *store, const char *journal)
{
    TRY(db_open(arena, store->path, DB_WRITES, &store->writer));
    TRY(migrate(store->writer));
    if (journal)
        TRY(mirror_open(arena, store->writer, journal, &store->mirror));
    return NULL;
}

struct error *store_open(
    struct arena *arena, const struct store_options *options, struct store **result)
{
    int lock_file;

    TRY(lock_database(arena, options->database, &lock_file));
    struct store *store = calloc(1, sizeof *store);
    if (!store || !(store->path = strdup(options->database)))
        abort();
    store->lock_file = lock_file;
    store->last = &store->first;
    struct error *error = prepare_database(arena, store, options->journal);
    if (error) {
        if (store->writer)
            db_close(store->writer);
        (void)close(lock_file);
        free(store->path);
        free(store);
        return error;
    }
    pthread_mutex_init(&store->lock, NULL);
    pthread_cond_init(&store->job_added, NULL);
    if (pthread_create(&store->thread, NULL, write_forever, store))
        abort();
    *result = store;
    return NULL;
}

void store_close(struct store *store)
{
    pthread_mutex_lock(&store->lock);
    store->closing = true;
    pthread_cond_signal(&store->job_added);
    pthread_mutex_unlock(&store->lock);
    pthread_join(store->thread, NULL);

    assert(!store->first);
    db_close(store->writer);
    if (store->mirror)
        mirror_close(store->mirror);
    (void)close(store->lock_file);
    pthread_cond_destroy(&store->job_added);
    pthread_mutex_destroy(&store->lock);
    free(store->path);
    free(store);
}

void store_listen(struct store *store, store_listener *listener, void *context)
{
    store->listener_context = context;
    store->listener = listener;
}

struct error *
store_reader_open(struct store *store, struct arena *arena, struct db **reader)
{
    return db_open(arena, store->path, DB_READS, reader);
}

struct error *
store_reader_of(struct arena *arena, const char *database, struct db **reader)
{
    return db_open(arena, database, DB_READS, reader);
}

void store_reader_close(struct db *reader)
{
    db_close(reader);
}

struct error *store_read_begin(struct db *reader)
{
    return db_run(reader, "BEGIN");
}

void store_read_end(struct db *reader)
{
    if (db_in_transaction(reader)) {
        struct error *error = db_run(reader, "COMMIT");
        assert(!error); /* nothing was written, nothing can fail */
    }
}

struct error *store_write_later(
    struct store *store, struct arena *arena, store_change *change, void *context,
    store_done *done, void *owner)
{
    struct job *job = arena_alloc(arena, sizeof *job);

    *job = (struct job){
        .change = change,
        .context = context,
        .arena = arena,
        .done = done,
        .owner = owner,
    };
    pthread_mutex_lock(&store->lock);
    bool refused = store->closing || store->waiting >= QUEUE_LIMIT;
    if (!refused) {
        *store->last = job;
        store->last = &job->next;
        store->waiting++;
        pthread_cond_signal(&store->job_added);
    }
    pthread_mutex_unlock(&store->lock);
    return refused ? error_new(
                         arena, ERROR_UNAVAILABLE, "store_busy",
                         "服务器正忙，这次没有保存，请稍后重试。")
                   : NULL;
}

struct waiter {
    pthread_mutex_t lock;
    pthread_cond_t told;
    bool done;
    struct error *error;
};

static void wake_waiter(void *owner, struct error *error)
{
    struct waiter *waiter = owner;

    pthread_mutex_lock(&waiter->lock);
    waiter->done = true;
    waiter->error = error;
    pthread_cond_signal(&waiter->told);
    pthread_mutex_unlock(&waiter->lock);
}

struct error *store_write(
    struct store *store, struct arena *arena, store_change *change, void *context)
{
    struct waiter waiter = {
        .lock = PTHREAD_MUTEX_INITIALIZER, .told = PTHREAD_COND_INITIALIZER};

    TRY(store_write_later(store, arena, change, context, wake_waiter, &waiter));
    pthread_mutex_lock(&waiter.lock);
    while (!waiter.done)
        pthread_cond_wait(&waiter.told, &waiter.lock);
    pthread_mutex_unlock(&waiter.lock);
    return waiter.error;
}

size_t store_queue_length(struct store *store)
{
    pthread_mutex_lock(&store->lock);
    size_t waiting = store->waiting;
    pthread_mutex_unlock(&store->lock);
    return waiting;
}
