/* contest_view.h - a contest as its exports see it: standings and the names to them,
 * and the words for what stands there as a code. */
#ifndef REPORT_CONTEST_VIEW_H
#define REPORT_CONTEST_VIEW_H

#include "contest/roster.h"
#include "contest/standings.h"
#include "report/export.h"
#include "report/table.h"

struct contest_change; /* report/contest_changes.h */

struct contest_view {
    const struct contest_state *state;
    const struct rules *rules;
    const struct roster *roster;
    const struct contest_change *changes; /* the decisions in the record */
    struct standings standings;           /* everything, released or not */
    struct export_about about;
};

/* Reads and computes; everything lives in the connection's arena. Several reads: they
 * must see one state of the database. `now`: UTC ms.
 * Errors: ERROR_NOT_FOUND "contest_unknown"; ERROR_BROKEN "contest_journal";
 * ERROR_INVALID "number_too_large". */
struct error *contest_view_load(
    struct db *db, int64_t contest, int64_t now, struct contest_view *view) MUST_CHECK;

/* The same with what the public may know: during a freeze the standings of then. */
struct error *contest_view_load_public(
    struct db *db, int64_t contest, int64_t now, struct contest_view *view) MUST_CHECK;

/* "已完成", "未完成", "缺成绩，不排名", "弃权". */
const char *contest_view_status(enum standings_status status);

/* "round:judged" in words: "现场评审得分"; NULL for NULL. */
const char *
contest_view_tie(struct arena *arena, const struct contest_view *view, const char *key);

/* "名次", with a warning while it may still change. */
const char *contest_view_rank_title(const struct contest_view *view);

/* A weight in percent: "30", "12.5". */
struct error *contest_view_percent(
    struct arena *arena, struct rational weight, const char **text) MUST_CHECK;

/* A street by its id. */
const char *contest_view_branch(const struct contest_view *view, int64_t branch);

#endif
