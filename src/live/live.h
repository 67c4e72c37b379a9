/* live.h - tells browsers that something changed.
 *
 * Everything that can be followed has a topic and a number that only grows. A request
 * with ?since=number is answered at once when there is something newer; otherwise it
 * is parked: no thread is held until a commit raises the number or 25 s have passed
 * (204). There is no second channel that could disagree with the first. */
#ifndef LIVE_LIVE_H
#define LIVE_LIVE_H

#include "http/request.h"
#include "store/store.h"

struct live;

/* Hears the store's notices and keeps the parked requests. */
struct live *live_new(struct store *store);

/* Answers all parked requests with 204 and parks no more; before serve_stop(). */
void live_close(struct live *live);
/* After serve_stop(). */
void live_free(struct live *live);

/* Writes the state as JSON for this request into the writer and gives its number.
 * The number must come from the same read as the state. */
typedef struct error *
live_build(struct request *request, struct writer *writer, int64_t *number);

/* Answers ?since= for the topic with build(). When `audience` is not NULL, the bytes
 * made for a number are kept and shared by all requests with the same topic and
 * audience, so that thousands of followers cost one building. */
struct error *live_follow(
    struct request *request, const char *topic, const char *audience,
    live_build *build) MUST_CHECK;

#endif
