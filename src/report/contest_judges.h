/* contest_judges.h - the page 评委统计 of a contest's export: how each judge marked
 * beside the others. It describes; nothing is decided by it. */
#ifndef REPORT_CONTEST_JUDGES_H
#define REPORT_CONTEST_JUDGES_H

#include "report/contest_view.h"

enum { CONTEST_JUDGES_FEWEST = 5 /* sheets from which a difference says something */ };

/* One row a judge and judged round: sheets, mean total, severity (mean over the
 * contestants of her total less the mean of the others'), how often her sheet was the
 * dropped highest or lowest. Exact fractions, rounded half up to 4 and 2 decimals.
 * Errors: ERROR_INVALID "number_too_large". */
struct error *contest_judges_fill(
    struct table *table, struct arena *arena,
    const struct contest_view *view) MUST_CHECK;

#endif
