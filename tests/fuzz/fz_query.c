/* Addresses: path, query and cookie. What is written into a query in any lawful way
 * must come out as it was; the rest must be refused or decoded once. */
#include <string.h>

#include "fuzz/fuzz.h"
#include "http/request.h"
#include "http/route.h"

enum { LONGEST = 2048 };

static struct error *answer(struct request *request)
{
    request->context = request;
    return NULL;
}

static const struct route routes[] = {
    {"GET", "/api/attempts/:id", ROLE_ANYONE, answer},
    {"POST", "/api/attempts/:id/answers", ROLE_ANYONE, answer},
    {"POST", "/api/courses/:slug/lessons/:lesson/progress", ROLE_ANYONE, answer},
    {"GET", "/api/contests/:id/export.xlsx", ROLE_ANYONE, answer},
    {"POST", "/api/contests/:id/step", ROLE_HOST, answer},
};
static const struct route_table table = {
    routes, sizeof routes / sizeof routes[0], NULL};

/* Every byte as itself, as %XX or, for a space, as a plus. */
static char *encode(struct arena *arena, struct fuzz_input *input, const char *value)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-._~=?/:@!$'()*,;";
    struct text text;

    text_init(&text, arena, 8 * LONGEST);
    for (const char *c = value; *c; c++) {
        uint8_t way = fuzz_byte(input);
        if (way % 2 && strchr(plain, *c))
            text_add_bytes(&text, c, 1);
        else if (way % 2 && *c == ' ')
            text_add(&text, "+");
        else
            text_add_format(
                &text, way % 4 < 2 ? "%%%02x" : "%%%02X", (unsigned char)*c);
    }
    return text.bytes;
}

static void round_trip(struct arena *arena, struct fuzz_input *input)
{
    struct request request = {.arena = arena};
    const char *value = fuzz_text(arena, input, fuzz_choice(input, LONGEST));
    const char *encoded = encode(arena, input, value);

    request.query = arena_format(arena, "since=7&%s&v=%s&x", "vv=1", encoded);
    const char *found = request_query(&request, "v");
    if (*value)
        FUZZ_REQUIRE(
            found && strcmp(found, value) == 0, "\"%s\" became \"%s\"", encoded,
            found ? found : "(none)");
    FUZZ_REQUIRE(request_query_int(&request, "since", 0) == 7, "%s", request.query);
    request.query = arena_format(arena, "v=%s&v=%s", encoded, encoded);
    FUZZ_REQUIRE(!request_query(&request, "v"), "taken twice: %s", request.query);
}

static void arbitrary(struct arena *arena, struct fuzz_input *input)
{
    struct request request = {.arena = arena, .cookie = ""};

    request.query = fuzz_rest(arena, input);
    const char *found = request_query(&request, "v");
    FUZZ_REQUIRE(
        !found || strlen(found) <= strlen(request.query), "%s grew", request.query);
    int64_t number = request_query_int(&request, "since", -5);
    FUZZ_REQUIRE(number == -5 || number >= 0, "%lld", (long long)number);
    request.cookie = request.query;
    found = request_cookie(&request, "xunsai_login");
    FUZZ_REQUIRE(
        !found || (!strchr(found, ';') && strstr(request.cookie, found)), "%s",
        request.cookie);
}

static void route(struct arena *arena, struct fuzz_input *input)
{
    static const char *const methods[] = {"GET", "POST", "PUT"};
    struct request request = {
        .arena = arena, .origin = "", .fetch_site = "", .host = "h", .scheme = "http"};

    request.method = methods[fuzz_choice(input, 3)];
    request.path = fuzz_rest(arena, input);
    struct error *error = route_answer(&table, 1, &request);
    FUZZ_REQUIRE(!error == !!request.context, "%s", request.path);
    if (error)
        return;
    FUZZ_REQUIRE(
        strncmp(request.path, "/api/courses/", 13) != 0 ||
            (request.parameters[0] && request.parameters[1]),
        "%s", request.path);
    if (strncmp(request.path, "/api/courses/", 13) != 0) {
        int64_t number = request_number(&request, 0);
        FUZZ_REQUIRE(
            number > 0 || strlen(request.parameters[0]) > 18, "%s", request.path);
    }
}

/* The name of a download comes from titles people write. */
static void download(struct arena *arena, struct fuzz_input *input)
{
    struct request request = {.arena = arena};

    const char *name = arena_format(arena, "%s.csv", fuzz_rest(arena, input));
    reply_download(&request, "text/csv", name, "", 0);
    const char *value = request.reply.disposition;
    FUZZ_REQUIRE(!strpbrk(value, "\r\n\\"), "%s", value);
    const char *quote = strchr(strchr(value, '"') + 1, '"');
    FUZZ_REQUIRE(strncmp(quote, "\"; filename*=UTF-8''", 20) == 0, "%s", value);
    for (const char *c = value; *c; c++)
        FUZZ_REQUIRE(*c >= 0x20 && *c < 0x7f, "%s", value);
}

void fuzz_one(struct arena *arena, const uint8_t *bytes, size_t size)
{
    struct fuzz_input input = {bytes, size};

    switch (fuzz_byte(&input) % 4) {
    case 0:
        arbitrary(arena, &input);
        return;
    case 1:
        round_trip(arena, &input);
        return;
    case 2:
        route(arena, &input);
        return;
    default:
        download(arena, &input);
        return;
    }
}
