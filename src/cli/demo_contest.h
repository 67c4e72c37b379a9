/* demo_contest.h - the contest of the demonstration, ready to be sealed and drawn. */
#ifndef CLI_DEMO_CONTEST_H
#define CLI_DEMO_CONTEST_H

#include "cli/demo_people.h"

/* Inside a change: two contestants of each street, the seven judges; 30 % the grades of
 * `quiz`, 70 % a round judged by three criteria without the highest and the lowest. */
struct error *demo_contest_prepare(
    struct db *db, const struct demo_people *people, int64_t quiz,
    int64_t now) MUST_CHECK;

#endif
