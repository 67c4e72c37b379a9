/* demo_names.h - invented people, communities and compounds. The ten street offices are
 * those of Gongshu district in 2020; nothing below them is real. */
#ifndef CLI_DEMO_NAMES_H
#define CLI_DEMO_NAMES_H

#include <stddef.h>

#include "base/arena.h"
#include "cli/demo_random.h"

enum { DEMO_BRANCHES = 10, DEMO_COMMUNITIES = 95, DEMO_NAMES = 400 };

extern const char *const demo_branch_names[DEMO_BRANCHES];

/* "青穗社区", index 0 .. DEMO_COMMUNITIES-1. */
char *demo_community_name(struct arena *arena, size_t index);

/* "景泽苑", different for index 0 .. 575. */
char *demo_compound_name(struct arena *arena, size_t index);

struct demo_names {
    struct arena *arena;
    struct demo_random random;
    const char *given[DEMO_NAMES]; /* so far */
    size_t count;
};

/* The next name, unlike all before; at most DEMO_NAMES. Most have two or three
 * characters; here and there stands one that breaks careless tables: a long one, one
 * with "·", one with a rare character. */
const char *demo_names_next(struct demo_names *names);

#endif
