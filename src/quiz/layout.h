/* layout.h - the order in which one person gets the questions and options of a paper.
 * It is made once, stored with the attempt and never derived again. */
#ifndef QUIZ_LAYOUT_H
#define QUIZ_LAYOUT_H

#include "quiz/paper.h"

struct layout_question {
    const struct paper_question *question;
    const struct paper_option *options[PAPER_OPTIONS]; /* as delivered */
};

struct layout {
    struct layout_question *questions; /* part after part */
    size_t count;
};

/* A fresh order for (revision, person): Fisher-Yates with numbers drawn without bias
 * from HMAC-SHA256 under the program's key. Questions stay within their part, those of
 * a case together and in their order; true and false, and questions of fixed order,
 * keep their options as they are; an ordering never has them in the right order. *json
 * is what the attempt stores: [["k1-003","b","a"],["k1-001"]]. */
void layout_make(
    struct arena *arena, const struct paper *paper, const char *revision,
    int64_t person, const char **json);

/* The same for one question alone; `name` is what the order is drawn for. */
void layout_one(
    struct arena *arena, const struct paper *paper,
    const struct paper_question *question, const char *name,
    struct layout_question *result);

/* Reads a stored layout of this paper. Errors: ERROR_BROKEN. */
struct error *layout_read(
    struct arena *arena, const struct paper *paper, const char *json,
    struct layout *layout) MUST_CHECK;

#endif
