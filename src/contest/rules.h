/* rules.h - the rule set of a contest: rounds, criteria, panel, total, ties. It is
 * data, read strictly, and fixed by its hash before the first mark.
 *
 * The JSON, every field required unless marked ?:
 *   {"version": 1, "title": "…",
 *    "rounds": [1..8, at least one judged
 *      {"id": "written", "kind": "written", "title": "理论测验", "weight": "0.30",
 *       "full": "100", "quiz": 1},
 *      {"id": "judged", "kind": "judged", "title": "现场评审", "weight": "0.70",
 *       "full": "100",
 *       "criteria": [1..32 {"id": "c1", "title": "…", "hint"?: "…", "maximum": "30",
 *                           "step": "0.5"}],
 *       "panel": {"drop_low": 1, "drop_high": 1, "mode": "mean" | "sum", "dp": 2,
 *                 "rounding": "half_up" | "half_even" | "truncate",
 *                 "missing": "wait" | "present" | "impute",
 *                 "trim": "total" | "criterion",
 *                 "table"?: [1..20 {"from": 9, "drop_low": 2, "drop_high": 2,
 *                                   "confirm"?: "chief_judge" | "both"}],
 *                 "spread"?: {"by"?: "total" | "criterion",
 *                             "maximum"?: "5" | "10%", "median"?: "3" | "5%"}},
 *       "time"?: {"limit_s": 480,
 *                 "over"?: [1..20 {"from_s": 0, "to_s": 10, "points": "0.2"}],
 *                 "minimum_s"?: 360, "under"?: "0.1", "cap"?: "1"}}],
 *    "missing_round": "absent_as_zero" | "not_ranked",
 *    "total": {"dp": 2, "rounding": "half_up", "extend_dp_on_tie"?: true},
 *    "ties": [{"key": "total", "direction": "desc"}, …],
 *    "rank_style": "1224" | "1223" | "1334" | "ordinal" | "fractional",
 *    "awards"?: [1..10 {"title": "一等奖", "quota": 2} | {"title": "…", "rank": 3}],
 *    "award_ties"?: "widen" | "draw" | "playoff",
 *    "sign_off"?: true,
 *    "branch": {"formula": "mean_registered" | "mean_present", "dp": 2,
 *               "rounding": "half_up"}}
 * `table` says what is dropped when so many judges or more marked (the largest "from"
 * that is not above their number; below all of them drop_low and drop_high of the
 * panel), and whose confirmation the score then needs; it goes with "mean" only, from
 * the largest number down. `spread`: a flag is raised when the highest and the lowest
 * mark are further apart than maximum, or one is further from the median than that; by
 * totals unless said otherwise; a percentage is of the full mark or the criterion's
 * maximum.
 * `time`: what the timer takes off a judged score. A row is for so many whole seconds
 * over the limit: more than from_s, not more than to_s; the rows follow one another,
 * and only the last has no end (null). Whoever stays below minimum_s loses `under`.
 * Never more than cap. These points are no finer than the panel's score.
 * Ids are a-z 0-9 _ -, at most 32. Points are decimal strings with up to 3 places,
 * weights with up to 4; the weights of all rounds sum to 1, the maxima of the criteria
 * to the full mark, and each step divides its maximum. The first tie key is "total",
 * descending; the others are "round:ID" (the round's score), and for judged rounds
 * "untrimmed:ID" (mean of all sheets), "highest:ID" (best single sheet), "time:ID"
 * (whole seconds) and "countback:ID" (who has more first places of single judges among
 * all who are ranked, then more second places...); then "draw" and "playoff" (the order
 * that a lot or a play-off gave), and last, if at all, "shared". With extend_dp_on_tie
 * equal totals are compared, and shown, with one digit more.
 * Awards go from the top: by quota to so many more places, by rank to all up to that
 * rank. Those who share the place at a boundary all get the award, and the next one has
 * so many places less (widen); or nobody of them gets one until a lot or a play-off has
 * decided, which must then be among the ties. With sign_off the contest ends with
 * `finalised`, after a spot check and two signatures, not with `finished`. */
#ifndef CONTEST_RULES_H
#define CONTEST_RULES_H

#include "contest/panel.h"
#include "contest/rank.h"

enum {
    RULES_PLACES = 3, /* points are integers of 1/1000 */
    RULES_ROUNDS = 8,
    RULES_CRITERIA = 32,
    RULES_TIES = 16,
    RULES_AWARDS = 10,
    RULES_TABLE = 20,
    RULES_TIME_ROWS = 20,
};

/* What a person may write as points: up to 99999.999. */
extern const struct decimal_limits rules_points;

struct rules_criterion {
    const char *id;
    const char *title;
    const char *hint;
    int64_t maximum; /* 1/1000 point */
    int64_t step;    /* divides maximum */
};

