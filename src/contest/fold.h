/* fold.h - the state of a contest: what its events add up to.
 *
 * Pure: no database, no clock. The same events give the same state in the server, in
 * `xunsai contest replay` and in tests. People are numbers here; names are looked up
 * by whoever shows them (contest/roster.h).
 *
 * Events of subject "contest/ID" and their bodies. Values are decimal strings, ids
 * integers; "round" is the round's id in the rule set, "contestant" an id:
 *   sealed          rules: SHA-256 of the canonical rule set, contestants: [{id,
 *                   branch|null}], judges: [{id (person), number, branch|null}]
 *   draw_committed  commit: SHA-256 of the seed
 *   drawn           seed, spoken, order: [ids]                      (see draw.h)
 *   called          contestant, round        on stage, scoring open
 *   mark            contestant, round, criterion, value             by the judge
 *   sheet           contestant, round, marks: {criterion: value}, total   by the judge
 *                   again after a grant: the earlier sheet stays in its history
 *   correction_asked    contestant, round, reason           by the judge
 *   correction_granted  contestant, round, judge (number), reason   may hand in anew
 *   correction_refused  contestant, round, judge (number), reason   the sheet stands;
 *                   also takes a grant back
 *   judge_excluded  contestant, judge (number), reason     does not mark this one
 *   judge_included  contestant, judge (number), reason     takes that back
 *   panel_confirmed contestant, round, sheets  so few sheets suffice; the role is that
 *                   of the event: chief_judge or auditor
 *   reentry_asked   contestant, round, judges: [numbers], reason   to hand in anew
 *   spread_accepted contestant, round, reason  the sheets stand as they are
 *   timer           contestant, round, action: start | pause | resume | stop; the time
 *                   is that of the event
 *   timer_set       contestant, round, ms, reason     the time by hand
 *   closed          contestant, round        scoring closed
 *   released        contestant, round        marks and score are public
 *   absent          contestant               弃权
 *   present         contestant               takes that back
 *   aborted         contestant, reason       中止: began, and does not go on
 *   continued       contestant               takes that back
 *   disqualified    contestant, reason       取消资格
 *   reinstated      contestant, reason       takes that back
 *   deducted        contestant, round, points, reason    (negative points take back)
 *   lot_drawn       order: [ids], reason     among equals, the best first
 *   playoff         order: [ids], reason     the same, won
 *   frozen          nothing: from here on the public sees what it saw, and
 *   revealed        step, contestant, round|null   what is revealed (see reveal.h)
 *   unfrozen        nothing: the public sees everything again
 *   shown           view                     what the big screen shows
 *   written         contestant, round, grade|null, full, attempt|null, receipt|null
 *   finished        nothing: the result is final    (rules without sign_off)
 *   spot_checked    checked: contestants, errors: of them
 *   signed          nothing; person and role are those of the event: chief_judge or
 *                   auditor. Void as soon as anything happens that can change a result
 *   finalised       nothing: the result is final    (rules with sign_off)
 * The first event is `sealed`; only `shown`, `revealed` and `unfrozen` may follow
 * `finished` and `finalised`. */
#ifndef CONTEST_FOLD_H
#define CONTEST_FOLD_H

#include "contest/rules.h"
#include "contest/timing.h"
#include "store/chain.h"

enum {
    CONTEST_CONTESTANTS = 1000,
    CONTEST_JUDGES = 100,
    CONTEST_NO_MARK = -1,
    CONTEST_LONGEST_MS = 24 * 60 * 60 * 1000, /* of a performance */
    CONTEST_HASH = 65,                        /* 64 hex digits and a zero byte */
};

/* No such contestant, judge, round or criterion. */
#define CONTEST_NONE ((size_t)-1)

enum contest_phase {
    CONTEST_PREPARED, /* no event yet */
    CONTEST_SEALED,
    CONTEST_DRAWN,
    CONTEST_RUNNING, /* somebody was called */
    CONTEST_FINISHED,
};

