/* html.h - an oracle: is this HTML as harmless as format/markdown.h promises? */
#ifndef TESTS_FUZZ_HTML_H
#define TESTS_FUZZ_HTML_H

#include "base/arena.h"

/* Stops the target unless `html` is well formed, holds only elements and attributes of
 * our Markdown, no address that runs or loads something foreign, and no invisible
 * control character. NULL is fine. */
void html_check(struct arena *arena, const char *html);

#endif
