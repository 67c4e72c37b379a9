#include "report/routes.h"

#include <inttypes.h>

#include "report/contest_export.h"
#include "report/quiz_export.h"
#include "store/store.h"

enum { RANKING_REPLY = 16 * 1024 * 1024 };

#define CSV_TYPE "text/csv; charset=utf-8"
#define SHEET_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

/* A ranking and the state of the record that it belongs to. */
struct quiz_view {
    struct ranking ranking;
    struct export_about about;
};

/* All reads of a request see one state of the database. */
static struct error *load_quiz_view(struct request *request, struct quiz_view *view)
{
    int64_t quiz = request_number(request, 0);

    view->about = (struct export_about){
        .made_at = request->received_at,
        .subject = arena_format(request->arena, "quiz/%" PRId64, quiz),
    };
    TRY(ranking_load(request->reader, quiz, request->received_at, &view->ranking));
    TRY(export_about_load(request->reader, &view->about));
    /* A proctor sees the own street only, with its ranks in the district. */
    if (!(request->roles & (ROLE_ORGANISER | ROLE_AUDITOR)))
        ranking_keep_branch(&view->ranking, request->branch);
    return NULL;
}

static struct error *show_ranking(struct request *request)
{
    struct quiz_view view;
    struct writer writer;

    TRY(load_quiz_view(request, &view));
    writer_init(&writer, request->arena, RANKING_REPLY);
    writer_object(&writer, NULL);
    ranking_write(&writer, &view.ranking);
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static const char *quiz_file_name(
    struct request *request, const struct quiz_view *view, const char *extension)
{
    return export_file_name(
        request->arena, view->ranking.title, "排名",
        export_marks(request->arena, &view->about, view->ranking.final), extension);
}

static struct error *download_quiz_sheet(struct request *request)
{
    struct quiz_view view;
    const char *bytes;
    size_t size;

    TRY(load_quiz_view(request, &view));
    TRY(quiz_export_sheet(request->arena, &view.ranking, &view.about, &bytes, &size));
    reply_download(
        request, SHEET_TYPE, quiz_file_name(request, &view, ".xlsx"), bytes, size);
    return NULL;
}

static struct error *download_quiz_csv(struct request *request)
{
    struct quiz_view view;
    const char *bytes;
    size_t size;

    TRY(load_quiz_view(request, &view));
    TRY(quiz_export_csv(request->arena, &view.ranking, &view.about, &bytes, &size));
    reply_download(
        request, CSV_TYPE, quiz_file_name(request, &view, ".csv"), bytes, size);
    return NULL;
}

static struct error *
download_contest(struct request *request, const char *extension, bool is_sheet)
{
    struct contest_view *view = arena_alloc(request->arena, sizeof *view);
    const char *bytes;
    size_t size;

    TRY(contest_view_load(
        request->reader, request_number(request, 0), request->received_at, view));
    TRY((is_sheet ? contest_export_sheet : contest_export_csv)(
        request->arena, view, &bytes, &size));
    const char *marks =
        export_marks(request->arena, &view->about, view->standings.final);
    reply_download(
        request, is_sheet ? SHEET_TYPE : CSV_TYPE,
        export_file_name(request->arena, view->roster->title, "成绩", marks, extension),
        bytes, size);
    return NULL;
}

static struct error *download_contest_sheet(struct request *request)
{
    return download_contest(request, ".xlsx", true);
}

static struct error *download_contest_csv(struct request *request)
{
    return download_contest(request, ".csv", false);
}

enum {
    KEEPS = ROLE_ORGANISER | ROLE_AUDITOR,
    SEES = KEEPS | ROLE_PROCTOR,
};

const struct route report_routes[] = {
    {"GET", "/api/quizzes/:id/ranking", SEES, show_ranking},
    {"GET", "/api/quizzes/:id/export.xlsx", SEES, download_quiz_sheet},
    {"GET", "/api/quizzes/:id/export.csv", SEES, download_quiz_csv},
    {"GET", "/api/contests/:id/export.xlsx", KEEPS, download_contest_sheet},
    {"GET", "/api/contests/:id/export.csv", KEEPS, download_contest_csv},
};
const size_t report_route_count = sizeof report_routes / sizeof report_routes[0];
