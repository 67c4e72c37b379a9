/* quiz_export.h - the ranking of a quiz as a file: .xlsx with the pages 个人排名,
 * 街道汇总 and 说明, or the first of them as CSV. */
#ifndef REPORT_QUIZ_EXPORT_H
#define REPORT_QUIZ_EXPORT_H

#include "base/error.h"
#include "report/export.h"
#include "report/ranking.h"

/* Errors: those of sheet_write(). */
struct error *quiz_export_sheet(
    struct arena *arena, const struct ranking *ranking,
    const struct export_about *about, const char **bytes, size_t *size) MUST_CHECK;

/* Errors: ERROR_BROKEN "export" when it would be larger than 32 MiB. */
struct error *quiz_export_csv(
    struct arena *arena, const struct ranking *ranking,
    const struct export_about *about, const char **bytes, size_t *size) MUST_CHECK;

#endif
