/* html_text.h - the words in HTML that format/markdown made, for searching. */
#ifndef FORMAT_HTML_TEXT_H
#define FORMAT_HTML_TEXT_H

#include <stddef.h>

#include "base/arena.h"

/* The text of `size` bytes of such HTML without tags, references resolved. Blocks and
 * cells are parted by one space, a line end between Chinese characters is nothing;
 * labels that the pages put there (the title of a self-check, 看解析) are left out. */
const char *html_text(struct arena *arena, const char *html, size_t size);

#endif
