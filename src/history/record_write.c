/* record_write.c - a person's record as JSON. */
#include "history/record.h"

static void
write_street(struct writer *writer, const char *key, int64_t id, const char *name)
{
    if (!id) {
        writer_null(writer, key);
        return;
    }
    writer_object(writer, key);
    writer_int(writer, "id", id);
    writer_text(writer, "name", name);
    writer_end(writer);
}

static struct error *unknown(struct db *db)
{
    return error_new(db_arena(db), ERROR_NOT_FOUND, "person_unknown", "没有这个人员。");
}

struct error *record_branch(struct db *db, int64_t person, int64_t *branch)
{
    static const char sql[] = "SELECT coalesce(branch, 0) FROM person WHERE id = $1";
    bool found;

    TRY(db_number(db, &found, branch, sql, INT(person)));
    return found ? NULL : unknown(db);
}

struct error *record_write_profile(
    struct db *db, struct writer *writer, int64_t person,
    const struct privacy_viewer *viewer)
{
    static const char sql[] =
        "SELECT person.name, person.staff_number, person.phone, branch.id, "
        "branch.name, community.name, compound.name, person.cohort, person.joined_at, "
        "person.left_at FROM person LEFT JOIN branch ON branch.id = person.branch "
        "LEFT JOIN compound ON compound.id = person.compound "
        "LEFT JOIN community ON community.id = compound.community "
        "WHERE person.id = $1";
    SCOPED_ROWS rows = db_query(db, sql, INT(person));

    if (!rows_next(&rows)) {
        TRY(rows_error(&rows));
        return unknown(db);
    }
    struct privacy_view may = privacy_of(viewer, person, rows_int(&rows, 3));
    writer_object(writer, "person");
    writer_int(writer, "id", person);
    writer_text(writer, "name", rows_text(&rows, 0));
    if (may.staff_number)
        writer_text(writer, "staff_number", rows_text(&rows, 1));
    if (may.phone)
        writer_text_or_null(writer, "phone", rows_text_or_null(&rows, 2));
    write_street(writer, "branch", rows_int(&rows, 3), rows_text(&rows, 4));
    if (may.service) {
        writer_text_or_null(writer, "community", rows_text_or_null(&rows, 5));
        writer_text_or_null(writer, "compound", rows_text_or_null(&rows, 6));
        writer_text(writer, "cohort", rows_text(&rows, 7));
    }
    writer_int(writer, "joined_at", rows_int(&rows, 8));
    if (rows_is_null(&rows, 9))
        writer_null(writer, "left_at");
    else
        writer_int(writer, "left_at", rows_int(&rows, 9));
    writer_end(writer);
    return NULL;
}

struct error *record_write_streets(struct db *db, struct writer *writer, int64_t person)
{
    static const char sql[] =
        "WITH streets (branch, until_at) AS ("
        "SELECT branch, until_at FROM former_branch WHERE person = $1 "
        "UNION ALL SELECT branch, NULL FROM person WHERE id = $1) "
        "SELECT branch.id, branch.name, streets.until_at FROM streets "
        "JOIN branch ON branch.id = streets.branch "
        "ORDER BY streets.until_at IS NULL, streets.until_at";
    SCOPED_ROWS rows = db_query(db, sql, INT(person));

    writer_array(writer, "streets");
    while (rows_next(&rows)) {
        writer_object(writer, NULL);
        write_street(writer, "branch", rows_int(&rows, 0), rows_text(&rows, 1));
        if (rows_is_null(&rows, 2))
            writer_null(writer, "until");
        else
            writer_int(writer, "until", rows_int(&rows, 2));
        writer_end(writer);
    }
    writer_end(writer);
    return rows_error(&rows);
}

static void write_result(struct writer *writer, const struct record_result *result)
{
    writer_object(writer, NULL);
    writer_text(writer, "kind", ranking_kind_name(result->kind));
    writer_int(writer, "subject", result->subject);
    writer_text(writer, "title", result->title);
    writer_int(writer, "at", result->at);
    write_street(writer, "branch", result->branch, result->branch_name);
    writer_text(writer, "status", result->status);
    writer_text_or_null(writer, "score", result->score);
    writer_text(writer, "full", result->full);
    if (result->passed < 0)
        writer_null(writer, "passed");
    else
        writer_bool(writer, "passed", result->passed);
    if (result->rank)
        writer_raw(writer, "rank", result->rank);
    else
        writer_null(writer, "rank");
    if (result->version) {
        writer_object(writer, "publication");
        writer_int(writer, "id", result->publication);
        writer_int(writer, "version", result->version);
        writer_text(writer, "digest", result->digest);
        writer_end(writer);
    } else {
        writer_null(writer, "publication");
    }
    writer_text_or_null(writer, "receipt", result->receipt);
    writer_end(writer);
}

void record_write_results(struct writer *writer, const struct record *record)
{
    writer_array(writer, "results");
    for (size_t i = 0; i < record->count; i++)
        write_result(writer, &record->results[i]);
    writer_end(writer);
}

static struct error *write_courses(struct db *db, struct writer *writer, int64_t person)
{
    static const char sql[] =
        "SELECT course, count(DISTINCT lesson), count(*), max(at) FROM progress "
        "WHERE person = $1 GROUP BY course ORDER BY course";
    SCOPED_ROWS rows = db_query(db, sql, INT(person));

    writer_array(writer, "courses");
    while (rows_next(&rows)) {
        writer_object(writer, NULL);
        writer_text(writer, "course", rows_text(&rows, 0));
        writer_int(writer, "lessons", rows_int(&rows, 1));
        writer_int(writer, "sections", rows_int(&rows, 2));
        writer_int(writer, "last_at", rows_int(&rows, 3));
        writer_end(writer);
    }
    writer_end(writer);
    return rows_error(&rows);
}

struct error *record_write(
    struct db *db, struct writer *writer, int64_t person, int64_t now,
    const struct privacy_viewer *viewer)
{
    struct record record;

    TRY(record_write_profile(db, writer, person, viewer));
    TRY(record_write_streets(db, writer, person));
    TRY(record_load(db, person, now, &record));
    record_write_results(writer, &record);
    return write_courses(db, writer, person);
}
