#include "quiz/normalise.h"

#include <string.h>

#include "arena_fixture.h"
#include "base/utf8.h"

static const struct normalise_options usual = {0};
static const struct normalise_options quoted = {.keep_quotes = true};

static const char *norm(const char *raw, struct normalise_options options)
{
    const char *result;

    assert_null(normalise(arena, raw, options, &result));
    return result;
}

static void spellings_of_one_answer_meet(void **state)
{
    static const struct {
        const char *raw;
        const char *norm;
    } cases[] = {
        {"", ""},
        {"《消防法》", "消防法"},
        {"〈a〉「b」『c』“d”‘e’\"f\"'g'`h`", "abcdefgh"},
        {"＂ａ＂＇ｂ＇｀ｃ｀", "abc"},
        {"ＡＢＣ１２３", "abc123"},
        {"～！＠＃", "~!@#"},
        {"物业\u3000 服务\u00a0合同\t", "物业服务合同"},
        {"\u2003new\u2009 \u202f york\r\n", "new york"},
        {"居\u200b委\ufeff会\u00ad\u2060\ufe0f\u202e", "居委会"},
        {"一、二､三，四", "一,二,三,四"},
        {"1。5", "1.5"},
        {"a｡b．c", "a.b.c"},
        {"10∶30：00", "10:30:00"},
        {"【一】〔二〕（三）", "(一)(二)(三)"},
        {"［四］", "(四)"},
        {"[4]", "[4]"},
        {"3—5–7－9−1‐2‑3", "3-5-7-9-1-2-3"},
        {"5～7〜9", "5~7~9"},
        {"北京•上海‧天津・重庆·", "北京·上海·天津·重庆·"},
        {"￥ 100", "\u00a5100"},
        {"a…b⋯c", "a...b...c"},
        {"约……", "约"},
        {"好的。。！？", "好的"},
        {"?!", ""},
        {"a , b . c", "a,b.c"},
        {"50 % 以上", "50%以上"},
        {"WIFI 密码 abc def", "wifi密码abc def"},
        {"3 - 5 天", "3-5天"},
        {"not a. ", "not a"},
        {"100 ㎡", "100㎡"},
        {"a · b ￥ 5", "a·b\u00a55"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(norm(cases[i].raw, usual), cases[i].norm);
}

static void what_could_change_a_meaning_stays(void **state)
{
    static const char *const texts[] = {
        "①",    "㎡",     "Ⅲ级",     "〇",   "零", "0", "o",
        "不是", "\u00e9", "e\u0301", "業主", "½",  "😀",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        assert_string_equal(norm(texts[i], usual), texts[i]);
}

static void options_are_kept(void **state)
{
    const struct normalise_options cased = {.case_sensitive = true};

    (void)state;
    assert_string_equal(norm("ＡbC", cased), "AbC");
    assert_string_equal(norm("《 消防法 》", quoted), "《消防法》");
    assert_string_equal(norm("“ ”", quoted), "“ ”");
    assert_string_equal(norm("＂Ａ＂", quoted), "\"a\"");
}

static void broken_text_is_refused(void **state)
{
    const char *result;

    (void)state;
    assert_code(normalise(arena, "小\xff", usual, &result), "text_encoding");
    assert_code(normalise(arena, "\xed\xa0\x80", usual, &result), "text_encoding");
    assert_code(normalise(arena, "\xe4\xb8", usual, &result), "text_encoding");
}

/* Characters that some step looks at, and plain ones. */
static const uint32_t alphabet[] = {
    'a',    'Z',    '9',    ' ',    '.',    ',',    ';',    ':',    '?',    '!',
    '(',    ')',    '-',    '~',    '%',    '"',    '\'',   '`',    '[',    ']',
    '/',    '+',    '\t',   0x85,   0xa0,   0xa5,   0xad,   0xb7,   0xe9,   0x200b,
    0x200e, 0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2026, 0x2027, 0x2028, 0x202e, 0x2060, 0x2212, 0x2236, 0x22ef, 0x2460, 0x3000,
    0x3001, 0x3002, 0x3008, 0x300a, 0x300c, 0x300f, 0x3010, 0x3011, 0x3014, 0x301c,
    0x30fb, 0x33a1, 0x6d88, 0x9632, 0xfe0f, 0xfeff, 0xff01, 0xff02, 0xff05, 0xff07,
    0xff08, 0xff0b, 0xff0c, 0xff0d, 0xff0e, 0xff1a, 0xff21, 0xff3b, 0xff3d, 0xff40,
    0xff5e, 0xff61, 0xff64, 0xff76, 0xffe5, 0x1f600};

static void once_is_enough(void **state)
{
    uint64_t seed = 9;
    char raw[4 * 12 + 1];

    (void)state;
    for (int run = 0; run < 50000; run++) {
        size_t size = 0;
        for (int64_t left = next_random(&seed, 12); left > 0; left--)
            size += utf8_encode(
                alphabet[next_random(&seed, COUNT_OF(alphabet))], raw + size);
        raw[size] = '\0';
        const struct normalise_options options = {
            next_random(&seed, 2), next_random(&seed, 2)};
        const char *first = norm(raw, options);
        assert_true(utf8_is_valid(first, strlen(first)));
        assert_string_equal(norm(first, options), first);
        arena_reset(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_of_one_answer_meet),
        cmocka_unit_test(what_could_change_a_meaning_stays),
        cmocka_unit_test(options_are_kept),
        cmocka_unit_test(broken_text_is_refused),
        cmocka_unit_test(once_is_enough),
    };

    return RUN_GROUP("normalise", tests);
}
