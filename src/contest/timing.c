#include "contest/timing.h"

#include <inttypes.h>
#include <string.h>

enum { MS = 1000 };

bool timing_take(struct timing *timing, enum timing_action action, int64_t at)
{
    static const bool possible[][4] = {
        [TIMING_START] = {[TIMING_IDLE] = true},
        [TIMING_PAUSE] = {[TIMING_RUNNING] = true},
        [TIMING_RESUME] = {[TIMING_PAUSED] = true},
        [TIMING_STOP] = {[TIMING_RUNNING] = true, [TIMING_PAUSED] = true},
    };
    static const enum timing_stage next[] = {
        [TIMING_START] = TIMING_RUNNING,
        [TIMING_PAUSE] = TIMING_PAUSED,
        [TIMING_RESUME] = TIMING_RUNNING,
        [TIMING_STOP] = TIMING_STOPPED,
    };

    if (!possible[action][timing->stage])
        return false;
    /* What ran is added before the stage changes. */
    if (timing->stage == TIMING_RUNNING && at > timing->since)
        timing->elapsed_ms += at - timing->since;
    timing->stage = next[action];
    timing->since = at;
    return true;
}

bool timing_action_find(const char *name, enum timing_action *action)
{
    static const char *const names[] = {
        [TIMING_START] = "start",
        [TIMING_PAUSE] = "pause",
        [TIMING_RESUME] = "resume",
        [TIMING_STOP] = "stop",
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0) {
            *action = (enum timing_action)i;
            return true;
        }
    return false;
}

const char *timing_stage_name(enum timing_stage stage)
{
    static const char *const names[] = {
        [TIMING_IDLE] = "idle",
        [TIMING_RUNNING] = "running",
        [TIMING_PAUSED] = "paused",
        [TIMING_STOPPED] = "stopped",
    };

    return names[stage];
}

int64_t timing_seconds(int64_t elapsed_ms)
{
    return elapsed_ms / MS;
}

static int64_t points_over(const struct rules_time *rule, int64_t over_s)
{
    for (size_t i = 0; i < rule->row_count; i++)
        if (over_s > rule->rows[i].from_s && over_s <= rule->rows[i].to_s)
            return rule->rows[i].points;
    return 0;
}

int64_t timing_points(const struct rules_time *rule, int64_t elapsed_ms)
{
    int64_t seconds = timing_seconds(elapsed_ms);
    int64_t points = 0;

    if (!rule->given)
        return 0;
    if (seconds > rule->limit_s)
        points = points_over(rule, seconds - rule->limit_s);
    else if (seconds < rule->minimum_s)
        points = rule->under;
    return points < rule->cap ? points : rule->cap;
}

int64_t timing_deduction(const struct rules_time *rule, const struct timing *timing)
{
    return timing->stage == TIMING_STOPPED ? timing_points(rule, timing->elapsed_ms)
                                           : 0;
}

char *timing_words(
    struct arena *arena, const struct rules_time *rule, const struct timing *timing)
{
    int64_t seconds = timing_seconds(timing->elapsed_ms);

    if (seconds < rule->minimum_s)
        return arena_format(arena, "不足 %" PRId64 " 秒", rule->minimum_s);
    return arena_format(arena, "超时 %" PRId64 " 秒", seconds - rule->limit_s);
}
