/* results.h - published results for tools, page by page.
 *
 * A page is {"items": [...], "next": "12-345" | null}; the same order every time: by
 * publication, then by person or street. A correction that comes between two pages
 * stands as a new publication at the end, and the one it replaces goes. */
#ifndef MACHINES_RESULTS_H
#define MACHINES_RESULTS_H

#include "base/writer.h"
#include "store/store.h"

enum { RESULTS_PAGE = 500, RESULTS_LIMIT = 4 * 1024 * 1024 };

struct results_query {
    const char *kind; /* "" for all */
    int64_t subject;  /* 0: all */
    int64_t branch;   /* of that time; 0: all */
    int64_t own;      /* street of the token, 0: the district */
    int64_t after_publication;
    int64_t after_row;
    int64_t limit; /* 1..RESULTS_PAGE */
    int64_t count; /* set: items on the page */
};

/* "12-345" into after_publication and after_row; false: no cursor. */
bool results_read_cursor(const char *cursor, struct results_query *query);

/* Items of the newest versions: {"publication", "kind", "subject", "version",
 *   "person": {"id", "staff_number" | null, "name"}, "branch": {"id", "name"} | null,
 *   "status", "score" | null, "used_ms" | null, "passed" | null, "rank" | null}.
 * A street's token sees who was of the street then, or is today. Who is forgotten has
 * no staff number. */
struct error *results_write_people(
    struct db *db, struct writer *writer, struct results_query *query) MUST_CHECK;

/* Items of the newest versions: {"publication", "kind", "subject", "version", "row": a
 * row of "branches" as published}. All streets: these are public. */
struct error *results_write_branches(
    struct db *db, struct writer *writer, struct results_query *query) MUST_CHECK;

/* Items: {"id", "kind", "subject", "version", "supersedes" | null, "title", "digest",
 * "reason", "published_at"}: every published version, by id. */
struct error *results_write_published(
    struct db *db, struct writer *writer, struct results_query *query) MUST_CHECK;

#endif
