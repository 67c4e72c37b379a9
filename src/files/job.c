#include "files/job.h"

#include <inttypes.h>
#include <string.h>

#include "report/export_log.h"

/* ---- Asking ---- */

static struct error *check_subject(struct db *db, const struct job_request *request)
{
    static const char quiz_sql[] = "SELECT count(*) FROM quiz WHERE id = $1";
    static const char contest_sql[] = "SELECT count(*) FROM contest WHERE id = $1";
    static const char training_sql[] =
        "SELECT count(*) FROM training WHERE id = $1 AND kind = $2";
    int64_t count = 0;
    bool found;

    if (request->kind == RANKING_QUIZ)
        TRY(db_number(db, &found, &count, quiz_sql, INT(request->subject)));
    else if (request->kind == RANKING_CONTEST)
        TRY(db_number(db, &found, &count, contest_sql, INT(request->subject)));
    else
        TRY(db_number(
            db, &found, &count, training_sql, INT(request->subject),
            TEXT(ranking_kind_name(request->kind))));
    if (count)
        return NULL;
    return error_new(
        db_arena(db), ERROR_NOT_FOUND, "ranking_unknown", "没有这项排名。");
}

struct error *job_queue(struct db *db, void *context)
{
    static const char count_sql[] = "SELECT count(*) FROM export_job "
                                    "WHERE person = $1 "
                                    "AND state IN ('queued', 'running')";
    static const char sql[] =
        "INSERT INTO export_job (person, kind, subject, branch, format, state, starts, "
        "queued_at, row_count, file, name, size, digest, failure) "
        "VALUES ($1, $2, $3, $4, $5, 'queued', 0, $6, 0, '', '', 0, '', '') "
        "RETURNING id";
    struct job_request *request = context;
    int64_t open;
    bool found;

    TRY(check_subject(db, request));
    TRY(db_number(db, &found, &open, count_sql, INT(request->person)));
    if (open >= JOB_OPEN_LIMIT)
        return error_make(
            db_arena(db), ERROR_TOO_OFTEN, "exports_open",
            "您已有 %d 个文件在生成，请等它们完成后再导出。", JOB_OPEN_LIMIT);
    return db_number(
        db, &found, &request->id, sql, INT(request->person),
        TEXT(ranking_kind_name(request->kind)), INT(request->subject),
        request->branch ? INT(request->branch) : NONE,
        TEXT(file_format_name(request->format)), INT(request->at));
}

/* ---- Making ---- */

static struct error *requeue(struct db *db, int64_t at)
{
    static const char fail_sql[] =
        "UPDATE export_job SET state = 'failed', ended_at = $1, failure = $2 "
        "WHERE state = 'running' AND starts >= $3";
    static const char queue_sql[] =
        "UPDATE export_job SET state = 'queued' WHERE state = 'running'";

    TRY(db_run(
        db, fail_sql, INT(at), TEXT("服务在生成文件时多次中断，请重新导出。"),
        INT(JOB_STARTS)));
    return db_run(db, queue_sql);
}

struct error *job_is_waiting(struct db *db, bool *waiting)
{
    static const char sql[] =
        "SELECT count(*) FROM export_job WHERE state IN ('queued', 'running')";
    int64_t count;
    bool found;

    TRY(db_number(db, &found, &count, sql));
    *waiting = count > 0;
    return NULL;
}

struct error *job_take(struct db *db, void *context)
{
    static const char sql[] =
        "UPDATE export_job SET state = 'running', starts = starts + 1 WHERE id = "
        "(SELECT id FROM export_job WHERE state = 'queued' ORDER BY id LIMIT 1) "
        "RETURNING id, person, kind, subject, coalesce(branch, 0), format";
    struct job_taking *taking = context;
    struct job *job = &taking->job;

