/* sandbox.h - foreign files are read in a child process that can do nothing else.
 *
 * The server starts this program again (posix_spawn; a threaded program must not run
 * its own code between fork and exec), the child locks itself up and parses, and what
 * it writes on its standard output is the result. A file can waste two seconds and
 * be refused; it cannot stop the server, reach the database or the network. */
#ifndef FORMAT_SANDBOX_H
#define FORMAT_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum {
    SANDBOX_WALL_MS = 5000, /* then the child is killed */
    SANDBOX_PROCESSOR_S = 2,
    SANDBOX_MEMORY_MIB = 512,
    SANDBOX_DESCRIPTORS = 16,
};

/* Runs "/proc/self/exe parse-content KIND DIRECTORY" and waits for it. What it wrote,
 * also when it says in its answer that files are wrong, comes with a zero byte behind.
 * Safe to call from any thread.
 * Errors: ERROR_INVALID "content_too_slow" (killed at a time limit),
 * "content_too_large" (wrote more than limit_bytes), "content_unreadable" (died
 * otherwise, or wrote nothing); ERROR_BROKEN when no child can be started. */
struct error *sandbox_run(
    struct arena *arena, const char *kind, const char *directory, size_t limit_bytes,
    const char **output) MUST_CHECK;

/* The child's first act: from here on this process may read beneath the `readable`
 * directories and write to the descriptors it has, up to a time and memory limit.
 * Everything else is refused or kills it. Cannot be undone. A directory that does not
 * exist is passed over; a kernel without Landlock leaves the rest of the walls.
 * Errors: ERROR_BROKEN when a wall that every supported kernel has cannot be built. */
struct error *sandbox_enter(
    struct arena *arena, const char *const *readable, size_t count) MUST_CHECK;

/* Whether this kernel can limit reading to directories. */
bool sandbox_limits_reading(void);

#endif
