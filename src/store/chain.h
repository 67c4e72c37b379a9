/* chain.h - the record of everything that can change a result: append-only events,
 * each holding the hash of the one before it in the same subject.
 *
 * The bytes that are hashed are the event as canonical JSON (sorted keys, no spaces):
 *   {"actor":..,"at":..,"body":{..},"device":..,"device_number":..,"kind":..,
 *    "number":..,"previous":..,"role":..,"subject":..}
 * hash = SHA-256(previous hash as 32 bytes || length of the bytes as 8 bytes, big
 * endian || bytes); the first event has 32 zero bytes before it. A seal, HMAC-SHA256
 * of the hash with a key that the database file does not hold, shows a chain that was
 * rebuilt by someone with the file alone. */
#ifndef STORE_CHAIN_H
#define STORE_CHAIN_H

#include <jansson.h>

#include "store/store.h"

enum { CHAIN_RECEIPT = 8 }; /* characters of a receipt code */

struct chain_event {
    const char *subject; /* "contest/3" */
    int64_t number;      /* 1, 2, 3... within the subject; set by chain_append */
    int64_t at;          /* UTC ms */
    int64_t actor;       /* person, 0 for the program itself */
    const char *role;
    const char *device; /* "" when the event came from no device queue */
    int64_t device_number;
    const char *kind;
    json_t *body;         /* an object; no floating point in it */
    const char *previous; /* hex; set by chain_append, as hash */
    const char *hash;
};

/* Inside a change: adds the event and notifies the topic named by the subject. The
 * same (subject, device, device_number) again gives back the first event unchanged
 * with *repeated true; with another kind or body it is ERROR_CONFLICT
 * "device_number_reused". */
struct error *
chain_append(struct db *db, struct chain_event *event, bool *repeated) MUST_CHECK;

/* The same for an event that came from no device queue. Takes over event->body, which
 * may come straight from json_pack(). */
struct error *chain_record(struct db *db, struct chain_event *event) MUST_CHECK;

/* A code people can read aloud, from the event's hash; in the arena. */
char *chain_receipt(struct arena *arena, const char *hash);

/* Events of a subject with number > after, oldest first, handed to each(); stops at
 * its first error. Bodies live until the arena of the connection is reset. */
typedef struct error *chain_each(void *context, const struct chain_event *event);
struct error *chain_read(
    struct db *db, const char *subject, int64_t after, chain_each *each,
    void *context) MUST_CHECK;

/* The same for all subjects, in the order of recording. */
struct error *chain_read_all(struct db *db, chain_each *each, void *context) MUST_CHECK;

/* The last number and hash of a subject; 0 and 64 zeros without events. */
struct error *chain_head(
    struct db *db, const char *subject, int64_t *number, const char **hash) MUST_CHECK;

/* One event as the line that stands in events.ndjson and in the mirror: the hashed
 * bytes plus "hash". */
char *chain_line(struct arena *arena, const struct chain_event *event);

/* Reads such a line and checks its hash against `previous` (64 hex digits).
 * Errors: ERROR_INVALID "chain_broken" naming the number. */
struct error *chain_parse_line(
    struct arena *arena, const char *line, const char *previous,
    struct chain_event *event) MUST_CHECK;

/* Checks every link and seal of every subject. *checked: events seen.
 * Errors: ERROR_INVALID "chain_broken" naming subject and number. */
struct error *chain_verify(struct db *db, int64_t *checked) MUST_CHECK;

#endif
