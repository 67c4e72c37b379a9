/* token.h - tokens with which a street's own tools read results: shown once, stored as
 * a fingerprint, read-only, valid for a number of days, for one street or the district.
 */
#ifndef MACHINES_TOKEN_H
#define MACHINES_TOKEN_H

#include "base/writer.h"
#include "store/store.h"

enum {
    TOKEN_LABEL = 120, /* bytes */
    TOKEN_DAYS = 730,
};

/* A change: makes a token. The event "token_created" of "district/1" holds id, street
 * and end, not the token. Errors: ERROR_INVALID "branch_unknown". */
struct token_creation {
    const char *label;
    int64_t branch; /* 0: the whole district */
    int64_t days;   /* 1..TOKEN_DAYS */
    int64_t actor;
    int64_t at;
    const char *token; /* random, made by the caller */
    int64_t id;        /* set */
    int64_t expires_at;
};
store_change token_create;

/* A change: it opens nothing any more; the event "token_revoked".
 * Errors: ERROR_NOT_FOUND "token_unknown"; ERROR_CONFLICT "token_revoked". */
struct token_revocation {
    int64_t id;
    int64_t actor;
    int64_t at;
};
store_change token_revoke;

/* Writes the array "tokens", the newest first:
 *   [{"id", "label", "branch": {"id", "name"} | null, "created_by": name, "created_at",
 *     "expires_at", "revoked_at" | null, "used_at" | null}] */
struct error *token_write_list(struct db *db, struct writer *writer) MUST_CHECK;

/* Who is behind an Authorization header ("Bearer ...", RFC 6750). */
struct token_holder {
    int64_t token;
    int64_t branch; /* 0: the whole district */
};

/* Errors: ERROR_UNKNOWN "token_unknown", "token_revoked", "token_expired". */
struct error *token_find(
    struct db *db, const char *authorization, int64_t now,
    struct token_holder *holder) MUST_CHECK;

/* A change: the page of rows that a token got is put in the log of exports, and used_at
 * is brought up to date when it is an hour old. */
struct token_use {
    int64_t token;
    int64_t at;
    const char *what; /* "v1/results quiz/1" */
    int64_t row_count;
};
store_change token_note_use;

#endif
