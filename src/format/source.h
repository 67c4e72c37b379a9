/* source.h - one text file that a person wrote, read with care.
 *
 * Only a regular file (no link, no pipe) up to a size; UTF-8 without control and
 * text-direction characters, which have no place in a text and hide what it says. */
#ifndef FORMAT_SOURCE_H
#define FORMAT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "format/findings.h"

struct source {
    const char *file;  /* for findings */
    const char *bytes; /* lines end with \n only; no byte order mark; zero at the end */
    size_t size;
};

/* False after adding a finding. */
bool source_read(
    struct findings *findings, const char *file, size_t limit_bytes,
    struct source *result);

/* The same for bytes that are already in memory. */
bool source_check(
    struct findings *findings, const char *file, const char *bytes, size_t size,
    struct source *result);

/* Characters that are not seen and change what is seen: Unicode's bidi controls
 * (U+202A-E, U+2066-9) and the C0 and C1 controls but tab and line feed. */
bool source_is_hidden_control(uint32_t character);

#endif
