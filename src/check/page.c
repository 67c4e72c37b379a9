#include "check/page.h"

#include <string.h>

/* A fence that has been opened and not closed yet. */
struct fence {
    char mark; /* ` or ~; 0 while there is none */
    size_t length;
    int quotes;
    int line;
};

/* Takes the quote marks off. */
static void read_quotes(struct page_line *line)
{
    const char *text = line->raw;

    for (;;) {
        size_t spaces = strspn(text, " ");
        if (spaces > 3 || text[spaces] != '>')
            break;
        text += spaces + 1;
        text += *text == ' ';
        line->quotes++;
    }
    line->text = text;
    line->is_blank = text[strspn(text, " \t")] == '\0';
}

static bool closes(const struct fence *fence, const char *text)
{
    const char marks[2] = {fence->mark, '\0'};
    size_t length = strspn(text, marks);

    return length >= fence->length &&
           text[length + strspn(text + length, " \t")] == '\0';
}

/* Three or more of the same mark; the words behind backticks hold no backtick, or it
 * is code in a line of text. */
static size_t fence_length(const char *text)
{
    const char marks[2] = {*text, '\0'};

    if (*text != '`' && *text != '~')
        return 0;
    size_t length = strspn(text, marks);
    if (length < 3 || (*text == '`' && strchr(text + length, '`')))
        return 0;
    return length;
}

static void follow_fence(struct fence *fence, struct page *page, struct page_line *line)
{
    size_t spaces = strspn(line->text, " ");
    const char *text = line->text + spaces;

    /* A quote that ends takes its fence with it. */
    if (fence->mark && line->quotes < fence->quotes) {
        page->open_fence = page->open_fence ? page->open_fence : fence->line;
        fence->mark = '\0';
    }
    if (fence->mark) {
        line->is_code = true;
        if (closes(fence, text))
            fence->mark = '\0';
        return;
    }
    size_t length = fence_length(text);
    if (length == 0)
        return;
    *fence = (struct fence){*text, length, line->quotes, line->number};
    line->is_code = true;
}

void page_read(struct arena *arena, struct page *page, int first_line)
{
    char *copy = arena_copy(arena, page->bytes);
    struct fence fence = {0};
    size_t count = 1;

    for (const char *c = copy; *c; c++)
        count += *c == '\n';
    page->lines = arena_alloc(arena, count * sizeof page->lines[0]);
    page->line_count = 0;
    page->open_fence = 0;
    for (char *text = copy; text;) {
        char *end = strchr(text, '\n');
        struct page_line *line = &page->lines[page->line_count];
        if (end)
            *end++ = '\0';
        *line = (struct page_line){
            .raw = text, .number = first_line + (int)page->line_count};
        read_quotes(line);
        follow_fence(&fence, page, line);
        page->line_count++;
        text = end;
    }
    if (fence.mark && page->open_fence == 0)
        page->open_fence = fence.line;
}

const char *page_heading(struct arena *arena, const struct page_line *line, int *level)
{
    size_t marks = strspn(line->text, "#");
    const char *text = line->text + marks;

    if (line->is_code || marks == 0 || marks > 6 || (*text != ' ' && *text != '\0'))
        return NULL;
    text += strspn(text, " \t");
    size_t size = strlen(text);
    while (size > 0 && strchr(" \t#", text[size - 1]))
        size--;
    *level = (int)marks;
    return arena_copy_bytes(arena, text, size);
}

const char *
page_callout(struct arena *arena, const struct page *page, size_t line_index)
{
    const struct page_line *line = &page->lines[line_index];

    if (line->is_code || line->quotes == 0 || strncmp(line->text, "[!", 2) != 0 ||
        (line_index > 0 && page->lines[line_index - 1].quotes >= line->quotes))
        return NULL;
    const char *end = strchr(line->text, ']');
    if (!end || end[1 + strspn(end + 1, " \t")] != '\0')
        return NULL;
    return arena_copy_bytes(arena, line->text + 2, (size_t)(end - line->text - 2));
}

size_t
page_count_callouts(struct arena *arena, const struct page *page, const char *word)
{
    size_t count = 0;

    for (size_t i = 0; i < page->line_count; i++) {
        const char *found = page_callout(arena, page, i);
        count += found && strcmp(found, word) == 0;
    }
    return count;
}

const char *page_without_code(struct arena *arena, const char *text)
{
    char *copy = arena_copy(arena, text);
    char *from = copy;

    while ((from = strchr(from, '`'))) {
        size_t length = strspn(from, "`");
        char *to = from + length;
        while ((to = strchr(to, '`')) && strspn(to, "`") != length)
            to += strspn(to, "`");
        if (!to) {
            from += length;
            continue;
        }
        for (char *c = from; c < to + length; c++)
            *c = 'x';
        from = to + length;
    }
    return copy;
}
