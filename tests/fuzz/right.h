/* right.h - the answer that holds everything that is right. */
#ifndef TESTS_FUZZ_RIGHT_H
#define TESTS_FUZZ_RIGHT_H

#include <jansson.h>

#include "quiz/paper.h"

/* Of an essay: some text. Lives in the arena. */
json_t *right_answer(struct arena *arena, const struct paper_question *question);

#endif
