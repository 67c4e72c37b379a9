/* export_log.h - who took which data, when and how much: one row a file or page that
 * leaves the program. Rows are added, never changed. */
#ifndef REPORT_EXPORT_LOG_H
#define REPORT_EXPORT_LOG_H

#include "base/writer.h"
#include "store/store.h"

enum { EXPORT_LOG_PAGE = 200 };

/* A change: adds a row. */
struct export_log_entry {
    int64_t at;       /* UTC ms */
    int64_t person;   /* 0: by a token */
    int64_t token;    /* 0: by a person */
    const char *what; /* "quiz/1 ranking.xlsx", "person/7 record.json" */
    int64_t row_count;
    const char *digest; /* SHA-256 of the bytes, hex; "" for a page of JSON */
};
store_change export_log_add;

/* Writes the array "entries", the newest first, with ids below `before` (0: from the
 * newest), at most `limit`, and "next": the id to go on below, null at the end:
 *   {"id", "at", "person": {"id", "name"} | null, "token": {"id", "label"} | null,
 *    "what", "rows", "digest"} */
struct error *export_log_write(
    struct db *db, struct writer *writer, int64_t before, int64_t limit) MUST_CHECK;

#endif
