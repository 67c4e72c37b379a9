/* standings.h - scores, totals, ranks and branches of a contest, from its state alone.
 *
 * Pure. The server's pages, the exports and `xunsai contest replay` all use this one
 * function, so they cannot disagree. Points in text are rounded as the rules say; a
 * rank is computed from what is published, never from hidden digits. Names are looked
 * up by the caller (contest/roster.h). */
#ifndef CONTEST_STANDINGS_H
#define CONTEST_STANDINGS_H

#include "contest/fold.h"

enum standings_drop {
    STANDINGS_KEPT,
    STANDINGS_DROPPED_LOW,
    STANDINGS_DROPPED_HIGH,
};

/* One eligible judge for one contestant in one round. */
struct standings_mark {
    const struct contest_judge *judge;
    const struct contest_sheet *sheet; /* NULL before the contestant is called */
    enum standings_drop dropped;   /* the whole sheet; always kept if criteria is set */
    enum standings_drop *criteria; /* by criterion, when extremes are dropped in each */
};

/* One contestant in one round. */
struct standings_round {
    const struct rules_round *rule;
    const struct contest_entry *entry; /* deductions, attempt, receipt */
    struct standings_mark *marks;      /* judged: eligible judges by number */
    size_t mark_count;
    size_t sheet_count;    /* how many have handed in */
    const char *panel;     /* judged: before deductions; NULL: no score yet */
    int64_t timed;         /* judged: what the timer takes off, 1/1000 point */
    const char *score;     /* what counts; NULL: none (yet) */
    struct rational value; /* of score, 0 without one */
    struct rational full;  /* the most that value can be */
};

enum standings_status {
    STANDINGS_RANKED,
    STANDINGS_PENDING,      /* a score or grade is still to come */
    STANDINGS_UNRANKED,     /* a grade is missing and the rules then give no rank */
    STANDINGS_ABORTED,      /* 中止 */
    STANDINGS_ABSENT,       /* 弃权 */
    STANDINGS_DISQUALIFIED, /* 取消资格 */
};

struct standings_row {
    const struct contest_contestant *contestant;
    enum standings_status status;
    struct standings_round *rounds; /* by round index */
    const char *total;              /* NULL unless ranked, as the next ones */
    int64_t total_units;            /* total * 10^dp */
    int64_t compared_units;  /* the same, of one digit more if the rules say so */
    struct rational exact;   /* before rounding */
    const char *rank;        /* "1", with RANK_FRACTIONAL also "2.5" */
    const char *tie_key;     /* the later key that parted neighbours: "round:judged";
                              * NULL when the total did, or nothing did */
    size_t place;            /* 0, 1, 2... in the list of the ranked */
    const char *award;       /* NULL: none, or not decided */
    const char *award_needs; /* "draw", "playoff": shares a place at its boundary */
};

struct standings_branch {
    int64_t branch;
    size_t registered;           /* 应参 */
    size_t present;              /* 实参: has a total */
    size_t absent;               /* 弃权, 中止, 取消资格, or unranked */
    size_t pending;              /* neither yet: then there are no means and no rank */
    const char *mean_registered; /* the absent count 0 */
    const char *mean_present;    /* NULL also when nobody was present */
    const char *rank;            /* by the formula of the rules, ties share */
};

struct standings {
    const struct contest_state *state;
    bool final;
    struct standings_row *rows; /* ranked by place; then the others in the order of
                                 * their status, each by position in the draw */
    size_t row_count;
    struct standings_branch *branches; /* by rank; those without one after, by id */
    size_t branch_count;
};

enum standings_scope {
    STANDINGS_ALL,
    STANDINGS_PUBLIC, /* only what was released: rows of contestants all of whose judged
                       * rounds are; the others count as pending in their branch */
};

/* Everything lives in the arena and borrows from the state.
 * Errors: ERROR_INVALID "number_too_large". */
struct error *standings_compute(
    struct arena *arena, const struct contest_state *state, enum standings_scope scope,
    struct standings *result) MUST_CHECK;

/* One judged round from the sheets handed in so far, whether scoring is closed or not.
 * panel and score stay NULL while the rules wait for a missing judge.
 * Errors: panel_compute()'s, "panel_too_small" among them. */
struct error *standings_judge(
    struct arena *arena, const struct contest_state *state, struct contest_place place,
    struct standings_round *result) MUST_CHECK;

/* Has every judged round of this contestant been released? */
bool standings_is_public(const struct contest_state *state, size_t contestant);

/* The standings as one JSON document with a newline at its end:
 *   {"contest": ID, "title", "rules": hash, "final",
 *    "chain": {"number", "hash"}, "draw": {"commit", "seed", "spoken"} | null,
 *    "rounds": [{"id", "kind", "title", "weight", "full"}],
 *    "contestants": [{"id", "branch", "position", "status": "ranked" | "pending" |
 *        "unranked" | "aborted" | "absent" | "disqualified",
 *        "reason" (only of those aborted or disqualified), "rank", "tie_key", "total",
 *      "award", "award_needs": "draw" | "playoff" | null (both only if the rules
 *      have awards),
 *      "rounds": [
 *        {"id", "score", "attempt", "receipt"}                             written
 *        {"id", "score", "panel", "deducted", "deductions": [{"points", "reason"}],
 *         "time": {"ms", "seconds", "points", "reason"} | null (only if the rules say
 *                 what time costs; null until the timer stands; reason: set by hand),
 *         "marks": [{"judge": number, "total", "dropped": "low" | "high" | null,
 *                    "criteria": [{"id", "value", "dropped"}], "receipt",
 *                    "history": [{"total", "receipt"}] (only if corrected)}]}  judged
 *      ]}],
 *    "branches": [{"branch", "registered", "present", "absent", "pending",
 *                  "mean_registered", "mean_present", "rank"}]}
 * rank is a JSON number; what is not there yet is null. Contestants are in the order of
 * rows. An empty string when it would be over 16 MiB. */
const char *standings_document(struct arena *arena, const struct standings *standings);

#endif
