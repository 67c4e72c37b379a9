/* webhook.h - addresses that are told when a ranking is published, and how each telling
 * went. What is to be told is queued by the publication itself (publication_decide()),
 * so that nothing is forgotten over a restart; sender.h does the telling. */
#ifndef MACHINES_WEBHOOK_H
#define MACHINES_WEBHOOK_H

#include "base/writer.h"
#include "store/store.h"

enum {
    WEBHOOK_ADDRESS = 1000, /* bytes */
    WEBHOOK_LABEL = 120,
    WEBHOOK_MOST = 50,
    WEBHOOK_ATTEMPTS = 6, /* at once, then after 1, 5, 30 minutes, 2 and 12 hours */
    WEBHOOK_DELIVERIES = 200,
};

/* A change. The event "webhook_created" of "district/1" holds the id.
 * Errors: ERROR_INVALID "webhook_address" (not http or https, no host, a user in it);
 * ERROR_CONFLICT "webhook_too_many". */
struct webhook_creation {
    const char *address;
    const char *label;
    const char *secret; /* random, made by the caller; shown once */
    int64_t actor;
    int64_t at;
    int64_t id; /* set */
};
store_change webhook_create;

/* A change: it is told nothing more; what waited is given up. "webhook_stopped".
 * Errors: ERROR_NOT_FOUND "webhook_unknown"; ERROR_CONFLICT "webhook_stopped". */
struct webhook_action {
    int64_t id;
    int64_t actor;
    int64_t at;
};
store_change webhook_stop;

/* A change: a delivery begins anew, with all its attempts.
 * Errors: ERROR_NOT_FOUND "delivery_unknown"; ERROR_CONFLICT "webhook_stopped",
 * "delivery_waiting" (it is on its way already). */
store_change webhook_send_again;

/* Writes the array "webhooks", the newest first:
 *   [{"id", "address", "label", "created_by": name, "created_at", "stopped_at" | null,
 *     "waiting": n, "delivered": n, "failed": n}] */
struct error *webhook_write_list(struct db *db, struct writer *writer) MUST_CHECK;

/* Writes the array "deliveries" of a webhook, the newest first:
 *   [{"id", "publication": {"id", "kind", "subject", "version", "title"}, "attempts",
 *     "state": "waiting" | "delivered" | "failed", "next_at" | null,
 *     "delivered_at" | null, "answer"}]
 * Errors: ERROR_NOT_FOUND "webhook_unknown". */
struct error *webhook_write_deliveries(
    struct db *db, struct writer *writer, int64_t webhook) MUST_CHECK;

/* ---- For the sender ---- */

struct webhook_delivery {
    int64_t id; /* 0: nothing is due */
    const char *address;
    const char *secret;
    const char *body; /* JSON: {"publication", "kind", "subject", "version", "title",
                       * "digest", "published_at", "url"} */
    int64_t attempts; /* made before this one */
};

/* The delivery that has been due longest, in the arena of the connection. */
struct error *webhook_find_due(
    struct db *db, int64_t now, struct webhook_delivery *delivery) MUST_CHECK;

/* A change: what came of an attempt; sets when the next one is due, if any. */
struct webhook_outcome {
    int64_t delivery;
    bool delivered;
    const char *answer; /* "200", or why not */
    int64_t at;
};
store_change webhook_note;

/* "sha256=..." of HMAC-SHA256(secret, timestamp "." body). */
const char *webhook_signature(
    struct arena *arena, const char *secret, const char *timestamp, const char *body);

#endif
