/* xml.h - XML from outside, read by libxml2 with every door shut, and checked against
 * one of our own RELAX NG schemas.
 *
 * DOCTYPE is refused before libxml2 sees the text, so there are no entities but the
 * five of XML; nothing is ever loaded from elsewhere. Size, depth, attributes and
 * nodes are counted before parsing, because many attributes on one element cost
 * libxml2 2.9 quadratic time. */
#ifndef FORMAT_XML_H
#define FORMAT_XML_H

#include "format/source.h"

enum {
    XML_LIMIT = 5 * 1024 * 1024,
    XML_DEPTH = 64,
    XML_ATTRIBUTES = 64, /* on one element, namespace declarations among them */
    XML_NODES = 200000,  /* elements, attributes, pieces of text */
};

struct xml_node; /* an element */

/* The caps and DOCTYPE, without parsing. False after adding a finding. */
bool xml_guard(struct findings *findings, const struct source *source);

/* Parses and validates against the schema file. The document lives as long as the
 * arena of `findings`. NULL after adding findings. */
struct xml_node *
xml_read(struct findings *findings, const struct source *source, const char *schema);

/* The same without a schema. */
struct xml_node *xml_parse(struct findings *findings, const struct source *source);

/* The first child element with that name (NULL: with any name), then those after it. */
struct xml_node *xml_child(struct xml_node *node, const char *name);
struct xml_node *xml_next(struct xml_node *node, const char *name);

const char *xml_name(struct xml_node *node);
int xml_line(struct xml_node *node);

/* All text inside, in order; "" for none. */
const char *xml_text(struct arena *arena, struct xml_node *node);
/* The same with white space only as single spaces between words. */
const char *xml_token(struct arena *arena, struct xml_node *node);

/* NULL when it is absent. White space as in xml_token(), for a schema compares it so.
 */
const char *xml_attribute(struct arena *arena, struct xml_node *node, const char *name);

#endif
