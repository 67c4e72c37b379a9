/* input.h - JSON that comes from outside, read strictly.
 *
 * Repeated keys, unknown keys, wrong types, missing fields, depth over 16 and broken
 * UTF-8 are refused with a sentence that names the field. */
#ifndef BASE_INPUT_H
#define BASE_INPUT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

enum input_type {
    INPUT_TEXT,   /* const char *: borrowed from the document; minimum and maximum
                   * are lengths in bytes */
    INPUT_INT,    /* int64_t within minimum..maximum */
    INPUT_BOOL,   /* bool */
    INPUT_ARRAY,  /* json_t *: borrowed; minimum and maximum are counts */
    INPUT_OBJECT, /* json_t *: borrowed */
    INPUT_ANY,    /* json_t *: borrowed, may be null */
};

struct input_field {
    const char *name;
    enum input_type type;
    bool optional; /* absent or null leaves the target as it was */
    void *target;
    int64_t minimum;
    int64_t maximum; /* both 0: no bound for numbers, 64 KiB for text, 10,000 items */
};

/* Reads `size` bytes. The document is tied to the arena.
 * Errors: ERROR_MALFORMED "json_malformed". */
struct error *input_parse(
    struct arena *arena, const char *bytes, size_t size, json_t **result) MUST_CHECK;

/* Fills the targets from an object that holds exactly these fields.
 * Errors: ERROR_MALFORMED "field_unknown", "field_missing", "field_type";
 * ERROR_INVALID "field_range". */
struct error *input_object(
    struct arena *arena, json_t *object, const struct input_field *fields,
    size_t count) MUST_CHECK;

#define INPUT_FIELDS(arena, object, ...)                                               \
    input_object(                                                                      \
        arena, object, (const struct input_field[]){__VA_ARGS__},                      \
        sizeof((const struct input_field[]){__VA_ARGS__}) /                            \
            sizeof(struct input_field))

/* The same document with sorted keys and no spaces: equal values, equal bytes.
 * Lives in the arena. */
char *input_canonical(struct arena *arena, const json_t *json);

#endif
