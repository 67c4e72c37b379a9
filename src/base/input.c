#include "base/input.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { QUOTED = 32, DEEPEST = 16, LONGEST_TEXT = 64 * 1024, MOST_ITEMS = 10000 };

static void release_json(void *json)
{
    json_decref(json);
}

/* Whether the document has more levels than these. */
static bool is_deeper(json_t *json, int levels)
{
    const char *key;
    json_t *value;
    size_t index;
    bool deeper = false;

    if (!json_is_object(json) && !json_is_array(json))
        return false;
    if (levels == 0)
        return true;
    json_array_foreach(json, index, value)
    {
        deeper = deeper || is_deeper(value, levels - 1);
    }
    json_object_foreach(json, key, value)
    {
        deeper = deeper || is_deeper(value, levels - 1);
    }
    return deeper;
}

struct error *
input_parse(struct arena *arena, const char *bytes, size_t size, json_t **result)
{
    json_error_t failure;

    /* jansson passes over a zero byte behind true, false and null. */
    if (memchr(bytes, 0, size))
        return error_new(
            arena, ERROR_MALFORMED, "json_malformed", "提交的数据含有空字符。");
    json_t *json = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &failure);

    if (!json)
        return error_make(
            arena, ERROR_MALFORMED, "json_malformed",
            "提交的数据无法读取（第 %d 行第 %d 列）。", failure.line, failure.column);
    arena_defer(arena, release_json, json);
    if (is_deeper(json, DEEPEST))
        return error_new(
            arena, ERROR_MALFORMED, "json_malformed", "提交的数据层次过深。");
    *result = json;
    return NULL;
}

static struct error *
wrong(struct arena *arena, const char *code, const char *name, const char *why)
{
    enum error_kind kind =
        strcmp(code, "field_range") == 0 ? ERROR_INVALID : ERROR_MALFORMED;

    return error_make(arena, kind, code, "字段“%s”%s。", name, why);
}

static struct error *
take_text(struct arena *arena, const struct input_field *field, json_t *value)
{
    int64_t maximum = field->maximum ? field->maximum : LONGEST_TEXT;

    if (!json_is_string(value))
        return wrong(arena, "field_type", field->name, "应为文字");
    int64_t length = (int64_t)json_string_length(value);
    if (length < field->minimum || length > maximum)
        return wrong(arena, "field_range", field->name, "长度不合要求");
    *(const char **)field->target = json_string_value(value);
    return NULL;
}

static struct error *
take_int(struct arena *arena, const struct input_field *field, json_t *value)
{
    bool bounded = field->minimum || field->maximum;

    if (!json_is_integer(value))
        return wrong(arena, "field_type", field->name, "应为整数");
    int64_t number = json_integer_value(value);
    if (bounded && (number < field->minimum || number > field->maximum))
        return wrong(arena, "field_range", field->name, "超出允许范围");
    *(int64_t *)field->target = number;
    return NULL;
}

static struct error *
take_array(struct arena *arena, const struct input_field *field, json_t *value)
{
    int64_t maximum = field->maximum ? field->maximum : MOST_ITEMS;

    if (!json_is_array(value))
        return wrong(arena, "field_type", field->name, "应为列表");
    int64_t count = (int64_t)json_array_size(value);
    if (count < field->minimum || count > maximum)
        return wrong(arena, "field_range", field->name, "条数不合要求");
    *(json_t **)field->target = value;
    return NULL;
}

static struct error *
take(struct arena *arena, const struct input_field *field, json_t *value)
{
    switch (field->type) {
    case INPUT_TEXT:
        return take_text(arena, field, value);
    case INPUT_INT:
        return take_int(arena, field, value);
    case INPUT_BOOL:
        if (!json_is_boolean(value))
            return wrong(arena, "field_type", field->name, "应为是或否");
        *(bool *)field->target = json_is_true(value);
        return NULL;
    case INPUT_ARRAY:
        return take_array(arena, field, value);
    case INPUT_OBJECT:
        if (!json_is_object(value))
            return wrong(arena, "field_type", field->name, "应为对象");
        *(json_t **)field->target = value;
        return NULL;
    case INPUT_ANY:
        *(json_t **)field->target = value;
        return NULL;
    }
    abort();
}

static struct error *refuse_unknown(
    struct arena *arena, json_t *object, const struct input_field *fields, size_t count)
{
    const char *key;
    json_t *value;

    json_object_foreach(object, key, value)
    {
        size_t i = 0;
        while (i < count && strcmp(fields[i].name, key) != 0)
            i++;
        if (i == count)
            return error_make(
                arena, ERROR_MALFORMED, "field_unknown", "不认识的字段“%s”。",
                utf8_excerpt(arena, key, QUOTED));
    }
    return NULL;
}

struct error *input_object(
    struct arena *arena, json_t *object, const struct input_field *fields, size_t count)
{
    if (!json_is_object(object))
        return error_new(
            arena, ERROR_MALFORMED, "field_type", "提交的数据应为一个对象。");
    TRY(refuse_unknown(arena, object, fields, count));
    for (size_t i = 0; i < count; i++) {
        json_t *value = json_object_get(object, fields[i].name);
        bool absent = !value || (json_is_null(value) && fields[i].type != INPUT_ANY);
        if (absent && fields[i].optional)
            continue;
        if (absent)
            return error_make(
                arena, ERROR_MALFORMED, "field_missing", "缺少字段“%s”。",
                fields[i].name);
        TRY(take(arena, &fields[i], value));
    }
    return NULL;
}

char *input_canonical(struct arena *arena, const json_t *json)
{
    char *bytes = json_dumps(json, JSON_SORT_KEYS | JSON_COMPACT | JSON_ENCODE_ANY);

    if (!bytes)
        abort();
    char *copy = arena_copy(arena, bytes);
    free(bytes);
    return copy;
}