    TRY(requeue(db, taking->at));
    SCOPED_ROWS rows = db_query(db, sql);
    *job = (struct job){0};
    if (!rows_next(&rows))
        return rows_error(&rows);
    job->id = rows_int(&rows, 0);
    job->person = rows_int(&rows, 1);
    job->subject = rows_int(&rows, 3);
    job->branch = rows_int(&rows, 4);
    if (!ranking_kind_find(rows_text(&rows, 2), &job->kind) ||
        !file_format_find(rows_text(&rows, 5), &job->format))
        return error_new(
            db_arena(db), ERROR_BROKEN, "export_job", "a job of an unknown kind");
    while (rows_next(&rows))
        ;
    return rows_error(&rows);
}

static struct error *log_job(struct db *db, const struct job_ending *ending)
{
    const struct job *job = ending->job;
    struct export_log_entry entry = {
        .at = ending->at,
        .person = job->person,
        .what = arena_format(
            db_arena(db), "%s/%" PRId64 " ranking.%s", ranking_kind_name(job->kind),
            job->subject, file_format_name(job->format)),
        .row_count = ending->row_count,
        .digest = ending->digest,
    };

    return export_log_add(db, &entry);
}

struct error *job_end(struct db *db, void *context)
{
    static const char failed_sql[] =
        "UPDATE export_job SET state = 'failed', ended_at = $2, failure = $3 "
        "WHERE id = $1 AND state = 'running'";
    static const char done_sql[] =
        "UPDATE export_job SET state = 'done', ended_at = $2, file = $3, name = $4, "
        "size = $5, digest = $6, row_count = $7 WHERE id = $1 AND state = 'running'";
    const struct job_ending *ending = context;

    if (ending->failure)
        return db_run(
            db, failed_sql, INT(ending->job->id), INT(ending->at),
            TEXT(ending->failure));
    TRY(db_run(
        db, done_sql, INT(ending->job->id), INT(ending->at), TEXT(ending->file),
        TEXT(ending->name), INT(ending->size), TEXT(ending->digest),
        INT(ending->row_count)));
    return log_job(db, ending);
}

struct error *job_put_back(struct db *db, void *context)
{
    static const char sql[] = "UPDATE export_job SET state = 'queued', "
                              "starts = starts - 1 WHERE id = $1 "
                              "AND state = 'running'";

    return db_run(db, sql, INT(*(const int64_t *)context));
}

/* ---- Looking ---- */

#define SEEN "WHERE person = $1 AND ($2 <> 0 OR branch = $3) "
#define COLUMNS                                                                        \
    "SELECT id, kind, subject, branch, format, state, name, row_count, size, digest, " \
    "failure, queued_at, ended_at FROM export_job "

static void
write_number(struct writer *writer, const char *key, bool known, int64_t number)
{
    if (known)
        writer_int(writer, key, number);
    else
        writer_null(writer, key);
}

static const char *known_text(const char *text)
{
    return *text ? text : NULL;
}

static void write_members(
    struct writer *writer, struct rows *rows, const struct job_progress *progress)
{
    int64_t id = rows_int(rows, 0);
    const char *state = rows_text(rows, 5);
    bool done = strcmp(state, "done") == 0;
    bool making = progress->id == id && strcmp(state, "running") == 0;
    int64_t rows_known = done ? rows_int(rows, 7) : 0;

    writer_int(writer, "id", id);
    writer_text(writer, "kind", rows_text(rows, 1));
    writer_int(writer, "subject", rows_int(rows, 2));
    write_number(writer, "branch", !rows_is_null(rows, 3), rows_int(rows, 3));
    writer_text(writer, "format", rows_text(rows, 4));
    writer_text(writer, "state", state);
    writer_text_or_null(writer, "name", known_text(rows_text(rows, 6)));
    writer_int(writer, "rows_done", making ? progress->done : rows_known);
    writer_int(writer, "rows_total", making ? progress->total : rows_known);
    write_number(writer, "size", done, rows_int(rows, 8));
    writer_text_or_null(writer, "digest", known_text(rows_text(rows, 9)));
    writer_text_or_null(writer, "failure", known_text(rows_text(rows, 10)));
    writer_int(writer, "queued_at", rows_int(rows, 11));
    write_number(writer, "ended_at", !rows_is_null(rows, 12), rows_int(rows, 12));
    write_number(writer, "expires_at", done, rows_int(rows, 12) + JOB_RETENTION_MS);
}

