#include "files/routes.h"

#include <inttypes.h>
#include <string.h>

#include "files/notice.h"
#include "files/runner.h"
#include "files/street.h"
#include "live/deferred.h"
#include "report/contest_export.h"
#include "report/export_log.h"

enum { SMALL_REPLY = 16 * 1024, LIST_REPLY = 1024 * 1024 };

enum {
    KEEPS = ROLE_ORGANISER | ROLE_AUDITOR,
    SEES = KEEPS | ROLE_PROCTOR,
};

#define DIGEST_TYPE "text/plain; charset=utf-8"

static struct error *
read_kind(struct arena *arena, const char *name, enum ranking_kind *kind)
{
    if (ranking_kind_find(name, kind))
        return NULL;
    return error_new(arena, ERROR_NOT_FOUND, "ranking_unknown", "没有这项排名。");
}

/* The street that a request is limited to, 0 for none. A proctor without a street has
 * nothing to see. */
static struct error *read_street(struct request *request, int64_t *street)
{
    *street = request->roles & KEEPS ? 0 : request->branch;
    if (*street || request->roles & KEEPS)
        return NULL;
    return error_new(
        request->arena, ERROR_FORBIDDEN, "no_street", "您的账号没有所属街道。");
}

/* ---- Made at once ---- */

/* Bytes that are sent when it stands in the log that they were. */
struct download {
    struct export_log_entry entry; /* the first: the change takes it for the whole */
    const char *type;
    const char *name;
    const char *bytes;
    size_t size;
};

static struct error *send_download(struct request *request)
{
    const struct download *download = request->context;

    reply_download(
        request, download->type, download->name, download->bytes, download->size);
    return NULL;
}

static struct error *
log_and_send(struct request *request, struct download *download, const char *what)
{
    unsigned char digest[TOKEN_DIGEST];

    token_sha256(download->bytes, download->size, digest);
    download->entry.at = request->received_at;
    download->entry.person = request->person;
    download->entry.what = what;
    download->entry.digest = token_hex(request->arena, digest, sizeof digest);
    return deferred_write(request, export_log_add, download, send_download);
}

static struct error *download_ranking(struct request *request, enum file_format format)
{
    struct arena *arena = request->arena;
    struct download *download = arena_alloc(arena, sizeof *download);
    struct file_source *source = arena_alloc(arena, sizeof *source);
    int64_t subject = request_number(request, 1);
    enum ranking_kind kind;
    struct output output;
    int64_t street;

    TRY(read_kind(arena, request->parameters[0], &kind));
    TRY(read_street(request, &street));
    TRY(file_load(
        request->reader, kind, subject, street, request->received_at, source));
    TRY(output_open_memory(arena, &output));
    struct error *error = file_write(arena, source, format, &output);
    TRY(output_take(arena, &output, error, &download->bytes, &download->size));
    download->type = file_format_type(format);
    download->name = file_name(arena, source, format);
    download->entry.row_count = (int64_t)source->ranking.person_count;
    return log_and_send(
        request, download,
        arena_format(
            arena, "%s/%" PRId64 " ranking.%s", ranking_kind_name(kind), subject,
            file_format_name(format)));
}

static struct error *download_ranking_sheet(struct request *request)
{
    return download_ranking(request, FILE_XLSX);
}

static struct error *download_ranking_csv(struct request *request)
{
    return download_ranking(request, FILE_CSV);
}

static struct error *download_contest(struct request *request, enum file_format format)
{
    struct arena *arena = request->arena;
    struct download *download = arena_alloc(arena, sizeof *download);
    struct contest_view *view = arena_alloc(arena, sizeof *view);
    const char *extension = arena_format(arena, ".%s", file_format_name(format));
    int64_t contest = request_number(request, 0);
    struct output output;

    TRY(contest_view_load(request->reader, contest, request->received_at, view));
    TRY(output_open_memory(arena, &output));
    struct error *error =
        (format == FILE_XLSX ? contest_export_sheet
                             : contest_export_csv)(arena, view, &output);
    TRY(output_take(arena, &output, error, &download->bytes, &download->size));
    const char *marks = export_marks(arena, &view->about, view->standings.final);
    download->type = file_format_type(format);
    download->name =
        export_file_name(arena, view->roster->title, "成绩", marks, extension);
    download->entry.row_count = (int64_t)view->standings.row_count;
    return log_and_send(
        request, download,
        arena_format(arena, "contest/%" PRId64 " results%s", contest, extension));
}

