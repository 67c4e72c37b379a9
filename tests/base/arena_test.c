/* Memory of one request: growing texts, JSON out, releases at the end. */
#include "base/arena.h"

#include <string.h>

#include "base/writer.h"
#include "check.h"

static void count_up(void *counter)
{
    ++*(int *)counter;
}

static void what_is_made_stays_until_the_reset(void **state)
{
    struct arena *arena = arena_new();
    const char *name = arena_format(arena, "%s-%d", "round", 7);
    (void)state;

    for (int i = 0; i < 10000; i++)
        memset(arena_alloc(arena, 100), 0xaa, 100);
    assert_string_equal(name, "round-7");
    arena_reset(arena);
    /* The kept block is handed out zeroed again. */
    const char *fresh = arena_alloc(arena, 64);
    for (int i = 0; i < 64; i++)
        assert_int_equal(fresh[i], 0);
    arena_free(arena);
}

static void deferred_releases_run_once(void **state)
{
    struct arena *arena = arena_new();
    int released = 0;
    (void)state;

    arena_defer(arena, count_up, &released);
    arena_reset(arena);
    assert_int_equal(released, 1);
    arena_free(arena);
    assert_int_equal(released, 1);
}

static void a_text_stops_at_its_limit_and_says_so(void **state)
{
    struct arena *arena = arena_new();
    struct text text;
    (void)state;

    text_init(&text, arena, 1000);
    for (int i = 0; i < 100; i++)
        text_add(&text, "0123456789");
    assert_false(text.overflowed);
    assert_int_equal(text.size, 1000);
    text_add(&text, "x");
    assert_true(text.overflowed);
    assert_int_equal(strlen(text.bytes), 1000);
    arena_free(arena);
}

static void json_is_escaped_and_balanced(void **state)
{
    struct arena *arena = arena_new();
    struct writer writer;
    (void)state;

    writer_init(&writer, arena, 10000);
    writer_object(&writer, NULL);
    writer_text(&writer, "a\"b", "q\"\\\n\x01 甲");
    writer_array(&writer, "list");
    writer_int(&writer, NULL, -5);
    writer_bool(&writer, NULL, true);
    writer_null(&writer, NULL);
    writer_object(&writer, NULL);
    writer_end(&writer);
    writer_end(&writer);
    writer_text_or_null(&writer, "none", NULL);
    writer_end(&writer);
    assert_string_equal(
        writer.text.bytes, "{\"a\\\"b\":\"q\\\"\\\\\\n\\u0001 甲\","
                           "\"list\":[-5,true,null,{}],\"none\":null}");
    assert_int_equal(writer.depth, 0);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_made_stays_until_the_reset),
        cmocka_unit_test(deferred_releases_run_once),
        cmocka_unit_test(a_text_stops_at_its_limit_and_says_so),
        cmocka_unit_test(json_is_escaped_and_balanced),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
