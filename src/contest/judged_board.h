/* judged_board.h - the order by the judged round alone, for the big screen as long as
 * the written grades have not been taken: the evening goes on, and a board without
 * ranks would tell nobody anything. Never part of a result. */
#ifndef CONTEST_JUDGED_BOARD_H
#define CONTEST_JUDGED_BOARD_H

#include "contest/standings.h"

struct judged_board {
    bool applies; /* no total yet for anybody, and exactly one judged round */
    const struct standings_row **rows; /* those with a score, best first */
    const char **ranks;                /* ties share: 1 2 2 4 */
    size_t count;
};

/* Everything lives in the arena and borrows from the standings. */
void judged_board_make(
    struct arena *arena, const struct standings *standings, struct judged_board *board);

#endif
