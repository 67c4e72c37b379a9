/* Markdown of lessons, questions and options: refused with findings, or harmless HTML.
 * The first byte says which of the three. */
#include <stdio.h>
#include <string.h>

#include "format/markdown.h"
#include "fuzz/fuzz.h"
#include "fuzz/html.h"
#include "fuzz/told.h"

static void check_sections(const struct markdown_lesson *lesson)
{
    const char *at = lesson->html;

    FUZZ_REQUIRE(lesson->title[0] && lesson->section_count, "an empty lesson");
    for (size_t i = 0; i < lesson->section_count; i++) {
        char heading[32];
        (void)snprintf(
            heading, sizeof heading, "<h2 id=\"%s\">", lesson->sections[i].id);
        at = strstr(at, heading);
        FUZZ_REQUIRE(at, "%s is not in its place", heading);
    }
}

static void
read_lesson(struct findings *findings, struct source *source, struct arena *arena)
{
    struct markdown_lesson lesson;

    bool good = markdown_lesson(findings, source, &lesson);
    FUZZ_REQUIRE(good == !findings->count, "%zu findings", findings->count);
    if (!good)
        return;
    html_check(arena, lesson.html);
    check_sections(&lesson);
}

void fuzz_one(struct arena *arena, const uint8_t *bytes, size_t size)
{
    struct fuzz_input input = {bytes, size};
    struct findings findings;
    struct source source;
    const char *html;
    int kind = fuzz_byte(&input) % 3;

    findings_init(&findings, arena);
    const char *text = fuzz_rest(arena, &input);
    if (!source_check(&findings, "a.md", text, strlen(text), &source)) {
        FUZZ_REQUIRE(findings.count, "refused without a word");
        return;
    }
    if (kind == 0) {
        read_lesson(&findings, &source, arena);
        told_check(arena, &findings);
        return;
    }
    html = kind == 1 ? markdown_fragment(&findings, "a.xml", 7, source.bytes)
                     : markdown_line(&findings, "a.xml", 7, source.bytes);
    FUZZ_REQUIRE(!html == !!findings.count, "%zu findings", findings.count);
    html_check(arena, html);
    told_check(arena, &findings);
}
