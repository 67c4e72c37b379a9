/* training.h - a training or a year: several quizzes and contests whose results make
 * one ranking. */
#ifndef REPORT_TRAINING_H
#define REPORT_TRAINING_H

#include "base/writer.h"
#include "report/ranking_formula.h"

enum {
    TRAINING_PARTS = 100,
    TRAINING_WEIGHT = 10000,
    TRAINING_TITLE = 200 /* bytes */
};

struct training_part {
    enum ranking_kind kind; /* RANKING_QUIZ or RANKING_CONTEST */
    int64_t subject;
    int64_t weight; /* 1..TRAINING_WEIGHT */
};

/* A change. Errors: ERROR_INVALID "training_parts" (none, one twice, or another
 * training), "training_part_unknown". */
struct training_creation {
    enum ranking_kind kind; /* RANKING_TRAINING or RANKING_YEAR */
    const char *title;
    int64_t held_at; /* UTC ms */
    bool skips;      /* a part without a result is left out, not counted as 0 */
    const struct training_part *parts;
    size_t part_count;
    int64_t actor;
    const char *role;
    int64_t at;
    int64_t id; /* set */
};
store_change training_create;

/* Writes the array "rankings": everything that can be ranked, the newest first:
 *   [{"kind", "subject", "title", "at": UTC ms, "parts": n, "over": bool,
 *     "published": version | null, "proposed": publication id | null}]
 * "over": the window closed, the contest was finished, all parts are; `now`: UTC ms. */
struct error *
training_write_rankings(struct db *db, struct writer *writer, int64_t now) MUST_CHECK;

#endif
