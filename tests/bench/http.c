#include "http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_ROOM = 4096, ADDRESSES = 8, EVENTS = 256, PATIENCE_MS = 40000 };

int64_t now_ns(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void fail(const char *format, ...)
{
    va_list args;

    (void)fputs("load: ", stderr);
    va_start(args, format);
    (void)vfprintf(stderr, format, args);
    va_end(args);
    (void)fputc('\n', stderr);
    exit(1);
}

static void *allocate(size_t size)
{
    void *memory = calloc(1, size);

    if (!memory)
        fail("out of memory");
    return memory;
}

static void connect_client(struct client *client, int port)
{
    const int one = 1;
    struct sockaddr_in own = {.sin_family = AF_INET};
    struct sockaddr_in server = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};

    own.sin_addr.s_addr =
        htonl(INADDR_LOOPBACK + (uint32_t)(client->index % ADDRESSES));
    client->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (client->socket < 0 ||
        setsockopt(
            client->socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one) ||
        bind(client->socket, (struct sockaddr *)&own, sizeof own) ||
        connect(client->socket, (struct sockaddr *)&server, sizeof server) ||
        setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) ||
        epoll_ctl(client->fleet->epoll, EPOLL_CTL_ADD, client->socket, &event))
        fail("connection %zu: %s", client->index, strerror(errno));
}

void fleet_open(struct fleet *fleet, int port, size_t count)
{
    *fleet = (struct fleet){
        .port = port,
        .host = "localhost",
        .epoll = epoll_create1(EPOLL_CLOEXEC),
        .clients = allocate(count * sizeof(struct client)),
        .count = count,
    };
    for (size_t i = 0; i < count; i++) {
        struct client *client = &fleet->clients[i];
        client->fleet = fleet;
        client->index = i;
        client->in_room = FIRST_ROOM;
        client->in = allocate(client->in_room + 1);
        connect_client(client, port);
    }
}

void fleet_close(struct fleet *fleet)
{
    for (size_t i = 0; i < fleet->count; i++) {
        (void)close(fleet->clients[i].socket);
        free(fleet->clients[i].in);
        free(fleet->clients[i].out);
    }
    free(fleet->clients);
    (void)close(fleet->epoll);
}

/* Small requests on loopback fit into the socket at once. */
static void flush(struct client *client)
{
    while (client->out_sent < client->out_size) {
        ssize_t size = send(
            client->socket, client->out + client->out_sent,
            client->out_size - client->out_sent, MSG_NOSIGNAL);
        if (size <= 0)
            fail("client %zu cannot send: %s", client->index, strerror(errno));
        client->out_sent += (size_t)size;
    }
}

void client_send(
    struct client *client, const char *method, const char *path, const char *cookie,
    const char *body)
{
    const char *cookie_name = *cookie ? "Cookie: " : "";
    const char *cookie_end = *cookie ? "\r\n" : "";
    char head[256] = "";
    int size;

    if (client->waiting)
        fail("client %zu is still waiting", client->index);
    free(client->out);
    client->out = NULL;
    if (body)
        (void)snprintf(
            head, sizeof head,
            "Content-Type: application/json\r\nContent-Length: %zu\r\n", strlen(body));
    size = asprintf(
        &client->out, "%s %s HTTP/1.1\r\nHost: %s\r\n%s%s%s%s\r\n%s", method, path,
        client->fleet->host, cookie_name, cookie, cookie_end, head, body ? body : "");
    if (size < 0)
        fail("out of memory");
    client->out_size = (size_t)size;
    client->out_sent = 0;
    client->in_size = 0;
    client->waiting = true;
    client->fleet->waiting++;
    client->sent_at = now_ns();
    flush(client);
}

/* The value of a header as a number, -1 without it. */
static long header_number(const char *head, const char *name)
{
    const char *found = strcasestr(head, name);

    return found ? strtol(found + strlen(name), NULL, 10) : -1;
}

/* True when the answer is whole. */
static bool take_answer(struct client *client)
{
    client->in[client->in_size] = '\0';
    char *end = strstr(client->in, "\r\n\r\n");

    if (!end)
        return false;
    client->status = client->in_size > 12 ? (int)strtol(client->in + 9, NULL, 10) : 0;
    long length = header_number(client->in, "\r\nContent-Length:");
    if (length < 0 && client->status != 204 && client->status != 304)
        fail("an answer without a length: %s", client->in);
    size_t whole = (size_t)(end + 4 - client->in) + (size_t)(length > 0 ? length : 0);
    if (client->in_size < whole)
        return false;
    if (client->in_size > whole)
        fail("client %zu got more than its answer", client->index);
    *end = '\0';
    client->head = client->in;
    client->body = end + 4;
    return true;
}

static void receive(struct client *client)
{
    if (client->in_room - client->in_size < FIRST_ROOM / 2) {
        client->in_room *= 2;
        client->in = realloc(client->in, client->in_room + 1);
        if (!client->in)
            fail("out of memory");
    }
    ssize_t size = recv(
        client->socket, client->in + client->in_size, client->in_room - client->in_size,
        MSG_DONTWAIT);
    if (size < 0 && errno == EAGAIN)
        return;
    if (size <= 0)
        fail(
            "client %zu: the server closed the connection%s", client->index,
            client->waiting ? " instead of answering" : "");
    client->in_size += (size_t)size;
    if (!take_answer(client))
        return;
    client->answered_at = now_ns();
    client->waiting = false;
    client->fleet->waiting--;
    if (client->fleet->each)
        client->fleet->each(client, client->fleet->context);
}

void fleet_run(struct fleet *fleet)
{
    struct epoll_event events[EVENTS];

    while (fleet->waiting) {
        int count = epoll_wait(fleet->epoll, events, EVENTS, PATIENCE_MS);
        if (count == 0)
            fail("%zu clients wait without an answer", fleet->waiting);
        for (int i = 0; i < count; i++)
            receive(events[i].data.ptr);
    }
}

void fleet_ask(
    struct fleet *fleet, const char *method, const char *path, const char *cookie,
    const char *body)
{
    answered *each = fleet->each;

    fleet->each = NULL;
    client_send(&fleet->clients[0], method, path, cookie, body);
    fleet_run(fleet);
    fleet->each = each;
}
