/* views.h - a contest as its three audiences may see it, as JSON for live_follow().
 *
 * The public screen never holds anything that was not released, and judges only by
 * number. A judge sees only the own marks. */
#ifndef CONTEST_VIEWS_H
#define CONTEST_VIEWS_H

#include "base/writer.h"
#include "contest/journal.h"
#include "contest/presence.h"

struct viewing {
    struct db *db;
    struct journal *journal;
    struct presence *presence; /* host only */
    int64_t contest;
    int64_t person; /* judge only */
};

/* Each writes one object and gives the number of the event it shows.
 * Errors: ERROR_NOT_FOUND "contest_unknown"; journal_state()'s. */

/* {"number", "title", "demonstration", "final", "view", "now": {"contestant",
 *  "position", "name", "branch"} | null, "dots": [{"judge", "submitted"}],
 *  "marks": [{"judge", "total", "dropped": "low" | "high" | null}],
 *  "deductions": [{"points", "reason"}], "score": "90.65" | null,
 *  "draw": {"commit", "seed", "order": [{"position", "name", "branch"}]} | null,
 *  "leaderboard": [{"rank", "contestant", "name", "branch", "written", "judged",
 *                   "total", "rounds": [{"title", "score"}]}],
 *  "branches": [{"rank", "branch", "expected", "attended", "absent", "mean_expected",
 *                "mean_attended"}],
 *  "chain": first 8 digits of the head}
 * What does not belong to the view is empty or null. */
struct error *view_screen(
    const struct viewing *viewing, struct writer *writer, int64_t *number) MUST_CHECK;

/* {"number", "title", "state", "rules_hash": hex | null, "round": {"id", "title"},
 *  "next": {"action", "label", "contestant": id | null} | null, "actions": [...],
 *  "on_stage": {"contestant", "position", "name", "branch", "open", "sheets",
 *               "expected_sheets", "timer": {"stage": "idle" | "running" | "paused" |
 *               "stopped", "elapsed_ms", "since", "limit_s"}} | null,
 *  "contestants": [{"id", "name", "branch", "position", "status": "waiting" |
 *     "on_stage" | "closed" | "released" | "absent" | "aborted" | "disqualified",
 *     "written", "judged", "total", "rank", "sheets", "expected_sheets",
 *     "deductions": [{"points", "reason"}]}],
 *  "judges": [{"id", "number", "name", "branch", "submitted", "recused", "marks",
 *              "last_seen", "unsent"}],
 *  "reviews": [{"contestant", "position", "name", "branch", "round",
 *               "state": "asked" | "reopened", "judge", "reason"}],
 *  "flags": [{"contestant", "position", "name", "branch", "round",
 *             "kind": "spread" | "few_judges", "range", "judges": [numbers]}],
 *  "conditions": [{"code", "text"}], "criteria": [...], "view",
 *  "draw": {"commit", "seed", "spoken"} | null,
 *  "chain": {"number", "hash"}, "frozen", "revealed": steps, "final"}
 * next is null while sheets are waited for and after the end. submitted, recused and
 * marks of the judges are about the one on stage. */
struct error *view_host(
    const struct viewing *viewing, struct writer *writer, int64_t *number) MUST_CHECK;

/* {"number", "title", "round": {"id", "title"}, "judge": {"id", "number", "name"},
 *  "criteria": [{"id", "title", "hint", "maximum", "step"}], "full",
 *  "now": {"contestant", "position", "name", "branch", "open", "recused"} | null,
 *  "marks": {"<contestant>": {"c1": "25.5"}},
 *  "sheets": [{"contestant", "position", "name", "total", "receipt", "at"}],
 *  "reviews": [{"contestant", "position", "name", "branch", "round",
 *               "state": "asked" | "reopened"}], "final"}
 * reviews are the own sheets of any round that wait for the chief judge, or that are to
 * be handed in anew; marks then are those being entered.
 * Errors also: ERROR_FORBIDDEN "not_on_panel". */
struct error *view_judge(
    const struct viewing *viewing, struct writer *writer, int64_t *number) MUST_CHECK;

/* What would change if a judge's sheet said this, or so much were deducted. */
struct view_impact_question {
    int64_t contestant;
    const char *round;  /* NULL: the one the contestant was called in last */
    int64_t judge;      /* number, with marks */
    const char *marks;  /* "c1:25.5,c2:30" */
    const char *points; /* a deduction; then judge and marks do not count */
};

/* {"number", "ranks_changed", "contestants": [{"contestant", "position", "name",
 *  "branch", "before": {"total", "rank"}, "after": {...}}], "branches": [{"branch",
 *  "before": {"mean_expected", "mean_attended", "rank"}, "after": {...}}]}: only those
 * for whom something changes.
 * Errors also: ERROR_NOT_FOUND "contestant_unknown", "round_unknown", "judge_unknown";
 * ERROR_CONFLICT "step_not_allowed"; ERROR_INVALID "mark_invalid", "mark_off_step",
 * "points_invalid". */
struct error *view_impact(
    const struct viewing *viewing, const struct view_impact_question *question,
    struct writer *writer) MUST_CHECK;

/* {"contests": [{"id", "title", "state"}]}, the newest first. Not for following. */
struct error *
view_list(const struct viewing *viewing, struct writer *writer) MUST_CHECK;

#endif
