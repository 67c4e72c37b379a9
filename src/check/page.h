/* page.h - a Markdown text as lines, each with what stands around it: enough for rules
 * that ask how an author wrote something, which a rendered document no longer tells. */
#ifndef CHECK_PAGE_H
#define CHECK_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum page_kind { PAGE_LESSON, PAGE_SUMMARY, PAGE_HANDBOOK, PAGE_QUESTION };

struct page_line {
    const char *raw;  /* as it stands in the file */
    const char *text; /* without quote marks and the one space behind each */
    int number;       /* in the file, from 1 */
    int quotes;       /* how many > stand in front */
    bool is_blank;    /* nothing behind the quote marks */
    bool is_code;     /* of a fenced block, its fences too */
};

struct page {
    enum page_kind kind;
    const char *file; /* for findings */
    const char
        *folder;      /* the one links start from, below courses: "01-a", "handbook" */
    const char *name; /* "03-slug.md"; "" for the text of a question */
    const char *bytes;
    struct page_line *lines;
    size_t line_count;
    int open_fence; /* the line of a fence that nothing closes, otherwise 0 */
};

/* Cuts page->bytes into lines, the first of them with that number in the file. */
void page_read(struct arena *arena, struct page *page, int first_line);

/* The text of a heading written with #, and its level; NULL for other lines. */
const char *page_heading(struct arena *arena, const struct page_line *line, int *level);

/* "案例" of "> [!案例]" where it opens a block quote; NULL for other lines. */
const char *
page_callout(struct arena *arena, const struct page *page, size_t line_index);

/* How many callouts with that word the page has. */
size_t
page_count_callouts(struct arena *arena, const struct page *page, const char *word);

/* The line's text with `code` made a row of x; as long as before. */
const char *page_without_code(struct arena *arena, const char *text);

#endif
