/* contest_export.h - the result of a contest as a file: .xlsx with the pages 个人总表,
 * 街道汇总, 评委明细 and 说明, or the first of them as CSV. */
#ifndef REPORT_CONTEST_EXPORT_H
#define REPORT_CONTEST_EXPORT_H

#include "report/contest_view.h"

/* Errors: those of sheet_write(); ERROR_INVALID "number_too_large". */
struct error *contest_export_sheet(
    struct arena *arena, const struct contest_view *view, const char **bytes,
    size_t *size) MUST_CHECK;

/* Errors: ERROR_BROKEN "export" when it would be larger than 32 MiB. */
struct error *contest_export_csv(
    struct arena *arena, const struct contest_view *view, const char **bytes,
    size_t *size) MUST_CHECK;

#endif
