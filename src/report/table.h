/* table.h - rows and columns of an export, before they become CSV or a spreadsheet.
 *
 * A cell knows whether it is a number of this program or a text that people wrote: the
 * one may be calculated with, the other must never be taken for a formula. */
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

struct table {
    struct arena *arena;
    struct table_column *columns;
    size_t column_count;
    size_t column_room;
    struct table_cell *cells; /* row after row */
    size_t row_count;
    size_t row_room;
};

/* `columns`: the most it can get. */
void table_init(struct table *table, struct arena *arena, size_t columns);

/* All columns before the first row. `title` is borrowed. */
void table_column(struct table *table, const char *title, int width);

/* A new row with as many empty cells as there are columns; valid until the next call.
 */
struct table_cell *table_row(struct table *table);

/* The cells of row `index`, from 0. */
const struct table_cell *table_cells(const struct table *table, size_t index);

/* Strings are borrowed; NULL gives an empty cell. */
struct table_cell table_text(const char *text);
struct table_cell table_number(const char *decimal);
struct table_cell table_integer(struct arena *arena, int64_t number);

#define TABLE_DROPPED_MARK "（去）"

#endif