static struct error *download_contest_sheet(struct request *request)
{
    return download_contest(request, FILE_XLSX);
}

static struct error *download_contest_csv(struct request *request)
{
    return download_contest(request, FILE_CSV);
}

/* ---- Printed forms ---- */

#define PDF_TYPE "application/pdf"

/* Open to anybody, as what it shows: so it stands in no log, like the page itself. */
static struct error *show_notice(struct request *request)
{
    struct published *published = arena_alloc(request->arena, sizeof *published);
    struct output output;
    const char *bytes;
    size_t size;

    TRY(published_load(request->reader, request_number(request, 0), published));
    TRY(output_open_memory(request->arena, &output));
    struct error *error = notice_write(request->arena, published, &output);
    TRY(output_take(request->arena, &output, error, &bytes, &size));
    reply_download(
        request, PDF_TYPE, notice_name(request->arena, published), bytes, size);
    return NULL;
}

/* Her own, or for organisers anybody's; for others it does not exist. */
static struct error *show_certificate(struct request *request)
{
    struct arena *arena = request->arena;
    struct published *published = arena_alloc(arena, sizeof *published);
    struct download *download = arena_alloc(arena, sizeof *download);
    int64_t person = request_number(request, 1);
    struct output output;

    TRY(published_load(request->reader, request_number(request, 0), published));
    if (person != request->person && !(request->roles & ROLE_ORGANISER))
        return error_new(
            arena, ERROR_NOT_FOUND, "certificate_unknown",
            "没有这份证书：只有在公布的排名中有名次（并且合格）的人员有证书。");
    TRY(output_open_memory(arena, &output));
    struct error *error = certificate_write(arena, published, person, &output);
    TRY(output_take(arena, &output, error, &download->bytes, &download->size));
    download->type = PDF_TYPE;
    download->name = export_file_name(
        arena,
        arena_format(
            arena, "%s %s", published->title, published_name(published, person)),
        "成绩证书", published->demonstration ? "演示数据" : "", ".pdf");
    download->entry.row_count = 1;
    return log_and_send(
        request, download,
        arena_format(
            arena, "publication/%" PRId64 " certificate/%" PRId64 ".pdf", published->id,
            person));
}

static struct error *show_street(struct request *request)
{
    struct arena *arena = request->arena;
    struct file_source *source = arena_alloc(arena, sizeof *source);
    struct download *download = arena_alloc(arena, sizeof *download);
    int64_t subject = request_number(request, 1);
    int64_t branch = request_number(request, 2);
    enum ranking_kind kind;
    struct output output;
    int64_t street;

    TRY(read_kind(arena, request->parameters[0], &kind));
    TRY(read_street(request, &street));
    TRY(file_load(request->reader, kind, subject, 0, request->received_at, source));
    if (street && street != branch)
        return error_new(
            arena, ERROR_NOT_FOUND, "street_unknown", "这项排名里没有这个街道。");
    TRY(output_open_memory(arena, &output));
    struct error *error = street_report(arena, source, branch, &output);
    TRY(output_take(arena, &output, error, &download->bytes, &download->size));
    download->type = PDF_TYPE;
    download->name = export_file_name(
        arena,
        arena_format(
            arena, "%s %s", source->ranking.title, source->ranking.branches[0].name),
        "成绩报告", export_marks(arena, &source->about, source->ranking.final), ".pdf");
    download->entry.row_count = (int64_t)source->ranking.person_count;
    return log_and_send(
        request, download,
        arena_format(
            arena, "%s/%" PRId64 " branch/%" PRId64 " report.pdf",
            ranking_kind_name(kind), subject, branch));
}

/* ---- Made later ---- */

static struct error *queued(struct request *request)
{
    const struct job_request *job = request->context;
    struct writer writer;

    runner_wake(request->feature);
    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    writer_int(&writer, "id", job->id);
    writer_end(&writer);
    return reply_json(request, 201, &writer);
}

static struct error *queue_export(struct request *request)
{
    struct job_request *job = arena_alloc(request->arena, sizeof *job);
    const char *kind = NULL;
    const char *format = NULL;
    json_t *json;

