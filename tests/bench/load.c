/* load.c - the load program of tests/bench/run.sh:
 *   load reads|writes PORT ROUNDS SECONDS     load live PORT FOLLOWERS STEPS
 *   load free-port */
#include "load.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "measure.h"

int load_find(const char *json, const char *name, char *value, size_t room)
{
    char key[64];
    size_t size;

    (void)snprintf(key, sizeof key, "\"%s\":", name);
    const char *from = strstr(json, key);
    if (!from)
        return 0;
    from += strlen(key);
    if (*from == '"') {
        from++;
        size = strcspn(from, "\"");
    } else {
        size = strcspn(from, ",}]");
    }
    if (size >= room)
        fail("%s is too long", name);
    memcpy(value, from, size);
    value[size] = '\0';
    return 1;
}

char *load_sign_in(struct fleet *fleet, const char *staff_number)
{
    char body[128];

    (void)snprintf(
        body, sizeof body,
        "{\"staff_number\":\"%s\",\"password\":\"" LOAD_PASSWORD "\"}", staff_number);
    fleet_ask(fleet, "POST", "/api/login", "", body);
    const struct client *client = &fleet->clients[0];
    const char *cookie = strcasestr(client->head, "\r\nSet-Cookie: ");
    if (client->status != 200 || !cookie)
        fail("%s cannot sign in: %d %s", staff_number, client->status, client->body);
    cookie += strlen("\r\nSet-Cookie: ");
    return strndup(cookie, strcspn(cookie, ";\r"));
}

/* ---- Reading ---- */

struct reading {
    const char *name;
    const char *host;
    const char *path;
    const char *cookie;
    const char *expected; /* stands in the body */
};

static void ask_reading(struct client *client, struct measure *measure)
{
    const struct reading *reading = measure->context;

    client_send(client, "GET", reading->path, reading->cookie, NULL);
}

static void check_reading(struct client *client, struct measure *measure)
{
    const struct reading *reading = measure->context;

    if (client->status != 200 || !strstr(client->body, reading->expected))
        fail("%s: %d %s", reading->path, client->status, client->body);
}

void load_reads(int port, int rounds, double seconds)
{
    enum { CLIENTS = 32 };
    struct fleet fleet;

    fleet_open(&fleet, port, CLIENTS);
    char *cookie = load_sign_in(&fleet, "zy0102");
    struct reading readings[] = {
        {"plain", "plain", "/static-200.txt", "", "xxxx"},
        {"static", "localhost", "/static-200.txt", "", "xxxx"},
        {"healthz", "localhost", "/healthz", "", "\"ok\""},
        {"site", "localhost", "/api/site", "", "\"district\""},
        {"quizzes", "localhost", "/api/quizzes", cookie, "\"quizzes\":[{"},
    };
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++) {
            struct measure measure = {
                .ask = ask_reading,
                .check = check_reading,
                .context = &readings[i],
                .clients = CLIENTS,
                .seconds = seconds,
            };
            fleet.host = readings[i].host;
            measure_run(&fleet, &measure);
            measure_print(readings[i].name, &measure);
        }
    }
    free(cookie);
    fleet_close(&fleet);
}

/* ---- The command line ---- */

static void print_free_port(void)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int socket_ = socket(AF_INET, SOCK_STREAM, 0);

    if (bind(socket_, (struct sockaddr *)&address, size) ||
        getsockname(socket_, (struct sockaddr *)&address, &size))
        fail("no free port");
    (void)printf("%d\n", ntohs(address.sin_port));
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "free-port") == 0) {
        print_free_port();
        return 0;
    }
    if (argc != 5)
        fail(
            "usage: load reads|writes PORT ROUNDS SECONDS | live PORT FOLLOWERS STEPS");
    int port = (int)strtol(argv[2], NULL, 10);
    int number = (int)strtol(argv[3], NULL, 10);
    if (strcmp(argv[1], "reads") == 0)
        load_reads(port, number, strtod(argv[4], NULL));
    else if (strcmp(argv[1], "writes") == 0)
        load_writes(port, number, strtod(argv[4], NULL));
    else if (strcmp(argv[1], "live") == 0)
        load_live(port, (size_t)number, (int)strtol(argv[4], NULL, 10));
    else
        fail("what is %s?", argv[1]);
    return 0;
}
