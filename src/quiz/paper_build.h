/* paper_build.h - a paper while it is made from files. Private to quiz/paper_*.c. */
#ifndef QUIZ_PAPER_BUILD_H
#define QUIZ_PAPER_BUILD_H

#include "format/xml.h"
#include "quiz/exchange/moodle.h"
#include "quiz/paper.h"

/* The questions of one folder. */
struct building_bank {
    const char *slug; /* its folder */
    const char *file; /* its questions.xml */
    struct moodle_bank questions;
};

struct building {
    struct arena *arena;
    struct findings *findings;
    const char *directory;
    const char *file;            /* quiz.xml */
    struct building_bank *banks; /* the paper's own one first, if it has any */
    size_t bank_count;
    struct paper paper;
};

/* Adds a finding about quiz.xml. */
void building_refuse(struct building *building, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The file quiz.xml of a folder, read and checked; NULL after findings. */
struct xml_node *building_open(struct building *building, const char *file);

/* Reads the questions of the folder and of those the paper names as banks, and says of
 * each to which course it belongs. `root` NULL: of a quiz.xml that could not be read.
 * False after findings. */
bool building_open_banks(struct building *building, struct xml_node *root);

/* Opens the folder's own questions.xml as the only bank. `root` NULL: there is no
 * quiz.xml, the questions say their course themselves. False after findings. */
bool building_open_own(struct building *building, struct xml_node *root);

/* How many questions all banks hold. */
size_t building_count(const struct building *building);

/* The question with this idnumber and the bank it is in; NULL if there is none. */
const struct moodle_question *building_find(
    const struct building *building, const char *id, const struct building_bank **bank);

/* Points as an attribute has them: 1/100 point; -1 after a finding. */
int64_t
building_points(struct building *building, struct xml_node *node, const char *name);

/* Puts a question into the paper. `line` of quiz.xml. */
void building_add(
    struct building *building, struct paper_part *part,
    const struct moodle_question *question, int64_t points, int line);

/* <draw>: puts as many questions into the part as the line says. */
void building_draw(
    struct building *building, struct xml_node *node, struct paper_part *part);

#endif
