/* svg.h - a drawing of a lesson, checked element by element.
 *
 * What is let in can neither run anything, nor load anything, nor look different from
 * what it says: shapes, text and markers with presentation attributes. No style, class,
 * link, script, foreign element or processing instruction. What is served is written
 * anew from the tree that was checked, so that a browser cannot read other things into
 * the bytes than this check did. */
#ifndef FORMAT_SVG_H
#define FORMAT_SVG_H

#include "format/source.h"

enum {
    SVG_LIMIT = 128 * 1024,
    SVG_LONGEST_SIDE = 4000, /* of the viewBox */
};

struct svg {
    const char *title; /* of the drawing as a whole */
    int width;         /* of the viewBox, in its own units */
    int height;
    const char *bytes; /* UTF-8, without a declaration */
    size_t size;
};

/* False after adding findings; the result is then not filled in. */
bool svg_read(
    struct findings *findings, const struct source *source, struct svg *result);

#endif
