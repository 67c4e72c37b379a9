/* contest_notes.h - the page 说明 of a contest's export: the rules in words, the draw,
 * and the hashes by which anyone can check the result. */
#ifndef REPORT_CONTEST_NOTES_H
#define REPORT_CONTEST_NOTES_H

#include "report/contest_view.h"

struct error *contest_notes_fill(
    struct table *table, struct arena *arena, const struct contest_view *view,
    const char *marks) MUST_CHECK;

#endif
