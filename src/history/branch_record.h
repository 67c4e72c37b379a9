/* branch_record.h - how a street did over the years, with the streets it came from, and
 * which lessons its people know least. */
#ifndef HISTORY_BRANCH_RECORD_H
#define HISTORY_BRANCH_RECORD_H

#include "base/writer.h"
#include "store/store.h"

enum { BRANCH_RECORD_WEAK = 20, BRANCH_RECORD_LIMIT = 8 * 1024 * 1024 };

/* Writes into an open object:
 *   "branch": {"id", "name", "valid_from", "valid_to" | null},
 *   "predecessors": [{"id", "name", "valid_from", "valid_to"}], direct and earlier,
 *   "results": [{"kind", "subject", "title", "at", "final": bool,
 *     "publication": {"id", "version", "digest"} | null, "predecessor": bool,
 *     "row": a row of "branches" as ranking_write() has it}], the oldest first.
 *     What was published stands as it was published, the rest as it is now;
 *   "weak": [{"course", "lesson", "answers", "points", "full", "share": "62.5"}], the
 *     lowest share of points first: over the closed attempts of its people, and those
 * of its predecessors, that were not voided; essays that nobody marked are left out.
 * Several reads. `now`: UTC ms. Errors: ERROR_NOT_FOUND "branch_unknown". */
struct error *branch_record_write(
    struct db *db, struct writer *writer, int64_t branch, int64_t now) MUST_CHECK;

/* The part "weak". */
struct error *branch_record_write_weak(
    struct db *db, struct writer *writer, int64_t branch, int64_t now) MUST_CHECK;

/* The street $1 and all it came from. */
#define BRANCH_RECORD_LINE                                                             \
    "WITH RECURSIVE line (id) AS (SELECT $1 UNION SELECT branch_successor.branch "     \
    "FROM branch_successor JOIN line ON branch_successor.successor = line.id) "

#endif
