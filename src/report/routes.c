#include "report/routes.h"

#include <inttypes.h>
#include <string.h>

#include "live/deferred.h"
#include "quiz/status.h"
#include "quiz/window.h"
#include "report/publication.h"
#include "report/training.h"
#include "store/store.h"

enum { SMALL_REPLY = 4 * 1024, LIST_REPLY = 1024 * 1024 };

enum {
    KEEPS = ROLE_ORGANISER | ROLE_AUDITOR,
    SEES = KEEPS | ROLE_PROCTOR,
};

/* The role that a change is recorded with. */
static const char *acting_role(const struct request *request)
{
    return request->roles & ROLE_ORGANISER ? "organiser" : "auditor";
}

static struct error *read_kind(struct request *request, enum ranking_kind *kind)
{
    if (ranking_kind_find(request->parameters[0], kind))
        return NULL;
    return error_new(
        request->arena, ERROR_NOT_FOUND, "ranking_unknown", "没有这项排名。");
}

/* ---- Looking ---- */

/* All reads of a request see one state of the database. */
static struct error *load(struct request *request, struct ranking *ranking)
{
    enum ranking_kind kind;

    TRY(read_kind(request, &kind));
    TRY(ranking_load(
        request->reader, kind, request_number(request, 1), request->received_at,
        ranking));
    TRY(publication_compare(request->reader, ranking));
    /* A proctor sees the own street only, with its ranks in the district. */
    if (!(request->roles & KEEPS))
        ranking_keep_branch(ranking, request->branch);
    return NULL;
}

static struct error *list_rankings(struct request *request)
{
    struct writer writer;

