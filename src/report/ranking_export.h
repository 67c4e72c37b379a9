/* ranking_export.h - a ranking as a file: .xlsx with the pages 个人排名, 街道汇总,
 * 未参加名单 and 说明, the first of them as CSV, or the document as JSON. */
#ifndef REPORT_RANKING_EXPORT_H
#define REPORT_RANKING_EXPORT_H

#include "report/ranking_tables.h"

typedef struct error *ranking_export(
    struct arena *arena, const struct ranking *ranking,
    const struct export_about *about, struct output *output);

/* Each writes one kind of file row by row, without more memory than a row. Failures to
 * write are told by output_finish(). Errors: sheet_write()'s. */
MUST_CHECK ranking_export ranking_export_sheet;
MUST_CHECK ranking_export ranking_export_csv;
/* The ranking document (ranking_write()). */
MUST_CHECK ranking_export ranking_export_json;

#endif
