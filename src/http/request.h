/* request.h - one request and its reply, as handlers see them. Knows neither the
 * database nor the people: main.c's wiring fills those fields in. */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/input.h"
#include "base/writer.h"
#include "http/role.h"

struct store;
struct db;
struct live;
struct serve_connection;

enum { REQUEST_PARAMETERS = 4, REQUEST_BODY_LIMIT = 1024 * 1024 };

struct reply {
    int status;
    const char *content_type;
    const char *body; /* in the request's arena, or bytes that outlive the request */
    size_t body_size;
    const char *set_cookie;
    const char *etag;          /* with the quotes */
    const char *cache_control; /* NULL: no-store */
    const char *disposition;   /* for downloads */
    const char *file;          /* nginx sends this one instead of the body */
    int retry_after_s;
};

struct request {
    struct arena *arena; /* everything made while answering */
    struct store *store;
    struct db *reader; /* of the worker that answers now */
    struct live *live;
    void *feature; /* what main.c tied to the feature's route table */

    const char *method;
    const char *path;
    const char *query; /* "" without one */
    const char *body;
    size_t body_size;
    const char *content_type; /* "" when the header is missing, as the next ones */
    const char *cookie;
    const char *authorization;
    const char *origin;
    const char *fetch_site; /* Sec-Fetch-Site */
    const char *host;
    const char *scheme;  /* "http" or "https" */
    const char *address; /* of the client, as nginx saw it */
    const char *if_none_match;
    int64_t received_at; /* UTC ms, stamped when the request was taken */

    const char *parameters[REQUEST_PARAMETERS]; /* what matched :id and :name */

    int64_t person; /* 0: nobody is signed in */
    int64_t branch; /* of that person, 0 without one */
    unsigned roles; /* enum role */
    int64_t token;  /* of a machine, 0: none */

    void *context; /* a handler's own, kept over a suspension */
    struct serve_connection *connection;
    struct reply reply;
};

typedef struct error *handler(struct request *request);

/* The number that matched the index-th parameter (from 0), 0 if it is none. */
int64_t request_number(const struct request *request, size_t index);

/* The value of ?name=, decoded; NULL when it is absent or stands twice. */
const char *request_query(struct request *request, const char *name);
/* The same as a number; `otherwise` when absent or not a number. */
int64_t request_query_int(struct request *request, const char *name, int64_t otherwise);

/* The value of a cookie; NULL when absent. */
const char *request_cookie(struct request *request, const char *name);

/* The body as JSON. Errors: ERROR_MEDIA "json_expected", input_parse()'s. */
struct error *request_json(struct request *request, json_t **result) MUST_CHECK;

/* Sets the reply. `writer` must be ended; an overflowed one is ERROR_BROKEN. */
struct error *
reply_json(struct request *request, int status, struct writer *writer) MUST_CHECK;

/* Ready bytes with a validator: answers 304 when the client has them. `etag` with
 * quotes; the bytes must outlive the request or stand in its arena. */
void reply_bytes(
    struct request *request, const char *content_type, const char *bytes, size_t size,
    const char *etag);

/* A file to keep. `name` may be Chinese (RFC 6266 with an ASCII stand-in). */
void reply_download(
    struct request *request, const char *content_type, const char *name,
    const char *bytes, size_t size);

/* The same for a file on disk, which nginx sends: `file` is its name in the folder of
 * exports, see deploy/nginx. Errors: ERROR_BROKEN "file" when the name is of another
 * kind (lower-case letters, digits, - and . only). */
struct error *reply_file(
    struct request *request, const char *content_type, const char *name,
    const char *file) MUST_CHECK;

/* 204, nothing to say. */
void reply_nothing(struct request *request);

#endif
