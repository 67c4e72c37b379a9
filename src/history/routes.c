#include "history/routes.h"

#include <inttypes.h>
#include <string.h>

#include "base/token.h"
#include "history/branch_record.h"
#include "history/erase.h"
#include "history/moves.h"
#include "history/own_data.h"
#include "history/record.h"
#include "history/reorganise.h"
#include "live/deferred.h"
#include "report/export_log.h"
#include "store/store.h"

enum { SMALL_REPLY = 256 * 1024, RECORD_REPLY = 4 * 1024 * 1024 };

enum {
    KEEPS = ROLE_ORGANISER | ROLE_AUDITOR,
    SEES = KEEPS | ROLE_PROCTOR,
};

static struct moves_actor actor_of(const struct request *request)
{
    return (struct moves_actor){request->person, "organiser", request->received_at};
}

static struct error *made(struct request *request)
{
    reply_nothing(request);
    return NULL;
}

/* ---- Streets ---- */

static struct error *field_error(struct request *request, const char *field)
{
    return error_make(
        request->arena, ERROR_MALFORMED, "field_type", "字段 %s 的类型不对。", field);
}

/* An id, or the name of a street that begins in the same change. */
static struct error *
read_branch(struct request *request, json_t *json, struct reorganise_branch *branch)
{
    branch->id = json_is_integer(json) ? json_integer_value(json) : 0;
    branch->name = json_is_string(json) ? json_string_value(json) : "";
    return branch->id > 0 || *branch->name ? NULL : field_error(request, "to");
}

static struct error *
read_ends(struct request *request, json_t *json, struct reorganisation *plan)
{
    plan->end_count = json_array_size(json);
    int64_t *ends = arena_alloc(request->arena, (plan->end_count + 1) * sizeof *ends);
    for (size_t i = 0; i < plan->end_count; i++) {
        ends[i] = json_integer_value(json_array_get(json, i));
        if (ends[i] <= 0)
            return field_error(request, "ends");
    }
    plan->ends = ends;
    return NULL;
}

static struct error *
read_begins(struct request *request, json_t *json, struct reorganisation *plan)
{
    plan->begin_count = json_array_size(json);
    plan->begins =
        arena_alloc(request->arena, (plan->begin_count + 1) * sizeof *plan->begins);
    for (size_t i = 0; i < plan->begin_count; i++)
        TRY(INPUT_FIELDS(
            request->arena, json_array_get(json, i),
            {"name", INPUT_TEXT, false, &plan->begins[i].name, 1, REORGANISE_NAME},
            {"position", INPUT_INT, false, &plan->begins[i].position, 1, 10000}));
    return NULL;
}

static struct error *
read_successors(struct request *request, json_t *json, struct reorganisation *plan)
{
    plan->successor_count = json_array_size(json);
    struct reorganise_successor *list =
        arena_alloc(request->arena, (plan->successor_count + 1) * sizeof *list);
    for (size_t i = 0; i < plan->successor_count; i++) {
        json_t *to = NULL;
        TRY(INPUT_FIELDS(
            request->arena, json_array_get(json, i),
            {"from", INPUT_INT, false, &list[i].from, 1, INT64_MAX},
            {"to", INPUT_ANY, false, &to, 0, 0}));
        TRY(read_branch(request, to, &list[i].to));
    }
    plan->successors = list;
    return NULL;
}

static struct error *
read_move(struct request *request, json_t *json, struct reorganise_move *move)
{
    int64_t person = 0;
    int64_t community = 0;
    int64_t branch = 0;
    json_t *to = NULL;

    TRY(INPUT_FIELDS(
        request->arena, json, {"person", INPUT_INT, true, &person, 1, INT64_MAX},
        {"community", INPUT_INT, true, &community, 1, INT64_MAX},
        {"branch", INPUT_INT, true, &branch, 1, INT64_MAX},
        {"to", INPUT_ANY, false, &to, 0, 0}));
    if ((person > 0) + (community > 0) + (branch > 0) != 1)
        return field_error(request, "moves");
    move->who = person      ? REORGANISE_PERSON
                : community ? REORGANISE_COMMUNITY
                            : REORGANISE_BRANCH;
    move->id = person + community + branch;
    return read_branch(request, to, &move->to);
}

