#include "base/token.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void token_start(void)
{
    if (sodium_init() < 0) {
        (void)fprintf(stderr, "libsodium cannot start\n");
        abort();
    }
}

void token_random_bytes(void *bytes, size_t size)
{
    randombytes_buf(bytes, size);
}

char *token_random(struct arena *arena)
{
    unsigned char bytes[32];
    char text[sodium_base64_ENCODED_LEN(
        sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];

    token_random_bytes(bytes, sizeof bytes);
    sodium_bin2base64(
        text, sizeof text, bytes, sizeof bytes,
        sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *copy = arena_copy(arena, text);
    sodium_memzero(bytes, sizeof bytes);
    sodium_memzero(text, sizeof text);
    return copy;
}

void token_sha256(const void *bytes, size_t size, unsigned char digest[TOKEN_DIGEST])
{
    crypto_hash_sha256(digest, bytes, size);
}

bool token_sha256_file(int file, unsigned char digest[TOKEN_DIGEST], int64_t *size)
{
    crypto_hash_sha256_state state;
    unsigned char piece[16 * 1024];
    ssize_t got;

    *size = 0;
    crypto_hash_sha256_init(&state);
    while ((got = pread(file, piece, sizeof piece, (off_t)*size)) > 0) {
        crypto_hash_sha256_update(&state, piece, (size_t)got);
        *size += got;
    }
    crypto_hash_sha256_final(&state, digest);
    return got == 0;
}

void token_hmac(
    const unsigned char key[TOKEN_DIGEST], const void *bytes, size_t size,
    unsigned char digest[TOKEN_DIGEST])
{
    crypto_auth_hmacsha256(digest, bytes, size, key);
}

void token_hmac_text(
    const char *key, const void *bytes, size_t size, unsigned char digest[TOKEN_DIGEST])
{
    crypto_auth_hmacsha256_state state;

    crypto_auth_hmacsha256_init(&state, (const unsigned char *)key, strlen(key));
    crypto_auth_hmacsha256_update(&state, bytes, size);
    crypto_auth_hmacsha256_final(&state, digest);
    sodium_memzero(&state, sizeof state);
}

char *token_hex(struct arena *arena, const unsigned char *bytes, size_t size)
{
    char *text = arena_alloc(arena, size * 2 + 1);

    return sodium_bin2hex(text, size * 2 + 1, bytes, size);
}

char *token_code(
    struct arena *arena, const unsigned char digest[TOKEN_DIGEST], size_t characters)
{
    static const char alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    char *code = arena_alloc(arena, characters + 1);

    assert(characters <= TOKEN_DIGEST * 8 / 5);
    for (size_t i = 0; i < characters; i++) {
        size_t bit = i * 5;
        unsigned pair = (unsigned)digest[bit / 8] << 8;
        if (bit / 8 + 1 < TOKEN_DIGEST)
            pair |= digest[bit / 8 + 1];
        code[i] = alphabet[pair >> (11 - bit % 8) & 31];
    }
    return code;
}
