#include "cli/site.h"

#include <signal.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "cli/serve_command.h"
#include "contest/routes.h"
#include "courses/catalogue.h"
#include "courses/routes.h"
#include "files/routes.h"
#include "format/findings.h"
#include "history/routes.h"
#include "machines/routes.h"
#include "published/routes.h"
#include "quiz/routes.h"
#include "report/routes.h"

enum { SMALL_REPLY = 64 * 1024, REPORT_REPLY = 1024 * 1024 };

void site_tables(struct site *site)
{
    const struct route_table tables[SITE_TABLES] = {
        {site_routes, site_route_count, site},
        {people_routes, people_route_count, &site->people},
        {courses_routes, courses_route_count, site->catalogue},
        {quiz_routes, quiz_route_count, site->bank},
        {practice_routes, practice_route_count, &site->practice},
        {contest_routes, contest_route_count, site->contests},
        {report_routes, report_route_count, NULL},
        {published_routes, published_route_count, NULL},
        {history_routes, history_route_count, NULL},
        {machines_routes, machines_route_count, site->limit},
        {files_routes, files_route_count, site->runner},
    };
    for (size_t i = 0; i < SITE_TABLES; i++)
        site->tables[i] = tables[i];
}

static void write_refused(struct writer *report, const struct findings *findings)
{
    writer_array(report, "refused");
    for (const struct finding *f = findings->first; f; f = f->next) {
        log_event(
            "content_refused", "file=%s line=%d message=%s", f->file, f->line,
            f->message);
        writer_object(report, NULL);
        writer_text(report, "file", f->file);
        writer_int(report, "line", f->line);
        writer_text(report, "message", f->message);
        writer_end(report);
    }
    writer_end(report);
}

/* After the papers: it asks which of them are buzzer sets. */
static struct error *
load_practice(struct site *site, struct arena *arena, struct findings *findings)
{
    struct db *reader;

    TRY(store_reader_open(site->store, arena, &reader));
    db_use_arena(reader, arena);
    struct error *error = practice_bank_load(
        site->practice.questions, reader, site->options.quizzes, findings);
    store_reader_close(reader);
    return error;
}

/* A stop is asked for while the first reading goes on: nothing more is begun, so that
 * the stop need not wait for the whole of it. */
static bool is_stopping(void)
{
    sigset_t waiting;

    return sigpending(&waiting) == 0 &&
           (sigismember(&waiting, SIGTERM) == 1 || sigismember(&waiting, SIGINT) == 1);
}

struct error *
site_load_content(struct site *site, struct arena *arena, struct writer *report)
{
    const struct options *options = &site->options;
    struct findings findings;
    int64_t papers = 0;

    findings_init(&findings, arena);
    TRY(catalogue_load(site->catalogue, arena, options->courses, &findings));
    if (!is_stopping())
        TRY(bank_load_directory(
            site->store, arena, options->quizzes, &findings, &papers));
    if (!is_stopping())
        TRY(load_practice(site, arena, &findings));
    writer_int(
        report, "courses", (int64_t)catalogue_view(site->catalogue, arena)->count);
    writer_int(report, "papers", papers);
    write_refused(report, &findings);
    return NULL;
}

/* Up means: the whole way from nginx to a read of the database works. */
static struct error *show_health(struct request *request)
{
    const struct site *site = request->feature;
    struct writer writer;
    int64_t number;
    bool found;

    TRY(db_number(request->reader, &found, &number, "SELECT count(*) FROM setting"));
    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    writer_text(&writer, "status", "ok");
    writer_text(&writer, "version", XUNSAI_VERSION);
    writer_int(&writer, "server_now", clock_now_ms());
    writer_bool(&writer, "content", atomic_load(&site->content_read));
    writer_int(&writer, "queue", (int64_t)store_queue_length(request->store));
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *reload_content(struct request *request)
{
    struct writer writer;

    writer_init(&writer, request->arena, REPORT_REPLY);
    writer_object(&writer, NULL);
    TRY(site_load_content(request->feature, request->arena, &writer));
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

/* clang-format off */
const struct route site_routes[] = {
    {"GET",  "/healthz",            ROLE_ANYONE,    show_health},
    {"POST", "/api/content/reload", ROLE_ORGANISER, reload_content},
};
/* clang-format on */
const size_t site_route_count = sizeof site_routes / sizeof site_routes[0];

static void print_roles(unsigned roles)
{
    const char *between = "";

    if (roles == ROLE_ANYONE || roles == ROLE_SIGNED_IN || roles == ROLE_MACHINE) {
        (void)printf(
            "%s", roles == ROLE_ANYONE      ? "anyone"
                  : roles == ROLE_SIGNED_IN ? "signed_in"
                                            : "machine");
        return;
    }
    for (size_t i = 0; i < role_name_count; i++) {
        if (!(roles & role_names[i].role))
            continue;
        (void)printf("%s%s", between, role_names[i].name);
        between = ",";
    }
}

int routes_command(int argc, char **argv)
{
    struct site site = {0};

    (void)argc;
    (void)argv;
    site_tables(&site);
    for (size_t t = 0; t < SITE_TABLES; t++) {
        for (size_t i = 0; i < site.tables[t].count; i++) {
            const struct route *route = &site.tables[t].routes[i];
            (void)printf("%s %s ", route->method, route->path);
            print_roles(route->roles);
            (void)printf("\n");
        }
    }
    return 0;
}
