/* seal.h - short proofs made with a key that the database file does not hold. */
#ifndef STORE_SEAL_H
#define STORE_SEAL_H

#include "base/error.h"
#include "base/token.h"

/* Reads the key from its file, or makes the file (0600) with a fresh key. Once, before
 * any thread. Errors: ERROR_BROKEN. */
struct error *seal_load(struct arena *arena, const char *path) MUST_CHECK;

/* HMAC-SHA256 of the text under the key. */
void seal_make(const char *text, unsigned char digest[TOKEN_DIGEST]);

/* The same as 64 hexadecimal digits. */
char *seal_hex(struct arena *arena, const char *text);

#endif
