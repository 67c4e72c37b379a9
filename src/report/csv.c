#include "report/csv.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

bool csv_is_formula(const char *cell)
{
    static const char *const beginnings[] = {
        "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠",
    };

    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++)
        if (strncmp(cell, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    return false;
}

static void write_quoted(struct text *text, const char *cell)
{
    for (const char *part = cell; *part;) {
        size_t length = strcspn(part, "\"");
        text_add_bytes(text, part, length);
        part += length;
        if (*part) {
            text_add(text, "\"\"");
            part++;
        }
    }
}

static void write_text(struct text *text, const char *cell)
{
    text_add(text, csv_is_formula(cell) ? "\"'" : "\"");
    write_quoted(text, cell);
    text_add(text, "\"");
}

static void write_cell(struct text *text, const struct table_cell *cell)
{
    switch (cell->kind) {
    case TABLE_EMPTY:
        text_add(text, "\"\"");
        break;
    case TABLE_TEXT:
        write_text(text, cell->text);
        break;
    case TABLE_NUMBER:
        text_add_format(text, "\"%s\"", cell->text);
        break;
    case TABLE_DROPPED:
        text_add_format(text, "\"%s" TABLE_DROPPED_MARK "\"", cell->text);
        break;
    }
}

static void write_row(
    struct text *text, const struct table *table, size_t index, const char *remark,
    struct arena *scratch)
{
    const struct table_cell *cells = table_cells(table, index, scratch);

    for (size_t c = 0; c < table->column_count; c++) {
        text_add(text, c ? "," : "");
        write_cell(text, &cells[c]);
    }
    if (remark) {
        text_add(text, ",");
        write_text(text, remark);
    }
    text_add(text, "\r\n");
}

void csv_file(struct output *output, const struct table *table, const char *remark)
{
    struct arena *arena = arena_new();
    struct arena *scratch = arena_new();
    struct text text;

    text_init_pieces(&text, arena, output_sink, output);
    text_add(&text, BYTE_ORDER_MARK);
    for (size_t c = 0; c < table->column_count; c++) {
        text_add(&text, c ? "," : "");
        write_text(&text, table->columns[c].title);
    }
    text_add(&text, remark ? ",\"备注\"\r\n" : "\r\n");
    for (size_t r = 0; r < table->row_count && !output->failed; r++) {
        write_row(&text, table, r, remark, scratch);
        output_row(output);
        arena_reset(scratch);
    }
    text_flush(&text);
    arena_free(scratch);
    arena_free(arena);
}
