/* csv.h - a table as CSV (RFC 4180) for the spreadsheets people have: UTF-8 with the
 * byte order mark without which Excel guesses another encoding, CRLF, every cell
 * quoted.
 *
 * A text that a spreadsheet would take for a formula (it begins with = + - @, one of
 * their full-width forms, a tab or a line break) gets an apostrophe before it. Numbers
 * are left as they are, so that a negative one stays one. */
#ifndef REPORT_CSV_H
#define REPORT_CSV_H

#include "base/output.h"
#include "report/table.h"

/* Writes header and rows, one by one. `remark` is the last column of every row, under
 * the title 备注; NULL: no such column. Failures are told by output_finish(). */
void csv_file(struct output *output, const struct table *table, const char *remark);

/* Whether a spreadsheet would take this for a formula. */
bool csv_is_formula(const char *cell);

#endif
