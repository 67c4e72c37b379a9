/* ranking_export.h - a ranking as a file: .xlsx with the pages 个人排名, 街道汇总,
 * 未参加名单 and 说明, or the first of them as CSV. */
#ifndef REPORT_RANKING_EXPORT_H
#define REPORT_RANKING_EXPORT_H

#include "report/ranking_tables.h"

/* Errors: those of sheet_write(). */
struct error *ranking_export_sheet(
    struct arena *arena, const struct ranking *ranking,
    const struct export_about *about, const char **bytes, size_t *size) MUST_CHECK;

/* Errors: ERROR_BROKEN "export" when it would be larger than 32 MiB. */
struct error *ranking_export_csv(
    struct arena *arena, const struct ranking *ranking,
    const struct export_about *about, const char **bytes, size_t *size) MUST_CHECK;

#endif
