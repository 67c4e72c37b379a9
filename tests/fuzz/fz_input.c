/* Bodies of the API: strict JSON, then the fields of one request. The first byte says
 * which; what was let in must lie within the bounds that were asked for. */
#include <string.h>

#include "base/input.h"
#include "base/utf8.h"
#include "fuzz/fuzz.h"

enum { SLOTS = 8, NO_ITEMS = -1, LONGEST_TEXT = 64 * 1024, MOST_ITEMS = 10000 };

struct slot {
    const char *text;
    int64_t number;
    bool flag;
    json_t *json;
};

struct shape {
    int items; /* the shape of what stands in its array; NO_ITEMS without one */
    struct input_field fields[SLOTS];
};

#define SEQ_LARGEST (INT64_C(1) << 40)

/* As src/people, src/quiz and src/contest ask for them. Index 10 and above: parts. */
static const struct shape shapes[] = {
    {NO_ITEMS,
     {{"staff_number", INPUT_TEXT, false, NULL, 1, 32},
      {"password", INPUT_TEXT, false, NULL, 1, 128}}},
    {NO_ITEMS, {{NULL, INPUT_ANY, false, NULL, 0, 0}}},
    {NO_ITEMS, {{"section", INPUT_TEXT, false, NULL, 1, 16}}},
    {NO_ITEMS,
     {{"device", INPUT_TEXT, false, NULL, 8, 64},
      {"take_over", INPUT_BOOL, true, NULL, 0, 0}}},
    {10,
     {{"device", INPUT_TEXT, false, NULL, 8, 64},
      {"epoch", INPUT_INT, false, NULL, 1, SEQ_LARGEST},
      {"batch", INPUT_ARRAY, false, NULL, 1, 100}}},
    {11,
     {{"device", INPUT_TEXT, false, NULL, 8, 64},
      {"epoch", INPUT_INT, false, NULL, 1, SEQ_LARGEST},
      {"manifest", INPUT_ARRAY, false, NULL, 0, 1000}}},
    {NO_ITEMS,
     {{"device", INPUT_TEXT, false, NULL, 8, 64},
      {"epoch", INPUT_INT, false, NULL, 1, SEQ_LARGEST},
      {"submit_key", INPUT_TEXT, false, NULL, 8, 64}}},
    {NO_ITEMS,
     {{"action", INPUT_TEXT, false, NULL, 1, 32},
      {"contestant", INPUT_INT, true, NULL, 1, INT64_MAX},
      {"view", INPUT_TEXT, true, NULL, 1, 32},
      {"points", INPUT_TEXT, true, NULL, 1, 16},
      {"reason", INPUT_TEXT, true, NULL, 1, 300},
      {"spoken", INPUT_TEXT, true, NULL, 1, 64},
      {"expected", INPUT_INT, true, NULL, 0, INT64_MAX}}},
    {NO_ITEMS,
     {{"device", INPUT_TEXT, false, NULL, 8, 64},
      {"device_number", INPUT_INT, false, NULL, 1, SEQ_LARGEST},
      {"contestant", INPUT_INT, false, NULL, 1, INT64_MAX},
      {"criterion", INPUT_TEXT, false, NULL, 1, 32},
      {"value", INPUT_TEXT, false, NULL, 1, 16}}},
    {NO_ITEMS,
     {{"device", INPUT_TEXT, false, NULL, 8, 64},
      {"device_number", INPUT_INT, false, NULL, 1, SEQ_LARGEST},
      {"contestant", INPUT_INT, false, NULL, 1, INT64_MAX},
      {"marks", INPUT_OBJECT, false, NULL, 0, 0}}},
    {NO_ITEMS,
     {{"item", INPUT_TEXT, false, NULL, 1, 64},
      {"seq", INPUT_INT, false, NULL, 1, SEQ_LARGEST},
      {"answer", INPUT_ANY, false, NULL, 0, 0}}},
    {NO_ITEMS,
     {{"item", INPUT_TEXT, false, NULL, 1, 64},
      {"seq", INPUT_INT, false, NULL, 1, SEQ_LARGEST}}},
};

