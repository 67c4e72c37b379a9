/* practice_bank.h - all questions of all question folders, in memory, for practice.
 *
 * A paper holds only what it asks; practice has every question of every
 * quizzes/NN-slug/questions.xml. A child process (format/sandbox.h) makes of a folder
 * one document in the form of a paper (quiz/paper.h) with one part: the questions that
 * stand alone in the order of the file, then those of each case together, each for
 * PRACTICE_POINTS. Such a document is never frozen and never offered.
 *
 * Loading puts a new view in the place of the old one; who still reads the old one
 * keeps it until the end of the request. A folder that is refused keeps the form it had
 * before. Questions of buzzer sets (抢答) are not in the view: neither the folder of
 * such a set nor what any frozen set takes from other folders. */
#ifndef PRACTICE_PRACTICE_BANK_H
#define PRACTICE_PRACTICE_BANK_H

#include "format/findings.h"
#include "quiz/paper.h"
#include "store/store.h"

enum { PRACTICE_POINTS = 100 }; /* 1/100 point: full mark of each question */

struct practice_bank;

/* What is practised as one: a question, or all those of a case. */
struct practice_unit {
    size_t first; /* among the items */
    size_t count;
};

struct practice_item {
    const struct paper *paper; /* of its folder: for grading and the order of options */
    const struct paper_question *question;
    const struct paper_case *owner; /* NULL: stands alone */
    size_t unit;
};

struct practice_view {
    struct practice_item *items; /* by folder, then as in its document */
    size_t count;
    struct practice_unit *units;
    size_t unit_count;
    const struct practice_item **by_id; /* sorted */
    bool loaded;                        /* false before the first loading */
};

struct practice_bank *practice_bank_new(void);
/* Views that were given out stay good until their arenas' reset. */
void practice_bank_free(struct practice_bank *bank);

/* Reads all folders of `directory` that hold a questions.xml. What is wrong with one
 * becomes findings, unless they have that sentence already (the paper of the folder is
 * read before). `reader` knows the frozen papers.
 * Errors: ERROR_BROKEN when the directory cannot be read or no child can be started;
 * the reader's. The bank is then as it was. */
struct error *practice_bank_load(
    struct practice_bank *bank, struct db *reader, const char *directory,
    struct findings *findings) MUST_CHECK;

/* Today's questions, from any thread; stays as it is until the arena's reset. */
const struct practice_view *
practice_bank_view(struct practice_bank *bank, struct arena *arena);

/* The question with this id, NULL if there is none. */
const struct practice_item *
practice_find(const struct practice_view *view, const char *id);

/* The work of the child: reads the folder here and now. NULL when there are findings.
 * Of more essays than a paper may have, those after are left out. */
const char *
practice_build(struct arena *arena, const char *directory, struct findings *findings);

#endif
