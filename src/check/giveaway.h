/* giveaway.h - no question of a paper gives the answer of a blank away. */
#ifndef CHECK_GIVEAWAY_H
#define CHECK_GIVEAWAY_H

#include "check/curriculum.h"

/* giveaway: an accepted answer of a blank (four characters or more, no plain number)
 * stands literally in the stem of another question of the same paper that also has 60
 * percent of the pairs of characters of the blank's own stem: it says the sentence that
 * the blank asks for. An approximation: a different wording is not noticed, nor what a
 * draw may bring together. `paper`: the file beside which quiz.xml stands. */
void giveaway_check(
    struct findings *findings, const struct curriculum *curriculum,
    const struct question_file *paper);

#endif
