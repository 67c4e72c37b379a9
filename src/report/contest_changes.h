/* contest_changes.h - the pages 更正记录 and 抽签记录 of a contest's export: what was
 * decided beside the marks, as the record of events holds it, and how the order of
 * appearance came about. */
#ifndef REPORT_CONTEST_CHANGES_H
#define REPORT_CONTEST_CHANGES_H

#include "report/contest_view.h"

/* One decision; its words are looked up when the table is made. */
struct contest_change {
    const struct contest_change *next;
    const struct chain_event *event;
};

/* Reads the decisions from the record, the oldest first; NULL without any. In the arena
 * of the connection. Errors: the store's. */
struct error *contest_changes_load(
    struct db *db, const char *subject,
    const struct contest_change **changes) MUST_CHECK;

/* 更正记录: deductions and their taking back, absences, corrections of sheets, and
 * every other step that is not a mark, with who, when and why. */
void contest_changes_fill(
    struct table *table, struct arena *arena, const struct contest_view *view);

/* 抽签记录: promise, seed, what was called out, and the order that follows from them.
 * Before the draw a row that says so. */
void contest_changes_draw(
    struct table *table, struct arena *arena, const struct contest_view *view);

#endif
