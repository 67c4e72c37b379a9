/* practice_pick.h - which questions come next. */
#ifndef PRACTICE_PRACTICE_PICK_H
#define PRACTICE_PRACTICE_PICK_H

#include "practice/practice_store.h"

enum { PRACTICE_MOST = 50 }; /* questions of one session, before a last case */

enum practice_mode {
    PRACTICE_DUE,       /* 今日复习: what fell due first comes first */
    PRACTICE_WRONG,     /* 错题本: the longest not seen first */
    PRACTICE_LESSON,    /* 按章节: what was never answered first, then the same */
    PRACTICE_RANDOM,    /* 随机 */
    PRACTICE_BOOKMARKS, /* 收藏: the longest not seen first */
};

/* "due", "wrong", "lesson", "random", "bookmarks". */
bool practice_mode_find(const char *name, enum practice_mode *mode);

struct practice_wish {
    enum practice_mode mode;
    const char *course; /* NULL: any */
    const char *lesson; /* NULL: any of the course */
    unsigned types;     /* bits 1 << enum paper_type; 0: any */
    int64_t difficulty; /* 0: any */
    int64_t count;      /* at most so many questions; a case is never cut in two */
    int64_t day;        /* practice_day() of now */
};

struct practice_pick {
    const struct practice_item **items; /* cases whole and in their order */
    size_t count;
    size_t available; /* questions the wish fits, also those beyond count */
};

/* Draws from what is not held back; a case comes whole when one of its questions fits.
 * Equal in rank come in an order that is another one each time. */
void practice_choose(
    struct arena *arena, const struct practice_knowledge *knowledge,
    const struct practice_wish *wish, struct practice_pick *pick);

#endif
