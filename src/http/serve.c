/* serve.c - the dispatcher: an epoll set of kept connections shared by the workers.
 *
 * A connection is armed one-shot, so exactly one worker has it at a time. Its state
 * (connection.h) is changed under its own lock, because a resume may come from the
 * writer, from live or from a hashing thread at any moment. */
#include "http/serve.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "http/connection.h"
#include "http/problem.h"
#include "http/socket.h"

enum { MOST_CONNECTIONS = 16384, MOST_WORKERS = 64 };

/* Events that are not a connection's; slots never reach these numbers. */
enum { EVENT_LISTEN = 0xfffffff0, EVENT_READY, EVENT_STOP };

struct serve {
    struct serve_options options;
    char *socket_path;
    int listener;
    int epoll;
    int ready_event; /* a semaphore: one count a ready connection */
    int stop_event;
    int worker_count;
    pthread_t workers[MOST_WORKERS];
    atomic_int busy;      /* requests read and not yet answered */
    pthread_mutex_t lock; /* guards all below */
    struct serve_connection *ready_first;
    struct serve_connection **ready_last;
    struct serve_connection *slots[MOST_CONNECTIONS]; /* made once, used again */
    uint32_t slot_count;
    uint32_t free_slots[MOST_CONNECTIONS];
    uint32_t free_count;
};

/* ---- Slots ---- */

static struct serve_connection *slot_take(struct serve *serve)
{
    struct serve_connection *connection = NULL;

    pthread_mutex_lock(&serve->lock);
    if (serve->free_count) {
        connection = serve->slots[serve->free_slots[--serve->free_count]];
    } else if (serve->slot_count < MOST_CONNECTIONS) {
        connection = calloc(1, sizeof *connection);
        if (!connection)
            abort();
        connection->serve = serve;
        connection->slot = serve->slot_count;
        connection->arena = arena_new();
        pthread_mutex_init(&connection->lock, NULL);
        serve->slots[serve->slot_count++] = connection;
    }
    pthread_mutex_unlock(&serve->lock);
    return connection;
}

static void slot_give_back(struct serve_connection *connection)
{
    struct serve *serve = connection->serve;

    pthread_mutex_lock(&connection->lock);
    connection->state = CONNECTION_FREE;
    connection->generation++;
    pthread_mutex_unlock(&connection->lock);
    pthread_mutex_lock(&serve->lock);
    serve->free_slots[serve->free_count++] = connection->slot;
    pthread_mutex_unlock(&serve->lock);
}

static void arm(struct serve_connection *connection, int operation, uint32_t events)
{
    struct epoll_event event = {
        .events = events | EPOLLONESHOT,
        .data.u64 = (uint64_t)connection->generation << 32 | connection->slot,
    };

    if (epoll_ctl(
            connection->serve->epoll, operation, connection_socket(connection), &event))
        log_event("epoll_failed", "error=%s", strerrordesc_np(errno));
}

static void wait_for_next(struct serve_connection *connection, int operation)
{
    pthread_mutex_lock(&connection->lock);
    connection->state = CONNECTION_IDLE;
    arm(connection, operation, EPOLLIN | EPOLLRDHUP);
    pthread_mutex_unlock(&connection->lock);
}

static void accept_all(struct serve *serve)
{
    for (;;) {
        int socket = accept4(serve->listener, NULL, NULL, SOCK_CLOEXEC);
        if (socket < 0 && (errno == EMFILE || errno == ENFILE))
            (void)usleep(100 * 1000); /* the backlog waits; do not spin */
        if (socket < 0)
            break;
        struct serve_connection *connection = slot_take(serve);
        if (!connection) {
            (void)close(socket);
            continue;
        }
        connection_adopt(connection, socket);
        wait_for_next(connection, EPOLL_CTL_ADD);
    }
    struct epoll_event event = {
        .events = EPOLLIN | EPOLLONESHOT, .data.u64 = EVENT_LISTEN};
    (void)epoll_ctl(serve->epoll, EPOLL_CTL_MOD, serve->listener, &event);
}

/* ---- Answering ---- */

struct worker {
    struct serve *serve;
    struct arena *arena;
    void *state; /* what hooks.worker_open made */
};

static void finish(struct serve_connection *connection)
{
    atomic_fetch_sub(&connection->serve->busy, 1);
    if (connection_send(connection))
        wait_for_next(connection, EPOLL_CTL_MOD);
    else
        slot_give_back(connection);
}

/* True: the request was resumed before its handler returned; go on with it. */
static bool settle_suspension(struct serve_connection *connection)
{
    pthread_mutex_lock(&connection->lock);
    bool early = connection->state == CONNECTION_EARLY;
    connection->state = early ? CONNECTION_WORKING : CONNECTION_SUSPENDED;
    if (!early && connection->watched)
        arm(connection, EPOLL_CTL_MOD, EPOLLRDHUP);
    pthread_mutex_unlock(&connection->lock);
    return early;
}

