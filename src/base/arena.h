/* arena.h - memory that lives exactly as long as one request or one job.
 *
 * A function that takes a `struct arena *` puts its result there, and nobody frees
 * that result: arena_reset() takes everything at once. Running out of memory stops
 * the program, so callers never test for NULL; the limits on request size are what
 * keep that from happening. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena;

/* An empty arena; arena_free() gives back everything made in it. */
struct arena *arena_new(void);
void arena_free(struct arena *arena);

/* Releases everything made since arena_new() or the last reset. One block is kept, so
 * that a worker that answers small requests does not ask the system for memory. */
void arena_reset(struct arena *arena);

/* `size` zeroed bytes, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of `size` bytes with a zero byte behind them. */
char *arena_copy_bytes(struct arena *arena, const void *bytes, size_t size);
char *arena_copy(struct arena *arena, const char *string);
char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Ties something made by a library (a parsed XML document, a JSON value) to the
 * arena: release(object) runs at the reset, the last one tied first. */
void arena_defer(struct arena *arena, void (*release)(void *), void *object);

#endif
