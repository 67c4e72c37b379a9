/* arena_fixture.h - for tests of pure rules: an arena for the group, and repeatable
 * random numbers. */
#ifndef TESTS_ARENA_FIXTURE_H
#define TESTS_ARENA_FIXTURE_H

#include "check.h"

static struct arena *arena;

static int arena_begin(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int arena_end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* Pseudo-random numbers that are the same in every run: 0..below-1 (xorshift64). */
__attribute__((unused)) static int64_t next_random(uint64_t *seed, int64_t below)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (int64_t)(*seed >> 1) % below;
}

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#define RUN_GROUP(name, tests)                                                         \
    cmocka_run_group_tests_name(name, tests, arena_begin, arena_end)

#endif
