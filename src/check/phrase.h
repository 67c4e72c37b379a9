/* phrase.h - a text as a sequence of the characters that carry its meaning: Chinese
 * characters, letters and digits, without spaces, punctuation, quotes and width.
 * Two wordings are compared by their pairs of neighbouring characters (bigrams). */
#ifndef CHECK_PHRASE_H
#define CHECK_PHRASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct phrase {
    const uint32_t *characters;
    size_t count;
    const uint64_t *pairs; /* sorted; as often as they stand in the text */
    size_t pair_count;
};

/* Lives in the arena. Text that is not UTF-8 is an empty phrase. */
struct phrase phrase_of(struct arena *arena, const char *text);

bool phrase_is_equal(const struct phrase *a, const struct phrase *b);

/* The whole of `part` stands somewhere in `whole`; not inside a longer number ("5日" is
 * not in "15日") and not behind a negation ("应当公示" is not in "不应当公示"). An
 * empty part is nowhere. */
bool phrase_contains(const struct phrase *whole, const struct phrase *part);

/* How many pairs both have. */
size_t phrase_shared(const struct phrase *a, const struct phrase *b);

/* At least so many percent alike by Dice's coefficient 2·|A∩B| / (|A| + |B|) over the
 * pairs, exactly. Two phrases without pairs are alike when they are equal. */
bool phrase_is_near(const struct phrase *a, const struct phrase *b, unsigned percent);

/* Nothing but digits, Chinese numerals and the signs of numbers and units of count. */
bool phrase_is_number(const struct phrase *phrase);

/* Chinese characters in a text, as courses count them. */
size_t phrase_chinese(const char *text);

/* How long a text looks: its characters without spaces. */
size_t phrase_width(const char *text);

#endif
