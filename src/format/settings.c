#include "format/settings.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct reading {
    struct findings *findings;
    const char *file;
    yaml_parser_t parser;
    yaml_event_t event; /* the one being looked at */
    bool has_event;
    struct settings_field *fields;
    size_t count;
};

static bool refuse(struct reading *reading, int line, const char *message)
{
    findings_add(reading->findings, reading->file, line, "%s", message);
    return false;
}

static int line_of(const struct reading *reading)
{
    return (int)reading->event.start_mark.line + 1;
}

/* Moves to the next event. */
static bool advance(struct reading *reading)
{
    if (reading->has_event)
        yaml_event_delete(&reading->event);
    reading->has_event = yaml_parser_parse(&reading->parser, &reading->event) == 1;
    if (reading->has_event)
        return true;
    const char *problem = reading->parser.problem ? reading->parser.problem : "?";
    findings_add(
        reading->findings, reading->file, (int)reading->parser.problem_mark.line + 1,
        "YAML 写法有误：%s", problem);
    return false;
}

static bool expect(struct reading *reading, yaml_event_type_t type, const char *message)
{
    if (!advance(reading))
        return false;
    return reading->event.type == type || refuse(reading, line_of(reading), message);
}

/* The text of the event, NULL after a finding. */
static const char *take_scalar(struct reading *reading)
{
    if (reading->event.type != YAML_SCALAR_EVENT) {
        (void)refuse(reading, line_of(reading), "这里应是一行文字，不能有下一层内容。");
        return NULL;
    }
    const char *value = (const char *)reading->event.data.scalar.value;
    size_t size = reading->event.data.scalar.length;
    if (reading->event.data.scalar.anchor || reading->event.data.scalar.tag) {
        (void)refuse(
            reading, line_of(reading), "不支持 YAML 的锚点（&）和类型标记（!）。");
        return NULL;
    }
    if (size == 0 || size > SETTINGS_VALUE || memchr(value, 0, size)) {
        (void)refuse(reading, line_of(reading), "内容是空的或太长（最多 2000 字节）。");
        return NULL;
    }
    return arena_copy_bytes(reading->findings->arena, value, size);
}

static bool read_list(struct reading *reading, struct settings_field *field)
{
    if (reading->event.type != YAML_SEQUENCE_START_EVENT)
        return refuse(reading, line_of(reading), "这里应是列表，每项以“- ”开头。");
    field->values =
        arena_alloc(reading->findings->arena, SETTINGS_ITEMS * sizeof field->values[0]);
    for (;;) {
        if (!advance(reading))
            return false;
        if (reading->event.type == YAML_SEQUENCE_END_EVENT)
            break;
        if (field->count == SETTINGS_ITEMS)
            return refuse(reading, line_of(reading), "列表太长：最多 50 项。");
        const char *value = take_scalar(reading);
        if (!value)
            return false;
        field->values[field->count++] = value;
    }
    return field->count > 0 || refuse(reading, line_of(reading), "列表是空的。");
}

static struct settings_field *find_field(struct reading *reading, const char *name)
{
    for (size_t i = 0; i < reading->count; i++) {
        if (strcmp(reading->fields[i].name, name) == 0)
            return &reading->fields[i];
    }
    return NULL;
}

/* The key is the event at hand. */
static bool read_field(struct reading *reading)
{
    int line = line_of(reading);
    const char *name = take_scalar(reading);
    struct settings_field *field = name ? find_field(reading, name) : NULL;

    if (!name)
        return false;
    if (!field || field->line > 0) {
        findings_add(
            reading->findings, reading->file, line,
            field ? "“%.60s”写了两次。" : "不认识的项目“%.60s”。", name);
        return false;
    }
    field->line = line;
    if (!advance(reading))
        return false;
    if (field->is_list)
        return read_list(reading, field);
    field->values = arena_alloc(reading->findings->arena, sizeof field->values[0]);
    field->values[0] = take_scalar(reading);
    field->count = 1;
    return field->values[0] != NULL;
}

static bool read_document(struct reading *reading)
{
    static const char wanted[] = "文件应由“项目: 内容”组成。";

    if (!expect(reading, YAML_STREAM_START_EVENT, wanted) ||
        !expect(reading, YAML_DOCUMENT_START_EVENT, wanted) ||
        !expect(reading, YAML_MAPPING_START_EVENT, wanted))
        return false;
    for (;;) {
        if (!advance(reading))
            return false;
        if (reading->event.type == YAML_MAPPING_END_EVENT)
            break;
        if (!read_field(reading))
            return false;
    }
    return expect(reading, YAML_DOCUMENT_END_EVENT, wanted) &&
           expect(reading, YAML_STREAM_END_EVENT, "一个文件只能有一份内容。");
}

bool settings_read(
    struct findings *findings, const struct source *source,
    struct settings_field *fields, size_t count)
{
    struct reading reading = {
        .findings = findings, .file = source->file, .fields = fields, .count = count};

    if (!yaml_parser_initialize(&reading.parser))
        abort(); /* out of memory */
    yaml_parser_set_encoding(&reading.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(
        &reading.parser, (const unsigned char *)source->bytes, source->size);
    bool good = read_document(&reading);
    if (reading.has_event)
        yaml_event_delete(&reading.event);
    yaml_parser_delete(&reading.parser);
    if (!good)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (fields[i].line == 0) {
            findings_add(findings, source->file, 0, "缺少项目“%s”。", fields[i].name);
            good = false;
        }
    }
    return good;
}
