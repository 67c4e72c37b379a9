/* duplicates.h - no question twice in the whole bank, and none that is nearly another.
 */
#ifndef CHECK_DUPLICATES_H
#define CHECK_DUPLICATES_H

#include "check/curriculum.h"

/* stem-same: equal but for spaces, punctuation and width. stem-near: both stems have
 * twelve characters or more and are 95 percent alike, or 80 percent where the answers
 * agree: a blank accepts an answer that the other accepts, a statement has the same
 * truth, of a choice the right options are 80 percent alike and all of them 60 percent.
 * One law asked for two cases with two answers is two questions. Sub-questions of two
 * cases may share their stem, not their options as well. */
void duplicates_check(struct findings *findings, const struct curriculum *curriculum);

#endif
