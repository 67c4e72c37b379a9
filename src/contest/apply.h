/* apply.h - what apply.c (people, draw, stage), apply_scores.c (marks, deductions,
 * written grades), apply_rulings.c (what takes somebody out, corrections) and
 * apply_panel.c (who marks, what is decided about a panel) share. Not for others: they
 * call contest_apply(). */
#ifndef CONTEST_APPLY_H
#define CONTEST_APPLY_H

#include "base/input.h"
#include "contest/fold.h"

/* One event on its way into the state. */
struct applying {
    struct arena *arena; /* for errors and scratch memory */
    struct contest_state *state;
    const struct chain_event *event;
};

/* ERROR_INVALID "event_impossible" naming the event. */
struct error *apply_impossible(struct applying *applying, const char *why) MUST_CHECK;

/* A failure while reading the body, with the event before its sentence; NULL: NULL. */
struct error *
apply_in_event(struct applying *applying, const struct error *error) MUST_CHECK;

#define BODY(applying, ...)                                                            \
    TRY(apply_in_event(                                                                \
        applying,                                                                      \
        INPUT_FIELDS((applying)->arena, (applying)->event->body, __VA_ARGS__)))

/* The round must be of that kind. */
struct error *apply_find_place(
    struct applying *applying, int64_t id, const char *round, enum rules_kind kind,
    struct contest_place *place) MUST_CHECK;
struct contest_entry *
apply_entry(struct contest_state *state, struct contest_place place);

/* The judge, whose sheet is handed in, may hand it in anew. `reason` NULL: as asked. */
void apply_reopen(
    struct contest_state *state, struct contest_place place, size_t judge,
    const char *reason);

struct error *apply_mark(struct applying *applying) MUST_CHECK;
struct error *apply_sheet(struct applying *applying) MUST_CHECK;
struct error *apply_timer(struct applying *applying) MUST_CHECK;
struct error *apply_timer_set(struct applying *applying) MUST_CHECK;
struct error *apply_lot_drawn(struct applying *applying) MUST_CHECK;
struct error *apply_playoff(struct applying *applying) MUST_CHECK;
struct error *apply_spot_checked(struct applying *applying) MUST_CHECK;
struct error *apply_signed(struct applying *applying) MUST_CHECK;
struct error *apply_finalised(struct applying *applying) MUST_CHECK;

/* False: such an event can change a result, and what was signed is another one. */
bool apply_keeps_signatures(const char *kind);

struct error *apply_frozen(struct applying *applying) MUST_CHECK;
struct error *apply_revealed(struct applying *applying) MUST_CHECK;
struct error *apply_unfrozen(struct applying *applying) MUST_CHECK;
struct error *apply_deducted(struct applying *applying) MUST_CHECK;
struct error *apply_written(struct applying *applying) MUST_CHECK;
struct error *apply_aborted(struct applying *applying) MUST_CHECK;
struct error *apply_continued(struct applying *applying) MUST_CHECK;
struct error *apply_disqualified(struct applying *applying) MUST_CHECK;
struct error *apply_reinstated(struct applying *applying) MUST_CHECK;
struct error *apply_judge_excluded(struct applying *applying) MUST_CHECK;
struct error *apply_judge_included(struct applying *applying) MUST_CHECK;
struct error *apply_panel_confirmed(struct applying *applying) MUST_CHECK;
struct error *apply_reentry_asked(struct applying *applying) MUST_CHECK;
struct error *apply_spread_accepted(struct applying *applying) MUST_CHECK;
struct error *apply_correction_asked(struct applying *applying) MUST_CHECK;
struct error *apply_correction_granted(struct applying *applying) MUST_CHECK;
struct error *apply_correction_refused(struct applying *applying) MUST_CHECK;

#endif
