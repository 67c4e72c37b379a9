/* The driver: times each input and keeps the slowest. */
#include "fuzz/fuzz.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/token.h"

/* What libFuzzer calls. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static struct {
    double milliseconds;
    uint8_t *bytes;
    size_t size;
} slowest;

void fuzz_broken(
    const char *file, int line, const char *condition, const char *format, ...)
{
    va_list args;

    (void)fprintf(stderr, "%s:%d: does not hold: %s\n  ", file, line, condition);
    va_start(args, format);
    (void)vfprintf(stderr, format, args);
    va_end(args);
    (void)fputc('\n', stderr);
    abort();
}

uint8_t fuzz_byte(struct fuzz_input *input)
{
    if (!input->left)
        return 0;
    input->left--;
    return *input->at++;
}

size_t fuzz_choice(struct fuzz_input *input, size_t below)
{
    size_t high = fuzz_byte(input);

    return (high << 8 | fuzz_byte(input)) % below;
}

int64_t fuzz_int64(struct fuzz_input *input)
{
    uint64_t number = 0;

    for (int i = 0; i < 8; i++)
        number = number << 8 | fuzz_byte(input);
    return (int64_t)number;
}

char *fuzz_text(struct arena *arena, struct fuzz_input *input, size_t most)
{
    size_t size = input->left < most ? input->left : most;
    char *text = arena_copy_bytes(arena, input->at, size);

    for (size_t i = 0; i < size; i++)
        if (!text[i])
            text[i] = '0';
    input->at += size;
    input->left -= size;
    return text;
}

char *fuzz_rest(struct arena *arena, struct fuzz_input *input)
{
    return fuzz_text(arena, input, input->left);
}

static double run_once(const uint8_t *bytes, size_t size)
{
    struct timespec from;
    struct timespec to;
    struct arena *arena = arena_new();

    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
    fuzz_one(arena, bytes, size);
    arena_free(arena);
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
    return (double)(to.tv_sec - from.tv_sec) * 1e3 +
           (double)(to.tv_nsec - from.tv_nsec) / 1e6;
}

static void keep_slowest(const uint8_t *bytes, size_t size, double milliseconds)
{
    free(slowest.bytes);
    slowest.bytes = malloc(size + 1);
    if (!slowest.bytes)
        abort();
    memcpy(slowest.bytes, bytes, size);
    slowest.size = size;
    slowest.milliseconds = milliseconds;
}

/* For tests/fuzz/run.sh: a line for its table, the input itself into a file. */
static void report_slowest(void)
{
    const char *path = getenv("FUZZ_SLOWEST");
    FILE *file = path && slowest.bytes ? fopen(path, "wb") : NULL;

    (void)fprintf(
        stderr, "slowest_ms: %.1f (%zu bytes)\n", slowest.milliseconds, slowest.size);
    if (file) {
        (void)fwrite(slowest.bytes, 1, slowest.size, file);
        (void)fclose(file);
    }
    free(slowest.bytes);
    slowest.bytes = NULL;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    token_start();
    (void)atexit(report_slowest);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const uint8_t nothing[1];
    const uint8_t *from = bytes ? bytes : nothing;
    double milliseconds = run_once(from, size);

    if (milliseconds > slowest.milliseconds) {
        /* Twice, so that a pause of the machine is not taken for a slow input. */
        double again = run_once(from, size);
        milliseconds = again < milliseconds ? again : milliseconds;
    }
    if (milliseconds > slowest.milliseconds)
        keep_slowest(from, size, milliseconds);
    return 0;
}
