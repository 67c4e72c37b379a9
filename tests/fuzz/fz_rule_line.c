/* Lines of `xunsai rule NAME`: an answer that is JSON, or an error with a sentence. The
 * first byte says which rule. */
#include <string.h>

#include "base/utf8.h"
#include "cli/rule_contest.h"
#include "cli/rule_quiz.h"
#include "fuzz/fuzz.h"

static struct error *(*const rules[])(struct arena *, json_t *, struct writer *) = {
    rule_quiz_deadline,    rule_quiz_multiple_response, rule_quiz_normalise,
    rule_quiz_blanks,      rule_quiz_item_statistics,   rule_contest_panel,
    rule_contest_weighted, rule_contest_rank,
};

enum { RULES = sizeof rules / sizeof rules[0], LONGEST = 1024 * 1024 };

void fuzz_one(struct arena *arena, const uint8_t *bytes, size_t size)
{
    struct writer out;
    json_t *in;
    json_t *answer;

    if (!size || input_parse(arena, (const char *)bytes + 1, size - 1, &in))
        return;
    writer_init(&out, arena, LONGEST);
    writer_object(&out, NULL);
    struct error *error = rules[(bytes[0] - '0' + 256) % RULES](arena, in, &out);
    if (error) {
        FUZZ_REQUIRE(
            error->kind == ERROR_INVALID || error->kind == ERROR_MALFORMED, "%s: %s",
            error->code, error->message);
        FUZZ_REQUIRE(
            utf8_is_valid(error->message, strlen(error->message)), "%s", error->code);
        return;
    }
    writer_end(&out);
    if (out.text.overflowed)
        return;
    error = input_parse(arena, out.text.bytes, out.text.size, &answer);
    FUZZ_REQUIRE(!error && json_object_size(answer), "%s", out.text.bytes);
}
