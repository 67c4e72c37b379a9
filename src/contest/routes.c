#include "contest/routes.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/token.h"
#include "contest/draw.h"
#include "contest/roster.h"
#include "contest/ruling.h"
#include "contest/scoring.h"
#include "contest/standings.h"
#include "contest/steps.h"
#include "contest/timer.h"
#include "contest/views.h"
#include "contest/written.h"
#include "live/deferred.h"
#include "live/live.h"

enum {
    SMALL_REPLY = 4 * 1024,
    LIST_REPLY = 256 * 1024,
    JOURNAL_LIMIT = 64 * 1024 * 1024,
    DEVICE_NAME = 64,
    MOST_UNSENT = 1000000,
};

struct contest_feature *contest_feature_new(void)
{
    struct contest_feature *feature = calloc(1, sizeof *feature);

    if (!feature)
        abort();
    feature->journal = journal_new();
    feature->presence = presence_new();
    return feature;
}

void contest_feature_free(struct contest_feature *feature)
{
    presence_free(feature->presence);
    journal_free(feature->journal);
    free(feature);
}

static struct journal *journal_of(const struct request *request)
{
    return ((const struct contest_feature *)request->feature)->journal;
}

static struct viewing viewing_of(const struct request *request)
{
    const struct contest_feature *feature = request->feature;

    return (struct viewing){
        .db = request->reader,
        .journal = feature->journal,
        .presence = feature->presence,
        .contest = request_number(request, 0),
        .person = request->person,
    };
}

/* ---- Looking ---- */

static struct error *list_contests(struct request *request)
{
    struct viewing viewing = viewing_of(request);
    struct writer writer;

    writer_init(&writer, request->arena, LIST_REPLY);
    TRY(view_list(&viewing, &writer));
    return reply_json(request, 200, &writer);
}

static struct error *
build_screen(struct request *request, struct writer *writer, int64_t *number)
{
    struct viewing viewing = viewing_of(request);

    return view_screen(&viewing, writer, number);
}

static struct error *
build_host(struct request *request, struct writer *writer, int64_t *number)
{
    struct viewing viewing = viewing_of(request);

    return view_host(&viewing, writer, number);
}

static struct error *
build_judge(struct request *request, struct writer *writer, int64_t *number)
{
    struct viewing viewing = viewing_of(request);

    return view_judge(&viewing, writer, number);
}

/* A topic is made for every address that is followed and stays: only for contests that
 * exist. */
static struct error *
follow(struct request *request, const char *audience, live_build *build)
{
    static const char sql[] = "SELECT id FROM contest WHERE id = $1";
    int64_t contest;
    bool found;

    TRY(db_number(
        request->reader, &found, &contest, sql, INT(request_number(request, 0))));
    if (!found)
        return error_new(
            request->arena, ERROR_NOT_FOUND, "contest_unknown", "没有这场比赛。");
    return live_follow(
        request, journal_subject(request->arena, contest), audience, build);
}

static struct error *show_screen(struct request *request)
{
    return follow(request, "screen", build_screen);
}

/* Not shared with other hosts: who was seen when changes without an event, so each
 * asking must be answered anew. */
static struct error *show_host(struct request *request)
{
    return follow(request, NULL, build_host);
}

static struct error *show_judge(struct request *request)
{
    return follow(request, NULL, build_judge);
}

static struct error *show_standings(struct request *request)
{
    const struct contest_state *state;
    struct standings standings;

    TRY(journal_state(
        journal_of(request), request->reader, request_number(request, 0), &state));
    if (state->phase == CONTEST_PREPARED)
        return error_new(
            request->arena, ERROR_CONFLICT, "not_sealed",
            "规则和名单还没有封存，没有成绩。");
    TRY(standings_compute(request->arena, state, STANDINGS_ALL, &standings));
    const char *document = standings_document(request->arena, &standings);
    reply_bytes(
        request, "application/json", document, strlen(document),
        arena_format(request->arena, "\"%s\"", state->hash));
    return NULL;
}

static struct error *show_impact(struct request *request)
{
    struct viewing viewing = viewing_of(request);
    struct view_impact_question question = {
        .contestant = request_query_int(request, "contestant", 0),
        .round = request_query(request, "round"),
        .judge = request_query_int(request, "judge", 0),
        .marks = request_query(request, "marks"),
        .points = request_query(request, "points"),
    };
    struct writer writer;

