/* error.h - why something did not happen.
 *
 * A function that can fail for a reason outside this program returns
 * `struct error *`, and NULL means it worked. The error lives in the arena it was
 * made in. A broken promise inside the program is not an error but an assert(), and
 * asserts stay on in production. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "base/arena.h"

/* Each kind becomes one HTTP status, in http/problem.c and nowhere else. */
enum error_kind {
    ERROR_INVALID,     /* 422: what was sent cannot be accepted */
    ERROR_MALFORMED,   /* 400: not even readable: broken JSON, a repeated field */
    ERROR_UNKNOWN,     /* 401: nobody is signed in, or the password is wrong */
    ERROR_FORBIDDEN,   /* 403: this person may not do this */
    ERROR_NOT_FOUND,   /* 404: no such thing, or it may not be known to exist */
    ERROR_METHOD,      /* 405: the address exists, the method does not */
    ERROR_CONFLICT,    /* 409: someone was first, or the state does not allow it */
    ERROR_GONE,        /* 410: it was possible, and is over for good */
    ERROR_TOO_LARGE,   /* 413: the body is over the cap */
    ERROR_MEDIA,       /* 415: the body is not JSON */
    ERROR_TOO_OFTEN,   /* 429: wait and try again */
    ERROR_FULL,        /* 507: the disk has no room; nothing was changed */
    ERROR_UNAVAILABLE, /* 503: overloaded or shutting down: try again */
    ERROR_BROKEN,      /* 500: disk, database, library: for the log, not the person */
};

struct error {
    enum error_kind kind;
    const char *code;    /* stable, lower case: what a program compares */
    const char *message; /* one sentence in Chinese: what a person reads;
                          * for ERROR_BROKEN English, for the log */
};

#define MUST_CHECK __attribute__((warn_unused_result))

/* error_make(arena, ERROR_CONFLICT, "attempt_submitted", "本次作答已交卷。") with
 * printf arguments after the sentence. */
#define error_make(arena, kind, code, ...)                                             \
    error_new(arena, kind, code, arena_format(arena, __VA_ARGS__))

/* `code` and `message` are borrowed: constants, or strings of the same arena. */
struct error *error_new(
    struct arena *arena, enum error_kind kind, const char *code, const char *message);

/* The same error, living in another arena. */
struct error *error_copy(struct arena *arena, const struct error *error);

/* Passes a failure on to the caller. The only macro here that can return; safe
 * because memory is in the arena and statements close themselves. */
#define TRY(expression)                                                                \
    do {                                                                               \
        struct error *try_error_ = (expression);                                       \
        if (try_error_)                                                                \
            return try_error_;                                                         \
    } while (0)

#endif
