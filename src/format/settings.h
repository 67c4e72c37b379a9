/* settings.h - a flat YAML file: each key once, a line of text or a list of lines.
 *
 * Strict: unknown, missing and repeated keys, anchors, aliases, tags, nesting and a
 * second document are findings. Every value is text; what it means is the caller's. */
#ifndef FORMAT_SETTINGS_H
#define FORMAT_SETTINGS_H

#include "format/source.h"

enum {
    SETTINGS_LIMIT = 64 * 1024, /* of a file */
    SETTINGS_ITEMS = 50,        /* of a list */
    SETTINGS_VALUE = 2000,      /* longest value in bytes */
};

struct settings_field {
    const char *name;
    /* Filled in by settings_read(): */
    const char **values; /* one for a text */
    size_t count;
    int line;
    /* By the caller again: */
    bool is_list;
};

/* Every field must stand in the file with at least one character.
 * False after adding findings. */
bool settings_read(
    struct findings *findings, const struct source *source,
    struct settings_field *fields, size_t count);

#endif
