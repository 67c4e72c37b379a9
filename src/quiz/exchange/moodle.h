/* moodle.h - questions from Moodle XML: single and multiple choice, true/false, short
 * answer, as the schema questions.rng describes our own files. */
#ifndef QUIZ_EXCHANGE_MOODLE_H
#define QUIZ_EXCHANGE_MOODLE_H

#include "format/source.h"
#include "quiz/paper.h"

enum { MOODLE_QUESTIONS = 10000 }; /* most questions of one file */

struct moodle_question {
    struct paper_question question; /* its points are 0: a paper gives them */
    int line;
};

struct moodle_bank {
    struct moodle_question *questions;
    size_t count;
};

/* Reads and checks all questions beyond what the schema says: one right option of a
 * single choice, some right and some wrong of a multiple one, fractions that add up,
 * one blank in a fill-in, no empty or repeated option, no repeated idnumber, tags that
 * say lesson, difficulty and point.
 * False after adding findings; the bank then holds the questions without any. */
bool moodle_read(
    struct findings *findings, const struct source *source, const char *schema,
    struct moodle_bank *result);

/* The question with this idnumber, NULL if there is none. */
const struct moodle_question *
moodle_find(const struct moodle_bank *bank, const char *id);

#endif