enum rules_kind { RULES_WRITTEN, RULES_JUDGED };

/* Where the highest and lowest marks are dropped. */
enum rules_trim { RULES_TRIM_TOTAL, RULES_TRIM_CRITERION };

/* Who must confirm a score that few judges gave. */
enum rules_confirm { RULES_CONFIRM_NOBODY, RULES_CONFIRM_CHIEF, RULES_CONFIRM_BOTH };

/* What is dropped when at least `from` judges marked. */
struct rules_drops {
    int from;
    int drop_low;
    int drop_high;
    enum rules_confirm confirm;
};

/* A distance between marks: points, or a share of what can be reached. */
struct rules_distance {
    bool given;
    bool percent;
    int64_t units; /* 1/1000 point, or 1/1000 percent */
};

struct rules_spread {
    bool by_criterion;
    struct rules_distance maximum; /* from the lowest to the highest mark */
    struct rules_distance median;  /* of any mark from the median */
};

/* More than `from_s` and at most `to_s` seconds too long. */
struct rules_time_row {
    int64_t from_s;
    int64_t to_s;   /* INT64_MAX: no end */
    int64_t points; /* 1/1000 point */
};

struct rules_time {
    bool given;
    int64_t limit_s;
    const struct rules_time_row *rows;
    size_t row_count;
    int64_t minimum_s; /* 0: none */
    int64_t under;     /* 1/1000 point */
    int64_t cap;       /* INT64_MAX: none */
};

struct rules_round {
    const char *id;
    const char *title;
    enum rules_kind kind;
    struct rational weight;
    int64_t full;                           /* 1/1000 point */
    int64_t quiz;                           /* written only */
    const struct rules_criterion *criteria; /* judged only, as all below */
    size_t criterion_count;
    struct panel_rule panel;
    enum rules_trim trim;
    const struct rules_drops *table; /* from the largest number down */
    size_t table_count;
    struct rules_spread spread;
    struct rules_time time;
};

/* What a missing written grade means. */
enum rules_missing {
    RULES_ABSENT_AS_ZERO,
    RULES_NOT_RANKED,
};

enum rules_tie_kind {
    RULES_TIE_TOTAL,
    RULES_TIE_ROUND,
    RULES_TIE_UNTRIMMED,
    RULES_TIE_HIGHEST,
    RULES_TIE_TIME,
    RULES_TIE_COUNTBACK,
    RULES_TIE_DRAW,
    RULES_TIE_PLAYOFF,
    RULES_TIE_SHARED, /* nothing decides: the end of the chain, said aloud */
};

/* What happens to those who share the place at the boundary of an award. */
enum rules_award_tie { RULES_AWARD_WIDEN, RULES_AWARD_DRAW, RULES_AWARD_PLAYOFF };

struct rules_award {
    const char *title;
    int64_t quota; /* places; 0: by rank */
    int64_t rank;
};

struct rules_tie {
    const char *key; /* as written: "round:judged" */
    enum rules_tie_kind kind;
    size_t round; /* index; of no meaning for keys without one */
};

enum rules_formula { RULES_MEAN_REGISTERED, RULES_MEAN_PRESENT };

struct rules {
    const char *title;
    const struct rules_round *rounds;
    size_t round_count;
    enum rules_missing missing;
    struct rational_rounding total;
    bool extend_on_tie;
    bool sign_off;
    const struct rules_award *awards;
    size_t award_count;
    enum rules_award_tie award_tie;
    const struct rules_tie *ties;
    const bool *ascending; /* by tie key, as rank.h wants it */
    size_t tie_count;
    enum rank_style rank_style;
    enum rules_formula formula;
    struct rational_rounding branch;
    const char *canonical; /* the JSON with sorted keys and no spaces */
    const char *hash;      /* SHA-256 of those bytes, hex */
};

/* Reads and checks; everything lives in the arena.
 * Errors: input.h's; ERROR_INVALID "rules_invalid" naming the place. */
struct error *rules_read(
    struct arena *arena, const char *bytes, size_t size,
    const struct rules **result) MUST_CHECK;

/* The index of a round or criterion; the count when there is none. */
size_t rules_find_round(const struct rules *rules, const char *id);
size_t rules_find_criterion(const struct rules_round *round, const char *id);

/* What is dropped, and who confirms, when so many judges marked. */
struct rules_drops rules_drops_for(const struct rules_round *round, size_t judges);

/* Points as people read them: 92500 is "92.50", 92125 is "92.125". */
char *rules_points_text(struct arena *arena, int64_t points);

/* The beginning of a text from outside, for a message: at most 40 bytes, whole
 * characters. */
const char *rules_excerpt(struct arena *arena, const char *text);

#endif
