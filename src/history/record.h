/* record.h - what one person did over the years: every quiz, contest, training and
 * year, with the street of the time, and what she has read. Ranks come from published
 * rankings only, and the version they come from is named. */
#ifndef HISTORY_RECORD_H
#define HISTORY_RECORD_H

#include "base/writer.h"
#include "people/privacy.h"
#include "report/ranking_formula.h"
#include "store/store.h"

enum { RECORD_RESULTS = 2000 /* of one person */ };

struct record_result {
    enum ranking_kind kind;
    int64_t subject;
    const char *title;
    int64_t at;              /* UTC ms: whose street she belonged to then */
    int64_t branch;          /* 0: none */
    const char *branch_name; /* "" without one */
    const char *status; /* "done", "in_progress", "absent", "deferred", "voided"; before
                         * it was published, a contest or training is "unpublished" */
    const char *score;  /* decimal; NULL: none */
    const char *full;
    int passed;       /* 0, 1; -1: not told */
    const char *rank; /* NULL: none, or nothing was published */
    int64_t publication;
    int64_t version; /* 0: nothing was published */
    const char *digest;
    const char *receipt; /* of the attempt; NULL: none */
};

struct record {
    struct record_result *results; /* the oldest first */
    size_t count;
};

/* Everything lives in the arena of the connection. Several reads. `now`: UTC ms. */
struct error *record_load(
    struct db *db, int64_t person, int64_t now, struct record *record) MUST_CHECK;

/* Writes into an open object:
 *   "person": {"id", "name", "staff_number"?, "phone"?, "branch": {"id", "name"} |
 *     null, "community"?, "compound"?, "cohort"?, "joined_at", "left_at" | null},
 *   "streets": [{"branch": {"id", "name"}, "until": UTC ms | null}], the oldest first,
 *   "results": [{"kind", "subject", "title", "at", "branch": {"id", "name"} | null,
 *     "status", "score" | null, "full", "passed": bool | null, "rank": number | null,
 *     "publication": {"id", "version", "digest"} | null, "receipt" | null}],
 *   "courses": [{"course", "lessons", "sections", "last_at"}]
 * Errors: ERROR_NOT_FOUND "person_unknown". */
struct error *record_write(
    struct db *db, struct writer *writer, int64_t person, int64_t now,
    const struct privacy_viewer *viewer) MUST_CHECK;

/* Parts of it, for her own data. */
struct error *record_write_profile(
    struct db *db, struct writer *writer, int64_t person,
    const struct privacy_viewer *viewer) MUST_CHECK;
struct error *
record_write_streets(struct db *db, struct writer *writer, int64_t person) MUST_CHECK;
void record_write_results(struct writer *writer, const struct record *record);

/* The street of a person today, 0 for none. Errors: as record_write(). */
struct error *record_branch(struct db *db, int64_t person, int64_t *branch) MUST_CHECK;

#endif
