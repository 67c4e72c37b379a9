/* moodle.h - questions from Moodle XML: single and multiple choice, true/false, short
 * answer, numbers, orderings, matchings, essays, and the shared texts of cases, as the
 * schema questions.rng describes our own files. */
#ifndef QUIZ_EXCHANGE_MOODLE_H
#define QUIZ_EXCHANGE_MOODLE_H

#include "format/source.h"
#include "quiz/paper.h"

enum { MOODLE_QUESTIONS = 10000 }; /* most questions of one file */

struct moodle_question {
    struct paper_question question; /* its points are 0: a paper gives them */
    int line;
};

/* A description with the tag kind:case; its questions carry the tag case:ID. */
struct moodle_case {
    struct paper_case body;
    int line;
};

struct moodle_bank {
    struct moodle_question *questions; /* case_id and course "" where no tag says any */
    size_t count;
    struct moodle_case *cases;
    size_t case_count;
};

/* Reads and checks all questions beyond what the schema says: one right option of a
 * single choice, some right and some wrong of a multiple one, fractions that add up,
 * one blank in a fill-in, no empty or repeated option, no repeated idnumber, tags that
 * say lesson, difficulty and point, cases of two automatic questions or more.
 * False after adding findings; the bank then holds the questions without any. */
bool moodle_read(
    struct findings *findings, const struct source *source, const char *schema,
    struct moodle_bank *result);

/* The question with this idnumber, NULL if there is none. */
const struct moodle_question *
moodle_find(const struct moodle_bank *bank, const char *id);

/* The case with this idnumber, NULL if there is none. */
const struct moodle_case *
moodle_find_case(const struct moodle_bank *bank, const char *id);

#endif
