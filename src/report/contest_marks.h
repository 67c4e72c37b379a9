/* contest_marks.h - the page 评委明细 of a contest's export: every mark of every judge
 * for every contestant, criterion by criterion, with the receipt of its sheet. */
#ifndef REPORT_CONTEST_MARKS_H
#define REPORT_CONTEST_MARKS_H

#include "report/contest_view.h"

void contest_marks_fill(
    struct table *table, struct arena *arena, const struct contest_view *view);

#endif
