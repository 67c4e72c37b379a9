#include "people/routes.h"

#include <string.h>

#include "base/clock.h"
#include "base/token.h"
#include "live/deferred.h"
#include "people/login.h"
#include "people/password.h"
#include "people/person.h"

enum { SMALL_REPLY = 64 * 1024, LIST_REPLY = 4 * 1024 * 1024 };

static struct error *write_site(struct request *request, struct writer *writer)
{
    const char *value;

    TRY(person_setting(request->reader, "district", &value));
    writer_text(writer, "district", value);
    TRY(person_setting(request->reader, "demonstration", &value));
    writer_bool(writer, "demonstration", strcmp(value, "1") == 0);
    writer_text(writer, "version", XUNSAI_VERSION);
    writer_int(writer, "server_now", clock_now_ms());
    return NULL;
}

static struct error *show_site(struct request *request)
{
    struct writer writer;

    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    TRY(write_site(request, &writer));
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *show_person(struct request *request, int64_t person)
{
    struct writer writer;

    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    TRY(person_write(request->reader, &writer, "person", person));
    TRY(write_site(request, &writer));
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *show_me(struct request *request)
{
    return show_person(request, request->person);
}

static struct error *wrong_password(struct request *request)
{
    return error_new(
        request->arena, ERROR_UNKNOWN, "login_wrong", "工号或密码不对，请核对后再试。");
}

static struct error *signed_in(struct request *request)
{
    const struct login_attempt *attempt = request->context;

    request->reply.set_cookie = login_cookie(request, attempt->token);
    return show_person(request, attempt->person);
}

static struct error *password_checked(struct request *request)
{
    const struct password_check *check = request->context;
    struct login_attempt *attempt = arena_alloc(request->arena, sizeof *attempt);
    struct login_account account;
    json_t *json;
    const char *staff_number = NULL;

    TRY(request_json(request, &json));
    staff_number = json_string_value(json_object_get(json, "staff_number"));
    TRY(login_account_find(request->reader, staff_number, &account));
    if (!account.person)
        return wrong_password(request);
    *attempt = (struct login_attempt){
        .person = account.person,
        .at = request->received_at,
        .token = token_random(request->arena),
    };
    return check->right
               ? deferred_write(request, login_open, attempt, signed_in)
               : deferred_write(request, login_note_failure, attempt, wrong_password);
}

static struct error *sign_in(struct request *request)
{
    struct people_feature *people = request->feature;
    struct password_check *check = arena_alloc(request->arena, sizeof *check);
    struct login_account account;
    const char *staff_number = NULL;
    const char *password = NULL;
    json_t *json;

    TRY(request_json(request, &json));
    TRY(INPUT_FIELDS(
        request->arena, json, {"staff_number", INPUT_TEXT, false, &staff_number, 1, 32},
        {"password", INPUT_TEXT, false, &password, 1, 128}));
    TRY(login_account_find(request->reader, staff_number, &account));
    TRY(login_may_try(request->arena, account.blocked_until, request->received_at));
    *check = (struct password_check){
        .stored = account.password,
        .password = arena_copy(request->arena, password),
        .request = request,
    };
    return password_check_later(people->passwords, check, password_checked);
}

static struct error *signed_out(struct request *request)
{
    request->reply.set_cookie = login_cookie(request, NULL);
    reply_nothing(request);
    return NULL;
}

static struct error *sign_out(struct request *request)
{
    const char *token = request_cookie(request, LOGIN_COOKIE);
    char *copy = arena_copy(request->arena, token ? token : "");

    return deferred_write(request, login_close, copy, signed_out);
}

static struct error *list_branches(struct request *request)
{
    struct writer writer;

    writer_init(&writer, request->arena, SMALL_REPLY);
    writer_object(&writer, NULL);
    TRY(person_write_branches(
        request->reader, &writer, request_query_int(request, "all", 0) == 1));
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

static struct error *list_people(struct request *request)
{
    const struct privacy_viewer viewer = {
        request->roles, request->person, request->branch};
    int64_t branch = request_query_int(request, "branch", 0);
    struct writer writer;

    /* A proctor sees the own street, whatever the address asks for. */
    if (!(request->roles & (ROLE_ORGANISER | ROLE_AUDITOR)))
        branch = request->branch ? request->branch : -1;
    writer_init(&writer, request->arena, LIST_REPLY);
    writer_object(&writer, NULL);
    TRY(person_write_list(request->reader, &writer, branch, &viewer));
    writer_end(&writer);
    return reply_json(request, 200, &writer);
}

/* clang-format off */
const struct route people_routes[] = {
    {"GET",  "/api/site",     ROLE_ANYONE,    show_site},
    {"POST", "/api/login",    ROLE_ANYONE,    sign_in},
    {"POST", "/api/logout",   ROLE_SIGNED_IN, sign_out},
    {"GET",  "/api/me",       ROLE_SIGNED_IN, show_me},
    {"GET",  "/api/branches", ROLE_ORGANISER | ROLE_PROCTOR | ROLE_HOST | ROLE_AUDITOR, list_branches},
    {"GET",  "/api/people",   ROLE_ORGANISER | ROLE_PROCTOR | ROLE_AUDITOR, list_people},
};
/* clang-format on */
const size_t people_route_count = sizeof people_routes / sizeof people_routes[0];
