#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Small: thousands of parked requests hold an arena each. */
enum { BLOCK_SIZE = 4 * 1024 };

struct block {
    struct block *older;
    size_t used;
    size_t size;
    alignas(max_align_t) char bytes[];
};

struct deferred {
    struct deferred *older;
    void (*release)(void *);
    void *object;
};

struct arena {
    struct block *newest;
    struct deferred *deferred;
};

static void *allocate_or_stop(size_t size)
{
    void *memory = malloc(size);

    if (!memory) {
        (void)fprintf(stderr, "out of memory (%zu bytes)\n", size);
        abort();
    }
    return memory;
}

struct arena *arena_new(void)
{
    struct arena *arena = allocate_or_stop(sizeof *arena);

    *arena = (struct arena){0};
    return arena;
}

static void run_deferred(struct arena *arena)
{
    /* Taken off first: a release function may not meet itself again. */
    struct deferred *deferred = arena->deferred;

    arena->deferred = NULL;
    for (; deferred; deferred = deferred->older)
        deferred->release(deferred->object);
}

void arena_reset(struct arena *arena)
{
    run_deferred(arena);

    struct block *kept = NULL;
    struct block *block = arena->newest;
    while (block) {
        struct block *older = block->older;
        if (block->size == BLOCK_SIZE && !kept)
            kept = block;
        else
            free(block);
        block = older;
    }
    if (kept) {
        kept->older = NULL;
        kept->used = 0;
    }
    arena->newest = kept;
}

void arena_free(struct arena *arena)
{
    arena_reset(arena);
    free(arena->newest);
    free(arena);
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t unit = alignof(max_align_t);
    struct block *block = arena->newest;

    if (size > SIZE_MAX / 2)
        abort();
    size = (size + unit - 1) / unit * unit;
    if (!block || block->size - block->used < size) {
        size_t wanted = size > BLOCK_SIZE ? size : BLOCK_SIZE;
        block = allocate_or_stop(sizeof(struct block) + wanted);
        block->size = wanted;
        block->used = 0;
        block->older = arena->newest;
        arena->newest = block;
    }
    void *memory = block->bytes + block->used;
    block->used += size;
    return memset(memory, 0, size);
}

char *arena_copy_bytes(struct arena *arena, const void *bytes, size_t size)
{
    char *copy = arena_alloc(arena, size + 1);

    if (size)
        memcpy(copy, bytes, size);
    return copy;
}

char *arena_copy(struct arena *arena, const char *string)
{
    return arena_copy_bytes(arena, string, strlen(string));
}

__attribute__((format(printf, 2, 0))) static char *
format_list(struct arena *arena, const char *format, va_list args)
{
    va_list again;

    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        abort();

    size_t size = (size_t)length + 1;
    char *string = arena_alloc(arena, size);
    if (vsnprintf(string, size, format, args) != length)
        abort();
    return string;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    char *string = format_list(arena, format, args);
    va_end(args);
    return string;
}

void arena_defer(struct arena *arena, void (*release)(void *), void *object)
{
    struct deferred *deferred = arena_alloc(arena, sizeof *deferred);

    *deferred = (struct deferred){arena->deferred, release, object};
    arena->deferred = deferred;
}