struct error *job_write_list(
    struct db *db, struct writer *writer, const struct job_eyes *eyes,
    const struct job_progress *progress)
{
    static const char sql[] = COLUMNS SEEN "ORDER BY id DESC LIMIT $4";
    SCOPED_ROWS rows = db_query(
        db, sql, INT(eyes->person), INT(eyes->everything), INT(eyes->street),
        INT(JOB_LIST));

    writer_array(writer, "exports");
    while (rows_next(&rows)) {
        writer_object(writer, NULL);
        write_members(writer, &rows, progress);
        writer_end(writer);
    }
    writer_end(writer);
    return rows_error(&rows);
}

static struct error *unknown(struct db *db)
{
    return error_new(
        db_arena(db), ERROR_NOT_FOUND, "export_unknown", "没有这个导出文件。");
}

struct error *job_write(
    struct db *db, struct writer *writer, int64_t id, const struct job_eyes *eyes,
    const struct job_progress *progress)
{
    static const char sql[] = COLUMNS SEEN "AND id = $4";
    SCOPED_ROWS rows = db_query(
        db, sql, INT(eyes->person), INT(eyes->everything), INT(eyes->street), INT(id));

    if (!rows_next(&rows)) {
        TRY(rows_error(&rows));
        return unknown(db);
    }
    write_members(writer, &rows, progress);
    return NULL;
}

struct error *job_find_done(
    struct db *db, int64_t id, const struct job_eyes *eyes, int64_t now,
    struct job *job)
{
    static const char sql[] =
        "SELECT state, person, kind, subject, format, ended_at, row_count, file, name, "
        "digest FROM export_job " SEEN "AND id = $4";
    SCOPED_ROWS rows = db_query(
        db, sql, INT(eyes->person), INT(eyes->everything), INT(eyes->street), INT(id));

    if (!rows_next(&rows)) {
        TRY(rows_error(&rows));
        return unknown(db);
    }
    *job = (struct job){
        .id = id,
        .done = strcmp(rows_text(&rows, 0), "done") == 0,
        .person = rows_int(&rows, 1),
        .subject = rows_int(&rows, 3),
        .ended_at = rows_int(&rows, 5),
        .row_count = rows_int(&rows, 6),
        .file = rows_text(&rows, 7),
        .name = rows_text(&rows, 8),
        .digest = rows_text(&rows, 9),
    };
    if (!ranking_kind_find(rows_text(&rows, 2), &job->kind) ||
        !file_format_find(rows_text(&rows, 4), &job->format))
        return unknown(db);
    if (!job->done)
        return error_new(
            db_arena(db), ERROR_CONFLICT, "export_not_done", "文件还没有生成。");
    if (now >= job->ended_at + JOB_RETENTION_MS)
        return error_new(
            db_arena(db), ERROR_GONE, "export_expired",
            "文件已过保存期（7 天），请重新导出。");
    return NULL;
}

struct error *job_kept_files(struct db *db, int64_t now, const char *const **names)
{
    static const char count_sql[] =
        "SELECT count(*) FROM export_job WHERE state = 'done' AND ended_at > $1";
    static const char sql[] =
        "SELECT file FROM export_job WHERE state = 'done' AND ended_at > $1";
    int64_t room;
    int64_t count = 0;
    bool found;

    TRY(db_number(db, &found, &room, count_sql, INT(now - JOB_RETENTION_MS)));
    const char **list =
        arena_alloc(db_arena(db), ((size_t)room + 1) * sizeof(const char *));
    SCOPED_ROWS rows = db_query(db, sql, INT(now - JOB_RETENTION_MS));
    while (count < room && rows_next(&rows))
        list[count++] = rows_text(&rows, 0);
    *names = list;
    return rows_error(&rows);
}
