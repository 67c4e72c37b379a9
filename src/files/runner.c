#include "files/runner.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

enum { PAUSE_S = 60, NICENESS = 10, FOLDER_MODE = 0710, FILE_MODE = 0640 };

#define DIGEST_SUFFIX ".sha256"

struct runner {
    struct store *store;
    struct db *reader;
    char *folder;
    pthread_t thread;
    struct output_progress progress; /* of the job that is made now */
    pthread_mutex_t lock;            /* guards all below */
    pthread_cond_t woken;
    bool wanted;
    bool stopping;
    int64_t making; /* id of that job, 0 for none */
};

/* ---- Old files ---- */

static bool is_kept(const char *name, const char *const *kept)
{
    for (; *kept; kept++) {
        size_t length = strlen(*kept);
        if (strncmp(name, *kept, length) == 0 &&
            (!name[length] || strcmp(name + length, DIGEST_SUFFIX) == 0))
            return true;
    }
    return false;
}

/* Nothing is being written meanwhile: what no finished job knows is half of something,
 * or too old. */
static struct error *sweep(struct runner *runner, struct arena *arena)
{
    const char *const *kept;

    db_use_arena(runner->reader, arena);
    TRY(job_kept_files(runner->reader, clock_now_ms(), &kept));
    DIR *folder = opendir(runner->folder);
    if (!folder)
        return error_make(
            arena, ERROR_BROKEN, "exports", "cannot read %s: %s", runner->folder,
            strerrordesc_np(errno));
    /* NOLINTNEXTLINE(concurrency-mt-unsafe): nobody else reads this stream */
    for (const struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.' || is_kept(entry->d_name, kept))
            continue;
        log_event("export_removed", "file=%s", entry->d_name);
        (void)unlinkat(dirfd(folder), entry->d_name, 0);
    }
    (void)closedir(folder);
    return NULL;
}

/* ---- One job ---- */

static struct error *
load(struct runner *runner, const struct job *job, struct file_source *source)
{
    TRY(store_read_begin(runner->reader));
    struct error *error = file_load(
        runner->reader, job->kind, job->subject, job->branch, clock_now_ms(), source);
    store_read_end(runner->reader);
    return error;
}

static struct error *write_digest(
    struct arena *arena, const char *path, const char *name, const char *digest)
{
    const char *digest_path = arena_format(arena, "%s" DIGEST_SUFFIX, path);
    const char *line = arena_format(arena, "%s  %s\n", digest, name);
    unsigned char own[TOKEN_DIGEST];
    struct output output;
    int64_t size;

    TRY(output_open(arena, digest_path, &output));
    output_bytes(&output, line, strlen(line));
    TRY(output_finish(arena, &output, NULL, own, &size));
    (void)chmod(digest_path, FILE_MODE);
    return NULL;
}

static struct error *write_file(
    struct runner *runner, struct arena *arena, const struct file_source *source,
    struct job_ending *ending)
{
    const struct job *job = ending->job;
    const char *path;
    unsigned char digest[TOKEN_DIGEST];
    struct output output;

    ending->file = arena_format(
        arena, "%" PRId64 "-%s-%" PRId64 "-ranking.%s", job->id,
        ranking_kind_name(job->kind), job->subject, file_format_name(job->format));
    ending->name = file_name(arena, source, job->format);
    path = arena_format(arena, "%s/%s", runner->folder, ending->file);
    TRY(output_open(arena, path, &output));
    output.progress = &runner->progress;
    struct error *error = file_write(arena, source, job->format, &output);
    TRY(output_finish(arena, &output, error, digest, &ending->size));
    (void)chmod(path, FILE_MODE);
    ending->digest = token_hex(arena, digest, sizeof digest);
    ending->row_count = (int64_t)source->ranking.person_count;
    error = write_digest(arena, path, ending->file, ending->digest);
    if (error)
        (void)unlink(path);
    return error;
}

static const char *reason_of(const struct error *error)
{
    return error->kind == ERROR_BROKEN ? "文件没有生成，请联系管理员查看日志。"
                                       : error->message;
}

static struct error *settle(
    struct runner *runner, struct arena *arena, struct job_ending *ending,
    const struct error *error)
{
    int64_t id = ending->job->id;

    if (error && strcmp(error->code, "stopped") == 0)
        return store_write(runner->store, arena, job_put_back, &id);
    if (error)
        log_event(
            "export_failed", "job=%" PRId64 " code=%s message=%s", id, error->code,
            error->message);
    ending->failure = error ? reason_of(error) : NULL;
    ending->at = clock_now_ms();
    TRY(store_write(runner->store, arena, job_end, ending));
    if (!error)
        log_event(
            "export_done", "job=%" PRId64 " rows=%" PRId64 " bytes=%" PRId64, id,
            ending->row_count, ending->size);
    return NULL;
}

