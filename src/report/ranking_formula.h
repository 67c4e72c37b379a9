/* ranking_formula.h - by which formula people and streets are ranked: announced before
 * the result, stored with it and printed beside it.
 *
 * The JSON, every field required unless marked ?:
 *   {"time": bool,            equal grades: the shorter time stands first
 *    "street": "mean_expected" | "mean_attended" | "best" | "composite" | "places",
 *    "best"?: 1..1000,        best: so many best grades of a street are added up
 *    "mean"?, "attendance"?, "excellent"?: percent, sum 100 (composite)
 *    "excellent_line"?: percent of the full mark from which a grade is excellent
 *    "places"?: [1..50 points of the first, the second ... place, not rising],
 *    "countback": bool,       equal streets: the better best person stands first, then
 *                             the better second best and so on
 *    "compare"?: {"kind": "quiz" | "contest" | "training" | "year", "subject": ID}
 *                             whose published ranking the movement refers to; without
 *                             it: the version published before
 *   }
 * Without an announcement: shared ranks, streets by the mean over the expected. */
#ifndef REPORT_RANKING_FORMULA_H
#define REPORT_RANKING_FORMULA_H

#include <jansson.h>

#include "store/store.h"

enum {
    RANKING_BEST = 1000,
    RANKING_PLACES = 50,
    RANKING_PLACE_POINTS = 1000,
};

enum ranking_kind {
    RANKING_QUIZ,
    RANKING_CONTEST,  /* its formula stands in its sealed rules */
    RANKING_TRAINING, /* a weighted mean over quizzes and contests */
    RANKING_YEAR,     /* the same, over a year */
};

enum ranking_street {
    RANKING_MEAN_EXPECTED, /* sum of grades / (expected - deferred) */
    RANKING_MEAN_ATTENDED, /* sum of grades / attended */
    RANKING_BEST_SUM,      /* sum of the best grades; a missing one counts 0 */
    RANKING_COMPOSITE,     /* shares of mean, attendance and excellence, of 100 */
    RANKING_PLACE_SUM,     /* sum of points for the places of its people */
};

struct ranking_formula {
    bool by_time;
    enum ranking_street street;
    int64_t best;       /* RANKING_BEST_SUM */
    int64_t mean;       /* percent; RANKING_COMPOSITE, as the next three */
    int64_t attendance; /* percent */
    int64_t excellent;  /* percent */
    int64_t excellent_line;
    int64_t places[RANKING_PLACES]; /* RANKING_PLACE_SUM */
    size_t place_count;
    bool countback;
    int64_t compare; /* subject, 0: none */
    enum ranking_kind compare_kind;
};

/* "quiz", "contest", "training", "year"; false: no such kind. */
bool ranking_kind_find(const char *name, enum ranking_kind *kind);
const char *ranking_kind_name(enum ranking_kind kind);

/* Errors: input_object()'s; ERROR_INVALID "formula_invalid" with the reason. */
struct error *ranking_formula_read(
    struct arena *arena, json_t *object, struct ranking_formula *formula) MUST_CHECK;

/* The JSON above, canonical. */
const char *
ranking_formula_write(struct arena *arena, const struct ranking_formula *formula);

/* The newest announcement for a subject, or the default. *announced_at: UTC ms, 0 for
 * the default. */
struct error *ranking_formula_load(
    struct db *db, enum ranking_kind kind, int64_t subject,
    struct ranking_formula *formula, int64_t *announced_at) MUST_CHECK;

/* A change: announces a formula. The event "formula_announced" of the subject says
 * whether somebody had already begun.
 * Errors: ERROR_INVALID "formula_invalid"; ERROR_NOT_FOUND "ranking_unknown";
 * ERROR_CONFLICT "formula_sealed" for a contest. */
struct ranking_announcement {
    enum ranking_kind kind;
    int64_t subject;
    const char *formula; /* canonical JSON */
    int64_t actor;
    const char *role;
    int64_t at;
};
store_change ranking_formula_announce;

#endif