    TRY(request_json(request, &json));
    TRY(INPUT_FIELDS(
        request->arena, json, {"kind", INPUT_TEXT, false, &kind, 1, 16},
        {"subject", INPUT_INT, false, &job->subject, 1, INT64_MAX},
        {"format", INPUT_TEXT, false, &format, 1, 16}));
    TRY(read_kind(request->arena, kind, &job->kind));
    if (!file_format_find(format, &job->format))
        return error_new(
            request->arena, ERROR_INVALID, "export_format", "没有这种文件格式。");
    TRY(read_street(request, &job->branch));
    job->person = request->person;
    job->at = request->received_at;
    return deferred_write(request, job_queue, job, queued);
}

static struct job_eyes eyes_of(const struct request *request)
{
    return (struct job_eyes){
        .person = request->person,
        .everything = (request->roles & KEEPS) != 0,
        .street = request->branch,
    };
}

static struct error *list_exports(struct request *request)
{
    struct job_eyes eyes = eyes_of(request);
    struct job_progress progress = runner_progress(request->feature);
    struct writer writer;

    writer_init(&writer, request->arena, LIST_REPLY);
    writer_object(&writer, NULL);
    TRY(job_write_list(request->reader, &writer, &eyes, &progress));
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *show_export(struct request *request)
{
    struct job_eyes eyes = eyes_of(request);
    struct job_progress progress = runner_progress(request->feature);
    struct writer writer;

    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    TRY(job_write(
        request->reader, &writer, request_number(request, 0), &eyes, &progress));
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

/* A finished file on its way, logged as the immediate ones. */
struct fetching {
    struct export_log_entry entry; /* the first */
    struct job job;
};

static struct error *send_file(struct request *request)
{
    const struct fetching *fetching = request->context;
    const struct job *job = &fetching->job;

    return reply_file(request, file_format_type(job->format), job->name, job->file);
}

static struct error *fetch_file(struct request *request)
{
    struct fetching *fetching = arena_alloc(request->arena, sizeof *fetching);
    struct job_eyes eyes = eyes_of(request);
    const struct job *job = &fetching->job;

    TRY(job_find_done(
        request->reader, request_number(request, 0), &eyes, request->received_at,
        &fetching->job));
    fetching->entry = (struct export_log_entry){
        .at = request->received_at,
        .person = request->person,
        .what = arena_format(
            request->arena, "%s/%" PRId64 " ranking.%s export/%" PRId64,
            ranking_kind_name(job->kind), job->subject, file_format_name(job->format),
            job->id),
        .row_count = job->row_count,
        .digest = job->digest,
    };
    return deferred_write(request, export_log_add, fetching, send_file);
}

/* With the name the file is saved under, so that sha256sum -c finds it. */
static struct error *fetch_digest(struct request *request)
{
    struct job_eyes eyes = eyes_of(request);
    struct job job;

    TRY(job_find_done(
        request->reader, request_number(request, 0), &eyes, request->received_at,
        &job));
    const char *line = arena_format(request->arena, "%s  %s\n", job.digest, job.name);
    reply_download(
        request, DIGEST_TYPE, arena_format(request->arena, "%s.sha256", job.name), line,
        strlen(line));
    return NULL;
}

/* clang-format off */
const struct route files_routes[] = {
    {"GET",  "/api/rankings/:kind/:id/export.xlsx", SEES,  download_ranking_sheet},
    {"GET",  "/api/rankings/:kind/:id/export.csv",  SEES,  download_ranking_csv},
    {"GET",  "/api/contests/:id/export.xlsx",       KEEPS, download_contest_sheet},
    {"GET",  "/api/contests/:id/export.csv",        KEEPS, download_contest_csv},
    {"GET",  "/api/rankings/:kind/:id/branches/:id/report.pdf", SEES, show_street},
    {"GET",  "/api/published/:id/notice.pdf",       ROLE_ANYONE, show_notice},
    {"GET",  "/api/published/:id/certificates/:id.pdf", ROLE_SIGNED_IN, show_certificate},
    {"GET",  "/api/exports",                        SEES,  list_exports},
    {"POST", "/api/exports",                        SEES,  queue_export},
    {"GET",  "/api/exports/:id",                    SEES,  show_export},
    {"GET",  "/api/exports/:id/file",               SEES,  fetch_file},
    {"GET",  "/api/exports/:id/file.sha256",        SEES,  fetch_digest},
};
/* clang-format on */
const size_t files_route_count = sizeof files_routes / sizeof files_routes[0];
