#include "format/findings.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum { LONGEST_MESSAGE = 1000, LAST_LINE = 10000000 };

void findings_init(struct findings *findings, struct arena *arena)
{
    *findings = (struct findings){.arena = arena, .most = FINDINGS_MOST};
}

/* A message that quotes a file may have been cut inside a character, and a file's name
 * may be no text at all; what is no text is left out, so that JSON stays readable. */
static char *copy_text(struct arena *arena, const char *text)
{
    size_t size = strlen(text);
    char *copy = arena_alloc(arena, size + 1);
    char *to = copy;
    uint32_t character;

    for (size_t at = 0; at < size;) {
        size_t step = utf8_decode(text + at, size - at, &character);
        memcpy(to, text + at, step);
        to += step;
        at += step > 0 ? step : 1;
    }
    return copy;
}

static bool is_same_word(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void keep(
    struct findings *findings, const char *rule, const char *file, int line,
    const char *message)
{
    struct arena *arena = findings->arena;
    const struct finding *last = findings->last;

    /* <b> and </b> on one line are one slip. */
    if (last && last->line == line && is_same_word(last->rule, rule) &&
        strcmp(last->file, file) == 0 && strcmp(last->message, message) == 0)
        return;
    findings->count++;
    if (findings->count > findings->most)
        return;
    struct finding *finding = arena_alloc(arena, sizeof *finding);
    *finding = (struct finding){
        .file = copy_text(arena, file),
        .line = line,
        .message = copy_text(arena, message),
        .rule = rule,
    };
    if (findings->last)
        findings->last->next = finding;
    else
        findings->first = finding;
    findings->last = finding;
}

void findings_add(
    struct findings *findings, const char *file, int line, const char *format, ...)
{
    char message[LONGEST_MESSAGE];
    va_list args;

    va_start(args, format);
    int length = vsnprintf(message, sizeof message, format, args);
    va_end(args);
    keep(findings, NULL, file, line, length < 0 ? format : message);
}

void findings_add_rule(
    struct findings *findings, const char *rule, const char *file, int line,
    const char *format, ...)
{
    char message[LONGEST_MESSAGE];
    va_list args;

    va_start(args, format);
    int length = vsnprintf(message, sizeof message, format, args);
    va_end(args);
    keep(findings, rule, file, line, length < 0 ? format : message);
}

char *findings_line(struct arena *arena, const struct finding *finding)
{
    const char *place = finding->line > 0
                            ? arena_format(arena, "%s:%d", finding->file, finding->line)
                            : finding->file;
    const char *rule = finding->rule ? arena_format(arena, "[%s] ", finding->rule) : "";

    return arena_format(arena, "%s: %s%s", place, rule, finding->message);
}

static void
write_one(struct writer *writer, const char *key, const struct finding *finding)
{
    writer_object(writer, key);
    writer_text(writer, "file", finding->file);
    writer_int(writer, "line", finding->line);
    writer_text(writer, "message", finding->message);
    writer_end(writer);
}

void findings_write(struct writer *writer, const struct findings *findings)
{
    writer_object(writer, NULL);
    write_one(writer, "error", findings->first);
    writer_array(writer, "problems");
    for (const struct finding *f = findings->first; f; f = f->next)
        write_one(writer, NULL, f);
    writer_end(writer);
    writer_end(writer);
}

static struct error *read_one(struct findings *findings, json_t *object)
{
    const char *file;
    const char *message;
    int64_t line;

    TRY(INPUT_FIELDS(
        findings->arena, object, {"file", INPUT_TEXT, false, &file, 1, 4096},
        {"line", INPUT_INT, false, &line, 0, LAST_LINE},
        {"message", INPUT_TEXT, false, &message, 1, LONGEST_MESSAGE}));
    keep(findings, NULL, file, (int)line, message);
    return NULL;
}

struct error *findings_read(struct findings *findings, json_t *answer)
{
    json_t *first;
    json_t *problems;

    TRY(INPUT_FIELDS(
        findings->arena, answer, {"error", INPUT_OBJECT, false, &first, 0, 0},
        {"problems", INPUT_ARRAY, false, &problems, 1, FINDINGS_MOST}));
    for (size_t i = 0; i < json_array_size(problems); i++)
        TRY(read_one(findings, json_array_get(problems, i)));
    return NULL;
}
