/* password.h - argon2id by libsodium, made and checked on threads of its own, so that
 * four hundred sign-ins at the bell do not hold up saved answers. */
#ifndef PEOPLE_PASSWORD_H
#define PEOPLE_PASSWORD_H

#include "http/request.h"

struct password_pool;

/* `threads` hash at the same time (19 MiB each). */
struct password_pool *password_pool_new(int threads);
void password_pool_free(struct password_pool *pool);

/* The stored form of a password, in the arena. Slow (about 15 ms): for commands.
 * Errors: ERROR_INVALID "password_length" outside 8..128 bytes. */
struct error *password_hash(
    struct arena *arena, const char *password, const char **stored) MUST_CHECK;

/* One check; lives in the request's arena. */
struct password_check {
    const char *stored; /* NULL: nobody has this number; takes as long as a real one */
    char *password;     /* wiped after the check */
    bool right;
    struct request *request;
    struct password_check *next;
};

/* Suspends the request until the check is made; answer(request) then finds it in
 * request->context. Errors: ERROR_UNAVAILABLE "login_busy" when too many wait. */
struct error *password_check_later(
    struct password_pool *pool, struct password_check *check,
    handler *answer) MUST_CHECK;

#endif
