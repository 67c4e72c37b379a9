/* Saving answers as phones do: sign in, start the attempt, save one answer after
 * another with a growing number, believe nothing but the receipt. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load.h"
#include "measure.h"

enum { MOST_ITEMS = 64, MOST_CLIENTS = 256, ID = 24 };

struct item {
    char id[ID];
    char type[ID];
    int64_t seq;     /* of the last answer that was acknowledged */
    char answer[48]; /* that answer */
};

struct candidate {
    char *cookie;
    char path[64]; /* /api/attempts/7 */
    char epoch[ID];
    struct item items[MOST_ITEMS];
    size_t item_count;
    int64_t seq; /* of the last answer that was sent */
    struct item *sent;
    char answer[48]; /* what was sent */
};

struct hall {
    struct fleet fleet;
    struct candidate *candidates;
    size_t saved;
};

/* ---- Everybody sits down ---- */

static void take_cookie(struct client *client, void *context)
{
    struct hall *hall = context;
    const char *cookie = strcasestr(client->head, "\r\nSet-Cookie: ");

    if (client->status != 200 || !cookie)
        fail("bench%04zu cannot sign in: %s", client->index + 1, client->body);
    cookie += strlen("\r\nSet-Cookie: ");
    hall->candidates[client->index].cookie = strndup(cookie, strcspn(cookie, ";\r"));
}

/* The questions, in the order of delivery. */
static void take_attempt(struct client *client, void *context)
{
    struct hall *hall = context;
    struct candidate *candidate = &hall->candidates[client->index];
    char id[ID];

    if (client->status != 200 || !load_find(client->body, "id", id, sizeof id) ||
        !load_find(client->body, "epoch", candidate->epoch, sizeof candidate->epoch))
        fail("no attempt: %d %s", client->status, client->body);
    (void)snprintf(candidate->path, sizeof candidate->path, "/api/attempts/%s", id);
    const char *parts = strstr(client->body, "\"parts\":");
    for (const char *at = parts; at && (at = strstr(at, "\"stem_html\":"));) {
        /* "id", "number", "type" stand before the stem. */
        const char *question = at;
        while (question > parts && strncmp(question, "{\"id\":", 6) != 0)
            question--;
        if (candidate->item_count == MOST_ITEMS)
            fail("too many questions");
        struct item *item = &candidate->items[candidate->item_count++];
        (void)load_find(question, "id", item->id, sizeof item->id);
        (void)load_find(question, "type", item->type, sizeof item->type);
        at++;
    }
    if (!candidate->item_count)
        fail("no questions: %s", client->body);
}

static void sit_down(struct hall *hall)
{
    struct fleet *fleet = &hall->fleet;

    hall->candidates = calloc(MOST_CLIENTS, sizeof *hall->candidates);
    if (!hall->candidates)
        fail("out of memory");
    fleet->context = hall;
    fleet->each = take_cookie;
    for (size_t i = 0; i < fleet->count; i++) {
        char body[128];
        (void)snprintf(
            body, sizeof body,
            "{\"staff_number\":\"bench%04zu\",\"password\":\"" LOAD_PASSWORD "\"}",
            i + 1);
        client_send(&fleet->clients[i], "POST", "/api/login", "", body);
    }
    fleet_run(fleet);
    fleet->each = take_attempt;
    for (size_t i = 0; i < fleet->count; i++)
        client_send(
            &fleet->clients[i], "POST", "/api/quizzes/1/attempt",
            hall->candidates[i].cookie, "{\"device\":\"bench-device\"}");
    fleet_run(fleet);
}

/* ---- Saving ---- */

/* Something else each time, as one may answer that kind of question. */
static void choose(const struct item *item, int64_t seq, char *answer, size_t room)
{
    if (strcmp(item->type, "blank") == 0)
        (void)snprintf(answer, room, "\"第 %lld 稿\"", (long long)seq);
    else if (strcmp(item->type, "true_false") == 0)
        (void)snprintf(answer, room, "[\"%s\"]", seq % 2 ? "t" : "f");
    else if (strcmp(item->type, "multiple") == 0)
        (void)snprintf(answer, room, "[\"a\",\"%c\"]", (char)('b' + seq % 2));
    else
        (void)snprintf(answer, room, "[\"%c\"]", (char)('a' + seq % 3));
}

static void ask_save(struct client *client, struct measure *measure)
{
    struct hall *hall = measure->context;
    struct candidate *candidate = &hall->candidates[client->index];
    char path[96];
    char body[256];

    candidate->seq++;
    candidate->sent = &candidate->items[(size_t)candidate->seq % candidate->item_count];
    choose(
        candidate->sent, candidate->seq, candidate->answer, sizeof candidate->answer);
    (void)snprintf(path, sizeof path, "%s/answers", candidate->path);
    (void)snprintf(
        body, sizeof body,
        "{\"device\":\"bench-device\",\"epoch\":%s,\"batch\":[{\"item\":\"%s\",\"seq\":"
        "%lld,"
        "\"answer\":%s}]}",
        candidate->epoch, candidate->sent->id, (long long)candidate->seq,
        candidate->answer);
    client_send(client, "POST", path, candidate->cookie, body);
}

