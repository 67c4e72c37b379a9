/* moodle_answer.h - the answers of one Moodle question: options, true and false,
 * accepted words. Private to quiz/exchange/moodle*.c. */
#ifndef QUIZ_EXCHANGE_MOODLE_ANSWER_H
#define QUIZ_EXCHANGE_MOODLE_ANSWER_H

#include "format/findings.h"
#include "format/xml.h"
#include "quiz/paper.h"

/* One question while it is read; its id and stem are already there. */
struct moodle_reading {
    struct arena *arena;
    struct findings *findings;
    const char *file;
    struct xml_node *node;
    struct paper_question *question;
};

/* Adds a finding about this question at the node's line. */
void moodle_refuse(
    struct moodle_reading *reading, struct xml_node *node, const char *message);

/* Each fills in the type and what belongs to it, or adds findings. */
void moodle_answer_choice(struct moodle_reading *reading);
void moodle_answer_true_false(struct moodle_reading *reading);
void moodle_answer_blank(struct moodle_reading *reading);

#endif