static struct error *run_handler(struct worker *worker, struct request *request)
{
    const struct serve_options *options = &worker->serve->options;
    struct serve_connection *connection = request->connection;
    handler *answer = connection->answer;

    connection->answer = NULL;
    TRY(options->hooks.enter(options->hooks.context, worker->state, request));
    struct error *error =
        answer ? answer(request)
               : route_answer(options->tables, options->table_count, request);
    options->hooks.leave(worker->state);
    return error;
}

/* Runs handlers until the request is answered or suspended. */
static void go_on(struct worker *worker, struct serve_connection *connection)
{
    struct request *request = &connection->request;
    struct error *error = connection->failure;

    do {
        connection->watched = false;
        if (!error)
            error = run_handler(worker, request);
        bool suspended = connection->answer != NULL;
        if (error) {
            /* Nobody resumes a request whose handler failed. */
            connection->state = CONNECTION_WORKING;
            problem_reply(request, error);
        }
        if (error || !suspended) {
            finish(connection);
            return;
        }
        if (!settle_suspension(connection))
            return;
        error = connection->failure;
    } while (true);
}

static void take_request(struct worker *worker, struct serve_connection *connection)
{
    struct error *error = NULL;
    int seen = connection_peek(connection);

    if (seen == 0) {
        wait_for_next(connection, EPOLL_CTL_MOD);
        return;
    }
    if (seen < 0 || !connection_read(connection, &error)) {
        connection_drop(connection);
        slot_give_back(connection);
        return;
    }
    atomic_fetch_add(&worker->serve->busy, 1);
    connection->answer = NULL;
    connection->failure = error;
    go_on(worker, connection);
}

/* The client of a parked request has left. */
static void take_leave(struct worker *worker, struct serve_connection *connection)
{
    bool ours = connection->gone(&connection->request);

    pthread_mutex_lock(&connection->lock);
    bool early = connection->state == CONNECTION_EARLY;
    connection->watched = false;
    if (!ours)
        connection->state = early ? CONNECTION_WORKING : CONNECTION_SUSPENDED;
    pthread_mutex_unlock(&connection->lock);
    if (ours) {
        atomic_fetch_sub(&worker->serve->busy, 1);
        connection_drop(connection);
        slot_give_back(connection);
    } else if (early) {
        go_on(worker, connection);
    }
}

static void take_event(struct worker *worker, uint64_t name)
{
    struct serve_connection *connection = worker->serve->slots[(uint32_t)name];
    enum connection_state state = CONNECTION_FREE;

    pthread_mutex_lock(&connection->lock);
    if (connection->generation == (uint32_t)(name >> 32)) {
        state = connection->state;
        if (state == CONNECTION_IDLE)
            connection->state = CONNECTION_WORKING;
        else if (state == CONNECTION_SUSPENDED && connection->watched)
            connection->state = CONNECTION_LEAVING;
        else
            state = CONNECTION_FREE; /* an old event: someone else has it by now */
    }
    pthread_mutex_unlock(&connection->lock);
    if (state == CONNECTION_IDLE)
        take_request(worker, connection);
    else if (state == CONNECTION_SUSPENDED)
        take_leave(worker, connection);
}

static void take_ready(struct worker *worker)
{
    struct serve *serve = worker->serve;
    uint64_t one;

    if (read(serve->ready_event, &one, sizeof one) != sizeof one)
        return; /* another worker was quicker */
    pthread_mutex_lock(&serve->lock);
    struct serve_connection *connection = serve->ready_first;
    assert(connection);
    serve->ready_first = connection->next_ready;
    if (!serve->ready_first)
        serve->ready_last = &serve->ready_first;
    pthread_mutex_unlock(&serve->lock);

    pthread_mutex_lock(&connection->lock);
    connection->state = CONNECTION_WORKING;
    pthread_mutex_unlock(&connection->lock);
    go_on(worker, connection);
}

static void *work(void *argument)
{
    struct worker *worker = argument;
    struct serve *serve = worker->serve;
    struct epoll_event event;

    for (;;) {
        int count = epoll_wait(serve->epoll, &event, 1, -1);
        if (count < 0 && errno != EINTR)
            abort();
        if (count <= 0)
            continue;
        if (event.data.u64 == EVENT_STOP)
            break;
        if (event.data.u64 == EVENT_LISTEN)
            accept_all(serve);
        else if (event.data.u64 == EVENT_READY)
            take_ready(worker);
        else
            take_event(worker, event.data.u64);
    }
    serve->options.hooks.worker_close(worker->state);
    arena_free(worker->arena);
    free(worker);
    return NULL;
}

/* ---- Suspending and resuming ---- */

