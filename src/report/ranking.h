/* ranking.h - who came where, person by person and street by street: in a quiz, a
 * contest, a training, a year.
 *
 * Expected (应参) is everybody of a street who was to take part, attended (实参) who
 * has a result, absent (缺考) who has none, deferred (缓考) who was excused for now,
 * voided (作废) whose result was taken away:
 *   expected = attended + absent + deferred + voided      always holds.
 * Before the end a ranking is not final, and who has not handed in yet counts as absent
 * for the time being. In the mean over the expected the absent and the voided count 0,
 * so that nobody gains by leaving the weak at home; the deferred are left out.
 *
 * Persons stand by score, the highest first, and among equal scores by time if the
 * formula says so (whole seconds); who is then still equal shares a rank and the next
 * one is skipped (1 2 2 4). Scores and street values are ranked as they are published,
 * so that equal numbers on paper never carry different ranks for an unseen reason.
 * Results of a contest come ranked, by its own sealed rules. */
#ifndef REPORT_RANKING_H
#define REPORT_RANKING_H

#include "base/output.h"
#include "base/rational.h"
#include "base/writer.h"
#include "report/ranking_formula.h"
#include "store/store.h"

enum {
    RANKING_FEW = 10,                 /* a street with fewer attended carries a note */
    RANKING_TOP = 5,                  /* top_mean is over so many */
    RANKING_DP = 2,                   /* decimals of means and of street values */
    RANKING_LIMIT = 96 * 1024 * 1024, /* bytes of a ranking as JSON */
};

enum ranking_status {
    RANKING_DONE,
    RANKING_IN_PROGRESS,
    RANKING_ABSENT, /* no result; "not yet" while the ranking is not final */
    RANKING_DEFERRED,
    RANKING_VOIDED,
};

/* There may be 100,000 of them: no byte is left between the members. */
struct ranking_person {
    int64_t id;
    const char *staff_number;
    const char *name;
    const char *community; /* "" without one */
    const char *cohort;    /* 期别; "" without one */
    uint32_t branch;       /* index in ranking.branches */
    enum ranking_status status;
    int64_t score;    /* units of 10^-dp; RANKING_DONE only, as the next two */
    int64_t used_ms;  /* from the delivery of the paper to the submission */
    const char *rank; /* "1", "2.5"; NULL: none. Set by
                       * ranking_compute(), as the rest */
    const char *tie;  /* what decided among equal scores, in words; NULL: nothing */
    const char *previous_rank; /* in the ranking compared with; NULL: none */
    uint32_t place;            /* 0, 1, 2 ... in the list */
    bool passed;
};

struct ranking_branch {
    int64_t id;
    const char *name;
    /* Set by ranking_compute(): */
    int64_t expected;
    int64_t attended;
    int64_t absent;
    int64_t deferred;
    int64_t voided;
    int64_t passed;
    const char *mean_expected; /* two decimals; NULL: nobody is expected */
    const char *mean_attended; /* NULL: nobody attended, as the next three */
    const char *median;
    const char *best;         /* the highest score */
    const char *top_mean;     /* over the best RANKING_TOP, or as many as there are */
    const char *pass_percent; /* passed of the expected, one decimal */
    const char *value;        /* what the formula gives; ranked by it */
    const char *rank;         /* NULL: nobody is expected */
    const char *tie;          /* what decided among equal values; NULL: nothing */
    const char *note;         /* for the reader: few people, missing ones; NULL */
    const char *previous_rank;
};

struct ranking {
    enum ranking_kind kind;
    int64_t subject; /* id of the quiz, contest or training */
    const char *title;
    const char *revision; /* quiz: of the paper; contest: hash of the rules; else "" */
    bool final;           /* over, and nothing is still to come */
    bool pending;         /* essays are still to be marked by hand: not final */
    int dp;               /* decimals of a score */
    int64_t full;         /* full mark, units of 10^-dp */
    int64_t pass_percent; /* of the full mark; 0: passing means nothing here */
    int64_t held_at;      /* UTC ms: when people belonged to their streets */
    struct ranking_person *people;
    size_t person_count;
    struct ranking_branch *branches;
    size_t branch_count;
    struct ranking_formula formula;
    int64_t announced_at;     /* UTC ms, 0: nothing was announced */
    const char *formula_text; /* how it was made, for the reader */
    const char *compared;     /* "第 1 版": what previous_rank refers to; NULL */
};

