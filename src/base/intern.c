#include "base/intern.h"

#include <stdint.h>
#include <string.h>

enum { FIRST_ROOM = 64 };

/* Open addressing; at most half of the places are taken. */
struct intern {
    struct arena *arena;
    const char **places;
    size_t room; /* a power of two */
    size_t count;
};

struct intern *intern_new(struct arena *arena)
{
    struct intern *intern = arena_alloc(arena, sizeof *intern);

    *intern = (struct intern){
        .arena = arena,
        .places = arena_alloc(arena, FIRST_ROOM * sizeof *intern->places),
        .room = FIRST_ROOM,
    };
    return intern;
}

/* FNV-1a */
static size_t hash(const char *text)
{
    uint64_t sum = 14695981039346656037U;

    for (; *text; text++)
        sum = (sum ^ (unsigned char)*text) * 1099511628211U;
    return (size_t)(sum ^ sum >> 32);
}

static const char **find(const struct intern *intern, const char *text)
{
    size_t at = hash(text);

    while (intern->places[at & (intern->room - 1)] &&
           strcmp(intern->places[at & (intern->room - 1)], text) != 0)
        at++;
    return &intern->places[at & (intern->room - 1)];
}

static void grow(struct intern *intern)
{
    const char **old = intern->places;
    size_t room = intern->room;

    intern->room = room * 4;
    intern->places = arena_alloc(intern->arena, intern->room * sizeof *intern->places);
    for (size_t i = 0; i < room; i++)
        if (old[i])
            *find(intern, old[i]) = old[i];
}

const char *intern_text(struct intern *intern, const char *text)
{
    const char **place = find(intern, text);

    if (*place)
        return *place;
    if (intern->count * 2 >= intern->room) {
        grow(intern);
        place = find(intern, text);
    }
    intern->count++;
    *place = arena_copy(intern->arena, text);
    return *place;
}