/* The receipt must name what was sent. */
static void check_save(struct client *client, struct measure *measure)
{
    struct hall *hall = measure->context;
    struct candidate *candidate = &hall->candidates[client->index];
    char expected[128];
    char receipt[32] = "";

    (void)snprintf(
        expected, sizeof expected,
        "\"receipts\":[{\"item\":\"%s\",\"epoch\":%s,\"seq\":%lld,\"stored\":\"saved\"",
        candidate->sent->id, candidate->epoch, (long long)candidate->seq);
    if (client->status != 200 || !strstr(client->body, expected) ||
        !load_find(client->body, "receipt", receipt, sizeof receipt) ||
        strspn(receipt, "0123456789abcdef") != 16)
        fail("no receipt: %d %s", client->status, client->body);
    candidate->sent->seq = candidate->seq;
    memcpy(candidate->sent->answer, candidate->answer, sizeof candidate->answer);
    hall->saved++;
}

/* ---- In the end: does the server have what it acknowledged? ---- */

static void check_stored(struct client *client, void *context)
{
    struct hall *hall = context;
    struct candidate *candidate = &hall->candidates[client->index];

    for (size_t i = 0; i < candidate->item_count; i++) {
        const struct item *item = &candidate->items[i];
        char expected[192];
        (void)snprintf(
            expected, sizeof expected,
            "{\"item\":\"%s\",\"epoch\":%s,\"seq\":%lld,\"answer\":%s,", item->id,
            candidate->epoch, (long long)item->seq, item->answer);
        if (item->seq && !strstr(client->body, expected))
            fail("lost: %s in %s", expected, client->body);
    }
}

static void check_all(struct hall *hall)
{
    struct fleet *fleet = &hall->fleet;

    fleet->context = hall;
    fleet->each = check_stored;
    for (size_t i = 0; i < fleet->count; i++) {
        char path[128];
        (void)snprintf(
            path, sizeof path, "%s?device=bench-device", hall->candidates[i].path);
        client_send(&fleet->clients[i], "GET", path, hall->candidates[i].cookie, NULL);
    }
    fleet_run(fleet);
    (void)printf("receipts checked=%zu lost=0\n", hall->saved);
}

/* ---- The same request with an epoch that cannot be: read, and refused before it
 * would be stored ---- */

static void ask_refused(struct client *client, struct measure *measure)
{
    struct hall *hall = measure->context;
    struct candidate *candidate = &hall->candidates[client->index];
    char path[96];
    char body[256];

    (void)snprintf(path, sizeof path, "%s/answers", candidate->path);
    (void)snprintf(
        body, sizeof body,
        "{\"device\":\"bench-device\",\"epoch\":0,\"batch\":[{\"item\":\"%s\",\"seq\":"
        "1,"
        "\"answer\":[\"a\"]}]}",
        candidate->items[0].id);
    client_send(client, "POST", path, candidate->cookie, body);
}

static void check_refused(struct client *client, struct measure *measure)
{
    (void)measure;
    if (client->status != 422 || !strstr(client->body, "\"field_range\""))
        fail("not refused: %d %s", client->status, client->body);
}

static void measure_both(struct hall *hall, size_t clients, double seconds)
{
    struct measure refused = {
        .ask = ask_refused,
        .check = check_refused,
        .context = hall,
        .clients = clients,
        .seconds = seconds,
    };
    struct measure save = refused;
    char name[32];

    save.ask = ask_save;
    save.check = check_save;
    measure_run(&hall->fleet, &refused);
    (void)snprintf(name, sizeof name, "refused%zu", clients);
    measure_print(name, &refused);
    measure_run(&hall->fleet, &save);
    (void)snprintf(name, sizeof name, "save%zu", clients);
    measure_print(name, &save);
}

void load_writes(int port, int rounds, double seconds)
{
    static const size_t sizes[] = {8, 64, MOST_CLIENTS};
    struct hall hall = {.saved = 0};

    fleet_open(&hall.fleet, port, MOST_CLIENTS);
    sit_down(&hall);
    for (int round = 0; round < rounds; round++)
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
            measure_both(&hall, sizes[i], seconds);
    check_all(&hall);
    for (size_t i = 0; i < MOST_CLIENTS; i++)
        free(hall.candidates[i].cookie);
    free(hall.candidates);
    fleet_close(&hall.fleet);
}
