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

/* Whether a text holds characters that nobody sees and that make it, or what stands
 * beside it, look like something else: controls of the writing direction (U+061C,
 * U+200E, U+200F, U+202A-E, U+2066-9), characters without width (U+00AD, U+180E,
 * U+200B-D, U+2060-4, U+FEFF) and the tags U+E0000-E007F (Unicode UTR 36). */
bool utf8_has_hidden(const char *text);

/* A copy without them, in the arena. */
const char *utf8_without_hidden(struct arena *arena, const char *text);

#endif
