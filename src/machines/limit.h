/* limit.h - how often a token may ask: so many requests in any minute of the clock,
 * kept in memory, forgotten with a restart. */
#ifndef MACHINES_LIMIT_H
#define MACHINES_LIMIT_H

#include <stdint.h>

#include "base/error.h"

enum { LIMIT_REQUESTS = 120 /* a minute, each token */ };

struct limit;

struct limit *limit_new(void);
void limit_free(struct limit *limit);

/* Counts one request; safe from all threads.
 * Errors: ERROR_TOO_OFTEN "token_too_often". */
struct error *limit_count(
    struct limit *limit, struct arena *arena, int64_t token, int64_t now) MUST_CHECK;

#endif