static struct error *reorganised(struct request *request)
{
    const struct reorganisation *plan = request->context;
    struct writer writer;

    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    writer_array(&writer, "begun");
    for (size_t i = 0; i < plan->begin_count; i++) {
        writer_object(&writer, NULL);
        writer_int(&writer, "id", plan->begins[i].id);
        writer_text(&writer, "name", plan->begins[i].name);
        writer_end(&writer);
    }
    writer_end(&writer);
    writer_int(&writer, "moved", plan->moved);
    writer_end(&writer);
    return reply_json(request, 201, &writer);
}

static struct error *reorganise_branches(struct request *request)
{
    struct reorganisation *plan = arena_alloc(request->arena, sizeof *plan);
    json_t *json, *ends = NULL, *begins = NULL, *successors = NULL, *moves = NULL;

    TRY(request_json(request, &json));
    TRY(INPUT_FIELDS(
        request->arena, json, {"at", INPUT_INT, false, &plan->at, 1, INT64_MAX},
        {"ends", INPUT_ARRAY, false, &ends, 0, REORGANISE_BRANCHES},
        {"begins", INPUT_ARRAY, false, &begins, 0, REORGANISE_BRANCHES},
        {"successors", INPUT_ARRAY, false, &successors, 0, REORGANISE_BRANCHES},
        {"moves", INPUT_ARRAY, false, &moves, 0, REORGANISE_MOVES}));
    TRY(read_ends(request, ends, plan));
    TRY(read_begins(request, begins, plan));
    TRY(read_successors(request, successors, plan));
    plan->move_count = json_array_size(moves);
    struct reorganise_move *list =
        arena_alloc(request->arena, (plan->move_count + 1) * sizeof *list);
    for (size_t i = 0; i < plan->move_count; i++)
        TRY(read_move(request, json_array_get(moves, i), &list[i]));
    plan->moves = list;
    plan->actor = actor_of(request);
    return deferred_write(request, reorganise, plan, reorganised);
}

static struct error *show_branch_record(struct request *request)
{
    int64_t branch = request_number(request, 0);
    struct writer writer;

    /* To a proctor other streets are as if they were not there. */
    if (!(request->roles & KEEPS) && branch != request->branch)
        return error_new(
            request->arena, ERROR_NOT_FOUND, "branch_unknown", "没有这个街道。");
    writer_init(&writer, request->arena, BRANCH_RECORD_LIMIT);
    writer_object(&writer, NULL);
    TRY(branch_record_write(request->reader, &writer, branch, request->received_at));
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

/* ---- People ---- */

static struct error *
change_person(struct request *request, store_change *change, bool names_branch)
{
    struct moves_change *move = arena_alloc(request->arena, sizeof *move);
    json_t *json;

    move->at = request->received_at;
    TRY(request_json(request, &json));
    TRY(input_object(
        request->arena, json,
        (const struct input_field[]){
            {"reason", INPUT_TEXT, false, &move->reason, 1, MOVES_REASON},
            {"at", INPUT_INT, true, &move->at, 1, INT64_MAX},
            {"branch", INPUT_INT, false, &move->branch, 1, INT64_MAX}},
        names_branch ? 3 : 2));
    move->person = request_number(request, 0);
    move->actor = actor_of(request);
    return deferred_write(request, change, move, made);
}

static struct error *move_person(struct request *request)
{
    return change_person(request, moves_move, true);
}

static struct error *person_leaves(struct request *request)
{
    return change_person(request, moves_leave, false);
}

static struct error *person_rejoins(struct request *request)
{
    return change_person(request, moves_rejoin, true);
}

static struct error *change_details(struct request *request)
{
    struct moves_details *details = arena_alloc(request->arena, sizeof *details);
    json_t *json;

    TRY(request_json(request, &json));
    TRY(INPUT_FIELDS(
        request->arena, json,
        {"phone", INPUT_TEXT, true, &details->phone, 0, MOVES_PHONE},
        {"cohort", INPUT_TEXT, true, &details->cohort, 0, MOVES_COHORT}));
    details->person = request_number(request, 0);
    details->actor = actor_of(request);
    return deferred_write(request, moves_change_details, details, made);
}

static struct error *erase(struct request *request)
{
    struct erasure *erasure = arena_alloc(request->arena, sizeof *erasure);
    json_t *json;

    TRY(request_json(request, &json));
    TRY(INPUT_FIELDS(
        request->arena, json,
        {"reason", INPUT_TEXT, false, &erasure->reason, 1, MOVES_REASON}));
    erasure->person = request_number(request, 0);
    erasure->actor = actor_of(request);
    return deferred_write(request, erase_person, erasure, made);
}

/* ---- Records of people ---- */

static struct error *reply_record(struct request *request, int64_t person)
{
    const struct privacy_viewer viewer = {
        request->roles, request->person, request->branch};
    struct writer writer;

