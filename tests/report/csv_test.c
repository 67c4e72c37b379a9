/* What a spreadsheet must be able to read, and what it must not run. */
#include "report/csv.h"

#include <string.h>

#include "check.h"

#define MARK "\xEF\xBB\xBF"

static const char *line_of(struct arena *arena, struct table_cell cell)
{
    const char *bytes;
    size_t size;
    struct table table;

    table_init(&table, arena, 1);
    table_column(&table, "列", 5);
    table_row(&table)[0] = cell;
    assert_fine(csv_file(arena, &table, NULL, &bytes, &size));
    assert_int_equal(strlen(bytes), size);
    assert_memory_equal(bytes, MARK "\"列\"\r\n", strlen(MARK "\"列\"\r\n"));
    return bytes + strlen(MARK "\"列\"\r\n");
}

static void a_text_that_looks_like_a_formula_gets_an_apostrophe(void **state)
{
    static const struct {
        const char *text;
        const char *line;
    } cases[] = {
        {"=1+1", "\"'=1+1\"\r\n"},  {"+cmd", "\"'+cmd\"\r\n"},
        {"-2", "\"'-2\"\r\n"},      {"@SUM(A1)", "\"'@SUM(A1)\"\r\n"},
        {"\t=1", "\"'\t=1\"\r\n"},  {"\r=1", "\"'\r=1\"\r\n"},
        {"\n=1", "\"'\n=1\"\r\n"},  {"＝1", "\"'＝1\"\r\n"},
        {"＋1", "\"'＋1\"\r\n"},    {"－1", "\"'－1\"\r\n"},
        {"＠x", "\"'＠x\"\r\n"},    {"=\"\"", "\"'=\"\"\"\"\"\r\n"},
        {"王=李", "\"王=李\"\r\n"}, {"", "\"\"\r\n"},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(line_of(arena, table_text(cases[i].text)), cases[i].line);
    arena_free(arena);
}

static void numbers_stay_numbers(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_string_equal(line_of(arena, table_number("-0.50")), "\"-0.50\"\r\n");
    assert_string_equal(line_of(arena, table_integer(arena, -7)), "\"-7\"\r\n");
    assert_string_equal(line_of(arena, table_number(NULL)), "\"\"\r\n");
    assert_string_equal(
        line_of(arena, (struct table_cell){TABLE_DROPPED, "92.50"}),
        "\"92.50（去）\"\r\n");
    arena_free(arena);
}

static void quotes_commas_and_line_breaks_stay_in_their_cell(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    assert_string_equal(
        line_of(arena, table_text("李\"小\",\n明\"")), "\"李\"\"小\"\",\n明\"\"\"\r\n");
    arena_free(arena);
}

static void the_remark_stands_in_every_row(void **state)
{
    struct arena *arena = arena_new();
    const char *bytes;
    size_t size;
    struct table table;

    (void)state;
    table_init(&table, arena, 2);
    table_column(&table, "甲", 5);
    table_column(&table, "乙", 5);
    for (int i = 0; i < 100; i++) {
        struct table_cell *row = table_row(&table);
        row[1] = table_integer(arena, i);
    }
    assert_fine(csv_file(arena, &table, "演示数据", &bytes, &size));
    assert_memory_equal(
        bytes, MARK "\"甲\",\"乙\",\"备注\"\r\n\"\",\"0\",\"演示数据\"\r\n\"\",\"1\",",
        strlen(MARK
               "\"甲\",\"乙\",\"备注\"\r\n\"\",\"0\",\"演示数据\"\r\n\"\",\"1\","));
    assert_non_null(strstr(bytes, "\"\",\"99\",\"演示数据\"\r\n"));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_that_looks_like_a_formula_gets_an_apostrophe),
        cmocka_unit_test(numbers_stay_numbers),
        cmocka_unit_test(quotes_commas_and_line_breaks_stay_in_their_cell),
        cmocka_unit_test(the_remark_stands_in_every_row),
    };

    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
