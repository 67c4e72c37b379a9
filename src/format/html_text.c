#include "format/html_text.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

/* Tags inside a line: what stands before and behind them is one word. */
static const char *const inline_tags[] = {"a", "em", "strong", "code", "img"};

/* From the first to behind the second nothing is a text of the author. */
static const char *const labels[][2] = {
    {"<summary>", "</summary>"},
    {"<p class=\"selfcheck-title\">", "</p>"},
};

static const struct {
    const char *name;
    char character;
} references[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}};

static bool begins_with(const char *at, size_t left, const char *beginning)
{
    size_t size = strlen(beginning);

    return left >= size && memcmp(at, beginning, size) == 0;
}

static bool is_inline(const char *tag, size_t size)
{
    const char *name = tag + 1;

    if (size > 1 && *name == '/')
        name++;
    size_t length =
        strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    for (size_t i = 0; i < sizeof inline_tags / sizeof inline_tags[0]; i++) {
        if (strlen(inline_tags[i]) == length &&
            strncmp(name, inline_tags[i], length) == 0)
            return true;
    }
    return false;
}

/* How long the tag here is, with the label it opens. A > in an attribute is written
 * as a reference. */
static size_t tag_size(const char *at, size_t left)
{
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        if (!begins_with(at, left, labels[i][0]))
            continue;
        const char *end = memmem(at, left, labels[i][1], strlen(labels[i][1]));
        if (end)
            return (size_t)(end - at) + strlen(labels[i][1]);
    }
    const char *end = memchr(at, '>', left);
    return end ? (size_t)(end - at) + 1 : left;
}

/* How many bytes the character here takes, which goes to *c. */
static size_t character_size(const char *at, size_t left, char *c)
{
    for (size_t i = 0; i < sizeof references / sizeof references[0]; i++) {
        if (begins_with(at, left, references[i].name)) {
            *c = references[i].character;
            return strlen(references[i].name);
        }
    }
    *c = *at;
    return 1;
}

/* What parts the words so far from the next one. */
enum gap { GAP_NONE, GAP_LINE_END, GAP_SPACE };

static bool is_chinese(char byte)
{
    return (unsigned char)byte >= 0xE2;
}

static void close_gap(struct text *text, enum gap gap, char next)
{
    if (gap == GAP_NONE || text->size == 0)
        return;
    /* The last byte of a longer character is 10xxxxxx. */
    bool follows_chinese = ((unsigned char)text->bytes[text->size - 1] & 0xC0) == 0x80;
    if (gap == GAP_LINE_END && follows_chinese && is_chinese(next))
        return;
    text_add(text, " ");
}

const char *html_text(struct arena *arena, const char *html, size_t size)
{
    struct text text;
    enum gap gap = GAP_NONE;

    text_init(&text, arena, size + 1);
    for (size_t at = 0; at < size;) {
        char c;
        if (html[at] == '<') {
            size_t tag = tag_size(html + at, size - at);
            if (!is_inline(html + at, tag))
                gap = GAP_SPACE;
            at += tag;
            continue;
        }
        at += character_size(html + at, size - at, &c);
        if (c == '\n' && gap == GAP_NONE)
            gap = GAP_LINE_END;
        if (c == ' ' || c == '\t')
            gap = GAP_SPACE;
        if (c == '\n' || c == ' ' || c == '\t')
            continue;
        close_gap(&text, gap, c);
        gap = GAP_NONE;
        text_add_bytes(&text, &c, 1);
    }
    return text.bytes;
}
