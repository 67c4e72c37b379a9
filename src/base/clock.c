#include "base/clock.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/log.h"

enum { STEP_MS = 2000, BEIJING_MS = 8 * 3600 * 1000 };

/* The offset between the two clocks, taken once. A lasting difference is a step of
 * the wall clock, which records must not follow in the middle of a quiz. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* guards both */
static int64_t offset_ms;
static int64_t logged_step_ms;

static int64_t read_ms(clockid_t clock)
{
    struct timespec now;

    if (clock_gettime(clock, &now))
        abort();
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_running_ms(void)
{
    return read_ms(CLOCK_BOOTTIME);
}

int64_t clock_now_ms(void)
{
    int64_t running = clock_running_ms();
    int64_t wall = read_ms(CLOCK_REALTIME);

    pthread_mutex_lock(&lock);
    if (!offset_ms)
        offset_ms = wall - running;
    int64_t now = running + offset_ms;
    int64_t step = wall - now;
    /* Slow correction by NTP is followed, a jump is not. */
    if (step > -STEP_MS && step < STEP_MS) {
        if (step >= 1)
            offset_ms += 1;
        logged_step_ms = 0;
    } else if (step / STEP_MS != logged_step_ms / STEP_MS) {
        logged_step_ms = step;
        log_event("clock_step", "step_ms=%" PRId64, step);
    }
    pthread_mutex_unlock(&lock);
    return now;
}

char *clock_beijing(struct arena *arena, int64_t at_ms)
{
    time_t seconds = (time_t)((at_ms + BEIJING_MS) / 1000);
    struct tm parts;
    char text[32];

    if (!gmtime_r(&seconds, &parts) ||
        !strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts))
        abort();
    return arena_copy(arena, text);
}
