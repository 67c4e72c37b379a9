/* normalise.h - what two spellings of one fill-in answer have in common (version 1).
 *
 * The same function runs over the key when a question is saved and over the answer when
 * it is marked. It evens out width, spaces, quotes and punctuation, and nothing that
 * could change a meaning: no NFKC (① stays ①, ㎡ stays ㎡), no traditional to
 * simplified, no Chinese numerals. norm(norm(x)) = norm(x). */
#ifndef QUIZ_NORMALISE_H
#define QUIZ_NORMALISE_H

#include <stdbool.h>

#include "base/error.h"

enum { NORMALISE_VERSION = 1 }; /* stored with what was normalised */

struct normalise_options {
    bool case_sensitive; /* otherwise A-Z become a-z */
    bool keep_quotes;    /* otherwise 《》「」“” " ' and the like are dropped */
};

/* The normalised text in `*result`, possibly empty.
 * Errors: ERROR_INVALID "text_encoding" when `raw` is not valid UTF-8. */
struct error *normalise(
    struct arena *arena, const char *raw, struct normalise_options options,
    const char **result) MUST_CHECK;

#endif
