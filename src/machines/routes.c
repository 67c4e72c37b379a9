#include "machines/routes.h"

#include <inttypes.h>
#include <string.h>

#include "base/token.h"
#include "live/deferred.h"
#include "machines/limit.h"
#include "machines/results.h"
#include "machines/token.h"
#include "machines/webhook.h"
#include "people/person.h"
#include "report/ranking_formula.h"
#include "store/store.h"

enum { SMALL_REPLY = 1024 * 1024 };

enum { KEEPS = ROLE_ORGANISER | ROLE_AUDITOR };

static struct error *made(struct request *request)
{
    reply_nothing(request);
    return NULL;
}

/* ---- Tokens ---- */

static struct error *token_created(struct request *request)
{
    const struct token_creation *creation = request->context;
    struct writer writer;

    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    writer_int(&writer, "id", creation->id);
    writer_text(&writer, "token", creation->token);
    writer_int(&writer, "expires_at", creation->expires_at);
    writer_end(&writer);
    return reply_json(request, 201, &writer);
}

static struct error *create_token(struct request *request)
{
    struct token_creation *creation = arena_alloc(request->arena, sizeof *creation);
    json_t *json;

    TRY(request_json(request, &json));
    TRY(INPUT_FIELDS(
        request->arena, json,
        {"label", INPUT_TEXT, false, &creation->label, 1, TOKEN_LABEL},
        {"branch", INPUT_INT, true, &creation->branch, 1, INT64_MAX},
        {"days", INPUT_INT, false, &creation->days, 1, TOKEN_DAYS}));
    creation->token = token_random(request->arena);
    creation->actor = request->person;
    creation->at = request->received_at;
    return deferred_write(request, token_create, creation, token_created);
}

static struct error *list_tokens(struct request *request)
{
    struct writer writer;

    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    TRY(token_write_list(request->reader, &writer));
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *revoke_token(struct request *request)
{
    struct token_revocation *revocation =
        arena_alloc(request->arena, sizeof *revocation);

    revocation->id = request_number(request, 0);
    revocation->actor = request->person;
    revocation->at = request->received_at;
    return deferred_write(request, token_revoke, revocation, made);
}

/* ---- What tools read ---- */

/* A page that is sent once the log of it is on disk. The use stands first: it is the
 * context of the change. */
struct logged_page {
    struct token_use use;
    struct writer writer;
};

static struct error *send_page(struct request *request)
{
    struct logged_page *page = request->context;

    return reply_json(request, 200, &page->writer);
}

static struct logged_page *open_page(struct request *request)
{
    struct logged_page *page = arena_alloc(request->arena, sizeof *page);

    writer_init(&page->writer, request->arena, RESULTS_LIMIT);
    writer_object(&page->writer, NULL);
    return page;
}

static struct error *log_page(
    struct request *request, struct logged_page *page, const char *what, int64_t rows)
{
    writer_end(&page->writer);
    page->use = (struct token_use){
        .token = request->token,
        .at = request->received_at,
        .what = what,
        .row_count = rows,
    };
    return deferred_write(request, token_note_use, page, send_page);
}

static struct error *count_request(struct request *request)
{
    return limit_count(
        request->feature, request->arena, request->token, request->received_at);
}

static struct error *invalid_query(struct request *request, const char *name)
{
    return error_make(
        request->arena, ERROR_INVALID, "query_invalid", "参数 %s 不对。", name);
}

/* A number that is there must be one: a mistyped filter must not give everything. */
static struct error *
read_number(struct request *request, const char *name, int64_t most, int64_t *number)
{
    if (!request_query(request, name))
        return NULL;
    int64_t value = request_query_int(request, name, 0);
    if (value < 1 || value > most)
        return invalid_query(request, name);
    *number = value;
    return NULL;
}

static struct error *read_query(struct request *request, struct results_query *query)
{
    const char *kind = request_query(request, "kind");
    const char *after = request_query(request, "after");
    enum ranking_kind known;

