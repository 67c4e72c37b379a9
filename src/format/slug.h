/* slug.h - names that stand in addresses and are the names of files: lower-case
 * letters, digits and hyphens, 64 at most, no hyphen in front. */
#ifndef FORMAT_SLUG_H
#define FORMAT_SLUG_H

#include <stdbool.h>

#include "base/arena.h"

bool slug_is_valid(const char *text);

/* The last part of a path if it is a slug, otherwise NULL. */
const char *slug_of_path(struct arena *arena, const char *path);

/* Valid, and begins with two digits and a hyphen: "01-yijian-jiedu". */
bool slug_is_numbered(const char *text);

#endif
