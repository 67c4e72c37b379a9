#include "store/chain.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "base/token.h"
#include "store/seal.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define EVENT_COLUMNS                                                                  \
    "subject, number, at, actor, role, device, device_number, kind, body, previous, "  \
    "hash, seal"

/* The event as a JSON object, without its hash. */
static json_t *event_json(struct arena *arena, const struct chain_event *event)
{
    json_t *json = json_pack(
        "{s:I, s:I, s:O, s:s, s:I, s:s, s:I, s:s, s:s, s:s}", "actor",
        (json_int_t)event->actor, "at", (json_int_t)event->at, "body", event->body,
        "device", event->device, "device_number", (json_int_t)event->device_number,
        "kind", event->kind, "number", (json_int_t)event->number, "previous",
        event->previous, "role", event->role, "subject", event->subject);

    if (!json)
        abort();
    arena_defer(arena, (void (*)(void *))json_decref, json);
    return json;
}

static const char *event_hash(struct arena *arena, const struct chain_event *event)
{
    const char *bytes = input_canonical(arena, event_json(arena, event));
    size_t size = strlen(bytes);
    unsigned char *all = arena_alloc(arena, TOKEN_DIGEST + 8 + size);
    unsigned char digest[TOKEN_DIGEST];

    if (sodium_hex2bin(
            all, TOKEN_DIGEST, event->previous, strlen(event->previous), NULL, NULL,
            NULL))
        abort();
    for (int i = 0; i < 8; i++)
        all[TOKEN_DIGEST + i] = (unsigned char)((uint64_t)size >> (56 - 8 * i));
    memcpy(all + TOKEN_DIGEST + 8, bytes, size); /* NOLINT: bytes, not a string */
    token_sha256(all, TOKEN_DIGEST + 8 + size, digest);
    return token_hex(arena, digest, sizeof digest);
}

static void release_json(void *json)
{
    json_decref(json);
}

struct error *chain_record(struct db *db, struct chain_event *event)
{
    bool repeated;

    if (!event->body)
        abort();
    arena_defer(db_arena(db), release_json, event->body);
    event->device = "";
    return chain_append(db, event, &repeated);
}

char *chain_receipt(struct arena *arena, const char *hash)
{
    unsigned char digest[TOKEN_DIGEST] = {0};

    (void)sodium_hex2bin(digest, sizeof digest, hash, strlen(hash), NULL, NULL, NULL);
    return token_code(arena, digest, CHAIN_RECEIPT);
}

char *chain_line(struct arena *arena, const struct chain_event *event)
{
    json_t *json = event_json(arena, event);

    if (json_object_set_new(json, "hash", json_string(event->hash)))
        abort();
    return input_canonical(arena, json);
}

/* The columns of EVENT_COLUMNS. */
static struct error *
event_from_row(struct rows *rows, struct arena *arena, struct chain_event *event)
{
    const char *body = rows_text(rows, 8);

    *event = (struct chain_event){
        .subject = rows_text(rows, 0),
        .number = rows_int(rows, 1),
        .at = rows_int(rows, 2),
        .actor = rows_int(rows, 3),
        .role = rows_text(rows, 4),
        .device = rows_text(rows, 5),
        .device_number = rows_int(rows, 6),
        .kind = rows_text(rows, 7),
        .previous = rows_text(rows, 9),
        .hash = rows_text(rows, 10),
    };
    return input_parse(arena, body, strlen(body), &event->body);
}

struct error *
chain_head(struct db *db, const char *subject, int64_t *number, const char **hash)
{
    static const char sql[] = "SELECT number, hash FROM event WHERE subject = $1 "
                              "ORDER BY number DESC LIMIT 1";
    SCOPED_ROWS rows = db_query(db, sql, TEXT(subject));
    bool found = rows_next(&rows);

    *number = found ? rows_int(&rows, 0) : 0;
    *hash = found ? rows_text(&rows, 1) : ZEROS;
    return rows_error(&rows);
}

/* An event that this device has already sent under the same number. */
static struct error *find_sent(
    struct db *db, const struct chain_event *event, struct chain_event *first,
    bool *found)
{
    static const char sql[] =
        "SELECT " EVENT_COLUMNS " FROM event "
        "WHERE subject = $1 AND device = $2 AND device_number = $3";

    *found = false;
    if (!*event->device)
        return NULL;
    SCOPED_ROWS rows = db_query(
        db, sql, TEXT(event->subject), TEXT(event->device), INT(event->device_number));
    *found = rows_next(&rows);
    if (*found)
        TRY(event_from_row(&rows, db_arena(db), first));
    return rows_error(&rows);
}

static struct error *insert(struct db *db, const struct chain_event *event)
{
    static const char sql[] =
        "INSERT INTO event (" EVENT_COLUMNS ", algorithm) VALUES "
        "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'sha256')";
    struct arena *arena = db_arena(db);

    TRY(db_run(
        db, sql, TEXT(event->subject), INT(event->number), INT(event->at),
        INT(event->actor), TEXT(event->role), TEXT(event->device),
        INT(event->device_number), TEXT(event->kind),
        TEXT(input_canonical(arena, event->body)), TEXT(event->previous),
        TEXT(event->hash), TEXT(seal_hex(arena, event->hash))));
    db_mirror(db, chain_line(arena, event));
    db_notify(db, event->subject, event->number);
    return NULL;
}

