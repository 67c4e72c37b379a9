/* contest_people.h - the pages 个人总表 and 街道汇总 of a contest's export. */
#ifndef REPORT_CONTEST_PEOPLE_H
#define REPORT_CONTEST_PEOPLE_H

#include "report/contest_view.h"

/* One row a contestant: the totals of every judge's sheet with the dropped ones marked,
 * deductions, the score of each round, total, rank, and what decided among equals. */
struct error *contest_people_fill(
    struct table *table, struct arena *arena,
    const struct contest_view *view) MUST_CHECK;

/* One row a street. */
void contest_people_branches(
    struct table *table, struct arena *arena, const struct contest_view *view);

#endif
