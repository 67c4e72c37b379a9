/* markup.h - Markdown that does not become what its author meant, beyond what is
 * refused where it is read (format/markdown.h): tables, headings, HTML and bold are
 * looked at there. */
#ifndef CHECK_MARKUP_H
#define CHECK_MARKUP_H

#include "check/curriculum.h"

/* markup-fence: ``` that nothing closes; markup-callout: [!…] that opens no block
 * quote; markup-lazy: a quote goes on in a line without >; markup-list: a list's mark
 * that is none; markup-option: - [ ] outside a self-check; markup-link: brackets of a
 * link that are none; markup-title: # without a space, or a line of --- that makes a
 * heading of the one above; markup-table: a row without a bar in front, full-width
 * bars; markup-indent: four spaces that make code of a paragraph. */
void markup_check(struct findings *findings, const struct curriculum *curriculum);

#endif
