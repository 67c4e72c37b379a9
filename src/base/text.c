#include "base/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_ROOM = 256, PIECE = 64 * 1024 };

void text_init(struct text *text, struct arena *arena, size_t limit_bytes)
{
    *text = (struct text){
        .arena = arena,
        .bytes = arena_alloc(arena, FIRST_ROOM),
        .room = FIRST_ROOM,
        .limit = limit_bytes,
    };
}

void text_init_pieces(
    struct text *text, struct arena *arena, text_sink *sink, void *context)
{
    *text = (struct text){
        .arena = arena,
        .bytes = arena_alloc(arena, PIECE + 1),
        .room = PIECE + 1,
        .limit = SIZE_MAX / 4,
        .sink = sink,
        .sink_context = context,
    };
}

void text_flush(struct text *text)
{
    if (text->sink && text->size)
        text->sink(text->sink_context, text->bytes, text->size);
    text->size = 0;
    text->bytes[0] = '\0';
}

/* False when `more` bytes would go over the limit. */
static bool make_room(struct text *text, size_t more)
{
    if (text->sink && text->size + more > PIECE)
        text_flush(text);
    if (text->overflowed || more > text->limit - text->size) {
        text->overflowed = true;
        return false;
    }
    if (text->size + more + 1 > text->room) {
        size_t room = text->room * 2;
        if (room < text->size + more + 1)
            room = text->size + more + 1;
        char *bytes = arena_alloc(text->arena, room);
        memcpy(bytes, text->bytes, text->size);
        text->bytes = bytes;
        text->room = room;
    }
    return true;
}

void text_add_bytes(struct text *text, const void *bytes, size_t size)
{
    if (!size || !make_room(text, size))
        return;
    memcpy(text->bytes + text->size, bytes, size);
    text->size += size;
    text->bytes[text->size] = '\0';
}

void text_add(struct text *text, const char *string)
{
    text_add_bytes(text, string, strlen(string));
}

void text_add_format(struct text *text, const char *format, ...)
{
    char small[128];
    va_list args;

    va_start(args, format);
    int length = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (length < 0)
        return;
    if ((size_t)length < sizeof small) {
        text_add_bytes(text, small, (size_t)length);
        return;
    }
    if (!make_room(text, (size_t)length))
        return;
    va_start(args, format);
    (void)vsnprintf(text->bytes + text->size, (size_t)length + 1, format, args);
    va_end(args);
    text->size += (size_t)length;
}