    writer_init(&writer, request->arena, LIST_REPLY);
    TRY(view_impact(&viewing, &question, &writer));
    return reply_json(request, 200, &writer);
}

/* ---- Downloads: what `xunsai contest replay` reads ---- */

static struct error *download_rules(struct request *request)
{
    const struct roster *roster;

    TRY(roster_read(request->reader, request_number(request, 0), &roster));
    reply_download(
        request, "application/json", "rules.json", roster->rules,
        strlen(roster->rules));
    return NULL;
}

static struct error *download_events(struct request *request)
{
    const struct roster *roster;
    struct text lines;

    TRY(roster_read(request->reader, request_number(request, 0), &roster));
    text_init(&lines, request->arena, JOURNAL_LIMIT);
    TRY(journal_lines(request->reader, request_number(request, 0), &lines));
    if (lines.overflowed)
        return error_new(
            request->arena, ERROR_BROKEN, "reply", "a journal over its limit");
    reply_download(
        request, "application/x-ndjson", "events.ndjson", lines.bytes, lines.size);
    return NULL;
}

/* ---- The host's steps ---- */

/* "number", "receipt", "hash" of what was recorded. */
static void write_receipt(struct writer *writer, const struct chain_event *event)
{
    writer_int(writer, "number", event->number);
    writer_text(writer, "receipt", chain_receipt(writer->text.arena, event->hash));
    writer_text(writer, "hash", event->hash);
}

