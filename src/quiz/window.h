/* window.h - the time in which a quiz may be sat, as the organiser ends it. */
#ifndef QUIZ_WINDOW_H
#define QUIZ_WINDOW_H

#include "store/store.h"

/* A change: the quiz is over now. The event "window_closed" of "quiz/ID" says so. Nobody
 * who is still writing loses time: then it is refused.
 * Errors: ERROR_NOT_FOUND "quiz_unknown"; ERROR_CONFLICT "quiz_closed" (it is over
 * already), "quiz_running" with how many are writing. */
struct window_closing {
    int64_t quiz;
    int64_t actor;
    const char *role;
    int64_t at;
};
store_change window_close;

#endif
