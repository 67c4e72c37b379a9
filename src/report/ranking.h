/* ranking.h - who came where in a quiz, person by person and street by street.
 *
 * Expected (应参) is every specialist of a street, attended (实参) who has a closed
 * attempt, absent (缺考) the rest: expected = attended + absent always holds. Before
 * the end of the quiz the ranking is not final, and who has not handed in yet is
 * counted as absent for the time being.
 *
 * Persons stand by grade, the highest first; equal grades share a rank and the next
 * one is skipped (1 2 2 4). Streets stand by the mean over the expected, an absent one
 * counting 0, so that nobody gains by leaving the weak at home. Means are exact
 * fractions, rounded once, half up; streets are ranked by what is published, so that
 * equal numbers on paper never carry different ranks. */
#ifndef REPORT_RANKING_H
#define REPORT_RANKING_H

#include "base/writer.h"
#include "store/store.h"

enum ranking_status {
    RANKING_DONE,
    RANKING_IN_PROGRESS,
    RANKING_ABSENT, /* no attempt; "not yet" while the ranking is not final */
};

struct ranking_person {
    int64_t id;
    const char *staff_number;
    const char *name;
    size_t branch; /* index in ranking.branches */
    enum ranking_status status;
    int64_t grade;   /* 1/100 point; RANKING_DONE only, as the next two */
    int64_t used_ms; /* from the delivery of the paper to the submission */
    /* Set by ranking_compute(): */
    bool passed;
    int64_t rank; /* 0: none */
};

struct ranking_branch {
    int64_t id;
    const char *name;
    /* Set by ranking_compute(): */
    int64_t expected;
    int64_t attended;
    int64_t absent;
    int64_t passed;
    const char *mean_expected; /* points, two decimals; NULL: nobody is expected */
    const char *mean_attended; /* NULL: nobody attended */
    const char *pass_percent;  /* passed of the expected, one decimal; NULL as above */
    int64_t rank;              /* 0: nobody is expected */
};

struct ranking {
    const char *title;
    const char *revision; /* of the paper: SHA-256 of its bytes, hex */
    bool final;           /* the quiz is over, no attempt is running, nothing pending */
    bool pending;         /* it asks essays, which people mark */
    int64_t points;       /* full mark, 1/100 point */
    int64_t pass_percent; /* of the full mark */
    struct ranking_person *people;
    size_t person_count;
    struct ranking_branch *branches;
    size_t branch_count;
    const char *formula; /* how it was made, in one sentence for the reader */
};

/* Reads the quiz and everybody expected, and computes. Several reads: call it inside
 * store_read_begin/end. `now`: UTC ms.
 * Errors: ERROR_NOT_FOUND "quiz_unknown". */
struct error *ranking_load(
    struct db *db, int64_t quiz, int64_t now, struct ranking *ranking) MUST_CHECK;

/* Fills in ranks, means and the formula, and puts people (by rank, then those still
 * writing, then the absent) and streets (by rank) in order; among equals the order of
 * the input stays. Errors: ERROR_INVALID "number_too_large". */
struct error *ranking_compute(struct arena *arena, struct ranking *ranking) MUST_CHECK;

/* Leaves only the people and the row of one street; ranks stay those of the district.
 */
void ranking_keep_branch(struct ranking *ranking, int64_t branch);

/* Writes the members of the ranking document into an open object:
 *   "title", "final", "pending",
 *   "people": [{"rank": n | null, "person": {"id", "staff_number", "name"},
 *   "branch": {"id", "name"}, "status": "done" | "in_progress" | "absent",
 *   "grade": 1/100 point | null, "passed": bool | null, "used_ms": n | null}],
 *   "branches": [{"rank": n | null, "branch": {"id", "name"}, "expected", "attended",
 *   "absent", "mean_expected": "88.12" | null, "mean_attended", "pass_percent"}],
 *   "formula"
 * While essays are to be marked, who has not passed yet has "passed" null. */
void ranking_write(struct writer *writer, const struct ranking *ranking);

#endif
