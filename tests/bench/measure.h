/* measure.h - closed loops: every client sends its next request when the last one was
 * answered, for some time. */
#ifndef TESTS_BENCH_MEASURE_H
#define TESTS_BENCH_MEASURE_H

#include "http.h"

struct measure;

/* Sends the next request of a client. */
typedef void ask_next(struct client *client, struct measure *measure);
/* Stops the program unless the answer is what it must be. */
typedef void check_answer(struct client *client, struct measure *measure);

struct measure {
    ask_next *ask;
    check_answer *check;
    void *context;
    size_t clients; /* the first ones of the fleet take part */
    double seconds;
    /* The result: */
    double rate; /* answers a second */
    double p50_ms;
    double p99_ms;
    /* In between: */
    int64_t until;
    int64_t *latencies; /* ns */
    size_t count;
    size_t room;
};

void measure_run(struct fleet *fleet, struct measure *measure);

/* The part-th hundredth of sorted values. */
int64_t percentile(int64_t *values, size_t count, int part);

/* "NAME rate=... p50=... p99=..." on a line, for run.sh. */
void measure_print(const char *name, const struct measure *measure);

#endif
