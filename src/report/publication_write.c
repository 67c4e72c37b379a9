/* publication_write.c - publications as JSON. */
#include "report/publication.h"

#include <inttypes.h>

static void
write_number(struct writer *writer, const char *key, struct rows *rows, int column)
{
    if (rows_is_null(rows, column))
        writer_null(writer, key);
    else
        writer_int(writer, key, rows_int(rows, column));
}

/* The members of one publication; `rows` stands on it. */
static void
write_members(struct writer *writer, struct rows *rows, enum publication_eyes eyes)
{
    writer_int(writer, "id", rows_int(rows, 0));
    writer_text(writer, "kind", rows_text(rows, 1));
    writer_int(writer, "subject", rows_int(rows, 2));
    writer_int(writer, "version", rows_int(rows, 3));
    write_number(writer, "supersedes", rows, 4);
    write_number(writer, "superseded_by", rows, 5);
    writer_text(writer, "title", rows_text(rows, 6));
    writer_text(writer, "digest", rows_text(rows, 7));
    writer_text(writer, "reason", rows_text(rows, 8));
    writer_text(writer, "state", rows_text(rows, 9));
    writer_int(writer, "proposed_at", rows_int(rows, 10));
    write_number(writer, "decided_at", rows, 11);
    if (eyes == PUBLICATION_PUBLIC)
        return;
    writer_text(writer, "proposed_by", rows_text(rows, 12));
    writer_text_or_null(writer, "decided_by", rows_text_or_null(rows, 13));
}

#define MEMBERS                                                                        \
    "SELECT p.id, p.kind, p.subject, p.version, p.supersedes, "                        \
    "(SELECT n.id FROM publication AS n WHERE n.supersedes = p.id "                    \
    "AND n.state = 'published'), p.title, p.digest, p.reason, p.state, "               \
    "p.proposed_at, p.decided_at, proposer.name, decider.name "                        \
    "FROM publication AS p JOIN person AS proposer ON proposer.id = p.proposed_by "    \
    "LEFT JOIN person AS decider ON decider.id = p.decided_by "

struct error *
publication_write_list(struct db *db, struct writer *writer, enum publication_eyes eyes)
{
    static const char sql[] =
        MEMBERS "WHERE $1 = 0 OR p.state = 'published' ORDER BY p.id DESC";
    SCOPED_ROWS rows = db_query(db, sql, INT(eyes == PUBLICATION_PUBLIC));

    writer_array(writer, "publications");
    while (rows_next(&rows)) {
        writer_object(writer, NULL);
        write_members(writer, &rows, eyes);
        writer_end(writer);
    }
    writer_end(writer);
    return rows_error(&rows);
}

static struct error *write_names(struct db *db, struct writer *writer, int64_t id)
{
    static const char sql[] =
        "SELECT person, name FROM publication_name WHERE publication = $1 "
        "ORDER BY person";
    SCOPED_ROWS rows = db_query(db, sql, INT(id));

    writer_object(writer, "names");
    while (rows_next(&rows))
        writer_text(
            writer, arena_format(db_arena(db), "%" PRId64, rows_int(&rows, 0)),
            rows_text(&rows, 1));
    writer_end(writer);
    return rows_error(&rows);
}

static struct error *unknown(struct db *db)
{
    return error_new(
        db_arena(db), ERROR_NOT_FOUND, "publication_unknown", "没有这份排名。");
}

struct error *
publication_read_body(struct db *db, int64_t id, const char **body, const char **digest)
{
    static const char sql[] = "SELECT body, digest FROM publication "
                              "WHERE id = $1 AND state = 'published'";
    SCOPED_ROWS rows = db_query(db, sql, INT(id));

    if (!rows_next(&rows)) {
        TRY(rows_error(&rows));
        return unknown(db);
    }
    *body = rows_text(&rows, 0);
    *digest = rows_text(&rows, 1);
    return NULL;
}

struct error *publication_write(
    struct db *db, struct writer *writer, int64_t id, enum publication_eyes eyes)
{
    static const char sql[] =
        MEMBERS "WHERE p.id = $1 AND ($2 = 0 OR p.state = 'published')";
    static const char body_sql[] = "SELECT body FROM publication WHERE id = $1";
    SCOPED_ROWS rows = db_query(db, sql, INT(id), INT(eyes == PUBLICATION_PUBLIC));

    if (!rows_next(&rows)) {
        TRY(rows_error(&rows));
        return unknown(db);
    }
    writer_object(writer, "publication");
    write_members(writer, &rows, eyes);
    writer_end(writer);
    TRY(write_names(db, writer, id));
    SCOPED_ROWS bodies = db_query(db, body_sql, INT(id));
    if (rows_next(&bodies))
        writer_raw(writer, "ranking", rows_text(&bodies, 0));
    return rows_error(&bodies);
}
