#include "contest/draw.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/token.h"

struct stream {
    struct arena *arena;
    unsigned char key[DRAW_SEED];
    const char *spoken;
    uint64_t counter;
};

static unsigned char hex_digit(char c)
{
    return (unsigned char)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static bool read_seed(const char *seed, unsigned char bytes[DRAW_SEED])
{
    const size_t digits = (size_t)2 * DRAW_SEED;

    if (strlen(seed) != digits || strspn(seed, "0123456789abcdef") != digits)
        return false;
    for (size_t i = 0; i < DRAW_SEED; i++)
        bytes[i] =
            (unsigned char)(hex_digit(seed[2 * i]) << 4 | hex_digit(seed[2 * i + 1]));
    return true;
}

bool draw_commit(struct arena *arena, const char *seed, const char **commit)
{
    unsigned char bytes[DRAW_SEED];
    unsigned char digest[TOKEN_DIGEST];

    if (!read_seed(seed, bytes))
        return false;
    token_sha256(bytes, sizeof bytes, digest);
    *commit = token_hex(arena, digest, sizeof digest);
    return true;
}

static uint64_t next_number(struct stream *stream)
{
    const char *text =
        arena_format(stream->arena, "%s|%" PRIu64, stream->spoken, stream->counter++);
    unsigned char digest[TOKEN_DIGEST];
    uint64_t number = 0;

    token_hmac(stream->key, text, strlen(text), digest);
    for (int i = 0; i < 8; i++)
        number = number << 8 | digest[i];
    return number;
}

/* 0..n-1, each equally likely. */
static size_t below(struct stream *stream, uint64_t n)
{
    uint64_t excess = (UINT64_MAX % n + 1) % n; /* 2^64 mod n */
    uint64_t number;

    do
        number = next_number(stream);
    while (number > UINT64_MAX - excess);
    return (size_t)(number % n);
}

static int by_id(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left;
    int64_t b = *(const int64_t *)right;

    return (a > b) - (a < b);
}

bool draw_order(
    struct arena *arena, const char *seed, const char *spoken, int64_t *ids,
    size_t count)
{
    struct stream stream = {.arena = arena, .spoken = spoken};

    if (!read_seed(seed, stream.key))
        return false;
    if (count)
        qsort(ids, count, sizeof *ids, by_id);
    for (size_t i = count; i-- > 1;) {
        size_t j = below(&stream, i + 1);
        int64_t id = ids[i];
        ids[i] = ids[j];
        ids[j] = id;
    }
    return true;
}