void request_suspend(struct request *request, handler *answer)
{
    struct serve_connection *connection = request->connection;

    connection->answer = answer;
    pthread_mutex_lock(&connection->lock);
    connection->state = CONNECTION_SUSPENDING;
    connection->failure = NULL;
    pthread_mutex_unlock(&connection->lock);
}

void request_watch(struct request *request, request_gone *gone)
{
    request->connection->gone = gone;
    request->connection->watched = true;
}

void request_resume(struct request *request, const struct error *error)
{
    struct serve_connection *connection = request->connection;
    struct serve *serve = connection->serve;
    uint64_t one = 1;

    pthread_mutex_lock(&connection->lock);
    connection->failure = error ? error_copy(request->arena, error) : NULL;
    bool at_rest = connection->state == CONNECTION_SUSPENDED;
    connection->state = at_rest ? CONNECTION_READY : CONNECTION_EARLY;
    pthread_mutex_unlock(&connection->lock);
    if (!at_rest)
        return; /* the worker that still has it goes on by itself */

    connection->next_ready = NULL;
    pthread_mutex_lock(&serve->lock);
    *serve->ready_last = connection;
    serve->ready_last = &connection->next_ready;
    pthread_mutex_unlock(&serve->lock);
    ssize_t written = write(serve->ready_event, &one, sizeof one);
    assert(written == sizeof one);
}

/* ---- Starting and stopping ---- */

static void watch(struct serve *serve, int file, uint32_t events, uint64_t name)
{
    struct epoll_event event = {.events = events, .data.u64 = name};

    if (epoll_ctl(serve->epoll, EPOLL_CTL_ADD, file, &event))
        abort();
}

static struct error *start_workers(struct arena *arena, struct serve *serve)
{
    const struct serve_hooks *hooks = &serve->options.hooks;

    for (int i = 0; i < serve->options.workers; i++) {
        struct worker *worker = calloc(1, sizeof *worker);
        if (!worker)
            abort();
        worker->serve = serve;
        worker->arena = arena_new();
        struct error *error =
            hooks->worker_open(hooks->context, worker->arena, &worker->state);
        if (error) {
            error = error_copy(arena, error);
            arena_free(worker->arena);
            free(worker);
            return error;
        }
        if (pthread_create(&serve->workers[i], NULL, work, worker))
            abort();
        serve->worker_count++;
    }
    return NULL;
}

struct error *serve_start(
    struct arena *arena, const struct serve_options *options, struct serve **result)
{
    int listener = -1;

    assert(options->workers > 0 && options->workers <= MOST_WORKERS);
    TRY(socket_listen(arena, options->socket, &listener));
    struct serve *serve = calloc(1, sizeof *serve);
    if (!serve || !(serve->socket_path = strdup(options->socket)))
        abort();
    (void)signal(SIGPIPE, SIG_IGN);
    (void)FCGX_Init();
    serve->options = *options;
    serve->listener = listener;
    serve->ready_last = &serve->ready_first;
    pthread_mutex_init(&serve->lock, NULL);
    serve->epoll = epoll_create1(EPOLL_CLOEXEC);
    serve->ready_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE);
    serve->stop_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (serve->epoll < 0 || serve->ready_event < 0 || serve->stop_event < 0)
        abort();
    watch(serve, listener, EPOLLIN | EPOLLONESHOT, EVENT_LISTEN);
    watch(serve, serve->ready_event, EPOLLIN, EVENT_READY);
    watch(serve, serve->stop_event, EPOLLIN, EVENT_STOP);
    struct error *error = start_workers(arena, serve);
    if (error) {
        serve_stop(serve);
        return error;
    }
    *result = serve;
    return NULL;
}

static void free_connections(struct serve *serve)
{
    for (uint32_t i = 0; i < serve->slot_count; i++) {
        struct serve_connection *connection = serve->slots[i];
        if (connection->state != CONNECTION_FREE)
            connection_drop(connection);
        arena_free(connection->arena);
        pthread_mutex_destroy(&connection->lock);
        free(connection);
    }
}

void serve_stop(struct serve *serve)
{
    enum { PATIENCE_MS = 5000, PAUSE_MS = 10 };
    uint64_t one = 1;

    (void)unlink(serve->socket_path);
    (void)epoll_ctl(serve->epoll, EPOLL_CTL_DEL, serve->listener, NULL);
    for (int waited = 0; atomic_load(&serve->busy) && waited < PATIENCE_MS;
         waited += PAUSE_MS)
        (void)usleep(PAUSE_MS * 1000);
    ssize_t written = write(serve->stop_event, &one, sizeof one);
    assert(written == sizeof one);
    for (int i = 0; i < serve->worker_count; i++)
        pthread_join(serve->workers[i], NULL);
    free_connections(serve);
    (void)close(serve->listener);
    (void)close(serve->epoll);
    (void)close(serve->ready_event);
    (void)close(serve->stop_event);
    pthread_mutex_destroy(&serve->lock);
    free(serve->socket_path);
    free(serve);
}
