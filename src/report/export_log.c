#include "report/export_log.h"

struct error *export_log_add(struct db *db, void *context)
{
    static const char sql[] =
        "INSERT INTO export_log (at, person, token, what, row_count, digest) "
        "VALUES ($1, $2, NULL, $3, $4, $5)";
    const struct export_log_entry *entry = context;

    return db_run(
        db, sql, INT(entry->at), INT(entry->person), TEXT(entry->what),
        INT(entry->row_count), TEXT(entry->digest));
}
