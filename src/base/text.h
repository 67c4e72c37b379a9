/* text.h - a string that grows in an arena, up to a limit given at its birth.
 *
 * Going over the limit does not fail at once: what comes after is dropped and
 * `overflowed` stays set, to be asked once at the end. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* Takes a piece of a text that is not kept. */
typedef void text_sink(void *context, const void *bytes, size_t size);

struct text {
    struct arena *arena;
    char *bytes; /* always ends with a zero byte */
    size_t size; /* without that zero byte */
    size_t room;
    size_t limit; /* in bytes */
    bool overflowed;
    text_sink *sink; /* NULL: everything is kept */
    void *sink_context;
};

/* `limit_bytes`: the longest it may become. */
void text_init(struct text *text, struct arena *arena, size_t limit_bytes);
/* A text of any length that is handed on piece by piece: `bytes` holds only what was
 * not handed on yet. text_flush() hands on the rest. */
void text_init_pieces(
    struct text *text, struct arena *arena, text_sink *sink, void *context);
void text_flush(struct text *text);
void text_add_bytes(struct text *text, const void *bytes, size_t size);
void text_add(struct text *text, const char *string);
void text_add_format(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
