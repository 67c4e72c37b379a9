#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

void log_event(const char *event, const char *format, ...)
{
    char line[1024];
    struct timespec now;
    struct tm parts;
    va_list args;

    (void)clock_gettime(CLOCK_REALTIME, &now);
    (void)gmtime_r(&now.tv_sec, &parts);
    size_t used = strftime(line, sizeof line, "%Y-%m-%dT%H:%M:%S", &parts);
    int length = snprintf(
        line + used, sizeof line - used, ".%03ldZ event=%s ", now.tv_nsec / 1000000,
        event);
    used += length > 0 ? (size_t)length : 0;
    va_start(args, format);
    length = vsnprintf(line + used, sizeof line - used, format, args);
    va_end(args);
    used += length > 0 ? (size_t)length : 0;
    if (used > sizeof line - 2)
        used = sizeof line - 2;
    for (size_t i = 0; i < used; i++)
        if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f)
            line[i] = '?';
    line[used] = '\n';
    /* One write call: lines of different threads do not mix. */
    ssize_t written = write(STDERR_FILENO, line, used + 1);
    (void)written;
}