    writer_init(&writer, request->arena, RECORD_REPLY);
    writer_object(&writer, NULL);
    TRY(record_write(request->reader, &writer, person, request->received_at, &viewer));
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *show_own_record(struct request *request)
{
    return reply_record(request, request->person);
}

static struct error *show_record(struct request *request)
{
    int64_t person = request_number(request, 0);
    int64_t branch;

    TRY(record_branch(request->reader, person, &branch));
    if (!(request->roles & KEEPS) && (!branch || branch != request->branch))
        return error_new(
            request->arena, ERROR_NOT_FOUND, "person_unknown", "没有这个人员。");
    return reply_record(request, person);
}

/* A file that is sent once the log of it is on disk. The entry stands first: it is the
 * context of the change. */
struct logged_file {
    struct export_log_entry entry;
    const char *type;
    const char *name;
    const char *bytes;
    size_t size;
};

static struct error *send_file(struct request *request)
{
    const struct logged_file *file = request->context;

    reply_download(request, file->type, file->name, file->bytes, file->size);
    return NULL;
}

static struct error *log_and_send(
    struct request *request, struct logged_file *file, const char *what,
    int64_t row_count)
{
    unsigned char digest[TOKEN_DIGEST];

    token_sha256(file->bytes, file->size, digest);
    file->entry = (struct export_log_entry){
        .at = request->received_at,
        .person = request->person,
        .what = arena_format(
            request->arena, "person/%" PRId64 " %s", request->person, what),
        .row_count = row_count,
        .digest = token_hex(request->arena, digest, sizeof digest),
    };
    return deferred_write(request, export_log_add, file, send_file);
}

static struct error *download_own_json(struct request *request)
{
    struct logged_file *file = arena_alloc(request->arena, sizeof *file);
    struct writer writer;
    int64_t rows;

    writer_init(&writer, request->arena, OWN_DATA_LIMIT);
    writer_object(&writer, NULL);
    TRY(own_data_write(
        request->reader, &writer, request->person, request->received_at, &rows));
    writer_end(&writer);
    TRY(reply_json(request, 200, &writer)); /* tells when it is too large */
    file->type = "application/json";
    file->name = "我的数据.json";
    file->bytes = writer.text.bytes;
    file->size = writer.text.size;
    return log_and_send(request, file, "record.json", rows);
}

static struct error *download_own_csv(struct request *request)
{
    struct logged_file *file = arena_alloc(request->arena, sizeof *file);
    int64_t rows;

    TRY(own_data_csv(
        request->reader, request->person, request->received_at, &file->bytes,
        &file->size, &rows));
    file->type = "text/csv; charset=utf-8";
    file->name = "我的数据.csv";
    return log_and_send(request, file, "record.csv", rows);
}

static struct error *show_export_log(struct request *request)
{
    int64_t limit = request_query_int(request, "limit", EXPORT_LOG_PAGE);
    struct writer writer;

    if (limit < 1 || limit > EXPORT_LOG_PAGE)
        limit = EXPORT_LOG_PAGE;
    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    TRY(export_log_write(
        request->reader, &writer, request_query_int(request, "before", 0), limit));
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

/* clang-format off */
const struct route history_routes[] = {
    {"POST", "/api/branches/reorganisations", ROLE_ORGANISER, reorganise_branches},
    {"GET",  "/api/branches/:id/record",      SEES,           show_branch_record},
    {"POST", "/api/people/:id",               ROLE_ORGANISER, change_details},
    {"POST", "/api/people/:id/move",          ROLE_ORGANISER, move_person},
    {"POST", "/api/people/:id/leave",         ROLE_ORGANISER, person_leaves},
    {"POST", "/api/people/:id/rejoin",        ROLE_ORGANISER, person_rejoins},
    {"POST", "/api/people/:id/erase",         ROLE_ORGANISER, erase},
    {"GET",  "/api/people/:id/record",        SEES,           show_record},
    {"GET",  "/api/me/record",                ROLE_SIGNED_IN, show_own_record},
    {"GET",  "/api/me/record.json",           ROLE_SIGNED_IN, download_own_json},
    {"GET",  "/api/me/record.csv",            ROLE_SIGNED_IN, download_own_csv},
    {"GET",  "/api/export-log",               KEEPS,          show_export_log},
};
/* clang-format on */
const size_t history_route_count = sizeof history_routes / sizeof history_routes[0];
