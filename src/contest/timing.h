/* timing.h - the timer of one performance, and what its time costs. Pure: the time is
 * that of the events start, pause, resume, stop, as the server recorded them. */
#ifndef CONTEST_TIMING_H
#define CONTEST_TIMING_H

#include "contest/rules.h"

enum timing_stage { TIMING_IDLE, TIMING_RUNNING, TIMING_PAUSED, TIMING_STOPPED };

struct timing {
    enum timing_stage stage;
    int64_t since;      /* UTC ms: of the last start or resume, while running */
    int64_t elapsed_ms; /* without what runs now */
    const char *reason; /* set by hand, and why; NULL: measured */
};

enum timing_action { TIMING_START, TIMING_PAUSE, TIMING_RESUME, TIMING_STOP };

/* False: not possible in this stage, and nothing is changed. A clock that was set back
 * adds nothing. */
bool timing_take(struct timing *timing, enum timing_action action, int64_t at);

/* "start", "pause", "resume", "stop". */
bool timing_action_find(const char *name, enum timing_action *action);
const char *timing_stage_name(enum timing_stage stage);

/* Whole seconds: 10.9 s are 10 s. */
int64_t timing_seconds(int64_t elapsed_ms);

/* 1/1000 point for so much time; 0 without a rule. */
int64_t timing_points(const struct rules_time *rule, int64_t elapsed_ms);

/* What the timer takes off now: only once it stands still. */
int64_t timing_deduction(const struct rules_time *rule, const struct timing *timing);

/* "超时 12 秒", "不足 360 秒". */
char *timing_words(
    struct arena *arena, const struct rules_time *rule, const struct timing *timing);

#endif
