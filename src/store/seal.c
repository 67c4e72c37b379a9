#include "store/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Read once at start, before any thread; never changed after. */
static unsigned char key[TOKEN_DIGEST];

struct error *seal_load(struct arena *arena, const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t size = -1;

    if (file < 0 && errno == ENOENT) {
        token_random_bytes(key, sizeof key);
        file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (file >= 0)
            size = write(file, key, sizeof key);
        if (size == sizeof key && fsync(file))
            size = -1;
    } else if (file >= 0) {
        size = read(file, key, sizeof key);
    }
    if (file >= 0)
        (void)close(file);
    if (size != sizeof key)
        return error_make(
            arena, ERROR_BROKEN, "seal_key", "cannot read or make the key file %s: %s",
            path, strerrordesc_np(errno));
    return NULL;
}

void seal_make(const char *text, unsigned char digest[TOKEN_DIGEST])
{
    token_hmac(key, text, strlen(text), digest);
}

char *seal_hex(struct arena *arena, const char *text)
{
    unsigned char digest[TOKEN_DIGEST];

    seal_make(text, digest);
    return token_hex(arena, digest, sizeof digest);
}
