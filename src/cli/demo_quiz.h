/* demo_quiz.h - the quizzes of the demonstration and who has sat the first of them. */
#ifndef CLI_DEMO_QUIZ_H
#define CLI_DEMO_QUIZ_H

#include "cli/demo_people.h"
#include "quiz/bank.h"

/* Inside a change: offers every paper of the database that is sat as a quiz. The first
 * one, in the order of slugs, is open from a week ago for a month more and shows its
 * key when it closes; the others stay open and show it after one's own submission.
 * *first is its id. Errors: ERROR_INVALID "no_paper" when the database has none. */
struct error *demo_quiz_hold(
    struct db *db, struct bank *bank, int64_t now, int64_t *first) MUST_CHECK;

/* Inside a change: attempts at a quiz during the last six days by nearly all
 * specialists, through the same rules as everybody's. Who is kept fresh has not sat it,
 * nor have about a dozen of those who do not compete. *count: attempts. */
struct error *demo_quiz_sit(
    struct db *db, struct bank *bank, struct demo_people *people, int64_t quiz,
    int64_t now, int64_t *count) MUST_CHECK;

#endif
