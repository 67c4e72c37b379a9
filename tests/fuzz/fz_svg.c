/* Drawings: refused with findings, or written anew so that reading them again gives the
 * same bytes and nothing but elements and text is in them. */
#include <string.h>

#include "format/svg.h"
#include "fuzz/fuzz.h"
#include "fuzz/told.h"

static bool read_bytes(
    struct findings *findings, struct arena *arena, const char *bytes, size_t size,
    struct svg *svg)
{
    struct source source;

    findings_init(findings, arena);
    return source_check(findings, "a.svg", bytes, size, &source) &&
           svg_read(findings, &source, svg);
}

void fuzz_one(struct arena *arena, const uint8_t *bytes, size_t size)
{
    struct fuzz_input input = {bytes, size};
    struct findings findings;
    struct svg first = {0};
    struct svg second = {0};
    const char *text = fuzz_rest(arena, &input);

    bool good = read_bytes(&findings, arena, text, strlen(text), &first);
    FUZZ_REQUIRE(good == !findings.count, "%zu findings", findings.count);
    told_check(arena, &findings);
    if (!good)
        return;
    FUZZ_REQUIRE(first.title[0], "no title");
    FUZZ_REQUIRE(first.width > 0 && first.height > 0, "no size");
    FUZZ_REQUIRE(strlen(first.bytes) == first.size, "a zero byte inside");
    FUZZ_REQUIRE(
        !strstr(first.bytes, "<!") && !strstr(first.bytes, "<?"),
        "not only elements: %s", first.bytes);
    good = read_bytes(&findings, arena, first.bytes, first.size, &second);
    FUZZ_REQUIRE(good, "refused the second time: %s", first.bytes);
    FUZZ_REQUIRE(
        strcmp(first.bytes, second.bytes) == 0, "%s became %s", first.bytes,
        second.bytes);
}
