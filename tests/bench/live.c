/* Followers of a contest's screen, parked, while the host changes it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "load.h"
#include "measure.h"

enum { SETTLE_US = 300 * 1000 };

struct audience {
    struct fleet followers;
    struct fleet host; /* one client */
    char *cookie;
    int64_t number; /* of the last event */
    int64_t *served_at;
    size_t served;
};

static void follow(struct client *client, int64_t number)
{
    char path[96];

    (void)snprintf(
        path, sizeof path, "/api/contests/1/screen?since=%lld", (long long)number);
    client_send(client, "GET", path, "", NULL);
}

static int64_t number_of(const struct client *client)
{
    char number[24] = "";

    if (client->status != 200 ||
        !load_find(client->body, "number", number, sizeof number))
        fail("contest 1: %d %s", client->status, client->body);
    return strtoll(number, NULL, 10);
}

/* A follower has news; 25 s without any are a 204, and it follows on. */
static void take_news(struct client *client, void *context)
{
    struct audience *audience = context;

    if (client->status == 204) {
        follow(client, audience->number - 1);
        return;
    }
    if (number_of(client) != audience->number)
        fail("news of %s instead of %lld", client->body, (long long)audience->number);
    audience->served_at[audience->served++] = client->answered_at;
}

/* The host's reply must say that it was done; when it came. */
static int64_t step(struct audience *audience, const char *action)
{
    char body[160];

    (void)snprintf(
        body, sizeof body, "{%s,\"expected\":%lld}", action,
        (long long)audience->number);
    fleet_ask(&audience->host, "POST", "/api/contests/1/step", audience->cookie, body);
    audience->number = number_of(&audience->host.clients[0]);
    return audience->host.clients[0].answered_at;
}

/* Only what is still to come can be asked for at the next step. */
static void prepare(struct audience *audience)
{
    static const char *const actions[] = {
        "\"action\":\"seal\"", "\"action\":\"draw_commit\"",
        "\"action\":\"draw\",\"spoken\":\"7\""};

    fleet_ask(&audience->host, "GET", "/api/contests/1/screen", "", NULL);
    audience->number = number_of(&audience->host.clients[0]);
    for (int i = 0; audience->number < 3 && i < 3; i++)
        (void)step(audience, actions[i]);
}

static void
one_step(struct audience *audience, int which, int64_t *delays, int64_t *all)
{
    size_t count = audience->followers.count;

    audience->served = 0;
    for (size_t i = 0; i < count; i++)
        follow(&audience->followers.clients[i], audience->number);
    (void)usleep(SETTLE_US); /* until all are parked */
    int64_t from = now_ns();
    int64_t replied = step(
        audience, which % 2 ? "\"action\":\"show\",\"view\":\"leaderboard\""
                            : "\"action\":\"show\",\"view\":\"draw\"");
    fleet_run(&audience->followers);
    int64_t last = audience->served_at[count - 1];
    for (size_t i = 0; i < count; i++)
        if (audience->served_at[i] > last)
            last = audience->served_at[i];
    *delays = last > replied ? last - replied : 0;
    *all = last - from;
}

void load_live(int port, size_t followers, int steps)
{
    struct audience audience = {.number = 0};
    int64_t *delays = calloc((size_t)steps, sizeof *delays);
    int64_t *all = calloc((size_t)steps, sizeof *all);

    fleet_open(&audience.host, port, 1);
    fleet_open(&audience.followers, port, followers);
    audience.served_at = calloc(followers, sizeof *audience.served_at);
    if (!delays || !all || !audience.served_at)
        fail("out of memory");
    audience.cookie = load_sign_in(&audience.host, "zc01");
    audience.followers.each = take_news;
    audience.followers.context = &audience;
    prepare(&audience);
    for (int i = 0; i < steps; i++)
        one_step(&audience, i, &delays[i], &all[i]);
    (void)printf(
        "live%zu after_reply_p50=%.1f after_reply_max=%.1f after_send_p50=%.1f\n",
        followers, (double)percentile(delays, (size_t)steps, 50) / 1e6,
        (double)percentile(delays, (size_t)steps, 100) / 1e6,
        (double)percentile(all, (size_t)steps, 50) / 1e6);
    free(audience.served_at);
    free(audience.cookie);
    free(delays);
    free(all);
    fleet_close(&audience.followers);
    fleet_close(&audience.host);
}
