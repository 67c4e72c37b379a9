/* sheet.h - tables as an .xlsx file (libxlsxwriter), ready to be printed: A4 landscape,
 * one page wide, the head repeated on every page, page numbers. */
#ifndef REPORT_SHEET_H
#define REPORT_SHEET_H

#include "base/output.h"
#include "report/table.h"

struct sheet_page {
    const char *name;    /* on its tab; at most 31 characters, none of []:*?/\ */
    const char *heading; /* the line above the table */
    const struct table *table;
};

struct sheet_file {
    const char *title;
    const char *marks; /* "非最终成绩 演示数据": on every page; "" for none */
    int64_t made_at;   /* UTC ms */
    const struct sheet_page *pages;
    size_t page_count;
};

/* Writes the file row by row: it needs no more memory than a row and a piece. The parts
 * stand in unnamed files in output->folder until they are packed. Texts are texts,
 * whatever they begin with; numbers are numbers, shown with the digits they were given.
 * Errors: ERROR_FULL "disk_full", ERROR_BROKEN "export". */
struct error *sheet_write(
    struct arena *arena, const struct sheet_file *file,
    struct output *output) MUST_CHECK;

#endif
