#include "report/csv.h"

#include <string.h>

enum { FILE_LIMIT = 32 * 1024 * 1024 };

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

void csv_write(struct text *text, const struct table *table, const char *remark)
{
    text_add(text, BYTE_ORDER_MARK);
    for (size_t c = 0; c < table->column_count; c++) {
        text_add(text, c ? "," : "");
        write_text(text, table->columns[c].title);
    }
    text_add(text, remark ? ",\"备注\"\r\n" : "\r\n");
    for (size_t r = 0; r < table->row_count; r++) {
        const struct table_cell *cells = table_cells(table, r);
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
}

struct error *csv_file(
    struct arena *arena, const struct table *table, const char *remark,
    const char **bytes, size_t *size)
{
    struct text text;

    text_init(&text, arena, FILE_LIMIT);
    csv_write(&text, table, remark);
    if (text.overflowed)
        return error_new(arena, ERROR_BROKEN, "export", "the CSV is too large");
    *bytes = text.bytes;
    *size = text.size;
    return NULL;
}
