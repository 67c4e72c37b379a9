/* utf8.h - characters in bytes (RFC 3629), strictly: no overlong forms, no surrogates,
 * nothing above U+10FFFF. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* The first character of `size` bytes and how many bytes it takes; 0 when there is no
 * valid character, or no byte at all. */
size_t utf8_decode(const char *bytes, size_t size, uint32_t *character);

/* Writes 1 to 4 bytes, returns how many; 0 for what is not a character (a surrogate,
 * or above U+10FFFF). */
size_t utf8_encode(uint32_t character, char bytes[4]);

bool utf8_is_valid(const char *bytes, size_t size);

/* Characters in valid text; what is not valid counts one a byte. */
size_t utf8_length(const char *bytes, size_t size);

/* At most so many characters from the front of a text, for a sentence that quotes it:
 * always valid, "…" where something was left out. Lives in the arena. */
const char *utf8_excerpt(struct arena *arena, const char *text, size_t characters);

#endif
