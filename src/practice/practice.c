#include "practice/practice.h"

#include <assert.h>

enum { BEIJING_MS = 8 * 3600 * 1000, DAY_MS = 24 * 3600 * 1000 };

int64_t practice_day(int64_t at_ms)
{
    return (at_ms + BEIJING_MS) / DAY_MS;
}

int64_t practice_interval(int64_t box)
{
    static const int64_t days[PRACTICE_BOXES] = {1, 2, 4, 7, 15};

    assert(box >= 1 && box <= PRACTICE_BOXES);
    return days[box - 1];
}

struct practice_state
practice_answered(struct practice_state before, bool right, int64_t at_ms)
{
    struct practice_state after = before;
    int64_t today = practice_day(at_ms);
    bool early = before.box > 0 && today < before.due_day;

    after.last_at = at_ms;
    after.streak = right ? before.streak + 1 : 0;
    after.right_count += right;
    after.wrong_count += !right;
    if (right && early)
        return after;
    if (!right)
        after.box = 1;
    else if (before.box < PRACTICE_BOXES)
        after.box = before.box + 1;
    after.due_day = today + practice_interval(after.box);
    return after;
}

bool practice_in_wrong_book(const struct practice_state *state)
{
    return state->wrong_count > 0 && state->streak < PRACTICE_STREAK;
}

bool practice_is_due(const struct practice_state *state, int64_t day)
{
    return state->box > 0 && state->due_day <= day;
}

bool practice_is_released(const struct practice_quiz *quiz, int64_t now)
{
    bool over = now >= quiz->window_close;

    if (quiz->running)
        return false;
    if (quiz->handed_in)
        return over || quiz->review_after_submit;
    return over && !quiz->deferred;
}
