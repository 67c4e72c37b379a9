#include "fuzz/told.h"

#include <string.h>

#include "fuzz/fuzz.h"

enum { LONGEST = 1024 * 1024 };

void told_check(struct arena *arena, const struct findings *findings)
{
    struct writer writer;
    struct findings heard;
    json_t *answer;

    if (!findings->count)
        return;
    writer_init(&writer, arena, LONGEST);
    findings_write(&writer, findings);
    findings_init(&heard, arena);
    struct error *error =
        input_parse(arena, writer.text.bytes, writer.text.size, &answer);
    if (!error)
        error = findings_read(&heard, answer);
    FUZZ_REQUIRE(!error, "%s: %s", error->code, writer.text.bytes);
    /* Equal neighbours are told once. */
    const struct finding *b = heard.first;
    for (const struct finding *a = findings->first; a; a = a->next) {
        FUZZ_REQUIRE(
            b && a->line == b->line && strcmp(a->message, b->message) == 0, "%s",
            a->message);
        bool again = a->next && a->next->line == a->line &&
                     strcmp(a->next->message, a->message) == 0;
        b = again ? b : b->next;
    }
}
