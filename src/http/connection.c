#include "http/connection.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "base/clock.h"

void connection_adopt(struct serve_connection *connection, int socket)
{
    /* A peer that reads nothing must not hold a worker for ever. */
    struct timeval patience = {.tv_sec = 10};

    (void)setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    (void)setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    /* No listening socket is given to the library: when a kept connection breaks in
     * FCGX_Accept_r it would fall through to accept() and wait there. */
    (void)FCGX_InitRequest(&connection->fcgi, -1, 0);
    connection->fcgi.ipcFd = socket;
    connection->fcgi.keepConnection = 1;
}

int connection_socket(const struct serve_connection *connection)
{
    return connection->fcgi.ipcFd;
}

int connection_peek(const struct serve_connection *connection)
{
    char byte;
    ssize_t size = recv(connection->fcgi.ipcFd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);

    if (size > 0)
        return 1;
    return size < 0 ? 0 : -1;
}

static const char *parameter(const FCGX_Request *fcgi, const char *name)
{
    const char *value = FCGX_GetParam(name, fcgi->envp);

    return value ? value : "";
}

/* The whole body, always to its end: what stays unread on a kept connection would be
 * taken for the next request, and a client could forge one. */
static struct error *read_body(struct serve_connection *connection, int64_t announced)
{
    struct request *request = &connection->request;
    FCGX_Stream *in = connection->fcgi.in;

    if (announced < 0 || announced > REQUEST_BODY_LIMIT) {
        connection->fcgi.keepConnection = 0;
        return error_make(
            request->arena, ERROR_TOO_LARGE, "body_too_large",
            "提交的内容过大（上限 %d KB）。", REQUEST_BODY_LIMIT / 1024);
    }
    char *body = arena_alloc(request->arena, (size_t)announced + 1);
    int got = FCGX_GetStr(body, (int)announced, in);
    if (got != announced || FCGX_GetChar(in) != EOF || FCGX_GetError(in)) {
        connection->fcgi.keepConnection = 0;
        return error_new(
            request->arena, ERROR_MALFORMED, "body_cut_off", "提交的内容不完整。");
    }
    request->body = body;
    request->body_size = (size_t)got;
    return NULL;
}

bool connection_read(struct serve_connection *connection, struct error **error)
{
    FCGX_Request *fcgi = &connection->fcgi;
    struct request *request = &connection->request;

    if (FCGX_Accept_r(fcgi) < 0 || fcgi->ipcFd < 0)
        return false;
    const char *length = parameter(fcgi, "CONTENT_LENGTH");
    const char *method = parameter(fcgi, "REQUEST_METHOD");
    *request = (struct request){
        .arena = connection->arena,
        .connection = connection,
        .method = strcmp(method, "HEAD") == 0 ? "GET" : method,
        .path = parameter(fcgi, "XUNSAI_PATH"),
        .query = parameter(fcgi, "QUERY_STRING"),
        .body = "",
        .content_type = parameter(fcgi, "CONTENT_TYPE"),
        .cookie = parameter(fcgi, "HTTP_COOKIE"),
        .authorization = parameter(fcgi, "HTTP_AUTHORIZATION"),
        .origin = parameter(fcgi, "HTTP_ORIGIN"),
        .fetch_site = parameter(fcgi, "HTTP_SEC_FETCH_SITE"),
        .host = parameter(fcgi, "HTTP_HOST"),
        .scheme = parameter(fcgi, "REQUEST_SCHEME"),
        .address = parameter(fcgi, "REMOTE_ADDR"),
        .if_none_match = parameter(fcgi, "HTTP_IF_NONE_MATCH"),
        .received_at = clock_now_ms(),
    };
    if (strlen(length) > 12 || strspn(length, "0123456789") != strlen(length))
        length = "-1";
    *error = read_body(connection, strtoll(length, NULL, 10));
    return true;
}

static void put_header(FCGX_Stream *out, const char *name, const char *value)
{
    (void)FCGX_FPrintF(out, "%s: ", name);
    (void)FCGX_PutS(value, out);
    (void)FCGX_PutS("\r\n", out);
}

bool connection_send(struct serve_connection *connection)
{
    const struct reply *reply = &connection->request.reply;
    FCGX_Stream *out = connection->fcgi.out;

    (void)FCGX_FPrintF(out, "Status: %d\r\n", reply->status);
    if (reply->content_type)
        put_header(out, "Content-Type", reply->content_type);
    put_header(
        out, "Cache-Control", reply->cache_control ? reply->cache_control : "no-store");
    if (reply->etag)
        put_header(out, "ETag", reply->etag);
    if (reply->set_cookie)
        put_header(out, "Set-Cookie", reply->set_cookie);
    if (reply->disposition)
        put_header(out, "Content-Disposition", reply->disposition);
    if (reply->file)
        put_header(out, "X-Accel-Redirect", reply->file);
    if (reply->retry_after_s)
        (void)FCGX_FPrintF(out, "Retry-After: %d\r\n", reply->retry_after_s);
    if (reply->status != 204 && reply->status != 304)
        (void)FCGX_FPrintF(out, "Content-Length: %d\r\n", (int)reply->body_size);
    (void)FCGX_PutS("\r\n", out);
    if (reply->body_size)
        (void)FCGX_PutStr(reply->body, (int)reply->body_size, out);
    FCGX_Finish_r(&connection->fcgi);
    arena_reset(connection->arena);
    return connection->fcgi.ipcFd >= 0;
}

void connection_drop(struct serve_connection *connection)
{
    FCGX_Free(&connection->fcgi, 1);
    arena_reset(connection->arena);
}
