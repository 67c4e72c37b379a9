/* writer.h - JSON written front to back into a text.
 *
 * Hot answers are written this way because building a tree and dumping it costs
 * several times as much. Inside an array the key is NULL. Commas and escapes are the
 * writer's business; an unbalanced writer_end() is a bug and stops the program. */
#ifndef BASE_WRITER_H
#define BASE_WRITER_H

#include <stdint.h>

#include "base/text.h"

enum { WRITER_DEPTH = 16 };

struct writer {
    struct text text; /* text.bytes is the JSON once everything is ended */
    int depth;
    bool filled[WRITER_DEPTH]; /* something stands before at this depth */
    char closing[WRITER_DEPTH];
};

/* `limit_bytes`: the largest document; beyond it text.overflowed is set. */
void writer_init(struct writer *writer, struct arena *arena, size_t limit_bytes);

/* A document of any length, handed on piece by piece; text_flush(&writer.text) at the
 * end. */
void writer_init_pieces(
    struct writer *writer, struct arena *arena, text_sink *sink, void *context);

void writer_object(struct writer *writer, const char *key);
void writer_array(struct writer *writer, const char *key);
void writer_end(struct writer *writer);

void writer_text(struct writer *writer, const char *key, const char *value);
void writer_int(struct writer *writer, const char *key, int64_t value);
void writer_bool(struct writer *writer, const char *key, bool value);
void writer_null(struct writer *writer, const char *key);

/* `value` NULL is written as null. */
void writer_text_or_null(struct writer *writer, const char *key, const char *value);

/* `json` is a complete JSON value that was made by this program. */
void writer_raw(struct writer *writer, const char *key, const char *json);

#endif
