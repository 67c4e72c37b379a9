#include "machines/webhook.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "base/input.h"
#include "base/token.h"
#include "store/chain.h"

#define SUBJECT "district/1"

static const int64_t minute_ms = 60 * 1000;
/* Minutes from an attempt to the next. */
static const int64_t pauses[WEBHOOK_ATTEMPTS - 1] = {1, 5, 30, 2 * 60, 12 * 60};

static struct error *
record(struct db *db, const char *kind, int64_t id, int64_t actor, int64_t at)
{
    return chain_record(
        db, &(struct chain_event){
                .subject = SUBJECT,
                .at = at,
                .actor = actor,
                .role = "organiser",
                .kind = kind,
                .body = json_pack("{s:I}", "webhook", (json_int_t)id),
            });
}

/* Printable ASCII with a host and without a user: a name in it would go into logs, and
 * hide where the address leads. */
static bool is_address(const char *address)
{
    const char *host = NULL;

    if (strncasecmp(address, "https://", 8) == 0)
        host = address + 8;
    else if (strncasecmp(address, "http://", 7) == 0)
        host = address + 7;
    if (!host || !strcspn(host, "/?#"))
        return false;
    for (const char *c = address; *c; c++)
        if (*c <= ' ' || *c > '~' || *c == '\\')
            return false;
    return !memchr(host, '@', strcspn(host, "/?#")) && !strchr(address, '#');
}

struct error *webhook_create(struct db *db, void *context)
{
    static const char count_sql[] =
        "SELECT count(*) FROM webhook WHERE stopped_at IS NULL";
    static const char sql[] =
        "INSERT INTO webhook (address, secret, label, created_by, created_at) "
        "VALUES ($1, $2, $3, $4, $5) RETURNING id";
    struct webhook_creation *creation = context;
    int64_t count;
    bool found;

    if (!is_address(creation->address))
        return error_new(
            db_arena(db), ERROR_INVALID, "webhook_address",
            "地址应以 https:// 或 http:// 开头，写明主机，不含用户名和“#”。");
    TRY(db_number(db, &found, &count, count_sql));
    if (count >= WEBHOOK_MOST)
        return error_make(
            db_arena(db), ERROR_CONFLICT, "webhook_too_many", "最多 %d 个通知地址。",
            WEBHOOK_MOST);
    TRY(db_number(
        db, &found, &creation->id, sql, TEXT(creation->address), TEXT(creation->secret),
        TEXT(creation->label), INT(creation->actor), INT(creation->at)));
    return record(db, "webhook_created", creation->id, creation->actor, creation->at);
}

static struct error *conflict(struct db *db, const char *code, const char *message)
{
    return error_new(db_arena(db), ERROR_CONFLICT, code, message);
}

static struct error *check_webhook(struct db *db, int64_t id, bool *stopped)
{
    static const char sql[] =
        "SELECT stopped_at IS NOT NULL FROM webhook WHERE id = $1";
    int64_t number;
    bool found;

    TRY(db_number(db, &found, &number, sql, INT(id)));
    *stopped = found && number;
    return found ? NULL
                 : error_new(
                       db_arena(db), ERROR_NOT_FOUND, "webhook_unknown",
                       "没有这个通知地址。");
}

struct error *webhook_stop(struct db *db, void *context)
{
    static const char sql[] = "UPDATE webhook SET stopped_at = $2 WHERE id = $1";
    static const char waiting_sql[] =
        "UPDATE webhook_delivery SET next_at = NULL, answer = '已停用' "
        "WHERE webhook = $1 AND next_at IS NOT NULL";
    const struct webhook_action *action = context;
    bool stopped;

    TRY(check_webhook(db, action->id, &stopped));
    if (stopped)
        return conflict(db, "webhook_stopped", "这个通知地址已经停用。");
    TRY(db_run(db, sql, INT(action->id), INT(action->at)));
    TRY(db_run(db, waiting_sql, INT(action->id)));
    return record(db, "webhook_stopped", action->id, action->actor, action->at);
}