    writer_init(&writer, request->arena, LIST_REPLY);
    writer_object(&writer, NULL);
    TRY(training_write_rankings(request->reader, &writer, request->received_at));
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *show_ranking(struct request *request)
{
    struct ranking ranking;
    struct writer writer;

    TRY(load(request, &ranking));
    writer_init(&writer, request->arena, RANKING_LIMIT);
    writer_object(&writer, NULL);
    ranking_write(&writer, &ranking, RANKING_INSIDE);
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

/* ---- Announcing, creating, deciding about persons ---- */

static struct error *made(struct request *request)
{
    reply_nothing(request);
    return NULL;
}

static struct error *reply_id(struct request *request, int64_t id)
{
    struct writer writer;

    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    writer_int(&writer, "id", id);
    writer_end(&writer);
    return reply_json(request, 201, &writer);
}

static struct error *announce_formula(struct request *request)
{
    struct ranking_announcement *announcement =
        arena_alloc(request->arena, sizeof *announcement);
    struct ranking_formula formula;
    json_t *json;

    TRY(read_kind(request, &announcement->kind));
    TRY(request_json(request, &json));
    TRY(ranking_formula_read(request->arena, json, &formula));
    announcement->subject = request_number(request, 1);
    announcement->formula = ranking_formula_write(request->arena, &formula);
    announcement->actor = request->person;
    announcement->role = acting_role(request);
    announcement->at = request->received_at;
    return deferred_write(request, ranking_formula_announce, announcement, made);
}

static struct error *training_made(struct request *request)
{
    return reply_id(request, ((const struct training_creation *)request->context)->id);
}

static struct error *invalid_kind(struct request *request)
{
    return error_new(
        request->arena, ERROR_INVALID, "training_kind",
        "种类应为 training（培训）或 year（年度），各项为 quiz（测验）或 "
        "contest（竞赛）。");
}

static struct error *
read_part(struct request *request, json_t *json, struct training_part *part)
{
    const char *kind = NULL;

    TRY(INPUT_FIELDS(
        request->arena, json, {"kind", INPUT_TEXT, false, &kind, 1, 16},
        {"subject", INPUT_INT, false, &part->subject, 1, INT64_MAX},
        {"weight", INPUT_INT, false, &part->weight, 1, TRAINING_WEIGHT}));
    return ranking_kind_find(kind, &part->kind) ? NULL : invalid_kind(request);
}

static struct error *create_training(struct request *request)
{
    struct training_creation *creation = arena_alloc(request->arena, sizeof *creation);
    const char *kind = NULL;
    json_t *json;
    json_t *parts = NULL;

    TRY(request_json(request, &json));
    TRY(INPUT_FIELDS(
        request->arena, json, {"kind", INPUT_TEXT, false, &kind, 1, 16},
        {"title", INPUT_TEXT, false, &creation->title, 1, TRAINING_TITLE},
        {"held_at", INPUT_INT, false, &creation->held_at, 1, INT64_MAX},
        {"skips", INPUT_BOOL, false, &creation->skips, 0, 0},
        {"parts", INPUT_ARRAY, false, &parts, 1, TRAINING_PARTS}));
    if (!ranking_kind_find(kind, &creation->kind) ||
        (creation->kind != RANKING_TRAINING && creation->kind != RANKING_YEAR))
        return invalid_kind(request);
    creation->part_count = json_array_size(parts);
    struct training_part *list =
        arena_alloc(request->arena, creation->part_count * sizeof *list);
    for (size_t i = 0; i < creation->part_count; i++)
        TRY(read_part(request, json_array_get(parts, i), &list[i]));
    creation->parts = list;
    creation->actor = request->person;
    creation->role = acting_role(request);
    creation->at = request->received_at;
    return deferred_write(request, training_create, creation, training_made);
}

static struct error *decide_status(struct request *request)
{
    struct status_decision *decision = arena_alloc(request->arena, sizeof *decision);
    json_t *json;

    TRY(request_json(request, &json));
    TRY(INPUT_FIELDS(
        request->arena, json,
        {"person", INPUT_INT, false, &decision->person, 1, INT64_MAX},
        {"status", INPUT_TEXT, false, &decision->status, 1, 16},
        {"reason", INPUT_TEXT, false, &decision->reason, 1, STATUS_REASON}));
    decision->quiz = request_number(request, 0);
    decision->actor = request->person;
    decision->role = acting_role(request);
    decision->at = request->received_at;
    return deferred_write(request, status_decide, decision, made);
}

static struct error *close_quiz(struct request *request)
{
    struct window_closing *closing = arena_alloc(request->arena, sizeof *closing);

    closing->quiz = request_number(request, 0);
    closing->actor = request->person;
    closing->role = acting_role(request);
    closing->at = request->received_at;
    return deferred_write(request, window_close, closing, made);
}

/* ---- Publishing ---- */

static struct error *proposed(struct request *request)
{
    return reply_id(
        request, ((const struct publication_proposal *)request->context)->id);
}

static struct error *propose_publication(struct request *request)
{
    struct publication_proposal *proposal =
        arena_alloc(request->arena, sizeof *proposal);
    json_t *json;

    TRY(read_kind(request, &proposal->kind));
    TRY(request_json(request, &json));
    proposal->reason = "";
    TRY(INPUT_FIELDS(
        request->arena, json,
        {"reason", INPUT_TEXT, true, &proposal->reason, 0, PUBLICATION_REASON}));
    proposal->subject = request_number(request, 1);
    proposal->actor = request->person;
    proposal->role = acting_role(request);
    proposal->at = request->received_at;
    return deferred_write(request, publication_propose, proposal, proposed);
}

static struct error *decide_publication(struct request *request)
{
    struct publication_decision *decision =
        arena_alloc(request->arena, sizeof *decision);
    json_t *json;

    TRY(request_json(request, &json));
    TRY(INPUT_FIELDS(
        request->arena, json,
        {"release", INPUT_BOOL, false, &decision->release, 0, 0}));
    decision->id = request_number(request, 0);
    decision->actor = request->person;
    decision->role = acting_role(request);
    decision->at = request->received_at;
    return deferred_write(request, publication_decide, decision, made);
}

static struct error *list_publications(struct request *request)
{
    struct writer writer;

    writer_init(&writer, request->arena, LIST_REPLY);
    writer_object(&writer, NULL);
    TRY(publication_write_list(request->reader, &writer, PUBLICATION_ALL));
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *show_publication(struct request *request)
{
    struct writer writer;

    writer_init(&writer, request->arena, RANKING_LIMIT);
    writer_object(&writer, NULL);
    TRY(publication_write(
        request->reader, &writer, request_number(request, 0), PUBLICATION_ALL));
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

/* clang-format off */
const struct route report_routes[] = {
    {"GET",  "/api/rankings",                       KEEPS,          list_rankings},
    {"GET",  "/api/rankings/:kind/:id",             SEES,           show_ranking},
    {"POST", "/api/rankings/:kind/:id/formula",     ROLE_ORGANISER, announce_formula},
    {"POST", "/api/rankings/:kind/:id/proposals",   ROLE_ORGANISER, propose_publication},
    {"POST", "/api/trainings",                      ROLE_ORGANISER, create_training},
    {"POST", "/api/quizzes/:id/statuses",           ROLE_ORGANISER, decide_status},
    {"POST", "/api/quizzes/:id/close",              ROLE_ORGANISER, close_quiz},
    {"GET",  "/api/publications",                   KEEPS,          list_publications},
    {"GET",  "/api/publications/:id",               KEEPS,          show_publication},
    {"POST", "/api/publications/:id/decision",      KEEPS,          decide_publication},
};
/* clang-format on */
const size_t report_route_count = sizeof report_routes / sizeof report_routes[0];
