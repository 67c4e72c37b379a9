/* practice.h - the rules of practice (刷题): what an answer does to what is known of a
 * person and a question, and when a question may be practised at all. Pure.
 *
 * The wrong book (错题本) holds what was answered wrongly once and not rightly twice in
 * a row since. What is to be repeated (今日复习) stands in boxes after Leitner: a right
 * answer on the due day or later moves a question one box up, a wrong one back to the
 * first; each box comes again after its own number of days. */
#ifndef PRACTICE_PRACTICE_H
#define PRACTICE_PRACTICE_H

#include <stdbool.h>
#include <stdint.h>

enum {
    PRACTICE_BOXES = 5,
    PRACTICE_STREAK = 2, /* right so often in a row: out of the wrong book */
};

struct practice_state {
    int64_t streak; /* right answers since the last wrong one */
    int64_t wrong_count;
    int64_t right_count;
    int64_t box;     /* 1 .. PRACTICE_BOXES; 0: never answered */
    int64_t due_day; /* practice_day(); 0 while box is 0 */
    bool bookmarked;
    int64_t last_at; /* UTC ms of the last answer, 0 without one */
};

/* Days since 1970-01-01 of the date in Beijing (UTC+8). */
int64_t practice_day(int64_t at_ms);

/* Days until a question of this box comes again: 1, 2, 4, 7, 15. */
int64_t practice_interval(int64_t box);

/* The state after an answer. Only full points are right. A right answer before the due
 * day leaves box and day as they are, so that nothing is learned by heart in one
 * evening. */
struct practice_state
practice_answered(struct practice_state before, bool right, int64_t at_ms);

bool practice_in_wrong_book(const struct practice_state *state);
bool practice_is_due(const struct practice_state *state, int64_t day);

/* Where one person stands in one quiz. */
struct practice_quiz {
    int64_t window_close; /* UTC ms, INT64_MAX: stays open */
    bool review_after_submit;
    bool running;   /* her attempt is not closed */
    bool handed_in; /* her attempt is closed */
    bool deferred;  /* 缓考: she sits it another time */
};

/* Whether the questions of that quiz may be shown to her with their key: when the
 * quiz's own review is open to her, or it is over and she did not sit it. */
bool practice_is_released(const struct practice_quiz *quiz, int64_t now);

#endif