enum { REQUESTS = 10 };

static void check_text(const struct input_field *field, const char *text)
{
    size_t maximum = field->maximum ? (size_t)field->maximum : LONGEST_TEXT;
    size_t size = strlen(text);

    FUZZ_REQUIRE(
        size >= (size_t)field->minimum && size <= maximum, "%s has %zu bytes",
        field->name, size);
    FUZZ_REQUIRE(utf8_is_valid(text, size), "%s is not UTF-8", field->name);
}

static void check_slot(const struct input_field *field, const struct slot *slot)
{
    switch (field->type) {
    case INPUT_TEXT:
        if (slot->text)
            check_text(field, slot->text);
        return;
    case INPUT_INT:
        if (field->optional && slot->number == 0)
            return;
        FUZZ_REQUIRE(
            slot->number >= field->minimum && slot->number <= field->maximum,
            "%s is %lld", field->name, (long long)slot->number);
        return;
    case INPUT_ARRAY:
        FUZZ_REQUIRE(
            json_is_array(slot->json) &&
                json_array_size(slot->json) >= (size_t)field->minimum &&
                json_array_size(slot->json) <= (size_t)field->maximum,
            "%s", field->name);
        return;
    case INPUT_OBJECT:
        FUZZ_REQUIRE(json_is_object(slot->json), "%s", field->name);
        return;
    case INPUT_ANY:
        FUZZ_REQUIRE(slot->json, "%s", field->name);
        return;
    case INPUT_BOOL:
        return;
    }
}

static void *target_of(enum input_type type, struct slot *slot)
{
    if (type == INPUT_TEXT)
        return &slot->text;
    if (type == INPUT_INT)
        return &slot->number;
    if (type == INPUT_BOOL)
        return &slot->flag;
    return &slot->json;
}

static void check_error(const struct error *error)
{
    FUZZ_REQUIRE(
        error->kind == ERROR_MALFORMED || error->kind == ERROR_INVALID, "%s",
        error->code);
    FUZZ_REQUIRE(
        utf8_is_valid(error->message, strlen(error->message)), "message of %s",
        error->code);
}

static void take(struct arena *arena, json_t *json, int index)
{
    struct input_field fields[SLOTS];
    struct slot slots[SLOTS] = {{0}};
    const struct shape *shape = &shapes[index];
    json_t *items = NULL;
    size_t count = 0;

    while (count < SLOTS && shape->fields[count].name)
        count++;
    for (size_t i = 0; i < count; i++) {
        fields[i] = shape->fields[i];
        fields[i].target = target_of(fields[i].type, &slots[i]);
    }
    struct error *error = input_object(arena, json, fields, count);
    if (error) {
        check_error(error);
        return;
    }
    FUZZ_REQUIRE(json_object_size(json) <= count, "a field too many");
    for (size_t i = 0; i < count; i++) {
        check_slot(&fields[i], &slots[i]);
        if (fields[i].type == INPUT_ARRAY)
            items = slots[i].json;
    }
    for (size_t i = 0; shape->items != NO_ITEMS && i < json_array_size(items); i++)
        take(arena, json_array_get(items, i), shape->items);
}

/* Equal values, equal bytes: writing and reading again changes nothing. */
static void check_canonical(struct arena *arena, const json_t *json)
{
    const char *first = input_canonical(arena, json);
    json_t *again;
    struct error *error = input_parse(arena, first, strlen(first), &again);

    FUZZ_REQUIRE(!error, "%s is refused", first);
    FUZZ_REQUIRE(
        strcmp(first, input_canonical(arena, again)) == 0, "%s changes", first);
}

void fuzz_one(struct arena *arena, const uint8_t *bytes, size_t size)
{
    json_t *json;

    if (!size)
        return;
    struct error *error = input_parse(arena, (const char *)bytes + 1, size - 1, &json);
    if (error) {
        check_error(error);
        return;
    }
    check_canonical(arena, json);
    take(arena, json, (bytes[0] - '0' + 256) % REQUESTS);
}
