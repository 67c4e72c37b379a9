/* connection.h - one kept FastCGI connection from nginx and the request on it.
 *
 * The only file that touches the inside of fcgi2's FCGX_Request (fields its header
 * calls private: ipcFd, keepConnection); tests/http/connection_test.c pins them. */
#ifndef HTTP_CONNECTION_H
#define HTTP_CONNECTION_H

#include <fcgiapp.h>
#include <pthread.h>

#include "http/serve.h"

enum connection_state {
    CONNECTION_FREE,       /* the slot is unused */
    CONNECTION_IDLE,       /* waits for the next request */
    CONNECTION_WORKING,    /* a worker has it */
    CONNECTION_SUSPENDING, /* its handler has suspended it and is about to return */
    CONNECTION_EARLY,      /* resumed before that handler returned */
    CONNECTION_SUSPENDED,  /* waits for request_resume() */
    CONNECTION_LEAVING,    /* its client left; the parker is being asked */
    CONNECTION_READY,      /* resumed, waits for a worker */
};

struct serve_connection {
    struct serve *serve;
    uint32_t slot;
    uint32_t generation;  /* grows when the slot is used again: old epoll events of it
                           * are recognised */
    pthread_mutex_t lock; /* guards state, watched, failure */
    enum connection_state state;
    bool watched;
    struct error *failure; /* given to request_resume() */
    FCGX_Request fcgi;
    struct arena *arena;
    struct request request;
    handler *answer;    /* runs after the resume */
    request_gone *gone; /* see request_watch() */
    struct serve_connection *next_ready;
};

/* Takes over an accepted socket. */
void connection_adopt(struct serve_connection *connection, int socket);

/* What stands on the socket: 1 a request, 0 nothing yet, -1 the peer has closed. */
int connection_peek(const struct serve_connection *connection);

/* Reads one request whole, body included, into connection->request. False: the
 * connection is closed. A body over the cap or shorter than announced gives a failure
 * in *error, and the connection will not be kept. */
bool connection_read(struct serve_connection *connection, struct error **error);

/* Sends the reply and empties the arena. False: the connection is closed. */
bool connection_send(struct serve_connection *connection);

/* Closes without an answer. */
void connection_drop(struct serve_connection *connection);

int connection_socket(const struct serve_connection *connection);

#endif
