/* demo_random.h - chance that is the same in every run, so that two demonstrations show
 * the same people. For invented data only. */
#ifndef CLI_DEMO_RANDOM_H
#define CLI_DEMO_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct demo_random {
    uint64_t state; /* the seed */
};

/* A stream of its own for one named thing: independent of how much chance was used for
 * the others. */
struct demo_random demo_random_of(const struct demo_random *random, const char *name);

/* 0 .. below-1. */
int64_t demo_random_below(struct demo_random *random, int64_t below);

/* True `percent` times of a hundred; never at 0 or less, always at 100 or more. */
bool demo_random_chance(struct demo_random *random, int64_t percent);

/* Around 0, most of them within +-spread (nearly a normal distribution). */
int64_t demo_random_bell(struct demo_random *random, int64_t spread);

#endif
