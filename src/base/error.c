#include "base/error.h"

struct error *error_new(
    struct arena *arena, enum error_kind kind, const char *code, const char *message)
{
    struct error *error = arena_alloc(arena, sizeof *error);

    *error = (struct error){kind, code, message};
    return error;
}

struct error *error_copy(struct arena *arena, const struct error *error)
{
    return error_new(
        arena, error->kind, arena_copy(arena, error->code),
        arena_copy(arena, error->message));
}
