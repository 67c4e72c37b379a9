#include "base/utf8.h"

#include <string.h>

#include "arena_fixture.h"

static void every_character_survives_a_round_trip(void **state)
{
    char bytes[4];
    uint32_t character;

    (void)state;
    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        bool surrogate = c >= 0xd800 && c <= 0xdfff;
        size_t size = utf8_encode(c, bytes);
        assert_int_equal(size == 0, surrogate);
        if (surrogate)
            continue;
        assert_int_equal(utf8_decode(bytes, size, &character), size);
        assert_int_equal(character, c);
        assert_int_equal(utf8_decode(bytes, size - 1, &character), 0);
    }
    assert_int_equal(utf8_encode(0x110000, bytes), 0);
}

static void lengths_are_the_shortest(void **state)
{
    static const struct {
        uint32_t character;
        size_t size;
    } cases[] = {
        {0x7f, 1},   {0x80, 2},    {0x7ff, 2},    {0x800, 3},
        {0xffff, 3}, {0x10000, 4}, {0x10ffff, 4},
    };
    char bytes[4];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(utf8_encode(cases[i].character, bytes), cases[i].size);
}

static void an_excerpt_ends_between_characters(void **state)
{
    (void)state;
    assert_string_equal(utf8_excerpt(arena, "小区专员", 4), "小区专员");
    assert_string_equal(utf8_excerpt(arena, "小区专员", 3), "小区专…");
    assert_string_equal(utf8_excerpt(arena, "", 3), "");
    assert_string_equal(utf8_excerpt(arena, "小\xe4\xb8", 3), "小…");
}

static void what_is_not_a_character_is_refused(void **state)
{
    static const char *const broken[] = {
        "\x80",             /* goes on, but nothing began */
        "\xc0\xaf",         /* "/" in two bytes */
        "\xc1\xbf",         /* overlong */
        "\xe0\x80\xaf",     /* "/" in three */
        "\xe0\x9f\xbf",     /* overlong */
        "\xf0\x80\x80\xaf", /* "/" in four */
        "\xf0\x8f\xbf\xbf", /* overlong */
        "\xed\xa0\x80",     /* U+D800 */
        "\xed\xbf\xbf",     /* U+DFFF */
        "\xf4\x90\x80\x80", /* U+110000 */
        "\xf8\x88\x80\x80\x80",
        "\xff",
        "\xe4\xb8",     /* cut off */
        "\xe4\xb8\x41", /* goes on wrongly */
        "\xe4\x41\xad",
    };
    uint32_t character;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(broken); i++) {
        assert_int_equal(utf8_decode(broken[i], strlen(broken[i]), &character), 0);
        assert_false(utf8_is_valid(broken[i], strlen(broken[i])));
    }
    assert_int_equal(utf8_decode("", 0, &character), 0);
}

static void texts_are_counted_in_characters(void **state)
{
    (void)state;
    assert_true(utf8_is_valid("", 0));
    assert_true(utf8_is_valid("小区 A", strlen("小区 A")));
    assert_false(utf8_is_valid("小区\xff", strlen("小区\xff")));
    assert_false(utf8_is_valid("\xff小区", strlen("\xff小区")));
    assert_int_equal(utf8_length("小区 A😀", strlen("小区 A😀")), 5);
    assert_int_equal(utf8_length("小\xff区", strlen("小\xff区")), 3);
    assert_int_equal(utf8_length("", 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_survives_a_round_trip),
        cmocka_unit_test(lengths_are_the_shortest),
        cmocka_unit_test(an_excerpt_ends_between_characters),
        cmocka_unit_test(what_is_not_a_character_is_refused),
        cmocka_unit_test(texts_are_counted_in_characters),
    };

    return RUN_GROUP("utf8", tests);
}
