/* contest_export.h - the result of a contest as a file: .xlsx with the pages 个人总表,
 * 街道汇总, 评委明细, 评委统计, 更正记录, 抽签记录 and 说明, or the first of them as CSV. */
#ifndef REPORT_CONTEST_EXPORT_H
#define REPORT_CONTEST_EXPORT_H

#include "base/output.h"
#include "report/contest_view.h"

/* Errors: those of sheet_write(); ERROR_INVALID "number_too_large". */
struct error *contest_export_sheet(
    struct arena *arena, const struct contest_view *view,
    struct output *output) MUST_CHECK;

/* Errors: as above. */
struct error *contest_export_csv(
    struct arena *arena, const struct contest_view *view,
    struct output *output) MUST_CHECK;

#endif
