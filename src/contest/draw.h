/* draw.h - the order of appearance, so that anyone can check it afterwards.
 *
 * The organiser's seed (32 random bytes) is promised beforehand by its SHA-256 and
 * shown after the draw; a number called out by the audience goes into it too. Neither
 * side alone can choose the order. Pure; knows no contest. */
#ifndef CONTEST_DRAW_H
#define CONTEST_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum { DRAW_SEED = 32, DRAW_SPOKEN = 64 };

/* SHA-256 of the 32 bytes of the seed; both as 64 hex digits. False: `seed` is not 64
 * lower-case hex digits. */
bool draw_commit(struct arena *arena, const char *seed, const char **commit);

/* Puts the ids into their order of appearance. It starts from the ids in ascending
 * order and exchanges, for i = count-1 down to 1, place i with place j in 0..i
 * (Fisher-Yates). j = v mod (i+1), where v is the next number of the stream below that
 * is under the largest multiple of i+1 not above 2^64 (others are thrown away, so that
 * every order is equally likely). The k-th number (k = 0, 1, 2...) is the first 8
 * bytes, big endian, of HMAC-SHA256 with the seed's 32 bytes as key over the text
 * SPOKEN|k: what was called out, a bar, and k in decimal.
 * False: `seed` is not 64 lower-case hex digits. */
bool draw_order(
    struct arena *arena, const char *seed, const char *spoken, int64_t *ids,
    size_t count);

#endif