struct error *webhook_send_again(struct db *db, void *context)
{
    static const char find_sql[] =
        "SELECT webhook.stopped_at, delivery.next_at FROM webhook_delivery AS delivery "
        "JOIN webhook ON webhook.id = delivery.webhook WHERE delivery.id = $1";
    static const char sql[] = "UPDATE webhook_delivery SET attempts = 0, next_at = $2, "
                              "delivered_at = NULL, answer = '' WHERE id = $1";
    const struct webhook_action *action = context;

    {
        SCOPED_ROWS rows = db_query(db, find_sql, INT(action->id));
        if (!rows_next(&rows)) {
            TRY(rows_error(&rows));
            return error_new(
                db_arena(db), ERROR_NOT_FOUND, "delivery_unknown", "没有这次通知。");
        }
        if (!rows_is_null(&rows, 0))
            return conflict(db, "webhook_stopped", "这个通知地址已经停用。");
        if (!rows_is_null(&rows, 1))
            return conflict(db, "delivery_waiting", "这次通知已在发送队列中。");
    }
    return db_run(db, sql, INT(action->id), INT(action->at));
}

/* ---- Looking ---- */

static void
write_time(struct writer *writer, const char *key, struct rows *rows, int column)
{
    if (rows_is_null(rows, column))
        writer_null(writer, key);
    else
        writer_int(writer, key, rows_int(rows, column));
}

struct error *webhook_write_list(struct db *db, struct writer *writer)
{
    static const char sql[] =
        "SELECT w.id, w.address, w.label, person.name, w.created_at, w.stopped_at, "
        "(SELECT count(*) FROM webhook_delivery AS d WHERE d.webhook = w.id "
        "AND d.next_at IS NOT NULL), "
        "(SELECT count(*) FROM webhook_delivery AS d WHERE d.webhook = w.id "
        "AND d.delivered_at IS NOT NULL), "
        "(SELECT count(*) FROM webhook_delivery AS d WHERE d.webhook = w.id "
        "AND d.delivered_at IS NULL AND d.next_at IS NULL) "
        "FROM webhook AS w JOIN person ON person.id = w.created_by ORDER BY w.id DESC";
    SCOPED_ROWS rows = db_query(db, sql);

    writer_array(writer, "webhooks");
    while (rows_next(&rows)) {
        writer_object(writer, NULL);
        writer_int(writer, "id", rows_int(&rows, 0));
        writer_text(writer, "address", rows_text(&rows, 1));
        writer_text(writer, "label", rows_text(&rows, 2));
        writer_text(writer, "created_by", rows_text(&rows, 3));
        writer_int(writer, "created_at", rows_int(&rows, 4));
        write_time(writer, "stopped_at", &rows, 5);
        writer_int(writer, "waiting", rows_int(&rows, 6));
        writer_int(writer, "delivered", rows_int(&rows, 7));
        writer_int(writer, "failed", rows_int(&rows, 8));
        writer_end(writer);
    }
    writer_end(writer);
    return rows_error(&rows);
}

static void write_delivery(struct writer *writer, struct rows *rows)
{
    bool waiting = !rows_is_null(rows, 7);
    bool delivered = !rows_is_null(rows, 8);

    writer_object(writer, NULL);
    writer_int(writer, "id", rows_int(rows, 0));
    writer_object(writer, "publication");
    writer_int(writer, "id", rows_int(rows, 1));
    writer_text(writer, "kind", rows_text(rows, 2));
    writer_int(writer, "subject", rows_int(rows, 3));
    writer_int(writer, "version", rows_int(rows, 4));
    writer_text(writer, "title", rows_text(rows, 5));
    writer_end(writer);
    writer_int(writer, "attempts", rows_int(rows, 6));
    writer_text(
        writer, "state",
        waiting     ? "waiting"
        : delivered ? "delivered"
                    : "failed");
    write_time(writer, "next_at", rows, 7);
    write_time(writer, "delivered_at", rows, 8);
    writer_text(writer, "answer", rows_text(rows, 9));
    writer_end(writer);
}

