/* blanks.h - how many blanks of a fill-in question are right. Keys and answers are
 * compared after normalise(), and as a whole: "不是" is not "是". */
#ifndef QUIZ_BLANKS_H
#define QUIZ_BLANKS_H

#include <stddef.h>
#include <stdint.h>

#include "quiz/normalise.h"

enum { BLANKS_MOST = 100 };

/* The spellings accepted in one blank, not yet normalised. */
struct blanks_key {
    const char *const *alternatives;
    size_t count;
};

struct blanks_case {
    const struct blanks_key *keys; /* one for each blank */
    size_t key_count;              /* 1..BLANKS_MOST */
    const char *const *answers;    /* NULL or "": left blank */
    size_t answer_count;           /* at most key_count; missing ones are blank */
    bool ordered; /* answer i belongs to blank i; otherwise any to any */
    struct normalise_options options;
};

struct blanks_result {
    size_t correct;
    bool right[BLANKS_MOST]; /* by blank: a right answer was found for it */
};

/* Unordered: as many pairs of answer and blank as possible (maximum matching), each
 * answer and each blank used once.
 * Errors: ERROR_INVALID "text_encoding" (not UTF-8), "blank_key_empty" (a key without
 * alternatives, or one that normalises to nothing), "blanks_count" (too many blanks or
 * more answers than blanks). */
struct error *blanks_correct(
    struct arena *arena, const struct blanks_case *blanks,
    struct blanks_result *result) MUST_CHECK;

/* What blank `index` of `count` is worth when `maximum` (1/100 point) is split evenly:
 * the first ones get the hundredths that are left over, so that all add up to
 * `maximum`. */
int64_t blanks_share(int64_t maximum, size_t count, size_t index);

/* The shares of the blanks that are right. */
int64_t
blanks_points(int64_t maximum, size_t count, const struct blanks_result *result);

#endif
