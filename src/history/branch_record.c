#include "history/branch_record.h"

#include <stdlib.h>
#include <string.h>

#include "report/ranking.h"

enum { SUBJECTS = 2000 };

struct subject {
    enum ranking_kind kind;
    int64_t id;
    const char *title;
    int64_t at;
    int64_t publication; /* 0: nothing was published */
    int64_t version;
    const char *digest;
};

static void write_valid(struct writer *writer, struct rows *rows)
{
    writer_int(writer, "id", rows_int(rows, 0));
    writer_text(writer, "name", rows_text(rows, 1));
    writer_int(writer, "valid_from", rows_int(rows, 2));
    if (rows_is_null(rows, 3))
        writer_null(writer, "valid_to");
    else
        writer_int(writer, "valid_to", rows_int(rows, 3));
}

static struct error *write_branch(struct db *db, struct writer *writer, int64_t branch)
{
    static const char sql[] =
        "SELECT id, name, valid_from, valid_to FROM branch WHERE id = $1";
    static const char line_sql[] =
        BRANCH_RECORD_LINE "SELECT branch.id, branch.name, branch.valid_from, "
                           "branch.valid_to FROM branch JOIN line ON line.id = "
                           "branch.id WHERE branch.id <> $1 "
                           "ORDER BY branch.valid_from, branch.position, branch.id";
    SCOPED_ROWS rows = db_query(db, sql, INT(branch));

    if (!rows_next(&rows)) {
        TRY(rows_error(&rows));
        return error_new(
            db_arena(db), ERROR_NOT_FOUND, "branch_unknown", "没有这个街道。");
    }
    writer_object(writer, "branch");
    write_valid(writer, &rows);
    writer_end(writer);
    SCOPED_ROWS line = db_query(db, line_sql, INT(branch));
    writer_array(writer, "predecessors");
    while (rows_next(&line)) {
        writer_object(writer, NULL);
        write_valid(writer, &line);
        writer_end(writer);
    }
    writer_end(writer);
    return rows_error(&line);
}

/* Everything that can be ranked, the oldest first, with its newest publication. */
static struct error *
read_subjects(struct db *db, int64_t now, struct subject *subjects, size_t *count)
{
    static const char sql[] =
        "WITH subjects (kind, subject, title, at) AS ("
        "SELECT kind, id, title, held_at FROM training WHERE held_at <= $1 "
        "UNION ALL SELECT 'contest', id, title, created_at FROM contest "
        "UNION ALL SELECT 'quiz', quiz.id, paper.title, "
        "CASE WHEN quiz.window_close IS NULL OR quiz.window_close > $1 THEN $1 "
        "ELSE quiz.window_close END FROM quiz JOIN paper ON paper.revision = "
        "quiz.paper "
        "WHERE quiz.window_open <= $1) "
        "SELECT s.kind, s.subject, s.title, s.at, p.id, p.version, p.digest "
        "FROM subjects AS s LEFT JOIN publication AS p ON p.id = ("
        "SELECT n.id FROM publication AS n WHERE n.kind = s.kind "
        "AND n.subject = s.subject AND n.state = 'published' "
        "ORDER BY n.version DESC LIMIT 1) ORDER BY s.at, s.kind, s.subject";
    SCOPED_ROWS rows = db_query(db, sql, INT(now));

    *count = 0;
    while (*count < SUBJECTS && rows_next(&rows)) {
        struct subject *subject = &subjects[*count];
        if (!ranking_kind_find(rows_text(&rows, 0), &subject->kind))
            continue;
        subject->id = rows_int(&rows, 1);
        subject->title = rows_text(&rows, 2);
        subject->at = rows_int(&rows, 3);
        subject->publication = rows_int(&rows, 4);
        subject->version = rows_int(&rows, 5);
        subject->digest = rows_text(&rows, 6);
        (*count)++;
    }
    return rows_error(&rows);
}

static void open_result(
    struct writer *writer, const struct subject *subject, bool final, bool predecessor)
{
    writer_object(writer, NULL);
    writer_text(writer, "kind", ranking_kind_name(subject->kind));
    writer_int(writer, "subject", subject->id);
    writer_text(writer, "title", subject->title);
    writer_int(writer, "at", subject->at);
    writer_bool(writer, "final", final);
    writer_bool(writer, "predecessor", predecessor);
    if (subject->version) {
        writer_object(writer, "publication");
        writer_int(writer, "id", subject->publication);
        writer_int(writer, "version", subject->version);
        writer_text(writer, "digest", subject->digest);
        writer_end(writer);
    } else {
        writer_null(writer, "publication");
    }
}

static struct error *write_published(
    struct db *db, struct writer *writer, const struct subject *subject, int64_t branch)
{
    static const char sql[] =
        BRANCH_RECORD_LINE "SELECT p.branch, p.entry FROM publication_branch AS p "
                           "JOIN line ON line.id = p.branch WHERE p.publication = $2 "
                           "ORDER BY p.branch <> $1, p.branch";
    SCOPED_ROWS rows = db_query(db, sql, INT(branch), INT(subject->publication));

    while (rows_next(&rows)) {
        open_result(writer, subject, true, rows_int(&rows, 0) != branch);
        writer_raw(writer, "row", rows_text(&rows, 1));
        writer_end(writer);
    }
    return rows_error(&rows);
}

static struct error *
is_of_line(struct db *db, int64_t branch, int64_t other, bool *result)
{
    static const char sql[] =
        BRANCH_RECORD_LINE "SELECT count(*) FROM line WHERE id = $2";
    int64_t count;
    bool found;

    TRY(db_number(db, &found, &count, sql, INT(branch), INT(other)));
    *result = count > 0;
    return NULL;
}

/* A street of which nobody was expected then has no row. */
static struct error *write_today(
    struct db *db, struct writer *writer, const struct subject *subject, int64_t branch,
    int64_t now)
{
    struct ranking *ranking = arena_alloc(db_arena(db), sizeof *ranking);

    TRY(ranking_load(db, subject->kind, subject->id, now, ranking));
    for (size_t i = 0; i < ranking->branch_count; i++) {
        struct ranking_branch row = ranking->branches[i];
        bool own;
        TRY(is_of_line(db, branch, row.id, &own));
        if (!own || !row.expected)
            continue;
        /* A rank is told by what was published, and by nothing else. */
        row.rank = NULL;
        row.tie = NULL;
        row.previous_rank = NULL;
        open_result(writer, subject, ranking->final, row.id != branch);
        ranking_write_branch(writer, "row", &row);
        writer_end(writer);
    }
    return NULL;
}

struct error *
branch_record_write(struct db *db, struct writer *writer, int64_t branch, int64_t now)
{
    struct subject *subjects = arena_alloc(db_arena(db), SUBJECTS * sizeof *subjects);
    size_t count;

    TRY(write_branch(db, writer, branch));
    TRY(read_subjects(db, now, subjects, &count));
    writer_array(writer, "results");
    for (size_t i = 0; i < count; i++)
        TRY(subjects[i].version ? write_published(db, writer, &subjects[i], branch)
                                : write_today(db, writer, &subjects[i], branch, now));
    writer_end(writer);
    return branch_record_write_weak(db, writer, branch, now);
}
