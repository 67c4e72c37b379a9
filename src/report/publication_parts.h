/* publication_parts.h - the objects in the lists of a publication's body, one after the
 * other: a body of 100,000 people is never a tree of JSON. */
#ifndef REPORT_PUBLICATION_PARTS_H
#define REPORT_PUBLICATION_PARTS_H

#include <stdbool.h>
#include <stddef.h>

/* Where an object stands in the body. */
struct publication_part {
    const char *at;
    size_t size;
};

/* Before the first object of the list "people" or "branches"; NULL: there is none. The
 * body is written by this program, without spaces. */
const char *publication_parts(const char *body, const char *list);

/* The object there; moves *at behind it, and to the "]" after the last one. False: no
 * further one. */
bool publication_part_next(const char **at, struct publication_part *part);

#endif
