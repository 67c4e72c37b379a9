/* views_question.h - one question as a candidate may see it. Private to quiz/views*.c.
 */
#ifndef QUIZ_VIEWS_QUESTION_H
#define QUIZ_VIEWS_QUESTION_H

#include "base/writer.h"
#include "quiz/layout.h"

/* Members of an open object; nothing that tells the key. `number`: from 1 on. */
void views_question(
    struct writer *writer, const struct layout_question *placed, size_t number);

/* Members of an open object: the key, the explanation and the lesson, only where they
 * may be seen. */
void views_key(struct writer *writer, const struct paper_question *question);

/* The array "cases" with the texts that questions of this paper share; their solutions
 * only where the key may be seen. */
void views_cases(struct writer *writer, const struct paper *paper, bool with_solution);

#endif
