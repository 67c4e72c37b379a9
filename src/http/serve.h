/* serve.h - the program as a FastCGI server: one listening socket, kept connections
 * watched by epoll, a few workers.
 *
 * A worker never sleeps for one request: a handler may suspend it, and whoever has
 * the answer resumes it (after a commit, when something followed has changed). */
#ifndef HTTP_SERVE_H
#define HTTP_SERVE_H

#include "http/route.h"

struct serve;

/* How the rest of the program takes part; all called by workers. */
struct serve_hooks {
    void *context;
    /* A worker's own state (its reader), made once. */
    struct error *(*worker_open)(void *context, struct arena *arena, void **worker);
    void (*worker_close)(void *worker);
    /* Before the handler, and again when a suspended request goes on: fills in
     * store, reader, live, and who asks. */
    struct error *(*enter)(void *context, void *worker, struct request *request);
    void (*leave)(void *worker);
};

struct serve_options {
    const char *socket; /* path of the unix socket nginx speaks to */
    int workers;
    const struct route_table *tables;
    size_t table_count;
    struct serve_hooks hooks;
};

/* Binds and starts the workers.
 * Errors: ERROR_BROKEN with one line (socket in use, no permission). */
struct error *serve_start(
    struct arena *arena, const struct serve_options *options,
    struct serve **result) MUST_CHECK;

/* Stops taking requests, finishes those at work, ends the workers. Suspended requests
 * are dropped. */
void serve_stop(struct serve *serve);

/* Called by a handler before it returns NULL: the reply comes later. `answer` runs
 * when request_resume() was called, which may happen at once and on any thread. */
void request_suspend(struct request *request, handler *answer);

/* Queues the request for a worker. `error`: a problem is replied instead; it is
 * copied. Exactly once per suspension. */
void request_resume(struct request *request, const struct error *error);

/* For requests that wait long: gone(request) is called by a worker when the client
 * has left, instead of a resume. It must make sure nobody resumes the request; it
 * returns false when a resume is already on its way. */
typedef bool request_gone(struct request *request);
void request_watch(struct request *request, request_gone *gone);

#endif
