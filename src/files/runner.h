/* runner.h - the one thread that makes the files people asked for, one after the other,
 * beside the workers that answer requests: rankings are computed on a reader of its own
 * and written row by row.
 *
 * A file stands in the folder when it is whole and on disk, and beside it NAME.sha256
 * as sha256sum checks it; nginx may read both and nothing else. Files older than
 * JOB_RETENTION_MS are removed, as is what no job knows. A job that the end of the
 * program cut off begins again. */
#ifndef FILES_RUNNER_H
#define FILES_RUNNER_H

#include "files/job.h"

struct runner;

/* `data`: the data folder; files go to its "exports".
 * Errors: ERROR_BROKEN "exports" when that folder cannot be made. */
struct error *runner_start(
    struct arena *arena, struct store *store, const char *data,
    struct runner **result) MUST_CHECK;

/* Gives the file it is making back to the queue, and ends. */
void runner_stop(struct runner *runner);

/* A job was queued. */
void runner_wake(struct runner *runner);

struct job_progress runner_progress(struct runner *runner);

#endif