struct error *
webhook_write_deliveries(struct db *db, struct writer *writer, int64_t webhook)
{
    static const char sql[] =
        "SELECT d.id, p.id, p.kind, p.subject, p.version, p.title, d.attempts, "
        "d.next_at, d.delivered_at, d.answer FROM webhook_delivery AS d "
        "JOIN publication AS p ON p.id = d.publication WHERE d.webhook = $1 "
        "ORDER BY d.id DESC LIMIT $2";
    bool stopped;

    TRY(check_webhook(db, webhook, &stopped));
    SCOPED_ROWS rows = db_query(db, sql, INT(webhook), INT(WEBHOOK_DELIVERIES));
    writer_array(writer, "deliveries");
    while (rows_next(&rows))
        write_delivery(writer, &rows);
    writer_end(writer);
    return rows_error(&rows);
}

/* ---- For the sender ---- */

/* The address by which people read it; a path where the setting is missing. */
static const char *describe(struct arena *arena, struct rows *rows)
{
    enum { BODY = 16 * 1024 };
    struct writer writer;

    writer_init(&writer, arena, BODY);
    writer_object(&writer, NULL);
    writer_int(&writer, "publication", rows_int(rows, 4));
    writer_text(&writer, "kind", rows_text(rows, 5));
    writer_int(&writer, "subject", rows_int(rows, 6));
    writer_int(&writer, "version", rows_int(rows, 7));
    writer_text(&writer, "title", rows_text(rows, 8));
    writer_text(&writer, "digest", rows_text(rows, 9));
    writer_int(&writer, "published_at", rows_int(rows, 10));
    writer_text(
        &writer, "url",
        arena_format(
            arena, "%s/api/published/%" PRId64, rows_text(rows, 11),
            rows_int(rows, 4)));
    writer_end(&writer);
    return writer.text.bytes;
}

struct error *
webhook_find_due(struct db *db, int64_t now, struct webhook_delivery *delivery)
{
    static const char sql[] =
        "SELECT d.id, w.address, w.secret, d.attempts, p.id, p.kind, p.subject, "
        "p.version, p.title, p.digest, p.decided_at, (SELECT value FROM setting "
        "WHERE name = 'public_address') FROM webhook_delivery AS d "
        "JOIN webhook AS w ON w.id = d.webhook "
        "JOIN publication AS p ON p.id = d.publication "
        "WHERE d.next_at IS NOT NULL AND d.next_at <= $1 AND w.stopped_at IS NULL "
        "ORDER BY d.next_at, d.id LIMIT 1";
    SCOPED_ROWS rows = db_query(db, sql, INT(now));

    *delivery = (struct webhook_delivery){0};
    if (rows_next(&rows))
        *delivery = (struct webhook_delivery){
            .id = rows_int(&rows, 0),
            .address = rows_text(&rows, 1),
            .secret = rows_text(&rows, 2),
            .attempts = rows_int(&rows, 3),
            .body = describe(db_arena(db), &rows),
        };
    return rows_error(&rows);
}

struct error *webhook_note(struct db *db, void *context)
{
    static const char find_sql[] =
        "SELECT attempts FROM webhook_delivery WHERE id = $1 AND next_at IS NOT NULL";
    static const char sql[] =
        "UPDATE webhook_delivery SET attempts = $2, next_at = $3, delivered_at = $4, "
        "answer = $5 WHERE id = $1";
    const struct webhook_outcome *outcome = context;
    int64_t attempts;
    bool waits;

    TRY(db_number(db, &waits, &attempts, find_sql, INT(outcome->delivery)));
    if (!waits)
        return NULL; /* stopped meanwhile */
    attempts++;
    bool again = !outcome->delivered && attempts < WEBHOOK_ATTEMPTS;
    return db_run(
        db, sql, INT(outcome->delivery), INT(attempts),
        again ? INT(outcome->at + pauses[attempts - 1] * minute_ms) : NONE,
        outcome->delivered ? INT(outcome->at) : NONE, TEXT(outcome->answer));
}

const char *webhook_signature(
    struct arena *arena, const char *secret, const char *timestamp, const char *body)
{
    const char *bytes = arena_format(arena, "%s.%s", timestamp, body);
    unsigned char digest[TOKEN_DIGEST];

    token_hmac_text(secret, bytes, strlen(bytes), digest);
    return arena_format(arena, "sha256=%s", token_hex(arena, digest, sizeof digest));
}