/* What the public screen shows. */
enum contest_screen {
    CONTEST_COVER,
    CONTEST_DRAW,
    CONTEST_STAGE,
    CONTEST_MARKS,
    CONTEST_LEADERBOARD,
    CONTEST_BRANCHES,
    CONTEST_BLACK,
};

/* How far one contestant is in one judged round. */
enum contest_stage {
    CONTEST_WAITING,
    CONTEST_OPEN, /* called, judges may score */
    CONTEST_CLOSED,
    CONTEST_RELEASED,
};

/* May a sheet that was handed in be changed? */
enum contest_reopening {
    CONTEST_SETTLED, /* no */
    CONTEST_ASKED,   /* its judge asks to */
    CONTEST_REOPENED,
};

/* One judge, one contestant, one round. */
struct contest_sheet {
    int64_t *marks; /* by criterion, 1/1000 point or CONTEST_NO_MARK */
    bool submitted;
    int64_t total; /* 1/1000 point, when submitted */
    int64_t at;    /* UTC ms, as the hash that of the sheet's event */
    char hash[CONTEST_HASH];
    enum contest_reopening reopening;
    const char *reopening_reason;
    int64_t *draft; /* while reopened: the marks being entered; marks stand until the
                     * sheet is handed in anew */
    const struct contest_sheet *earlier; /* what it said before; NULL: nothing */
};

struct contest_deduction {
    struct contest_deduction *next;
    int64_t points; /* 1/1000 point; negative takes an earlier one back */
    const char *reason;
};

/* One contestant in one round. */
struct contest_entry {
    enum contest_stage stage;
    struct contest_sheet *sheets;         /* by judge index; NULL before the call */
    struct contest_deduction *deductions; /* in the order of recording */
    int64_t deducted;                     /* their sum, not negative */
    struct timing timing;                 /* the performance; see timing_deduction() */
    bool written_taken;        /* written rounds: the grade, or its lack, is known */
    bool written_present;      /* there is a grade */
    size_t confirmed_by_chief; /* so many sheets; 0: not */
    size_t confirmed_by_auditor;
    const char *spread_accepted; /* why; NULL: not, or a sheet came since */
    int64_t grade;               /* 1/1000 point */
    int64_t attempt;
    const char *receipt;
};

struct contest_contestant {
    int64_t id;
    int64_t branch;                /* 0: none */
    size_t position;               /* 1, 2, 3... of the draw; 0 before it */
    bool absent;                   /* 弃权 */
    const char *aborted;           /* 中止: why; NULL: not */
    const char *disqualified;      /* 取消资格: why; NULL: not */
    bool *excluded;                /* by judge index; NULL: nobody */
    size_t lot;                    /* place in the last lot, 1, 2...; 0: in none */
    size_t playoff;                /* the same of a play-off */
    struct contest_entry *entries; /* by round index */
};

struct contest_judge {
    int64_t person;
    int64_t number;
    int64_t branch; /* 0: of the district */
};

/* A contestant in a round, both as indexes; CONTEST_NONE for nobody. */
struct contest_place {
    size_t contestant;
    size_t round;
};

struct contest_state {
    struct arena *arena;
    const struct rules *rules;
    int64_t contest;         /* the ID of "contest/ID", 0 before any event */
    int64_t number;          /* of the last event, 0 before any */
    char hash[CONTEST_HASH]; /* of the last event, 64 zeros before any */
    int64_t
        moved_at; /* number of the last event that was a step of the host or a ruling:
                   * all but mark, sheet, correction_asked, timer, shown, written */
    enum contest_phase phase;
    struct contest_contestant *contestants; /* in the order of the seal */
    size_t contestant_count;
    struct contest_judge *judges; /* by number, ascending */
    size_t judge_count;
    const char *commit; /* hex; NULL before the promise of the draw */
    const char *seed;   /* hex; NULL before the draw, as spoken */
    const char *spoken;
    enum contest_screen view;
    struct contest_place on_stage;      /* the last one called */
    struct contest_place released;      /* the last one released */
    const struct contest_state *frozen; /* as it was at the freeze; NULL: not frozen */
    struct contest_state *public;       /* the same and what was revealed since */
    int64_t revealed;                   /* steps of the reveal */
    bool spot_checked;                  /* and enough: see conditions.h */
    int64_t spot_size;                  /* contestants checked */
    int64_t spot_errors;
    int64_t chief_judge; /* who has signed for what stands now; 0: nobody */
    int64_t auditor;
};

