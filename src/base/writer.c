#include "base/writer.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

void writer_init(struct writer *writer, struct arena *arena, size_t limit_bytes)
{
    *writer = (struct writer){0};
    text_init(&writer->text, arena, limit_bytes);
}

void writer_init_pieces(
    struct writer *writer, struct arena *arena, text_sink *sink, void *context)
{
    *writer = (struct writer){0};
    text_init_pieces(&writer->text, arena, sink, context);
}

static void add_quoted(struct text *text, const char *string)
{
    static const char hex[] = "0123456789abcdef";
    const char *from = string;

    text_add_bytes(text, "\"", 1);
    for (const char *c = string; *c; c++) {
        unsigned char byte = (unsigned char)*c;
        if (byte >= 0x20 && byte != '"' && byte != '\\')
            continue;
        text_add_bytes(text, from, (size_t)(c - from));
        from = c + 1;
        if (byte == '"' || byte == '\\') {
            char escaped[2] = {'\\', *c};
            text_add_bytes(text, escaped, sizeof escaped);
        } else if (byte == '\n') {
            text_add_bytes(text, "\\n", 2);
        } else {
            char escaped[6] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
            text_add_bytes(text, escaped, sizeof escaped);
        }
    }
    text_add(text, from);
    text_add_bytes(text, "\"", 1);
}

static void begin_value(struct writer *writer, const char *key)
{
    struct text *text = &writer->text;

    if (writer->filled[writer->depth])
        text_add_bytes(text, ",", 1);
    writer->filled[writer->depth] = true;
    if (key) {
        add_quoted(text, key);
        text_add_bytes(text, ":", 1);
    }
}

static void open_level(struct writer *writer, const char *key, char open, char close)
{
    begin_value(writer, key);
    text_add_bytes(&writer->text, &open, 1);
    assert(writer->depth + 1 < WRITER_DEPTH);
    writer->depth++;
    writer->filled[writer->depth] = false;
    writer->closing[writer->depth] = close;
}

void writer_object(struct writer *writer, const char *key)
{
    open_level(writer, key, '{', '}');
}

void writer_array(struct writer *writer, const char *key)
{
    open_level(writer, key, '[', ']');
}

void writer_end(struct writer *writer)
{
    assert(writer->depth > 0);
    text_add_bytes(&writer->text, &writer->closing[writer->depth], 1);
    writer->depth--;
}

void writer_text(struct writer *writer, const char *key, const char *value)
{
    begin_value(writer, key);
    add_quoted(&writer->text, value);
}

void writer_int(struct writer *writer, const char *key, int64_t value)
{
    begin_value(writer, key);
    text_add_format(&writer->text, "%" PRId64, value);
}

void writer_bool(struct writer *writer, const char *key, bool value)
{
    begin_value(writer, key);
    text_add(&writer->text, value ? "true" : "false");
}

void writer_null(struct writer *writer, const char *key)
{
    begin_value(writer, key);
    text_add_bytes(&writer->text, "null", 4);
}

void writer_text_or_null(struct writer *writer, const char *key, const char *value)
{
    if (value)
        writer_text(writer, key, value);
    else
        writer_null(writer, key);
}

void writer_raw(struct writer *writer, const char *key, const char *json)
{
    begin_value(writer, key);
    text_add(&writer->text, json);
}
