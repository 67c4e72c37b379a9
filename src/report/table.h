/* table.h - rows and columns of an export, before they become CSV or a spreadsheet.
 *
 * A table is written row by row: the short ones keep their rows, the long ones make
 * each when it is its turn (table_rows()). A cell knows whether it is a number of this
 * program or a text that people wrote: the one may be calculated with, the other must
 * never be taken for a formula. */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct table_column {
    const char *title;
    int width; /* in a spreadsheet, in Latin letters; a Chinese character takes two */
};

enum table_kind {
    TABLE_EMPTY,
    TABLE_TEXT,
    TABLE_NUMBER, /* a decimal number: "92.50", "-0.5", "3" */
    TABLE_DROPPED, /* a number that was not counted: shown struck out, marked （去） */
};

struct table_cell {
    enum table_kind kind;
    const char *text;
};

/* Fills in the cells of row `index`, which are empty; what they need is made in
 * `scratch` and gone with the next row. */
typedef void table_fill(
    const void *source, size_t index, struct table_cell *cells, struct arena *scratch);

struct table {
    struct arena *arena;
    struct table_column *columns;
    size_t column_count;
    size_t column_room;
    struct table_cell *cells; /* row after row */
    size_t row_count;
    size_t row_room;
    table_fill *fill; /* rows are made when they are looked at; NULL: they are kept */
    const void *source;
};

/* `columns`: the most it can get. */
void table_init(struct table *table, struct arena *arena, size_t columns);

/* All columns before the first row. `title` is borrowed. */
void table_column(struct table *table, const char *title, int width);

/* For long tables: `count` rows that are made one by one when they are written, so that
 * a file of any length needs no more memory than a row. `source` must outlive the
 * table. Not together with table_row(). */
void table_rows(
    struct table *table, size_t count, table_fill *fill, const void *source);

/* For short ones. A new row with as many empty cells as there are columns; valid until
 * the next call.
 */
struct table_cell *table_row(struct table *table);

/* The cells of row `index`, from 0, made in `scratch` if need be. Texts come without
 * the characters nobody sees (utf8_has_hidden()): in a list, a name with a control of
 * the writing direction could put its neighbour's mark beside itself, and two names
 * that look the same must be the same. In a name they mean nothing; the database and
 * the JSON keep what was entered. */
const struct table_cell *
table_cells(const struct table *table, size_t index, struct arena *scratch);

/* Strings are borrowed; NULL gives an empty cell. */
struct table_cell table_text(const char *text);
struct table_cell table_number(const char *decimal);
struct table_cell table_integer(struct arena *arena, int64_t number);

#define TABLE_DROPPED_MARK "（去）"

#endif
