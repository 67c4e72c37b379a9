/* http.h - many HTTP/1.1 clients of one server in one thread: each sends a request,
 * waits for its whole answer, and says what to do next. Only as much HTTP as nginx
 * speaks to us: kept connections, Content-Length or no body. */
#ifndef TESTS_BENCH_HTTP_H
#define TESTS_BENCH_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fleet;

struct client {
    struct fleet *fleet;
    size_t index;
    int socket;
    char *out;
    size_t out_size;
    size_t out_sent;
    char *in;
    size_t in_size;
    size_t in_room;
    bool waiting;    /* a request is on its way */
    int64_t sent_at; /* ns */
    /* The answer: */
    int64_t answered_at; /* ns */
    int status;
    char *head; /* up to the empty line, zero-terminated */
    char *body; /* zero-terminated */
};

/* Called with each whole answer; may send the next request. */
typedef void answered(struct client *client, void *context);

struct fleet {
    int port;
    const char *host; /* what is asked for by name; "localhost" at first */
    int epoll;
    struct client *clients;
    size_t count;
    size_t waiting; /* clients with a request on its way */
    answered *each;
    void *context;
};

int64_t now_ns(void);

/* Stops the program with a message. */
__attribute__((noreturn, format(printf, 1, 2))) void fail(const char *format, ...);

/* Connects `count` clients, from several loopback addresses: the server limits how many
 * connections one address may have. */
void fleet_open(struct fleet *fleet, int port, size_t count);
void fleet_close(struct fleet *fleet);

/* `body` NULL: no body. `cookie` "" for none. */
void client_send(
    struct client *client, const char *method, const char *path, const char *cookie,
    const char *body);

/* Hands answers to fleet->each until nobody waits any more. Stops the program when
 * nothing is heard for 40 s. */
void fleet_run(struct fleet *fleet);

/* One request by client 0 of a fleet; the answer stands in the client. */
void fleet_ask(
    struct fleet *fleet, const char *method, const char *path, const char *cookie,
    const char *body);

#endif
