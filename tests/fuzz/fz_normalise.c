/* Answers to fill-in questions: normalising twice is normalising once, and an answer
 * equals itself. The first byte holds the options. */
#include <string.h>

#include "base/utf8.h"
#include "fuzz/fuzz.h"
#include "quiz/blanks.h"

/* An answer written like the key is right, unless the key is empty. */
static void check_equal(
    struct arena *arena, const char *raw, const char *norm,
    struct normalise_options options)
{
    const char *const spellings[] = {norm, raw};
    const struct blanks_key keys[] = {{&spellings[0], 1}, {&spellings[1], 1}};
    struct blanks_case blanks = {
        .keys = keys,
        .key_count = 2,
        .answers = spellings,
        .answer_count = 2,
        .options = options,
    };
    struct blanks_result result;

    struct error *error = blanks_correct(arena, &blanks, &result);
    FUZZ_REQUIRE(!error == !!*norm, "key \"%s\"", norm);
    if (!error)
        FUZZ_REQUIRE(result.correct == 2, "\"%s\" is not \"%s\"", raw, norm);
}

void fuzz_one(struct arena *arena, const uint8_t *bytes, size_t size)
{
    struct fuzz_input input = {bytes, size};
    uint8_t bits = fuzz_byte(&input);
    const struct normalise_options options = {bits & 1, bits & 2};
    const char *raw = fuzz_rest(arena, &input);
    const char *once;
    const char *twice;

    struct error *error = normalise(arena, raw, options, &once);
    FUZZ_REQUIRE(!error == utf8_is_valid(raw, strlen(raw)), "%s", raw);
    if (error)
        return;
    FUZZ_REQUIRE(utf8_is_valid(once, strlen(once)), "%s", once);
    FUZZ_REQUIRE(strlen(once) <= strlen(raw), "\"%s\" grew to \"%s\"", raw, once);
    error = normalise(arena, once, options, &twice);
    FUZZ_REQUIRE(
        !error && strcmp(once, twice) == 0, "\"%s\" became \"%s\"", once,
        error ? error->code : twice);
    check_equal(arena, raw, once, options);
}
