/* moodle_answer.h - the answers of one Moodle question: options, true and false,
 * accepted words and numbers, orders and pairs. Private to quiz/exchange/moodle*.c. */
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
    bool is_case;           /* tagged kind:case */
    int64_t within_minutes; /* tagged within:N, 0 without */
    const char **calls;     /* tagged call:WHO */
    size_t call_count;
};

enum { MOODLE_WHOLE = 1000000000 }; /* 100 percent, as moodle_fraction() has it */

/* Adds a finding about this question at the node's line. */
void moodle_refuse(
    struct moodle_reading *reading, struct xml_node *node, const char *message);

/* The attribute "fraction" of an answer in 1/10^7 percent, or a finding. */
int64_t moodle_fraction(struct moodle_reading *reading, struct xml_node *answer);

/* 解析 belongs to the question; a hint at one answer would silently be lost. */
void moodle_refuse_feedback(struct moodle_reading *reading, struct xml_node *answer);

/* Adds a finding when two options have the same text. */
void moodle_refuse_repeated(struct moodle_reading *reading);

/* Adds a finding unless the stem holds ____ once. */
void moodle_check_blank(struct moodle_reading *reading);

/* How many children of the question have this name. */
size_t moodle_count(struct moodle_reading *reading, const char *name);

/* shuffleanswers is there and says no. */
bool moodle_has_fixed_order(struct moodle_reading *reading);

/* Lesson, difficulty, knowledge point, facts, case and course, or findings; of a case
 * also within and calls. In moodle_tags.c. */
void moodle_tags(struct moodle_reading *reading);

/* Each fills in the type and what belongs to it, or adds findings. */
void moodle_answer_choice(struct moodle_reading *reading);
void moodle_answer_true_false(struct moodle_reading *reading);
void moodle_answer_blank(struct moodle_reading *reading);
void moodle_answer_numeric(struct moodle_reading *reading);  /* moodle_open.c */
void moodle_answer_essay(struct moodle_reading *reading);    /* moodle_open.c */
void moodle_answer_ordering(struct moodle_reading *reading); /* moodle_match.c */
void moodle_answer_matching(struct moodle_reading *reading); /* moodle_match.c */

#endif
