/* fuzz.h - what the fuzz targets share.
 *
 * A target is one file with fuzz_one(). It depends on nothing but the bytes it gets, so
 * that an input that broke it breaks it again:  build/fuzz/fz_NAME FILE
 *
 * The targets are linked with tests/fuzz/separate_arena.c in place of base/arena.c:
 * every allocation is one of its own, so that the address sanitizer sees a step over
 * its end, which a shared block would hide. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* The target: one input. The arena is emptied afterwards. */
void fuzz_one(struct arena *arena, const uint8_t *bytes, size_t size);

/* What must hold for every input; says what did not, and stops. */
#define FUZZ_REQUIRE(condition, ...)                                                   \
    do {                                                                               \
        if (!(condition))                                                              \
            fuzz_broken(__FILE__, __LINE__, #condition, __VA_ARGS__);                  \
    } while (0)
__attribute__((noreturn, format(printf, 4, 5))) void
fuzz_broken(const char *file, int line, const char *condition, const char *format, ...);

/* The input as it is used up; zeros once it is at its end. */
struct fuzz_input {
    const uint8_t *at;
    size_t left;
};
uint8_t fuzz_byte(struct fuzz_input *input);
/* 0 .. below-1 out of two bytes. */
size_t fuzz_choice(struct fuzz_input *input, size_t below);
int64_t fuzz_int64(struct fuzz_input *input);
/* At most `most` bytes; a zero byte in them becomes '0'. */
char *fuzz_text(struct arena *arena, struct fuzz_input *input, size_t most);
/* All that is left, likewise. */
char *fuzz_rest(struct arena *arena, struct fuzz_input *input);

#endif
