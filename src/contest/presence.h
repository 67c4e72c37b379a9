/* presence.h - which tablets were heard of lately, and how much each has not yet sent.
 * In memory only: it says something about now, and nothing about results. */
#ifndef CONTEST_PRESENCE_H
#define CONTEST_PRESENCE_H

#include <stdbool.h>
#include <stdint.h>

struct presence;

/* Safe from all threads. */
struct presence *presence_new(void);
void presence_free(struct presence *presence);

void presence_note(
    struct presence *presence, int64_t contest, int64_t judge, int64_t at,
    int64_t unsent);

/* False: never heard of since the program started. */
bool presence_last(
    struct presence *presence, int64_t contest, int64_t judge, int64_t *at,
    int64_t *unsent);

#endif
