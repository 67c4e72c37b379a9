/* output.h - a file that is there whole or not at all.
 *
 * It is written as NAME.part beside its place, and gets its name when everything is on
 * disk. The first failure is kept and told at the end, so that writing row after row
 * needs no test. Or it is written into memory, for a reply. */
#ifndef BASE_OUTPUT_H
#define BASE_OUTPUT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"
#include "base/token.h"

/* How far a long file is; another thread may look. */
struct output_progress {
    _Atomic int64_t done;  /* rows written */
    _Atomic int64_t total; /* 0: not known yet */
    atomic_bool stop;      /* set by others: give up */
};

struct output {
    int file;
    int failed;         /* errno of the first failure, 0 */
    const char *folder; /* for parts that a library needs on its way */
    const char *name;   /* the whole path; NULL: in memory */
    const char *part;
    struct output_progress *progress; /* may be NULL */
};

/* Begins `path`.part; one that is left there from before is overwritten.
 * Errors: ERROR_FULL "disk_full", ERROR_BROKEN "file". */
struct error *
output_open(struct arena *arena, const char *path, struct output *output) MUST_CHECK;

/* Begins a file in memory. */
struct error *output_open_memory(struct arena *arena, struct output *output) MUST_CHECK;

void output_bytes(struct output *output, const void *bytes, size_t size);
text_sink output_sink; /* the same; the context is the output */

/* One row more was written. When it was told to stop, it counts as failed. */
void output_row(struct output *output);
void output_expect(struct output *output, int64_t rows);

/* Puts everything on disk and the file in its place; digest and size are those of its
 * bytes. Whatever it returns, the output is closed, and after an error nothing is left
 * of it. `error`: what went wrong before, NULL if nothing; it is passed on.
 * Errors: ERROR_FULL "disk_full", ERROR_UNAVAILABLE "stopped", ERROR_BROKEN "file". */
struct error *output_finish(
    struct arena *arena, struct output *output, struct error *error,
    unsigned char digest[TOKEN_DIGEST], int64_t *size) MUST_CHECK;

/* The same for one in memory: its bytes in the arena. */
struct error *output_take(
    struct arena *arena, struct output *output, struct error *error, const char **bytes,
    size_t *size) MUST_CHECK;

/* ERROR_FULL "disk_full" with its sentence. */
struct error *output_full(struct arena *arena);

#endif
