/* mirror.h - the events once more, as lines of a file that may stand on a second disk.
 *
 * A line is on that disk before anybody is told that the event was recorded. */
#ifndef STORE_MIRROR_H
#define STORE_MIRROR_H

#include "store/store.h"

struct mirror;

/* Opens the file and brings it level with the database: a line that a crash cut off is
 * removed, events that the mirror lacks are added.
 * Errors: ERROR_BROKEN when the mirror holds an event that the database lacks or holds
 * differently: the database was changed or replaced by an older one. */
struct error *mirror_open(
    struct arena *arena, struct db *db, const char *path,
    struct mirror **result) MUST_CHECK;
void mirror_close(struct mirror *mirror);

/* Returns once the lines are on disk. While the disk is full it waits; on any other
 * failure it stops the program, since nothing may be acknowledged any more. */
void mirror_write(struct mirror *mirror, const char *lines, size_t size);

#endif