    *query = (struct results_query){
        .kind = kind ? kind : "", .own = request->branch, .limit = RESULTS_PAGE};
    if (kind && !ranking_kind_find(kind, &known))
        return invalid_query(request, "kind");
    if (after && !results_read_cursor(after, query))
        return invalid_query(request, "after");
    TRY(read_number(request, "subject", INT64_MAX, &query->subject));
    TRY(read_number(request, "branch", INT64_MAX, &query->branch));
    return read_number(request, "limit", RESULTS_PAGE, &query->limit);
}

typedef struct error *
write_results(struct db *db, struct writer *writer, struct results_query *query);

static struct error *
reply_results(struct request *request, const char *what, write_results *write)
{
    struct results_query query;

    TRY(count_request(request));
    TRY(read_query(request, &query));
    struct logged_page *page = open_page(request);
    TRY(write(request->reader, &page->writer, &query));
    return log_page(
        request, page, arena_format(request->arena, "%s?%.200s", what, request->query),
        query.count);
}

static struct error *show_results(struct request *request)
{
    int64_t wanted = request_query_int(request, "branch", 0);

    if (request->branch && wanted && wanted != request->branch)
        return error_new(
            request->arena, ERROR_FORBIDDEN, "token_branch",
            "这个令牌只能读取本街道的数据。");
    return reply_results(request, "v1/results", results_write_people);
}

static struct error *show_rankings(struct request *request)
{
    return reply_results(request, "v1/rankings", results_write_branches);
}

static struct error *show_published(struct request *request)
{
    return reply_results(request, "v1/published", results_write_published);
}

static struct error *show_branches(struct request *request)
{
    TRY(count_request(request));
    struct logged_page *page = open_page(request);
    TRY(person_write_branches(request->reader, &page->writer, true));
    return log_page(request, page, "v1/branches", 1);
}

/* ---- Webhooks ---- */

static struct error *webhook_created(struct request *request)
{
    const struct webhook_creation *creation = request->context;
    struct writer writer;

    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    writer_int(&writer, "id", creation->id);
    writer_text(&writer, "secret", creation->secret);
    writer_end(&writer);
    return reply_json(request, 201, &writer);
}

static struct error *create_webhook(struct request *request)
{
    struct webhook_creation *creation = arena_alloc(request->arena, sizeof *creation);
    json_t *json;

    TRY(request_json(request, &json));
    TRY(INPUT_FIELDS(
        request->arena, json,
        {"address", INPUT_TEXT, false, &creation->address, 1, WEBHOOK_ADDRESS},
        {"label", INPUT_TEXT, false, &creation->label, 1, WEBHOOK_LABEL}));
    creation->secret = token_random(request->arena);
    creation->actor = request->person;
    creation->at = request->received_at;
    return deferred_write(request, webhook_create, creation, webhook_created);
}

static struct error *list_webhooks(struct request *request)
{
    struct writer writer;

    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    TRY(webhook_write_list(request->reader, &writer));
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *list_deliveries(struct request *request)
{
    struct writer writer;

    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    TRY(webhook_write_deliveries(request->reader, &writer, request_number(request, 0)));
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *act_on_webhook(struct request *request, store_change *change)
{
    struct webhook_action *action = arena_alloc(request->arena, sizeof *action);

    action->id = request_number(request, 0);
    action->actor = request->person;
    action->at = request->received_at;
    return deferred_write(request, change, action, made);
}

static struct error *stop_webhook(struct request *request)
{
    return act_on_webhook(request, webhook_stop);
}

static struct error *send_again(struct request *request)
{
    return act_on_webhook(request, webhook_send_again);
}

/* clang-format off */
const struct route machines_routes[] = {
    {"POST", "/api/tokens",            ROLE_ORGANISER, create_token},
    {"GET",  "/api/tokens",            KEEPS,          list_tokens},
    {"POST", "/api/tokens/:id/revoke", ROLE_ORGANISER, revoke_token},
    {"POST", "/api/webhooks",                ROLE_ORGANISER, create_webhook},
    {"GET",  "/api/webhooks",                ROLE_ORGANISER, list_webhooks},
    {"POST", "/api/webhooks/:id/stop",       ROLE_ORGANISER, stop_webhook},
    {"GET",  "/api/webhooks/:id/deliveries", ROLE_ORGANISER, list_deliveries},
    {"POST", "/api/deliveries/:id/again",    ROLE_ORGANISER, send_again},
    {"GET",  "/api/v1/results",        ROLE_MACHINE,   show_results},
    {"GET",  "/api/v1/rankings",       ROLE_MACHINE,   show_rankings},
    {"GET",  "/api/v1/published",      ROLE_MACHINE,   show_published},
    {"GET",  "/api/v1/branches",       ROLE_MACHINE,   show_branches},
};
/* clang-format on */
const size_t machines_route_count = sizeof machines_routes / sizeof machines_routes[0];
