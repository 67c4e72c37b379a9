#include "base/utf8.h"

#include <string.h>

/* The forms of RFC 3629, by first byte. What a form could also be written shorter as
 * (below `smallest`) is not a character. */
static const struct form {
    unsigned char mask;
    unsigned char lead;
    uint32_t smallest;
} forms[] = {
    {0x80, 0x00, 0},
    {0xe0, 0xc0, 0x80},
    {0xf0, 0xe0, 0x800},
    {0xf8, 0xf0, 0x10000},
};

enum { FORMS = sizeof forms / sizeof forms[0] };

static bool is_character(uint32_t character)
{
    return character <= 0x10ffff && (character < 0xd800 || character > 0xdfff);
}

size_t utf8_decode(const char *bytes, size_t size, uint32_t *character)
{
    if (!size)
        return 0;
    unsigned char first = (unsigned char)bytes[0];
    size_t form = 0;
    while (form < FORMS && (first & forms[form].mask) != forms[form].lead)
        form++;
    if (form == FORMS || size < form + 1)
        return 0;
    uint32_t value = first & (unsigned char)~forms[form].mask;
    for (size_t i = 1; i <= form; i++) {
        unsigned char next = (unsigned char)bytes[i];
        if ((next & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (next & 0x3f);
    }
    if (value < forms[form].smallest || !is_character(value))
        return 0;
    *character = value;
    return form + 1;
}

size_t utf8_encode(uint32_t character, char bytes[4])
{
    size_t form = FORMS - 1;

    if (!is_character(character))
        return 0;
    while (character < forms[form].smallest)
        form--;
    for (size_t i = form; i > 0; i--) {
        bytes[i] = (char)(0x80 | (character & 0x3f));
        character >>= 6;
    }
    bytes[0] = (char)(forms[form].lead | character);
    return form + 1;
}

bool utf8_is_valid(const char *bytes, size_t size)
{
    uint32_t character;

    while (size) {
        size_t used = utf8_decode(bytes, size, &character);
        if (!used)
            return false;
        bytes += used;
        size -= used;
    }
    return true;
}

size_t utf8_length(const char *bytes, size_t size)
{
    uint32_t character;
    size_t count = 0;

    while (size) {
        size_t used = utf8_decode(bytes, size, &character);
        if (!used)
            used = 1;
        bytes += used;
        size -= used;
        count++;
    }
    return count;
}

const char *utf8_excerpt(struct arena *arena, const char *text, size_t characters)
{
    size_t size = strlen(text);
    size_t kept = 0;
    uint32_t character;
    size_t step;

    while (characters-- && (step = utf8_decode(text + kept, size - kept, &character)))
        kept += step;
    return arena_format(
        arena, "%s%s", arena_copy_bytes(arena, text, kept), kept < size ? "…" : "");
}

static bool is_hidden(uint32_t c)
{
    static const struct {
        uint32_t first;
        uint32_t last;
    } hidden[] = {
        {0xad, 0xad},     {0x61c, 0x61c},   {0x180e, 0x180e},
        {0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x2064},
        {0x2066, 0x2069}, {0xfeff, 0xfeff}, {0xe0000, 0xe007f},
    };

    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (c >= hidden[i].first && c <= hidden[i].last)
            return true;
    return false;
}

/* The next character or broken byte; its length. */
static size_t take(const char *text, size_t size, uint32_t *character)
{
    size_t length = utf8_decode(text, size, character);

    if (!length)
        *character = 0;
    return length ? length : 1;
}

bool utf8_has_hidden(const char *text)
{
    size_t size = strlen(text);
    uint32_t character;

    for (size_t at = 0; at < size;) {
        at += take(text + at, size - at, &character);
        if (is_hidden(character))
            return true;
    }
    return false;
}

const char *utf8_without_hidden(struct arena *arena, const char *text)
{
    size_t size = strlen(text);
    char *copy = arena_alloc(arena, size + 1);
    size_t kept = 0;
    uint32_t character;

    for (size_t at = 0; at < size;) {
        size_t length = take(text + at, size - at, &character);
        if (!is_hidden(character)) {
            memcpy(copy + kept, text + at, length);
            kept += length;
        }
        at += length;
    }
    return copy;
}
