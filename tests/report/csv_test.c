/* What a spreadsheet must be able to read, and what it must not run. */
#include "report/csv.h"

#include <string.h>

#include "check.h"

#define MARK "\xEF\xBB\xBF"

/* The file and its size. */
static const char *file_of(
    struct arena *arena, const struct table *table, const char *remark, size_t *size)
{
    struct output output;
    const char *bytes;

    assert_fine(output_open_memory(arena, &output));
    csv_file(&output, table, remark);
    assert_fine(output_take(arena, &output, NULL, &bytes, size));
    return bytes;
}

static const char *line_of(struct arena *arena, struct table_cell cell)
{
    const char *bytes;
    size_t size;
    struct table table;

    table_init(&table, arena, 1);
    table_column(&table, "列", 5);
    table_row(&table)[0] = cell;
    bytes = file_of(arena, &table, NULL, &size);
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
    bytes = file_of(arena, &table, "演示数据", &size);
    assert_memory_equal(
        bytes, MARK "\"甲\",\"乙\",\"备注\"\r\n\"\",\"0\",\"演示数据\"\r\n\"\",\"1\",",
        strlen(MARK
               "\"甲\",\"乙\",\"备注\"\r\n\"\",\"0\",\"演示数据\"\r\n\"\",\"1\","));
    assert_non_null(strstr(bytes, "\"\",\"99\",\"演示数据\"\r\n"));
    arena_free(arena);
}

/* What nobody sees is taken out before a formula is looked for. */
static void hidden_characters_do_not_get_out(void **state)
{
    static const struct {
        const char *text;
        const char *line;
    } cases[] = {
        {"\u202e三张", "\"三张\"\r\n"},           {"张\u2066三\u2069", "\"张三\"\r\n"},
        {"张\u200b三", "\"张三\"\r\n"},           {"\ufeff=1+1", "\"'=1+1\"\r\n"},
        {"\u200d\u200f-2", "\"'-2\"\r\n"},        {"\U000e0041王", "\"王\"\r\n"},
        {"葛\U000e0100", "\"葛\U000e0100\"\r\n"}, {"أحمد", "\"أحمد\"\r\n"},
    };
    struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(line_of(arena, table_text(cases[i].text)), cases[i].line);
    arena_free(arena);
}

static size_t made;

static void fill_long(
    const void *source, size_t index, struct table_cell *cells, struct arena *scratch)
{
    assert_ptr_equal(source, &made);
    assert_int_equal(index, made);
    made++;
    cells[0] = table_integer(scratch, (int64_t)index);
    if (index % 2)
        cells[1] = table_text("奇");
}

/* Rows are made one after the other, each once, however many pieces the file has. */
static void a_long_table_is_made_row_by_row(void **state)
{
    enum { ROWS = 20000 };
    struct arena *arena = arena_new();
    struct table table;
    size_t size;

    (void)state;
    made = 0;
    table_init(&table, arena, 2);
    table_column(&table, "甲", 5);
    table_column(&table, "乙", 5);
    table_rows(&table, ROWS, fill_long, &made);
    const char *bytes = file_of(arena, &table, NULL, &size);
    assert_int_equal(made, ROWS);
    const char *line = strstr(bytes, "\r\n") + 2;
    for (int i = 0; i < ROWS; i++) {
        const char *wanted =
            arena_format(arena, "\"%d\",\"%s\"\r\n", i, i % 2 ? "奇" : "");
        assert_memory_equal(line, wanted, strlen(wanted));
        line += strlen(wanted);
    }
    assert_int_equal(line - bytes, size);
    arena_free(arena);
}

static void progress_is_told_and_a_stop_obeyed(void **state)
{
    struct arena *arena = arena_new();
    struct output_progress progress = {0};
    struct output output;
    struct table table;
    const char *bytes;
    size_t size;

    (void)state;
    made = 0;
    table_init(&table, arena, 2);
    table_column(&table, "甲", 5);
    table_column(&table, "乙", 5);
    table_rows(&table, 100, fill_long, &made);
    assert_fine(output_open_memory(arena, &output));
    output.progress = &progress;
    csv_file(&output, &table, NULL);
    assert_int_equal(progress.done, 100);
    made = 0;
    progress.stop = true;
    csv_file(&output, &table, NULL);
    assert_int_equal(progress.done, 101);
    assert_code(output_take(arena, &output, NULL, &bytes, &size), "stopped");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_that_looks_like_a_formula_gets_an_apostrophe),
        cmocka_unit_test(numbers_stay_numbers),
        cmocka_unit_test(quotes_commas_and_line_breaks_stay_in_their_cell),
        cmocka_unit_test(the_remark_stands_in_every_row),
        cmocka_unit_test(hidden_characters_do_not_get_out),
        cmocka_unit_test(a_long_table_is_made_row_by_row),
        cmocka_unit_test(progress_is_told_and_a_stop_obeyed),
    };

    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
