/* base/arena.h with a block of exact size for every allocation: see fuzz.h. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct piece {
    struct piece *older;
    void *memory;
    void (*release)(void *); /* NULL: the memory is the arena's own */
};

struct arena {
    struct piece *newest;
};

static void *allocate(size_t size)
{
    void *memory = calloc(1, size);

    if (!memory)
        abort();
    return memory;
}

struct arena *arena_new(void)
{
    return allocate(sizeof(struct arena));
}

static void add(struct arena *arena, void *memory, void (*release)(void *))
{
    struct piece *piece = allocate(sizeof *piece);

    *piece = (struct piece){arena->newest, memory, release};
    arena->newest = piece;
}

/* Deferred releases first, the newest first; they may still read what is the arena's.
 */
void arena_reset(struct arena *arena)
{
    struct piece *all = arena->newest;

    arena->newest = NULL;
    for (struct piece *piece = all; piece; piece = piece->older)
        if (piece->release)
            piece->release(piece->memory);
    while (all) {
        struct piece *older = all->older;
        if (!all->release)
            free(all->memory);
        free(all);
        all = older;
    }
}

void arena_free(struct arena *arena)
{
    arena_reset(arena);
    free(arena);
}

void *arena_alloc(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        abort();
    void *memory = allocate(size ? size : 1);
    add(arena, memory, NULL);
    return memory;
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

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list args;
    char *text = NULL;

    va_start(args, format);
    if (vasprintf(&text, format, args) < 0)
        abort();
    va_end(args);
    char *copy = arena_copy(arena, text);
    free(text);
    return copy;
}

void arena_defer(struct arena *arena, void (*release)(void *), void *object)
{
    add(arena, object, release);
}
