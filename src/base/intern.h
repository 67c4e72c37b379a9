/* intern.h - texts that come again and again (a community, a 期别), each kept once. */
#ifndef BASE_INTERN_H
#define BASE_INTERN_H

#include "base/arena.h"

struct intern;

/* Lives in the arena, as the texts do. */
struct intern *intern_new(struct arena *arena);

/* An equal text; the same address for equal ones. */
const char *intern_text(struct intern *intern, const char *text);

#endif
