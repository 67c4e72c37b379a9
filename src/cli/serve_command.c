#include "cli/serve_command.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "cli/site.h"
#include "contest/routes.h"
#include "courses/catalogue.h"
#include "files/pdf.h"
#include "files/runner.h"
#include "http/serve.h"
#include "live/live.h"
#include "machines/routes.h"
#include "machines/sender.h"
#include "machines/token.h"
#include "people/login.h"
#include "people/password.h"
#include "quiz/closing.h"

enum { SWEEP_S = 5, HASHING_THREADS = 2, REPORT_LIMIT = 1024 * 1024 };

/* ---- Who asks ---- */

/* Below this address tools ask with tokens, everywhere else people with cookies; each
 * is nobody in the other's place. */
static const char machine_path[] = "/api/v1/";

static struct error *identify(struct request *request)
{
    struct token_holder holder;

    if (strncmp(request->path, machine_path, sizeof machine_path - 1) != 0)
        return login_identify(request);
    request->person = request->branch = request->token = 0;
    request->roles = 0;
    if (!*request->authorization)
        return NULL;
    TRY(token_find(
        request->reader, request->authorization, request->received_at, &holder));
    request->token = holder.token;
    request->branch = holder.branch;
    request->roles = ROLE_MACHINE;
    return NULL;
}

/* ---- What a worker does around every handler ---- */

struct worker_state {
    struct db *reader;
};

static struct error *worker_open(void *context, struct arena *arena, void **worker)
{
    struct site *site = context;
    struct worker_state *state = calloc(1, sizeof *state);

    if (!state)
        abort();
    struct error *error = store_reader_open(site->store, arena, &state->reader);
    if (error)
        free(state);
    else
        *worker = state;
    return error;
}

static void worker_close(void *worker)
{
    struct worker_state *state = worker;

    store_reader_close(state->reader);
    free(state);
}

static struct error *enter(void *context, void *worker, struct request *request)
{
    struct site *site = context;
    struct worker_state *state = worker;

    request->store = site->store;
    request->live = site->live;
    request->reader = state->reader;
    db_use_arena(state->reader, request->arena);
    /* One state of the database for all that this request reads. */
    TRY(store_read_begin(state->reader));
    struct error *error = identify(request);
    if (error)
        store_read_end(state->reader); /* leave() follows only what was entered */
    return error;
}

static void leave(void *worker)
{
    struct worker_state *state = worker;

    store_read_end(state->reader);
}

/* ---- Content ---- */

static void load_content(struct site *site)
{
    struct arena *arena = arena_new();
    struct writer report;

    writer_init(&report, arena, REPORT_LIMIT);
    writer_object(&report, NULL);
    struct error *error = site_load_content(site, arena, &report);
    if (error)
        log_event("content_failed", "message=%s", error->message);
    else
        writer_end(&report);
    log_event("content_loaded", "report=%.900s", report.text.bytes);
    atomic_store(&site->content_read, true);
    arena_free(arena);
}

/* ---- The thread that waits for signals and closes what is overdue ---- */

static void sweep(struct site *site, struct db *reader)
{
    struct arena *arena = arena_new();
    int64_t closed;
    struct error *error =
        closing_sweep(site->store, reader, site->bank, arena, &closed);

    if (error)
        log_event("sweep_failed", "message=%s", error->message);
    db_use_arena(reader, NULL);
    arena_free(arena);
}

static void wait_for_the_end(struct site *site, struct db *reader, sigset_t *signals)
{
    for (;;) {
        struct timespec pause = {.tv_sec = SWEEP_S};
        int signal = sigtimedwait(signals, NULL, &pause);
        if (signal == SIGTERM || signal == SIGINT)
            return;
        if (signal == SIGHUP)
            load_content(site);
        else
            sweep(site, reader);
    }
}

static struct error *serve_requests(
    struct arena *arena, struct site *site, struct db *reader, sigset_t *signals)
{
    struct serve_options options = {
        .socket = site->options.socket,
        .workers = site->options.workers,
        .tables = site->tables,
        .table_count = SITE_TABLES,
        .hooks = {site, worker_open, worker_close, enter, leave},
    };
    struct serve *serve;

    sweep(site, reader); /* what fell due while the program was down */
    TRY(serve_start(arena, &options, &serve));
    log_event(
        "serving", "version=%s socket=%s workers=%d", XUNSAI_VERSION, options.socket,
        options.workers);
    load_content(site); /* after the start: whoever is in a quiz need not wait for it */
    wait_for_the_end(site, reader, signals);
    log_event("stopping", "signal received");
    live_close(site->live);
    serve_stop(serve);
    return NULL;
}

static struct error *serve_and_tell(
    struct arena *arena, struct site *site, struct db *reader, sigset_t *signals)
{
    struct sender *sender;

    TRY(sender_new(site->store, arena, &sender));
    struct error *error = serve_requests(arena, site, reader, signals);
    sender_free(sender);
    return error;
}

/* ---- Opening and closing everything, in order ---- */

static struct error *
run_with_store(struct arena *arena, struct site *site, sigset_t *signals)
{
    struct db *reader;

    TRY(store_reader_open(site->store, arena, &reader));
    struct error *error =
        runner_start(arena, site->store, site->options.data, &site->runner);
    if (error) {
        store_reader_close(reader);
        return error;
    }
    site->live = live_new(site->store);
    site->bank = bank_new();
    site->practice.papers = site->bank;
    site->practice.questions = practice_bank_new();
    site->catalogue = catalogue_new();
    site->contests = contest_feature_new();
    site->people.passwords = password_pool_new(HASHING_THREADS);
    site->limit = limit_new();
    site_tables(site);
    error = serve_and_tell(arena, site, reader, signals);
    if (error)
        live_close(site->live);
    limit_free(site->limit);
    password_pool_free(site->people.passwords);
    contest_feature_free(site->contests);
    practice_bank_free(site->practice.questions);
    catalogue_free(site->catalogue);
    runner_stop(site->runner);
    store_reader_close(reader);
    return error;
}

static struct error *run(struct arena *arena, int argc, char **argv, sigset_t *signals)
{
    struct site site = {0};

    TRY(options_read(arena, argc, argv, &site.options));
    TRY(options_open_store(arena, &site.options, &site.store));
    struct error *error = run_with_store(arena, &site, signals);
    /* The store empties its queue first: its changes still use the bank and live. */
    store_close(site.store);
    if (site.live)
        live_free(site.live);
    if (site.bank)
        bank_free(site.bank);
    pdf_release_fonts();
    log_event("stopped", "clean=%s", error ? "no" : "yes");
    return error;
}

int serve_command(int argc, char **argv)
{
    struct arena *arena = arena_new();
    sigset_t signals;

    /* Blocked before any thread starts: all inherit this, and only one waits. */
    (void)sigemptyset(&signals);
    (void)sigaddset(&signals, SIGTERM);
    (void)sigaddset(&signals, SIGINT);
    (void)sigaddset(&signals, SIGHUP);
    (void)pthread_sigmask(SIG_BLOCK, &signals, NULL);
    (void)clock_now_ms(); /* the offset between the clocks is taken here */
    struct error *error = run(arena, argc, argv, &signals);
    int status = error ? options_fail(error) : 0;
    arena_free(arena);
    return status;
}
