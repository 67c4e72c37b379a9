#include "format/settings.h"

#include "format/findings_fixture.h"

enum { TITLE, MINUTES, GOALS, FIELDS };

static struct settings_field fields[FIELDS];

static bool read_text(const char *text)
{
    struct source source = source_of(text);

    fields[TITLE] = (struct settings_field){.name = "title"};
    fields[MINUTES] = (struct settings_field){.name = "minutes"};
    fields[GOALS] = (struct settings_field){.name = "goals", .is_list = true};
    return settings_read(&findings, &source, fields, FIELDS);
}

static void a_flat_file_is_read(void **state)
{
    (void)state;
    assert_true(read_text("title: 意见解读  # 说明\nminutes: 60\ngoals:\n  - 能够一\n"
                          "  - \"能够: 二\"\n"));
    assert_string_equal(fields[TITLE].values[0], "意见解读");
    assert_string_equal(fields[MINUTES].values[0], "60");
    assert_int_equal(fields[MINUTES].line, 2);
    assert_int_equal(fields[GOALS].count, 2);
    assert_string_equal(fields[GOALS].values[1], "能够: 二");
    assert_int_equal(findings.count, 0);
}

static void whatever_is_not_flat_is_refused_with_its_line(void **state)
{
    static const struct {
        const char *text;
        int line;
        const char *words;
    } cases[] = {
        {"title: a\nminutes: 1\n", 0, "缺少项目“goals”"},
        {"title: a\nminutes: 1\ntitle: b\ngoals: [c]\n", 3, "写了两次"},
        {"title: a\nauthor: b\n", 2, "不认识的项目“author”"},
        {"title: a\nminutes:\n  x: 1\n", 3, "一行文字"},
        {"title: a\nminutes: [1]\n", 2, "一行文字"},
        {"title: a\ngoals: b\n", 2, "应是列表"},
        {"title: a\ngoals: []\n", 2, "列表是空的"},
        {"title: a\ngoals:\n  - b\n  - [c]\n", 4, "一行文字"},
        {"title: a\nminutes:\n", 2, "空的"},
        {"title: &x a\nminutes: *x\n", 1, "锚点"},
        {"title: !!str a\n", 1, "锚点"},
        {"minutes: *x\n", 1, "一行文字"},
        {"- a\n", 1, "项目: 内容"},
        {"", 1, "项目: 内容"},
        {"title: a: b\n", 1, "YAML"},
        {"title: \"a\n", 2, "YAML"},
        {"title: a\nminutes: 1\ngoals: [b]\n---\ntitle: c\n", 4, "一份内容"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        findings_begin(NULL);
        assert_false(read_text(cases[i].text));
        assert_true(found(cases[i].line, cases[i].words));
    }
}

static void lengths_are_limited(void **state)
{
    struct text text;

    (void)state;
    text_init(&text, arena, 100000);
    text_add(&text, "goals:\n");
    for (int i = 0; i < SETTINGS_ITEMS + 1; i++)
        text_add(&text, "  - a\n");
    assert_false(read_text(text.bytes));
    assert_true(found(SETTINGS_ITEMS + 2, "列表太长"));
    text_init(&text, arena, 100000);
    text_add(&text, "title: ");
    for (int i = 0; i < SETTINGS_VALUE + 1; i++)
        text_add(&text, "a");
    assert_false(read_text(text.bytes));
    assert_true(found(1, "太长"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FINDINGS(a_flat_file_is_read),
        WITH_FINDINGS(whatever_is_not_flat_is_refused_with_its_line),
        WITH_FINDINGS(lengths_are_limited),
    };

    return RUN_GROUP("settings", tests);
}