/* What the public may see: the state itself, or during a freeze what it was before and
 * what was revealed. Every public output asks this. */
const struct contest_state *contest_public(const struct contest_state *state);

/* A copy that later events do not reach. */
struct contest_state *
contest_copy(struct arena *arena, const struct contest_state *state);
void contest_copy_entry(
    struct arena *arena, const struct contest_state *state, struct contest_place place,
    struct contest_entry *copy);

/* An empty state for this rule set. Everything it will hold lives in the arena, and so
 * must the rules. */
struct contest_state *contest_new(struct arena *arena, const struct rules *rules);

/* Sets people before any seal, for showing a contest in preparation; `sealed` does the
 * same. Both lists are copied and sorted: contestants by id, judges by number. */
void contest_seat(
    struct contest_state *state, const struct contest_contestant *contestants,
    size_t contestant_count, const struct contest_judge *judges, size_t judge_count);

/* Adds one event. What the chain guarantees (hashes) is not checked here; everything
 * that would make the state senseless is. Errors, made in `arena`: ERROR_INVALID
 * "event_impossible" naming the event. The state is then spoilt: throw it away. */
struct error *contest_apply(
    struct arena *arena, struct contest_state *state,
    const struct chain_event *event) MUST_CHECK;

/* Indexes; CONTEST_NONE when there is none. */
size_t contest_find_contestant(const struct contest_state *state, int64_t id);
size_t contest_find_judge(const struct contest_state *state, int64_t person);

size_t contest_find_judge_number(const struct contest_state *state, int64_t number);

/* Is a correction asked for or granted, and the sheet not handed in anew? */
bool contest_is_reopened(const struct contest_state *state, struct contest_place place)
    MUST_CHECK;

/* May the score of so many sheets count, as far as the rules ask for somebody's word?
 */
bool contest_is_confirmed(const struct contest_state *state, struct contest_place place)
    MUST_CHECK;

/* A judge does not mark a contestant of the own branch, nor one she was excluded for.
 */
bool contest_is_recused(
    const struct contest_state *state, size_t judge, size_t contestant);

/* Is the contestant without a rank, whatever the marks: absent, aborted, disqualified?
 * Marks are kept, so that each of these can be taken back. */
bool contest_is_out(const struct contest_contestant *contestant);

/* Judges who mark this contestant. */
size_t contest_count_eligible(const struct contest_state *state, size_t contestant);

/* How many of them have handed in their sheet. */
size_t contest_count_sheets(
    const struct contest_state *state, size_t contestant, size_t round);

/* The judged round that is going on: the first in which somebody who is not out has no
 * public score yet, else the last one. */
size_t contest_current_round(const struct contest_state *state);

/* The round in which this contestant was called last; CONTEST_NONE: never. */
size_t contest_called_round(const struct contest_state *state, size_t contestant);

/* Is a mark possible, that is on the scale and on a step? */
bool contest_is_on_step(const struct rules_criterion *criterion, int64_t value);

/* "prepared", "sealed"...; "cover", "draw"... */
const char *contest_phase_name(enum contest_phase phase);
const char *contest_screen_name(enum contest_screen view);
bool contest_screen_find(const char *name, enum contest_screen *view);

#endif
