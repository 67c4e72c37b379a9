/* log.h - one line an event on standard error: time, event, key=value pairs.
 * Control characters in values are replaced, so that nobody writes a second line. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

void log_event(const char *event, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