struct error *chain_append(struct db *db, struct chain_event *event, bool *repeated)
{
    struct arena *arena = db_arena(db);
    struct chain_event first;
    int64_t last;

    TRY(find_sent(db, event, &first, repeated));
    if (*repeated) {
        bool same = strcmp(first.kind, event->kind) == 0 &&
                    first.actor == event->actor && json_equal(first.body, event->body);
        if (!same)
            return error_new(
                arena, ERROR_CONFLICT, "device_number_reused",
                "同一设备序号已用于另一条内容，未作更改。请刷新页面后重试。");
        *event = first;
        return NULL;
    }
    TRY(chain_head(db, event->subject, &last, &event->previous));
    event->number = last + 1;
    event->hash = event_hash(arena, event);
    return insert(db, event);
}

struct error *chain_read(
    struct db *db, const char *subject, int64_t after, chain_each *each, void *context)
{
    static const char sql[] = "SELECT " EVENT_COLUMNS " FROM event "
                              "WHERE subject = $1 AND number > $2 ORDER BY number";
    SCOPED_ROWS rows = db_query(db, sql, TEXT(subject), INT(after));

    while (rows_next(&rows)) {
        struct chain_event event;
        TRY(event_from_row(&rows, db_arena(db), &event));
        TRY(each(context, &event));
    }
    return rows_error(&rows);
}

struct error *chain_read_all(struct db *db, chain_each *each, void *context)
{
    static const char sql[] = "SELECT " EVENT_COLUMNS " FROM event ORDER BY seq";
    SCOPED_ROWS rows = db_query(db, sql);

    while (rows_next(&rows)) {
        struct chain_event event;
        TRY(event_from_row(&rows, db_arena(db), &event));
        TRY(each(context, &event));
    }
    return rows_error(&rows);
}

static struct error *
link_broken(struct arena *arena, const char *subject, int64_t number, const char *why)
{
    return error_make(
        arena, ERROR_INVALID, "chain_broken", "记录链在 %s 第 %" PRId64 " 条断开：%s。",
        subject, number, why);
}

struct error *chain_parse_line(
    struct arena *arena, const char *line, const char *previous,
    struct chain_event *event)
{
    json_t *json;

    *event = (struct chain_event){0};
    TRY(input_parse(arena, line, strlen(line), &json));
    TRY(INPUT_FIELDS(
        arena, json, {"actor", INPUT_INT, false, &event->actor, 0, 0},
        {"at", INPUT_INT, false, &event->at, 0, 0},
        {"body", INPUT_OBJECT, false, &event->body, 0, 0},
        {"device", INPUT_TEXT, false, &event->device, 0, 0},
        {"device_number", INPUT_INT, false, &event->device_number, 0, 0},
        {"hash", INPUT_TEXT, false, &event->hash, 64, 64},
        {"kind", INPUT_TEXT, false, &event->kind, 1, 64},
        {"number", INPUT_INT, false, &event->number, 1, INT64_MAX},
        {"previous", INPUT_TEXT, false, &event->previous, 64, 64},
        {"role", INPUT_TEXT, false, &event->role, 0, 32},
        {"subject", INPUT_TEXT, false, &event->subject, 1, 64}));
    if (strcmp(event->previous, previous) != 0)
        return link_broken(
            arena, event->subject, event->number, "与前一条的校验值不符");
    if (strspn(event->previous, "0123456789abcdef") != 64 ||
        strcmp(event_hash(arena, event), event->hash) != 0)
        return link_broken(arena, event->subject, event->number, "内容与校验值不符");
    return NULL;
}

/* Goes through all events in subject order and checks each against the one before. */
struct error *chain_verify(struct db *db, int64_t *checked)
{
    static const char sql[] =
        "SELECT " EVENT_COLUMNS " FROM event ORDER BY subject, number";
    SCOPED_ROWS rows = db_query(db, sql);
    struct arena *arena = db_arena(db);
    struct chain_event last = {.subject = "", .hash = ZEROS};
    int64_t seqs = 0;
    bool found;

    *checked = 0;
    while (rows_next(&rows)) {
        struct chain_event event;
        TRY(event_from_row(&rows, arena, &event));
        if (strcmp(event.subject, last.subject) != 0)
            last = (struct chain_event){.subject = event.subject, .hash = ZEROS};
        if (event.number != last.number + 1)
            return link_broken(arena, event.subject, last.number + 1, "缺少这一条");
        if (strcmp(event.previous, last.hash) != 0)
            return link_broken(
                arena, event.subject, event.number, "与前一条的校验值不符");
        if (strcmp(event_hash(arena, &event), event.hash) != 0)
            return link_broken(arena, event.subject, event.number, "内容与校验值不符");
        if (strcmp(seal_hex(arena, event.hash), rows_text(&rows, 11)) != 0)
            return link_broken(arena, event.subject, event.number, "封印不符");
        last = event;
        (*checked)++;
    }
    TRY(rows_error(&rows));
    /* A whole subject taken out leaves a gap in the common numbering. */
    TRY(db_number(db, &found, &seqs, "SELECT coalesce(max(seq), 0) FROM event"));
    if (seqs != *checked)
        return error_new(arena, ERROR_INVALID, "chain_broken", "记录链缺少整组记录。");
    return NULL;
}
