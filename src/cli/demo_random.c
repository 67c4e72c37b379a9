#include "cli/demo_random.h"

enum { DICE = 12, FACES = 1000 };

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t next(struct demo_random *random)
{
    uint64_t z = random->state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* FNV-1a over the name. */
struct demo_random demo_random_of(const struct demo_random *random, const char *name)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);

    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * UINT64_C(0x100000001B3);
    return (struct demo_random){random->state ^ hash};
}

int64_t demo_random_below(struct demo_random *random, int64_t below)
{
    return (int64_t)(next(random) % (uint64_t)below);
}

bool demo_random_chance(struct demo_random *random, int64_t percent)
{
    return demo_random_below(random, 100) < percent;
}

/* Twelve dice: a sum whose standard deviation is the number of their faces. */
int64_t demo_random_bell(struct demo_random *random, int64_t spread)
{
    int64_t sum = 0;

    for (int i = 0; i < DICE; i++)
        sum += demo_random_below(random, FACES);
    return (sum - DICE * (FACES - 1) / 2) * spread / FACES;
}
