/* token.h - names nobody can guess, and fingerprints of bytes (libsodium). */
#ifndef BASE_TOKEN_H
#define BASE_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum { TOKEN_DIGEST = 32 }; /* bytes of SHA-256 and HMAC-SHA256 */

/* Must run once before the others; stops the program if libsodium cannot start. */
void token_start(void);

/* 32 random bytes as 43 characters of URL-safe base64. */
char *token_random(struct arena *arena);
void token_random_bytes(void *bytes, size_t size);

void token_sha256(const void *bytes, size_t size, unsigned char digest[TOKEN_DIGEST]);
/* The same of a whole open file, from its first byte; its length in *size. False:
 * reading failed, errno says why. */
bool token_sha256_file(int file, unsigned char digest[TOKEN_DIGEST], int64_t *size);
void token_hmac(
    const unsigned char key[TOKEN_DIGEST], const void *bytes, size_t size,
    unsigned char digest[TOKEN_DIGEST]);

/* The same with a text of any length as the key, as other programs compute it. */
void token_hmac_text(
    const char *key, const void *bytes, size_t size,
    unsigned char digest[TOKEN_DIGEST]);

/* Lower-case hexadecimal of `size` bytes. */
char *token_hex(struct arena *arena, const unsigned char *bytes, size_t size);

/* `characters` (at most 51) of the digest in an alphabet without 0 O 1 I: for codes
 * that people read aloud and write down. 5 bits a character. */
char *token_code(
    struct arena *arena, const unsigned char digest[TOKEN_DIGEST], size_t characters);

#endif
