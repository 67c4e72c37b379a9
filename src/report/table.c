#include "report/table.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/utf8.h"

void table_init(struct table *table, struct arena *arena, size_t columns)
{
    *table = (struct table){
        .arena = arena,
        .columns = arena_alloc(arena, (columns + 1) * sizeof *table->columns),
        .column_room = columns,
    };
}

void table_column(struct table *table, const char *title, int width)
{
    assert(table->column_count < table->column_room && !table->row_count);
    table->columns[table->column_count++] = (struct table_column){title, width};
}

struct table_cell *table_row(struct table *table)
{
    size_t row_size = table->column_count * sizeof *table->cells;

    assert(!table->fill);
    if (table->row_count == table->row_room) {
        size_t room = table->row_room ? 2 * table->row_room : 64;
        struct table_cell *cells = arena_alloc(table->arena, room * row_size + 1);
        if (table->row_count)
            memcpy(cells, table->cells, table->row_count * row_size);
        table->cells = cells;
        table->row_room = room;
    }
    return table->cells + table->column_count * table->row_count++;
}

void table_rows(struct table *table, size_t count, table_fill *fill, const void *source)
{
    assert(!table->row_count);
    table->row_count = count;
    table->fill = fill;
    table->source = source;
}

const struct table_cell *
table_cells(const struct table *table, size_t index, struct arena *scratch)
{
    size_t row_size = table->column_count * sizeof *table->cells;
    struct table_cell *cells = arena_alloc(scratch, row_size + 1);

    assert(index < table->row_count);
    if (table->fill)
        table->fill(table->source, index, cells, scratch);
    else
        memcpy(cells, table->cells + table->column_count * index, row_size);
    for (size_t c = 0; c < table->column_count; c++)
        if (cells[c].kind == TABLE_TEXT && utf8_has_hidden(cells[c].text))
            cells[c].text = utf8_without_hidden(scratch, cells[c].text);
    return cells;
}

struct table_cell table_text(const char *text)
{
    return (struct table_cell){text ? TABLE_TEXT : TABLE_EMPTY, text};
}

struct table_cell table_number(const char *decimal)
{
    return (struct table_cell){decimal ? TABLE_NUMBER : TABLE_EMPTY, decimal};
}

struct table_cell table_integer(struct arena *arena, int64_t number)
{
    return table_number(arena_format(arena, "%" PRId64, number));
}