static void set_making(struct runner *runner, int64_t id)
{
    pthread_mutex_lock(&runner->lock);
    runner->making = id;
    pthread_mutex_unlock(&runner->lock);
}

static struct error *
make(struct runner *runner, struct arena *arena, const struct job *job)
{
    struct file_source *source = arena_alloc(arena, sizeof *source);
    struct job_ending ending = {.job = job};

    atomic_store(&runner->progress.done, 0);
    atomic_store(&runner->progress.total, 0);
    set_making(runner, job->id);
    struct error *error = load(runner, job, source);
    if (!error)
        error = write_file(runner, arena, source, &ending);
    error = settle(runner, arena, &ending, error);
    set_making(runner, 0);
    return error;
}

/* *made: there was a job. */
static struct error *make_next(struct runner *runner, struct arena *arena, bool *made)
{
    struct job_taking taking = {.at = clock_now_ms()};

    TRY(job_is_waiting(runner->reader, made));
    if (!*made)
        return NULL;
    *made = false;
    TRY(store_write(runner->store, arena, job_take, &taking));
    if (!taking.job.id)
        return NULL;
    *made = true;
    db_use_arena(runner->reader, arena);
    return make(runner, arena, &taking.job);
}

/* ---- The thread ---- */

/* True: go on. Sleeps until somebody queues a job, or for a while. */
static bool wait_for_work(struct runner *runner, bool busy)
{
    struct timespec until;

    (void)clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PAUSE_S;
    pthread_mutex_lock(&runner->lock);
    while (!busy && !runner->wanted && !runner->stopping)
        if (pthread_cond_timedwait(&runner->woken, &runner->lock, &until))
            break;
    runner->wanted = false;
    bool go_on = !runner->stopping;
    pthread_mutex_unlock(&runner->lock);
    return go_on;
}

static void *run(void *context)
{
    struct runner *runner = context;
    bool made = true;

    /* Answering requests comes first. For this thread only; it may be refused. */
    (void)setpriority(PRIO_PROCESS, 0, NICENESS);
    while (wait_for_work(runner, made)) {
        struct arena *arena = arena_new();
        struct error *error = sweep(runner, arena);
        if (!error)
            error = make_next(runner, arena, &made);
        if (error)
            log_event("exports_failed", "message=%s", error->message);
        made = made && !error; /* a broken disk is not asked again at once */
        db_use_arena(runner->reader, NULL);
        arena_free(arena);
        (void)malloc_trim(0); /* a large ranking is not kept in the server */
    }
    return NULL;
}

struct error *runner_start(
    struct arena *arena, struct store *store, const char *data, struct runner **result)
{
    struct runner *runner = calloc(1, sizeof *runner);

    if (!runner)
        abort();
    runner->store = store;
    runner->folder = strdup(arena_format(arena, "%s/exports", data));
    if ((mkdir(runner->folder, FOLDER_MODE) && errno != EEXIST) ||
        chmod(runner->folder, FOLDER_MODE)) {
        struct error *error = error_make(
            arena, ERROR_BROKEN, "exports", "cannot make the folder %s: %s",
            runner->folder, strerrordesc_np(errno));
        free(runner->folder);
        free(runner);
        return error;
    }
    struct error *error = store_reader_open(store, arena, &runner->reader);
    if (error) {
        free(runner->folder);
        free(runner);
        return error;
    }
    pthread_mutex_init(&runner->lock, NULL);
    pthread_cond_init(&runner->woken, NULL);
    if (pthread_create(&runner->thread, NULL, run, runner))
        abort();
    *result = runner;
    return NULL;
}

void runner_stop(struct runner *runner)
{
    pthread_mutex_lock(&runner->lock);
    runner->stopping = true;
    pthread_mutex_unlock(&runner->lock);
    atomic_store(&runner->progress.stop, true);
    pthread_cond_signal(&runner->woken);
    (void)pthread_join(runner->thread, NULL);
    store_reader_close(runner->reader);
    pthread_mutex_destroy(&runner->lock);
    pthread_cond_destroy(&runner->woken);
    free(runner->folder);
    free(runner);
}

void runner_wake(struct runner *runner)
{
    pthread_mutex_lock(&runner->lock);
    runner->wanted = true;
    pthread_mutex_unlock(&runner->lock);
    pthread_cond_signal(&runner->woken);
}

struct job_progress runner_progress(struct runner *runner)
{
    pthread_mutex_lock(&runner->lock);
    struct job_progress progress = {
        runner->making, atomic_load(&runner->progress.done),
        atomic_load(&runner->progress.total)};
    pthread_mutex_unlock(&runner->lock);
    return progress;
}
