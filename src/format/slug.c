#include "format/slug.h"

#include <string.h>

enum { LONGEST_SLUG = 64 };

static const char digits[] = "0123456789";

bool slug_is_valid(const char *text)
{
    size_t size = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");

    return size > 0 && size <= LONGEST_SLUG && text[size] == '\0' && text[0] != '-';
}

const char *slug_of_path(struct arena *arena, const char *path)
{
    size_t end = strlen(path);

    while (end > 1 && path[end - 1] == '/')
        end--;
    size_t start = end;
    while (start > 0 && path[start - 1] != '/')
        start--;
    const char *name = arena_copy_bytes(arena, path + start, end - start);
    return slug_is_valid(name) ? name : NULL;
}

bool slug_is_numbered(const char *text)
{
    return slug_is_valid(text) && strspn(text, digits) == 2 && text[2] == '-' &&
           text[3] != '\0';
}
