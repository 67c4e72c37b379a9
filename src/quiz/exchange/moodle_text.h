/* moodle_text.h - the texts of Moodle XML as HTML. Each says its own format:
 * "markdown" is rendered, "plain_text" (and an answer that says nothing) is taken as it
 * stands. "html" and "moodle_auto_format" are accepted where the text has no markup;
 * with markup they are refused, since foreign HTML is not let in. */
#ifndef QUIZ_EXCHANGE_MOODLE_TEXT_H
#define QUIZ_EXCHANGE_MOODLE_TEXT_H

#include "format/findings.h"
#include "format/xml.h"

/* Of an element with a <text>, as blocks (<p>...). "" for an empty text; NULL after
 * adding findings. */
const char *
moodle_text_block(struct findings *findings, const char *file, struct xml_node *node);

/* The same as one line without blocks. */
const char *
moodle_text_line(struct findings *findings, const char *file, struct xml_node *node);

#endif
