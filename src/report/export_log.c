#include "report/export_log.h"

struct error *export_log_add(struct db *db, void *context)
{
    static const char sql[] =
        "INSERT INTO export_log (at, person, token, what, row_count, digest) "
        "VALUES ($1, $2, $3, $4, $5, $6)";
    const struct export_log_entry *entry = context;

    return db_run(
        db, sql, INT(entry->at), entry->person ? INT(entry->person) : NONE,
        entry->token ? INT(entry->token) : NONE, TEXT(entry->what),
        INT(entry->row_count), TEXT(entry->digest));
}

static void write_who(
    struct writer *writer, const char *key, struct rows *rows, int column,
    const char *name)
{
    if (rows_is_null(rows, column)) {
        writer_null(writer, key);
        return;
    }
    writer_object(writer, key);
    writer_int(writer, "id", rows_int(rows, column));
    writer_text(writer, name, rows_text(rows, column + 1));
    writer_end(writer);
}

struct error *
export_log_write(struct db *db, struct writer *writer, int64_t before, int64_t limit)
{
    static const char sql[] =
        "SELECT log.id, log.at, log.person, person.name, log.token, api_token.label, "
        "log.what, log.row_count, log.digest FROM export_log AS log "
        "LEFT JOIN person ON person.id = log.person "
        "LEFT JOIN api_token ON api_token.id = log.token "
        "WHERE $1 = 0 OR log.id < $1 ORDER BY log.id DESC LIMIT $2";
    SCOPED_ROWS rows = db_query(db, sql, INT(before), INT(limit + 1));
    int64_t written = 0;
    int64_t last = 0;

    writer_array(writer, "entries");
    while (written < limit && rows_next(&rows)) {
        last = rows_int(&rows, 0);
        writer_object(writer, NULL);
        writer_int(writer, "id", last);
        writer_int(writer, "at", rows_int(&rows, 1));
        write_who(writer, "person", &rows, 2, "name");
        write_who(writer, "token", &rows, 4, "label");
        writer_text(writer, "what", rows_text(&rows, 6));
        writer_int(writer, "rows", rows_int(&rows, 7));
        writer_text(writer, "digest", rows_text(&rows, 8));
        writer_end(writer);
        written++;
    }
    writer_end(writer);
    if (written == limit && rows_next(&rows))
        writer_int(writer, "next", last);
    else
        writer_null(writer, "next");
    return rows_error(&rows);
}
