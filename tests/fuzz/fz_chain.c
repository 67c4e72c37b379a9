/* The chain of events: a valid line, changed here and there, must be refused, unless
 * the changes only spell the same event differently. The hash of the valid lines is
 * made here once more, from its definition in ARCHITECTURE.md. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/token.h"
#include "fuzz/fuzz.h"
#include "store/chain.h"

enum { MOST_EDITS = 8, LONGEST_LINE = 4096 };

static const char zeros[] =
    "0000000000000000000000000000000000000000000000000000000000000000";

/* Without "previous" and "hash". */
static const char *const events[] = {
    "{\"actor\":31,\"at\":1605578400000,\"body\":{\"contestant\":5,\"criterion\":"
    "\"c1\","
    "\"round\":\"judged\",\"value\":\"25.5\"},\"device\":\"tablet-4\",\"device_"
    "number\":17,"
    "\"kind\":\"mark\",\"number\":1,\"role\":\"judge\",\"subject\":\"contest/1\"}",
    "{\"actor\":7,\"at\":1605578401234,\"body\":{\"contestant\":12,\"points\":\"0.50\","
    "\"reason\":\"超时 10 秒，“提醒”一次\",\"round\":\"judged\"},\"device\":\"\","
    "\"device_number\":0,\"kind\":\"deducted\",\"number\":2,\"role\":\"host\","
    "\"subject\":\"contest/1\"}",
    "{\"actor\":0,\"at\":1605578402000,\"body\":{\"list\":[1,-2,9223372036854775807,"
    "true,"
    "null,{\"a\":\"\\\\ \\\" \\u0001\"}],\"nested\":{\"x\":[[],{}]}},\"device\":\"\","
    "\"device_number\":0,\"kind\":\"k\",\"number\":3,\"role\":\"\",\"subject\":\"quiz/"
    "1\"}",
};

enum { EVENTS = sizeof events / sizeof events[0] };

static char *dump(struct arena *arena, const json_t *json)
{
    char *bytes = json_dumps(json, JSON_SORT_KEYS | JSON_COMPACT);

    if (!bytes)
        abort();
    char *copy = arena_copy(arena, bytes);
    free(bytes);
    return copy;
}

/* SHA-256 of 32 bytes of the event before, 8 bytes of length, the canonical JSON. */
static char *
hash_of(struct arena *arena, const unsigned char before[TOKEN_DIGEST], const char *json)
{
    size_t size = strlen(json);
    unsigned char *all = arena_alloc(arena, TOKEN_DIGEST + 8 + size);
    unsigned char digest[TOKEN_DIGEST];

    memcpy(all, before, TOKEN_DIGEST);
    for (int i = 0; i < 8; i++)
        all[TOKEN_DIGEST + i] = (unsigned char)((uint64_t)size >> (56 - 8 * i));
    memcpy(all + TOKEN_DIGEST + 8, json, size);
    token_sha256(all, TOKEN_DIGEST + 8 + size, digest);
    return token_hex(arena, digest, sizeof digest);
}

/* The line of an event; `previous`: what it stands on. */
static char *make_line(struct arena *arena, size_t which, const char **previous)
{
    unsigned char before[TOKEN_DIGEST] = {0};
    json_t *json = json_loads(events[which], JSON_REJECT_DUPLICATES, NULL);

    if (!json)
        abort();
    if (which > 0)
        token_sha256(events[which], strlen(events[which]), before);
    *previous = which > 0 ? token_hex(arena, before, sizeof before) : zeros;
    if (json_object_set_new(json, "previous", json_string(*previous)))
        abort();
    const char *hash = hash_of(arena, before, dump(arena, json));
    if (json_object_set_new(json, "hash", json_string(hash)))
        abort();
    char *line = dump(arena, json);
    json_decref(json);
    return line;
}

static void replace(char *line, size_t at, size_t drop, const char *with, size_t size)
{
    size_t length = strlen(line);

    if (at + drop > length || length - drop + size >= LONGEST_LINE)
        return;
    memmove(line + at + size, line + at + drop, length - at - drop + 1);
    memcpy(line + at, with, size);
}

static void edit(struct arena *arena, struct fuzz_input *input, char *line)
{
    size_t length = strlen(line);
    uint8_t way = fuzz_byte(input);
    size_t at = fuzz_choice(input, length + 1);
    const char *word = fuzz_text(arena, input, 1 + way / 64);
    char bit[1] = {(char)(line[at] ^ (1 << way / 32))};

    switch (way % 5) {
    case 0: /* over what stands there */
        replace(line, at, strlen(word), word, strlen(word));
        return;
    case 1: /* between */
        replace(line, at, 0, word, strlen(word));
        return;
    case 2: /* out */
        replace(line, at, strlen(word), "", 0);
        return;
    case 3: /* one bit */
        if (at < length && bit[0])
            replace(line, at, 1, bit, 1);
        return;
    default: { /* a piece of the line once more, somewhere else */
        size_t from = fuzz_choice(input, length + 1);
        size_t size = fuzz_choice(input, length - from + 1);
        char *piece = arena_copy_bytes(arena, line + from, size);
        replace(line, at, 0, piece, size);
        return;
    }
    }
}

void fuzz_one(struct arena *arena, const uint8_t *bytes, size_t size)
{
    struct fuzz_input input = {bytes, size};
    struct chain_event event;
    const char *previous;
    size_t which = fuzz_byte(&input) % EVENTS;
    const char *original = make_line(arena, which, &previous);
    char *line = arena_alloc(arena, LONGEST_LINE);

    memcpy(line, original, strlen(original));
    struct error *error = chain_parse_line(arena, line, previous, &event);
    FUZZ_REQUIRE(!error, "a valid line: %s", error->message);
    FUZZ_REQUIRE(
        strcmp(chain_line(arena, &event), original) == 0, "is written as %s",
        chain_line(arena, &event));
    for (int i = 0; i < MOST_EDITS && input.left; i++)
        edit(arena, &input, line);
    error = chain_parse_line(arena, line, previous, &event);
    if (!error)
        FUZZ_REQUIRE(
            strcmp(chain_line(arena, &event), original) == 0, "was let in: %s", line);
}
