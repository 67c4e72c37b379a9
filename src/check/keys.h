/* keys.h - right answers are spread, so that guessing by position does not pay. */
#ifndef CHECK_KEYS_H
#define CHECK_KEYS_H

#include "check/curriculum.h"

/* key-position: over the single choices of one file with four options, if there are at
 * least twelve, the positions of the right option differ from an even spread by
 * Pearson's chi-square test: more than 7.815, the critical value for p = 0.05 with
 * three degrees of freedom of the usual statistical tables.
 * key-truth: of eight and more true/false questions, a quarter at least is true and a
 * quarter at least is false. */
void keys_check(struct findings *findings, const struct question_file *file);

#endif
