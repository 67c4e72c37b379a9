/* duplicates.h - no question twice in the whole bank, and none that is nearly another.
 */
#ifndef CHECK_DUPLICATES_H
#define CHECK_DUPLICATES_H

#include "check/curriculum.h"

/* stem-same: equal but for spaces, punctuation and width. stem-near: both stems have
 * twelve characters or more and are 95 percent alike, or 80 percent where the options
 * and what is right among them (or the accepted answers) are 80 percent alike too: one
 * law asked for two cases with two answers is two questions. Sub-questions of two cases
 * may share their stem, not their options as well. */
void duplicates_check(struct findings *findings, const struct curriculum *curriculum);

#endif
