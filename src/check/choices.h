/* choices.h - options that betray the key, or that a reader cannot tell apart. */
#ifndef CHECK_CHOICES_H
#define CHECK_CHOICES_H

#include "check/curriculum.h"

/* option-length: the right option of a single choice is longer (or shorter) than every
 * wrong one by more than 40 percent and more than 6 characters.
 * option-longest, option-shortest: of twelve and more single choices in a file, it is
 * strictly the longest (shortest) in more than 40 percent.
 * option-all: 以上都对 and the like; option-contains: one option holds another whole
 * one; option-twice: two options have the same words. */
void choices_check(struct findings *findings, const struct question_file *file);

#endif
