/* demo_answer.h - what an invented person answers to a question. Only the answer is
 * invented: its points come from the same grading as everybody's. */
#ifndef CLI_DEMO_ANSWER_H
#define CLI_DEMO_ANSWER_H

#include "cli/demo_random.h"
#include "quiz/paper.h"

/* The stored form of an answer, NULL when the question is left alone. `ability` is in
 * percent: how much likelier than the average person she knows an answer. */
struct error *demo_answer(
    struct arena *arena, struct demo_random *random, const struct paper *paper,
    const struct paper_question *question, int64_t ability,
    const char **canonical) MUST_CHECK;

#endif
