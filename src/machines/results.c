#include "machines/results.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

bool results_read_cursor(const char *cursor, struct results_query *query)
{
    enum { DIGITS = 18 };
    size_t first = strspn(cursor, "0123456789");
    const char *rest = cursor + first + 1;

    if (!first || first > DIGITS || cursor[first] != '-')
        return false;
    size_t second = strspn(rest, "0123456789");
    if (!second || second > DIGITS || rest[second])
        return false;
    query->after_publication = strtoll(cursor, NULL, 10);
    query->after_row = strtoll(rest, NULL, 10);
    return true;
}

/* Items are written while they fit; one row more says that there is a next page. */
typedef void write_item(struct writer *writer, struct rows *rows);

/* Columns 0 and 1 are what the cursor is made of. */
static struct error *write_page(
    struct writer *writer, struct results_query *query, struct rows *rows,
    write_item *write)
{
    int64_t publication = 0;
    int64_t row = 0;

    query->count = 0;
    writer_array(writer, "items");
    while (query->count < query->limit && rows_next(rows)) {
        publication = rows_int(rows, 0);
        row = rows_int(rows, 1);
        writer_object(writer, NULL);
        write(writer, rows);
        writer_end(writer);
        query->count++;
    }
    writer_end(writer);
    if (query->count == query->limit && rows_next(rows))
        writer_text(
            writer, "next",
            arena_format(writer->text.arena, "%" PRId64 "-%" PRId64, publication, row));
    else
        writer_null(writer, "next");
    return rows_error(rows);
}

static void
write_number(struct writer *writer, const char *key, struct rows *rows, int column)
{
    if (rows_is_null(rows, column))
        writer_null(writer, key);
    else
        writer_int(writer, key, rows_int(rows, column));
}

/* Columns 0, 2, 3, 4. */
static void write_head(struct writer *writer, struct rows *rows)
{
    writer_int(writer, "publication", rows_int(rows, 0));
    writer_text(writer, "kind", rows_text(rows, 2));
    writer_int(writer, "subject", rows_int(rows, 3));
    writer_int(writer, "version", rows_int(rows, 4));
}

/* $1 kind, $2 subject, $3 and $4 the cursor. */
#define NEWEST(row)                                                                    \
    "p.state = 'published' AND NOT EXISTS (SELECT 1 FROM publication AS n "            \
    "WHERE n.kind = p.kind AND n.subject = p.subject AND n.state = 'published' "       \
    "AND n.version > p.version) AND ($1 = '' OR p.kind = $1) "                         \
    "AND ($2 = 0 OR p.subject = $2) "                                                  \
    "AND (p.id > $3 OR (p.id = $3 AND " row " > $4)) "

static void write_person(struct writer *writer, struct rows *rows)
{
    write_head(writer, rows);
    writer_object(writer, "person");
    writer_int(writer, "id", rows_int(rows, 1));
    writer_text_or_null(writer, "staff_number", rows_text_or_null(rows, 5));
    writer_text(writer, "name", rows_text(rows, 6));
    writer_end(writer);
    if (rows_is_null(rows, 8)) {
        writer_null(writer, "branch");
    } else {
        writer_object(writer, "branch");
        writer_int(writer, "id", rows_int(rows, 7));
        writer_text(writer, "name", rows_text(rows, 8));
        writer_end(writer);
    }
    writer_text(writer, "status", rows_text(rows, 9));
    writer_text_or_null(writer, "score", rows_text_or_null(rows, 10));
    write_number(writer, "used_ms", rows, 11);
    if (rows_is_null(rows, 12))
        writer_null(writer, "passed");
    else
        writer_bool(writer, "passed", rows_int(rows, 12));
    if (rows_is_null(rows, 13))
        writer_null(writer, "rank");
    else
        writer_raw(writer, "rank", rows_text(rows, 13));
}

struct error *
results_write_people(struct db *db, struct writer *writer, struct results_query *query)
{
    static const char sql[] =
        "SELECT p.id, s.person, p.kind, p.subject, p.version, "
        "CASE WHEN person.erased_at IS NULL THEN person.staff_number END, "
        "coalesce(names.name, ''), s.branch, branch.name, s.status, s.score, "
        "s.used_ms, s.passed, s.rank FROM publication AS p "
        "JOIN publication_standing AS s ON s.publication = p.id "
        "JOIN person ON person.id = s.person "
        "LEFT JOIN publication_name AS names ON names.publication = p.id "
        "AND names.person = s.person LEFT JOIN branch ON branch.id = s.branch "
        "WHERE " NEWEST(
            "s.person") "AND ($5 = 0 OR s.branch = $5) "
                        "AND ($6 = 0 OR s.branch = $6 OR person.branch = $6) "
                        "ORDER BY p.id, s.person LIMIT $7";
    SCOPED_ROWS rows = db_query(
        db, sql, TEXT(query->kind), INT(query->subject), INT(query->after_publication),
        INT(query->after_row), INT(query->branch), INT(query->own),
        INT(query->limit + 1));

    return write_page(writer, query, &rows, write_person);
}

static void write_branch(struct writer *writer, struct rows *rows)
{
    write_head(writer, rows);
    writer_raw(writer, "row", rows_text(rows, 5));
}

struct error *results_write_branches(
    struct db *db, struct writer *writer, struct results_query *query)
{
    static const char sql[] =
        "SELECT p.id, b.branch, p.kind, p.subject, p.version, b.entry "
        "FROM publication AS p JOIN publication_branch AS b ON b.publication = p.id "
        "WHERE " NEWEST("b.branch") "AND ($5 = 0 OR b.branch = $5) "
                                    "ORDER BY p.id, b.branch LIMIT $6";
    SCOPED_ROWS rows = db_query(
        db, sql, TEXT(query->kind), INT(query->subject), INT(query->after_publication),
        INT(query->after_row), INT(query->branch), INT(query->limit + 1));

    return write_page(writer, query, &rows, write_branch);
}

static void write_publication(struct writer *writer, struct rows *rows)
{
    writer_int(writer, "id", rows_int(rows, 0));
    writer_text(writer, "kind", rows_text(rows, 2));
    writer_int(writer, "subject", rows_int(rows, 3));
    writer_int(writer, "version", rows_int(rows, 4));
    write_number(writer, "supersedes", rows, 5);
    writer_text(writer, "title", rows_text(rows, 6));
    writer_text(writer, "digest", rows_text(rows, 7));
    writer_text(writer, "reason", rows_text(rows, 8));
    writer_int(writer, "published_at", rows_int(rows, 9));
}

struct error *results_write_published(
    struct db *db, struct writer *writer, struct results_query *query)
{
    static const char sql[] =
        "SELECT p.id, 0, p.kind, p.subject, p.version, p.supersedes, p.title, "
        "p.digest, p.reason, p.decided_at FROM publication AS p "
        "WHERE p.state = 'published' AND ($1 = '' OR p.kind = $1) "
        "AND ($2 = 0 OR p.subject = $2) AND p.id > $3 ORDER BY p.id LIMIT $4";
    SCOPED_ROWS rows = db_query(
        db, sql, TEXT(query->kind), INT(query->subject), INT(query->after_publication),
        INT(query->limit + 1));

    return write_page(writer, query, &rows, write_publication);
}
