/* JSON from outside: what is refused, and with which code. */
#include "base/input.h"

#include <string.h>

#include "check.h"

struct body {
    const char *name;
    int64_t count;
    bool wanted;
    json_t *list;
};

static const struct error *
read_body(struct arena *arena, const char *bytes, size_t size, struct body *body)
{
    json_t *json;

    *body = (struct body){.name = "unset", .count = -1};
    TRY(input_parse(arena, bytes, size, &json));
    return INPUT_FIELDS(
        arena, json, {"name", INPUT_TEXT, false, &body->name, 1, 8},
        {"count", INPUT_INT, true, &body->count, 0, 10},
        {"wanted", INPUT_BOOL, true, &body->wanted, 0, 0},
        {"list", INPUT_ARRAY, true, &body->list, 0, 2});
}

static void what_does_not_fit_is_refused_with_its_code(void **state)
{
    static const struct {
        const char *bytes;
        const char *code; /* NULL: fine */
    } cases[] = {
        {"{\"name\":\"甲\",\"count\":3}", NULL},
        {"{\"name\":\"甲\",\"count\":null}", NULL},
        {"{\"name\":\"a\",\"name\":\"b\"}", "json_malformed"},
        {"{\"name\":\"a\"", "json_malformed"},
        {"{\"name\":\"a\"} x", "json_malformed"},
        {"{\"name\":\"\xff\"}", "json_malformed"},
        {"{\"name\":\"\\u0000\"}", "json_malformed"},
        {"", "json_malformed"},
        {"[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]", "json_malformed"},
        {"[]", "field_type"},
        {"{}", "field_missing"},
        {"{\"name\":null}", "field_missing"},
        {"{\"name\":\"a\",\"other\":1}", "field_unknown"},
        {"{\"name\":1}", "field_type"},
        {"{\"name\":\"a\",\"count\":\"1\"}", "field_type"},
        {"{\"name\":\"a\",\"count\":1.0}", "field_type"},
        {"{\"name\":\"a\",\"count\":true}", "field_type"},
        {"{\"name\":\"a\",\"wanted\":1}", "field_type"},
        {"{\"name\":\"a\",\"list\":{}}", "field_type"},
        {"{\"name\":\"\"}", "field_range"},
        {"{\"name\":\"123456789\"}", "field_range"},
        {"{\"name\":\"a\",\"count\":11}", "field_range"},
        {"{\"name\":\"a\",\"count\":-1}", "field_range"},
        {"{\"name\":\"a\",\"list\":[1,2,3]}", "field_range"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena *arena = arena_new();
        struct body body;
        const struct error *error =
            read_body(arena, cases[i].bytes, strlen(cases[i].bytes), &body);
        if (cases[i].code)
            assert_code(error, cases[i].code);
        else
            assert_fine(error);
        arena_free(arena);
    }
}

static void a_zero_byte_is_refused_wherever_it_stands(void **state)
{
    static const char bytes[] = "{\"wanted\":true\0,\"name\":\"a\"}";
    struct arena *arena = arena_new();
    struct body body;
    (void)state;

    assert_code(read_body(arena, bytes, sizeof bytes - 1, &body), "json_malformed");
    arena_free(arena);
}

static void canonical_bytes_do_not_depend_on_order_or_spaces(void **state)
{
    static const char one[] = "{\"b\":[1, 2],\"a\":\"甲\"}";
    static const char two[] = " { \"a\" : \"甲\" , \"b\":[1,2]}";
    struct arena *arena = arena_new();
    json_t *first;
    json_t *second;
    (void)state;

    assert_fine(input_parse(arena, one, strlen(one), &first));
    assert_fine(input_parse(arena, two, strlen(two), &second));
    assert_string_equal(input_canonical(arena, first), "{\"a\":\"甲\",\"b\":[1,2]}");
    assert_string_equal(input_canonical(arena, second), input_canonical(arena, first));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_does_not_fit_is_refused_with_its_code),
        cmocka_unit_test(a_zero_byte_is_refused_wherever_it_stands),
        cmocka_unit_test(canonical_bytes_do_not_depend_on_order_or_spaces),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
