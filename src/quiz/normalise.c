#include "quiz/normalise.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

enum { ASCII_OF_WIDE = 0xfee0 }; /* U+FF01..U+FF5E minus this is ! to ~ */

static bool is_one_of(uint32_t character, const uint32_t *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == character)
            return true;
    return false;
}

#define IS_ONE_OF(character, list)                                                     \
    is_one_of(character, list, sizeof(list) / sizeof((list)[0]))

/* Zero-width characters, byte order mark, direction marks, soft hyphen, variation
 * selectors: nobody sees them, and copying from a document brings them along. */
static bool is_invisible(uint32_t c)
{
    return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x2060 || c == 0xfeff || c == 0x00ad ||
           c == 0xfe0e || c == 0xfe0f;
}

/* White_Space of the Unicode character database, and the four separators U+001C to
 * U+001F that many programs count with it. */
static bool is_space(uint32_t c)
{
    static const uint32_t others[] = {0x20,   0x85,   0xa0,   0x1680, 0x2028,
                                      0x2029, 0x202f, 0x205f, 0x3000};

    return (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x1f) ||
           (c >= 0x2000 && c <= 0x200a) || IS_ONE_OF(c, others);
}

/* Quotes and book marks, the full-width forms of " ' ` too: they become those in the
 * next step, and a second pass would then drop them. */
static bool is_quote(uint32_t c)
{
    static const uint32_t quotes[] = {'"',    '\'',   '`',    0x2018, 0x2019, 0x201c,
                                      0x201d, 0x3008, 0x3009, 0x300a, 0x300b, 0x300c,
                                      0x300d, 0x300e, 0x300f, 0xff02, 0xff07, 0xff40};

    return IS_ONE_OF(c, quotes);
}

/* What punctuation and full-width characters become: "" for what stays as it is. */
static const char *replacement(uint32_t c, char ascii[2])
{
    static const struct {
        uint32_t from;
        const char *to;
    } table[] = {
        {0x3002, "."},      {0xff61, "."},      /* 。｡ */
        {0x3001, ","},      {0xff64, ","},      /* 、､ */
        {0x2236, ":"},                          /* ∶ */
        {0x3010, "("},      {0x3014, "("},      /* 【〔 */
        {0x3011, ")"},      {0x3015, ")"},      /* 】〕 */
        {0xff3b, "("},      {0xff3d, ")"},      /* ［］: not the ASCII [ ] */
        {0x2010, "-"},      {0x2011, "-"},      /* ‐‑ */
        {0x2013, "-"},      {0x2014, "-"},      /* –— */
        {0x2212, "-"},      {0x301c, "~"},      /* −〜 */
        {0x2022, "\u00b7"}, {0x2027, "\u00b7"}, /* •‧ */
        {0x30fb, "\u00b7"}, {0xffe5, "\u00a5"}, /* ・￥ */
        {0x2026, "..."},    {0x22ef, "..."},    /* …⋯ */
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (table[i].from == c)
            return table[i].to;
    ascii[0] = '\0';
    if (c >= 0xff01 && c <= 0xff5e)
        ascii[0] = (char)(c - ASCII_OF_WIDE);
    ascii[1] = '\0';
    return ascii;
}

/* Punctuation as it is after the replacements; quotes are not part of it. */
static bool is_punctuation(uint32_t c)
{
    static const char ascii[] = "!#$%&()*+,-./:;<=>?@[\\]^_{|}~";

    return c == 0xa5 || c == 0xb7 || (c > 0 && c < 0x80 && strchr(ascii, (int)c));
}

/* Han, kana, bopomofo, and the signs and compatibility forms that go with them. */
static bool is_cjk(uint32_t c)
{
    return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0xfe30 && c <= 0xfe4f) || (c >= 0xff5f && c <= 0xff9f) ||
           (c >= 0x20000 && c <= 0x3ffff);
}

/* Spaces mean nothing next to these. */
static bool takes_no_space(uint32_t c)
{
    return is_cjk(c) || is_punctuation(c);
}

/* The steps on single characters: drop, replace, lower case. Spaces all become ' ',
 * still as many as there were. */
static struct error *even_out(
    struct arena *arena, const char *raw, struct normalise_options options,
    struct text *even)
{
    size_t size = strlen(raw);
    uint32_t c;
    char ascii[2];

    for (size_t at = 0; at < size;) {
        size_t used = utf8_decode(raw + at, size - at, &c);
        if (!used)
            return error_new(
                arena, ERROR_INVALID, "text_encoding", "文字不是有效的 UTF-8 编码。");
        const char *instead = replacement(c, ascii);
        if (is_invisible(c) || (is_quote(c) && !options.keep_quotes))
            ;
        else if (is_space(c))
            text_add(even, " ");
        else if (*instead)
            text_add(even, instead);
        else
            text_add_bytes(even, raw + at, used);
        at += used;
    }
    for (char *byte = even->bytes; *byte && !options.case_sensitive; byte++)
        if (*byte >= 'A' && *byte <= 'Z')
            *byte = (char)(*byte - 'A' + 'a');
    return NULL;
}

/* One space between two words that need it, no other. In place: it only shrinks. */
static size_t close_up(char *text, size_t size)
{
    size_t kept = 0;
    uint32_t previous = 0; /* the last character that is not a space */
    uint32_t c = 0;
    bool space = false;

    for (size_t at = 0; at < size;) {
        size_t used = utf8_decode(text + at, size - at, &c);
        if (c == ' ') {
            space = true;
        } else {
            if (space && previous && !takes_no_space(previous) && !takes_no_space(c))
                text[kept++] = ' ';
            memmove(text + kept, text + at, used);
            kept += used;
            previous = c;
            space = false;
        }
        at += used;
    }
    return kept;
}

struct error *normalise(
    struct arena *arena, const char *raw, struct normalise_options options,
    const char **result)
{
    struct text even;

    /* No replacement is longer than what it stands for. */
    text_init(&even, arena, strlen(raw));
    TRY(even_out(arena, raw, options, &even));
    size_t size = close_up(even.bytes, even.size);
    while (size && strchr(".,;:?!", even.bytes[size - 1]))
        size--;
    even.bytes[size] = '\0';
    *result = even.bytes;
    return NULL;
}
