/* course.yml: what is let in is one text or list a key, within the limits. */
#include <string.h>

#include "format/settings.h"
#include "fuzz/fuzz.h"
#include "fuzz/told.h"

void fuzz_one(struct arena *arena, const uint8_t *bytes, size_t size)
{
    struct settings_field fields[] = {
        {.name = "title"},
        {.name = "minutes"},
        {.name = "objectives", .is_list = true}};
    const size_t count = sizeof fields / sizeof fields[0];
    struct fuzz_input input = {bytes, size};
    struct findings findings;
    struct source source;

    findings_init(&findings, arena);
    const char *text = fuzz_rest(arena, &input);
    if (!source_check(&findings, "course.yml", text, strlen(text), &source))
        return;
    bool good = settings_read(&findings, &source, fields, count);
    FUZZ_REQUIRE(good == !findings.count, "%zu findings", findings.count);
    told_check(arena, &findings);
    for (size_t i = 0; good && i < count; i++) {
        FUZZ_REQUIRE(
            fields[i].line > 0 && fields[i].count >= 1 &&
                fields[i].count <= (fields[i].is_list ? SETTINGS_ITEMS : 1),
            "%s has %zu values", fields[i].name, fields[i].count);
        for (size_t j = 0; j < fields[i].count; j++)
            FUZZ_REQUIRE(
                *fields[i].values[j] && strlen(fields[i].values[j]) <= SETTINGS_VALUE,
                "%s", fields[i].name);
    }
}
