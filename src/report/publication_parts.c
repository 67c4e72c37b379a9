#include "report/publication_parts.h"

#include <string.h>

const char *publication_parts(const char *body, const char *list)
{
    size_t length = strlen(list);

    /* Inside a text a quote is escaped: "list":[ can stand nowhere else. */
    for (const char *at = strchr(body, '"'); at; at = strchr(at + 1, '"'))
        if (strncmp(at + 1, list, length) == 0 &&
            strncmp(at + 1 + length, "\":[", 3) == 0)
            return at + length + 4;
    return NULL;
}

/* The end of the object that begins at `at`; NULL: it has none. */
static const char *object_end(const char *at)
{
    int depth = 0;
    bool quoted = false;

    for (; *at; at++) {
        if (quoted && *at == '\\' && at[1])
            at++;
        else if (*at == '"')
            quoted = !quoted;
        else if (!quoted && (*at == '{' || *at == '['))
            depth++;
        else if (!quoted && (*at == '}' || *at == ']') && --depth == 0)
            return at + 1;
    }
    return NULL;
}

bool publication_part_next(const char **at, struct publication_part *part)
{
    const char *end = **at == '{' ? object_end(*at) : NULL;

    if (!end)
        return false;
    *part = (struct publication_part){*at, (size_t)(end - *at)};
    *at = end + (*end == ',');
    return true;
}
