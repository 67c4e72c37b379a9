/* export_log.h - who took which file: one row for every file that leaves the program.
 */
#ifndef REPORT_EXPORT_LOG_H
#define REPORT_EXPORT_LOG_H

#include "base/token.h"
#include "store/store.h"

struct export_log_entry {
    int64_t at; /* UTC ms */
    int64_t person;
    const char *what; /* "quiz/1 ranking.xlsx" */
    int64_t row_count;
    const char *digest; /* SHA-256 of the bytes, hex */
};

/* A change; the context is the entry, or something that begins with one. */
store_change export_log_add;

#endif