static struct error *
answer_event(struct request *request, const struct chain_event *event)
{
    struct writer writer;

    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    write_receipt(&writer, event);
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *answer_step(struct request *request)
{
    const struct step *step = request->context;

    return answer_event(request, &step->event);
}

static struct error *take_step(struct request *request)
{
    struct step *step = arena_alloc(request->arena, sizeof *step);
    unsigned char seed[DRAW_SEED];
    json_t *body;

    step->expected = INT64_MAX; /* not told: nothing to compare with */
    TRY(request_json(request, &body));
    TRY(INPUT_FIELDS(
        request->arena, body, {"action", INPUT_TEXT, false, &step->action, 1, 32},
        {"contestant", INPUT_INT, true, &step->contestant, 1, INT64_MAX},
        {"view", INPUT_TEXT, true, &step->view, 0, 32},
        {"points", INPUT_TEXT, true, &step->points, 0, 32},
        {"reason", INPUT_TEXT, true, &step->reason, 0, 1000},
        {"spoken", INPUT_TEXT, true, &step->spoken, 0, 1000},
        {"expected", INPUT_INT, true, &step->expected, 0, INT64_MAX}));
    step->journal = journal_of(request);
    step->contest = request_number(request, 0);
    step->actor = request->person;
    step->at = clock_now_ms();
    token_random_bytes(seed, sizeof seed);
    step->seed = token_hex(request->arena, seed, sizeof seed);
    return deferred_write(request, step_take, step, answer_step);
}

static struct error *answer_timer(struct request *request)
{
    const struct timer *timer = request->context;

    return answer_event(request, &timer->event);
}

static struct error *take_timer(struct request *request)
{
    struct timer *timer = arena_alloc(request->arena, sizeof *timer);
    json_t *body;

    *timer = (struct timer){
        .journal = journal_of(request),
        .contest = request_number(request, 0),
        .actor = request->person,
        .at = request->received_at,
    };
    TRY(request_json(request, &body));
    TRY(INPUT_FIELDS(
        request->arena, body, {"action", INPUT_TEXT, false, &timer->action, 1, 32},
        {"contestant", INPUT_INT, true, &timer->contestant, 1, INT64_MAX},
        {"round", INPUT_TEXT, true, &timer->round, 1, 32},
        {"ms", INPUT_INT, true, &timer->ms, 0, CONTEST_LONGEST_MS},
        {"reason", INPUT_TEXT, true, &timer->reason, 0, 1000}));
    return deferred_write(request, timer_take, timer, answer_timer);
}

static struct error *answer_ruling(struct request *request)
{
    const struct ruling *ruling = request->context;

    return answer_event(request, &ruling->event);
}

/* What the tablets said of themselves last. */
static struct error *count_unsent(struct request *request, int64_t *unsent)
{
    const struct contest_feature *feature = request->feature;
    int64_t contest = request_number(request, 0);
    const struct contest_state *state;

    TRY(journal_state(feature->journal, request->reader, contest, &state));
    for (size_t i = 0; i < state->judge_count; i++) {
        int64_t at;
        int64_t held;
        if (presence_last(
                feature->presence, contest, state->judges[i].person, &at, &held))
            *unsent += held;
    }
    return NULL;
}

static struct error *take_ruling(struct request *request)
{
    struct ruling *ruling = arena_alloc(request->arena, sizeof *ruling);
    json_t *body;

    *ruling = (struct ruling){
        .journal = journal_of(request),
        .contest = request_number(request, 0),
        .actor = request->person,
        .chief_judge = request->roles & ROLE_CHIEF_JUDGE,
        .auditor = request->roles & ROLE_AUDITOR,
        .at = clock_now_ms(),
        .expected = INT64_MAX,
    };
    TRY(request_json(request, &body));
    TRY(INPUT_FIELDS(
        request->arena, body, {"action", INPUT_TEXT, false, &ruling->action, 1, 32},
        {"contestant", INPUT_INT, true, &ruling->contestant, 1, INT64_MAX},
        {"round", INPUT_TEXT, true, &ruling->round, 1, 32},
        {"judge", INPUT_INT, true, &ruling->judge, 1, INT64_MAX},
        {"judges", INPUT_ARRAY, true, &ruling->judges, 0, CONTEST_JUDGES},
        {"order", INPUT_ARRAY, true, &ruling->order, 0, CONTEST_CONTESTANTS},
        {"checked", INPUT_INT, true, &ruling->checked, 1, CONTEST_CONTESTANTS},
        {"errors", INPUT_INT, true, &ruling->errors, 0, CONTEST_CONTESTANTS},
        {"reason", INPUT_TEXT, true, &ruling->reason, 0, 1000},
        {"expected", INPUT_INT, true, &ruling->expected, 0, INT64_MAX}));
    TRY(count_unsent(request, &ruling->unsent));
    return deferred_write(request, ruling_take, ruling, answer_ruling);
}

static struct error *answer_written(struct request *request)
{
    const struct written *written = request->context;
    struct writer writer;

    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    writer_int(&writer, "taken", written->taken);
    writer_int(&writer, "absent", written->absent);
    writer_int(&writer, "number", written->number);
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *take_written(struct request *request)
{
    struct written *written = arena_alloc(request->arena, sizeof *written);
    json_t *body;

    TRY(request_json(request, &body));
    TRY(input_object(request->arena, body, NULL, 0));
    *written = (struct written){
        .journal = journal_of(request),
        .contest = request_number(request, 0),
        .actor = request->person,
        .at = clock_now_ms(),
    };
    return deferred_write(request, written_take, written, answer_written);
}

/* ---- What judges send ---- */

static struct scoring *scoring_of(struct request *request)
{
    struct scoring *scoring = arena_alloc(request->arena, sizeof *scoring);

    *scoring = (struct scoring){
        .journal = journal_of(request),
        .contest = request_number(request, 0),
        .judge = request->person,
        .at = clock_now_ms(),
    };
    return scoring;
}

static struct error *answer_scoring(struct request *request)
{
    const struct scoring *scoring = request->context;
    struct writer writer;

    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    write_receipt(&writer, &scoring->event);
    if (scoring->total)
        writer_text(&writer, "total", scoring->total);
    writer_int(&writer, "at", scoring->event.at);
    writer_int(&writer, "device_number", scoring->event.device_number);
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *take_mark(struct request *request)
{
    struct scoring *scoring = scoring_of(request);
    json_t *body;

    TRY(request_json(request, &body));
    TRY(INPUT_FIELDS(
        request->arena, body,
        {"device", INPUT_TEXT, false, &scoring->device, 1, DEVICE_NAME},
        {"device_number", INPUT_INT, false, &scoring->device_number, 1, INT64_MAX},
        {"contestant", INPUT_INT, false, &scoring->contestant, 1, INT64_MAX},
        {"round", INPUT_TEXT, true, &scoring->round, 1, 32},
        {"criterion", INPUT_TEXT, false, &scoring->criterion, 1, 32},
        {"value", INPUT_TEXT, false, &scoring->value, 0, 1000}));
    return deferred_write(request, scoring_mark, scoring, answer_scoring);
}

static struct error *take_sheet(struct request *request)
{
    struct scoring *scoring = scoring_of(request);
    json_t *body;

    TRY(request_json(request, &body));
    TRY(INPUT_FIELDS(
        request->arena, body,
        {"device", INPUT_TEXT, false, &scoring->device, 1, DEVICE_NAME},
        {"device_number", INPUT_INT, false, &scoring->device_number, 1, INT64_MAX},
        {"contestant", INPUT_INT, false, &scoring->contestant, 1, INT64_MAX},
        {"round", INPUT_TEXT, true, &scoring->round, 1, 32},
        {"marks", INPUT_OBJECT, false, &scoring->marks, 0, 0}));
    return deferred_write(request, scoring_sheet, scoring, answer_scoring);
}

static struct error *answer_correction(struct request *request)
{
    const struct scoring_correction *correction = request->context;

    return answer_event(request, &correction->event);
}

static struct error *ask_correction(struct request *request)
{
    struct scoring_correction *correction =
        arena_alloc(request->arena, sizeof *correction);
    json_t *body;

    *correction = (struct scoring_correction){
        .journal = journal_of(request),
        .contest = request_number(request, 0),
        .judge = request->person,
        .at = clock_now_ms(),
    };
    TRY(request_json(request, &body));
    TRY(INPUT_FIELDS(
        request->arena, body,
        {"contestant", INPUT_INT, false, &correction->contestant, 1, INT64_MAX},
        {"round", INPUT_TEXT, true, &correction->round, 1, 32},
        {"reason", INPUT_TEXT, false, &correction->reason, 0, 1000}));
    return deferred_write(
        request, scoring_ask_correction, correction, answer_correction);
}

static struct error *note_presence(struct request *request)
{
    const struct contest_feature *feature = request->feature;
    int64_t contest = request_number(request, 0);
    const struct contest_state *state;
    const char *device;
    int64_t unsent;
    json_t *body;

    TRY(request_json(request, &body));
    TRY(INPUT_FIELDS(
        request->arena, body, {"device", INPUT_TEXT, false, &device, 1, DEVICE_NAME},
        {"unsent", INPUT_INT, false, &unsent, 0, MOST_UNSENT}));
    TRY(journal_state(feature->journal, request->reader, contest, &state));
    if (contest_find_judge(state, request->person) == CONTEST_NONE)
        return error_new(
            request->arena, ERROR_FORBIDDEN, "not_on_panel", "您不是本场比赛的评委。");
    presence_note(feature->presence, contest, request->person, clock_now_ms(), unsent);
    reply_nothing(request);
    return NULL;
}

enum {
    RUNS = ROLE_HOST | ROLE_ORGANISER | ROLE_CHIEF_JUDGE | ROLE_AUDITOR,
    KEEPS = ROLE_ORGANISER | ROLE_AUDITOR,
    RULES = ROLE_CHIEF_JUDGE | ROLE_AUDITOR,
};

const struct route contest_routes[] = {
    {"GET", "/api/contests", ROLE_ANYONE, list_contests},
    {"GET", "/api/contests/:id/screen", ROLE_ANYONE, show_screen},
    {"GET", "/api/contests/:id/host", RUNS, show_host},
    {"GET", "/api/contests/:id/judge", ROLE_JUDGE, show_judge},
    {"GET", "/api/contests/:id/standings", RUNS, show_standings},
    {"GET", "/api/contests/:id/impact", ROLE_HOST | ROLE_CHIEF_JUDGE, show_impact},
    {"GET", "/api/contests/:id/rules.json", KEEPS, download_rules},
    {"GET", "/api/contests/:id/events.ndjson", KEEPS, download_events},
    {"POST", "/api/contests/:id/step", ROLE_HOST, take_step},
    {"POST", "/api/contests/:id/timer", ROLE_HOST, take_timer},
    {"POST", "/api/contests/:id/rulings", RULES, take_ruling},
    {"POST", "/api/contests/:id/written", ROLE_ORGANISER, take_written},
    {"POST", "/api/contests/:id/marks", ROLE_JUDGE, take_mark},
    {"POST", "/api/contests/:id/sheets", ROLE_JUDGE, take_sheet},
    {"POST", "/api/contests/:id/corrections", ROLE_JUDGE, ask_correction},
    {"POST", "/api/contests/:id/presence", ROLE_JUDGE, note_presence},
};
const size_t contest_route_count = sizeof contest_routes / sizeof contest_routes[0];