/* Reads everything and computes. Several reads: call it inside store_read_begin/end.
 * `now`: UTC ms.
 * Errors: ERROR_NOT_FOUND "ranking_unknown", "quiz_unknown", "contest_unknown". */
struct error *ranking_load(
    struct db *db, enum ranking_kind kind, int64_t subject, int64_t now,
    struct ranking *ranking) MUST_CHECK;

/* Fills in ranks, means and the formula's words, and puts people (by place, then those
 * still writing, absent, deferred, voided) and streets (by rank) in order; among equals
 * the order of the input stays. For a contest the ranks of people are there already.
 * Errors: ERROR_INVALID "number_too_large". */
struct error *ranking_compute(struct arena *arena, struct ranking *ranking) MUST_CHECK;

/* Leaves only the people and the row of one street; ranks stay those of the district.
 */
void ranking_keep_branch(struct ranking *ranking, int64_t branch);

/* "done", "in_progress", "absent", "deferred", "voided", and as people read them. */
const char *ranking_status_name(enum ranking_status status);
const char *
ranking_status_label(const struct ranking *ranking, enum ranking_status status);

/* Whose eyes a ranking is written for. */
enum ranking_eyes {
    RANKING_INSIDE, /* with names and staff numbers */
    RANKING_PUBLIC, /* ids only: what is published; names are put beside it */
};

/* Writes the members of the ranking document into an open object:
 *   "kind", "subject", "title", "revision", "final", "pending", "dp", "full": units,
 *   "pass_percent", "held_at", "announced_at" | null, "compared" | null,
 *   "people": [{"rank": 1 | null, "person": {"id", "staff_number"?, "name"?},
 *     "branch": {"id", "name"}, "community", "cohort", "status", "score": "92.50" |
 *     null, "passed": bool | null, "used_ms": n | null, "tie" | null,
 *     "previous_rank" | null}],
 *   "branches": [{"rank", "branch": {"id", "name"}, "expected", "attended", "absent",
 *     "deferred", "voided", "passed", "mean_expected": "88.12" | null, "mean_attended",
 *     "median", "best", "top_mean", "pass_percent", "value", "tie", "note",
 *     "previous_rank"}],
 *   "formula": {...}, "formula_text" */
void ranking_write(
    struct writer *writer, const struct ranking *ranking, enum ranking_eyes eyes);
/* One of its "branches". */
void ranking_write_branch(
    struct writer *writer, const char *key, const struct ranking_branch *branch);

/* The same into a file that is written in pieces; `output` counts the people. */
void ranking_write_rows(
    struct writer *writer, const struct ranking *ranking, enum ranking_eyes eyes,
    struct output *output);

/* ---- The parts; called by ranking_load() and ranking_compute() only ---- */

struct error *ranking_load_quiz(
    struct db *db, int64_t subject, int64_t now, struct ranking *ranking) MUST_CHECK;
struct error *ranking_load_contest(
    struct db *db, int64_t subject, int64_t now, struct ranking *ranking) MUST_CHECK;
struct error *ranking_load_training(
    struct db *db, int64_t subject, int64_t now, struct ranking *ranking) MUST_CHECK;
/* The streets that existed at ranking->held_at, and everybody expected then, each
 * RANKING_ABSENT. */
struct error *ranking_load_people(struct db *db, struct ranking *ranking) MUST_CHECK;
/* People by their id, and the one with an id; NULL when there is none. */
struct ranking_person **
ranking_people_by_id(struct arena *arena, const struct ranking *ranking);
struct ranking_person *
ranking_find_person(struct ranking_person *const *by_id, size_t count, int64_t id);
struct error *
ranking_rank_people(struct arena *arena, struct ranking *ranking) MUST_CHECK;
struct error *
ranking_rank_branches(struct arena *arena, struct ranking *ranking) MUST_CHECK;
const char *ranking_describe(struct arena *arena, const struct ranking *ranking);

#endif
