#include "machines/limit.h"

#include <pthread.h>
#include <stdlib.h>

enum { SLOTS = 4096, MINUTE_MS = 60 * 1000 };

/* Two tokens whose ids differ by SLOTS share a slot: then each sees the other's use as
 * the start of a new minute, and none is refused wrongly. */
struct slot {
    int64_t token;
    int64_t minute;
    int64_t count;
};

struct limit {
    pthread_mutex_t lock;
    struct slot slots[SLOTS];
};

struct limit *limit_new(void)
{
    struct limit *limit = calloc(1, sizeof *limit);

    if (!limit)
        abort();
    pthread_mutex_init(&limit->lock, NULL);
    return limit;
}

void limit_free(struct limit *limit)
{
    pthread_mutex_destroy(&limit->lock);
    free(limit);
}

struct error *
limit_count(struct limit *limit, struct arena *arena, int64_t token, int64_t now)
{
    struct slot *slot = &limit->slots[token % SLOTS];
    int64_t minute = now / MINUTE_MS;

    pthread_mutex_lock(&limit->lock);
    if (slot->token != token || slot->minute != minute)
        *slot = (struct slot){token, minute, 0};
    int64_t count = ++slot->count;
    pthread_mutex_unlock(&limit->lock);
    return count <= LIMIT_REQUESTS
               ? NULL
               : error_make(
                     arena, ERROR_TOO_OFTEN, "token_too_often",
                     "每分钟最多请求 %d 次，请到下一分钟再试。", LIMIT_REQUESTS);
}
