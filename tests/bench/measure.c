#include "measure.h"

#include <stdio.h>
#include <stdlib.h>

static int compare(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;

    return (left > right) - (left < right);
}

int64_t percentile(int64_t *values, size_t count, int part)
{
    if (!count)
        return 0;
    qsort(values, count, sizeof *values, compare);
    return values[(count - 1) * (size_t)part / 100];
}

static void note(struct measure *measure, int64_t latency)
{
    if (measure->count == measure->room) {
        measure->room = measure->room ? measure->room * 2 : 65536;
        measure->latencies =
            realloc(measure->latencies, measure->room * sizeof *measure->latencies);
        if (!measure->latencies)
            fail("out of memory");
    }
    measure->latencies[measure->count++] = latency;
}

static void each(struct client *client, void *context)
{
    struct measure *measure = context;

    measure->check(client, measure);
    /* What was answered after the end is checked and not counted. */
    if (client->answered_at > measure->until)
        return;
    note(measure, client->answered_at - client->sent_at);
    measure->ask(client, measure);
}

void measure_run(struct fleet *fleet, struct measure *measure)
{
    int64_t from = now_ns();

    measure->until = from + (int64_t)(measure->seconds * 1e9);
    measure->count = 0;
    fleet->each = each;
    fleet->context = measure;
    for (size_t i = 0; i < measure->clients; i++)
        measure->ask(&fleet->clients[i], measure);
    fleet_run(fleet);
    fleet->each = NULL;
    measure->rate = (double)measure->count / measure->seconds;
    measure->p50_ms = (double)percentile(measure->latencies, measure->count, 50) / 1e6;
    measure->p99_ms = (double)percentile(measure->latencies, measure->count, 99) / 1e6;
    free(measure->latencies);
    measure->latencies = NULL;
    measure->room = 0;
}

void measure_print(const char *name, const struct measure *measure)
{
    (void)printf(
        "%s rate=%.0f p50=%.3f p99=%.3f\n", name, measure->rate, measure->p50_ms,
        measure->p99_ms);
    (void)fflush(stdout);
}
