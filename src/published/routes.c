#include "published/routes.h"

#include <string.h>

#include "base/token.h"
#include "report/publication.h"
#include "store/store.h"

enum { LIST_REPLY = 1024 * 1024 };

static void reply_public(struct request *request, const char *bytes, size_t size)
{
    unsigned char digest[TOKEN_DIGEST];

    token_sha256(bytes, size, digest);
    reply_bytes(
        request, "application/json", bytes, size,
        arena_format(
            request->arena, "\"%s\"",
            token_hex(request->arena, digest, sizeof digest)));
    request->reply.cache_control =
        arena_format(request->arena, "public, max-age=%d", PUBLISHED_SECONDS);
}

static struct error *reply_document(struct request *request, struct writer *writer)
{
    TRY(reply_json(request, 200, writer));
    reply_public(request, writer->text.bytes, writer->text.size);
    return NULL;
}

static struct error *list_published(struct request *request)
{
    struct writer writer;

    writer_init(&writer, request->arena, LIST_REPLY);
    writer_object(&writer, NULL);
    TRY(publication_write_list(request->reader, &writer, PUBLICATION_PUBLIC));
    writer_end(&writer);
    return reply_document(request, &writer);
}

static struct error *show_published(struct request *request)
{
    struct writer writer;

    writer_init(&writer, request->arena, RANKING_LIMIT);
    writer_object(&writer, NULL);
    TRY(publication_write(
        request->reader, &writer, request_number(request, 0), PUBLICATION_PUBLIC));
    writer_end(&writer);
    return reply_document(request, &writer);
}

/* These bytes never change: their validator is the digest that was published. */
static struct error *show_published_body(struct request *request)
{
    const char *body;
    const char *digest;

    TRY(publication_read_body(
        request->reader, request_number(request, 0), &body, &digest));
    reply_public(request, body, strlen(body));
    return NULL;
}

/* clang-format off */
const struct route published_routes[] = {
    {"GET", "/api/published",               ROLE_ANYONE, list_published},
    {"GET", "/api/published/:id",           ROLE_ANYONE, show_published},
    {"GET", "/api/published/:id/body.json", ROLE_ANYONE, show_published_body},
};
/* clang-format on */
const size_t published_route_count =
    sizeof published_routes / sizeof published_routes[0];
