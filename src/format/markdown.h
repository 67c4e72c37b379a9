/* markdown.h - the Markdown that courses and questions are written in, as safe HTML.
 *
 * CommonMark, and what training texts need beside it:
 *   pipe tables; callouts (`> [!要点]`, 注意, 案例, 依据, 2020年); a self-check
 *   (`> [!自测]` with `- [ ]` and `- [x]` options and a paragraph that begins 解析：);
 *   figures (`![图：what it shows](figures/name.svg)`, a paragraph of its own).
 * Raw HTML, links other than http, https, relative and #, and images from elsewhere are
 * not left out silently but refused, with the line, so that the author learns of it.
 *
 * What comes out holds no attribute that runs anything and no foreign address that is
 * loaded by itself. */
#ifndef FORMAT_MARKDOWN_H
#define FORMAT_MARKDOWN_H

#include "format/source.h"

enum {
    MARKDOWN_LIMIT = 256 * 1024,
    MARKDOWN_HTML_LIMIT = 4 * 1024 * 1024,
    MARKDOWN_MARKERS = 32, /* most quote and list markers at the head of a line */
};

struct markdown_section {
    const char *id; /* "s1", "s2" ... of the h2 headings; also their id in the HTML */
    const char *title; /* plain text */
};

struct markdown_lesson {
    const char *title; /* of the one h1, which is not in the HTML */
    const char *html;
    const struct markdown_section *sections; /* at least one, but for a reference */
    size_t section_count;
    int characters; /* Chinese characters of the file */
};

/* Renders a lesson. False after adding findings; the result is then not filled in. */
bool markdown_lesson(
    struct findings *findings, const struct source *source,
    struct markdown_lesson *result);

/* Where a link or a figure stands. */
struct markdown_place {
    struct findings *findings;
    const char *file;
    int line;
};

struct markdown_figure {
    const char *address; /* what the page loads */
    int width;
    int height;
};

/* What is around a text: what its relative links and figures mean. */
struct markdown_folder {
    /* The address behind a link without a scheme ("../02-b/01-c.md#s2", "#s1"); NULL
     * after adding a finding. */
    const char *(*link)(
        void *context, const struct markdown_place *place, const char *url);
    /* False after adding a finding. NULL: no figures here. */
    bool (*figure)(
        void *context, const struct markdown_place *place, const char *url,
        struct markdown_figure *result);
    void *context;
    bool is_reference; /* a page to look things up: no self-check; sections as needed */
};

/* The same for a text in such a folder. */
bool markdown_lesson_in(
    struct findings *findings, const struct source *source,
    const struct markdown_folder *folder, struct markdown_lesson *result);

/* Renders blocks without headings, callouts and code: a stem, an explanation. `line`
 * is where the text begins in `file`. NULL after adding findings. */
const char *markdown_fragment(
    struct findings *findings, const char *file, int line, const char *text);

/* Renders one line without blocks: an option. NULL after adding findings. */
const char *
markdown_line(struct findings *findings, const char *file, int line, const char *text);

#endif
