/* clock.h - what time it is. Records carry UTC milliseconds; waiting is measured on a
 * clock that nobody can set. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

#include "base/arena.h"

/* UTC milliseconds since 1970. After a step of the system clock it goes on evenly from
 * where it was (CLOCK_BOOTTIME plus the offset taken at the first call), so that a step
 * changes nobody's remaining time; the step is logged. */
int64_t clock_now_ms(void);

/* Milliseconds since the machine started; goes on while it sleeps. */
int64_t clock_running_ms(void);

/* "2020-11-17 09:30:05" in Beijing time (UTC+8, no daylight saving), for people. */
char *clock_beijing(struct arena *arena, int64_t at_ms);

#endif
