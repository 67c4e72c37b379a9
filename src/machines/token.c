#include "machines/token.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "base/token.h"
#include "report/export_log.h"
#include "store/chain.h"

#define SUBJECT "district/1"

enum { TOKEN_LENGTH = 43 };
static const int64_t day_ms = 86400000;
static const int64_t hour_ms = 3600000;

static const char *fingerprint(struct arena *arena, const char *token)
{
    unsigned char digest[TOKEN_DIGEST];

    token_sha256(token, strlen(token), digest);
    return token_hex(arena, digest, sizeof digest);
}

static struct error *
record(struct db *db, const char *kind, int64_t actor, int64_t at, json_t *body)
{
    return chain_record(
        db, &(struct chain_event){
                .subject = SUBJECT,
                .at = at,
                .actor = actor,
                .role = "organiser",
                .kind = kind,
                .body = body,
            });
}

struct error *token_create(struct db *db, void *context)
{
    static const char branch_sql[] = "SELECT count(*) FROM branch WHERE id = $1";
    static const char sql[] =
        "INSERT INTO api_token (token, label, branch, created_by, created_at, "
        "expires_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id";
    struct token_creation *creation = context;
    int64_t branches;
    bool found;

    TRY(db_number(db, &found, &branches, branch_sql, INT(creation->branch)));
    if (creation->branch && !branches)
        return error_new(
            db_arena(db), ERROR_INVALID, "branch_unknown", "没有这个街道。");
    creation->expires_at = creation->at + creation->days * day_ms;
    TRY(db_number(
        db, &found, &creation->id, sql,
        TEXT(fingerprint(db_arena(db), creation->token)), TEXT(creation->label),
        creation->branch ? INT(creation->branch) : NONE, INT(creation->actor),
        INT(creation->at), INT(creation->expires_at)));
    return record(
        db, "token_created", creation->actor, creation->at,
        json_pack(
            "{s:I, s:I, s:I}", "token", (json_int_t)creation->id, "branch",
            (json_int_t)creation->branch, "expires_at",
            (json_int_t)creation->expires_at));
}

struct error *token_revoke(struct db *db, void *context)
{
    static const char find_sql[] = "SELECT revoked_at FROM api_token WHERE id = $1";
    static const char sql[] = "UPDATE api_token SET revoked_at = $2 WHERE id = $1";
    const struct token_revocation *revocation = context;

    {
        SCOPED_ROWS rows = db_query(db, find_sql, INT(revocation->id));
        if (!rows_next(&rows)) {
            TRY(rows_error(&rows));
            return error_new(
                db_arena(db), ERROR_NOT_FOUND, "token_unknown", "没有这个令牌。");
        }
        if (!rows_is_null(&rows, 0))
            return error_new(
                db_arena(db), ERROR_CONFLICT, "token_revoked", "这个令牌已经停用。");
    }
    TRY(db_run(db, sql, INT(revocation->id), INT(revocation->at)));
    return record(
        db, "token_revoked", revocation->actor, revocation->at,
        json_pack("{s:I}", "token", (json_int_t)revocation->id));
}

static void
write_time(struct writer *writer, const char *key, struct rows *rows, int column)
{
    if (rows_is_null(rows, column))
        writer_null(writer, key);
    else
        writer_int(writer, key, rows_int(rows, column));
}

struct error *token_write_list(struct db *db, struct writer *writer)
{
    static const char sql[] =
        "SELECT t.id, t.label, t.branch, branch.name, person.name, t.created_at, "
        "t.expires_at, t.revoked_at, t.used_at FROM api_token AS t "
        "JOIN person ON person.id = t.created_by "
        "LEFT JOIN branch ON branch.id = t.branch ORDER BY t.id DESC";
    SCOPED_ROWS rows = db_query(db, sql);

    writer_array(writer, "tokens");
    while (rows_next(&rows)) {
        writer_object(writer, NULL);
        writer_int(writer, "id", rows_int(&rows, 0));
        writer_text(writer, "label", rows_text(&rows, 1));
        if (rows_is_null(&rows, 2)) {
            writer_null(writer, "branch");
        } else {
            writer_object(writer, "branch");
            writer_int(writer, "id", rows_int(&rows, 2));
            writer_text(writer, "name", rows_text(&rows, 3));
            writer_end(writer);
        }
        writer_text(writer, "created_by", rows_text(&rows, 4));
        writer_int(writer, "created_at", rows_int(&rows, 5));
        writer_int(writer, "expires_at", rows_int(&rows, 6));
        write_time(writer, "revoked_at", &rows, 7);
        write_time(writer, "used_at", &rows, 8);
        writer_end(writer);
    }
    writer_end(writer);
    return rows_error(&rows);
}

static struct error *refuse(struct db *db, const char *code, const char *message)
{
    return error_new(db_arena(db), ERROR_UNKNOWN, code, message);
}

/* What stands behind "Bearer "; NULL: nothing that could be a token. */
static const char *bearer(const char *authorization)
{
    static const char scheme[] = "Bearer ";
    size_t length = sizeof scheme - 1;

    if (strncasecmp(authorization, scheme, length) != 0 ||
        strlen(authorization + length) != TOKEN_LENGTH)
        return NULL;
    return authorization + length;
}

struct error *token_find(
    struct db *db, const char *authorization, int64_t now, struct token_holder *holder)
{
    static const char sql[] =
        "SELECT id, coalesce(branch, 0), expires_at, revoked_at FROM api_token "
        "WHERE token = $1";
    const char *token = bearer(authorization);

    if (!token)
        return refuse(db, "token_unknown", "令牌不对。");
    SCOPED_ROWS rows = db_query(db, sql, TEXT(fingerprint(db_arena(db), token)));
    if (!rows_next(&rows)) {
        TRY(rows_error(&rows));
        return refuse(db, "token_unknown", "令牌不对。");
    }
    if (!rows_is_null(&rows, 3))
        return refuse(db, "token_revoked", "这个令牌已经停用。");
    if (rows_int(&rows, 2) <= now)
        return refuse(db, "token_expired", "这个令牌已经过期，请向组织者换领。");
    *holder = (struct token_holder){rows_int(&rows, 0), rows_int(&rows, 1)};
    return NULL;
}

struct error *token_note_use(struct db *db, void *context)
{
    static const char sql[] = "UPDATE api_token SET used_at = $2 WHERE id = $1 "
                              "AND (used_at IS NULL OR used_at <= $3)";
    const struct token_use *use = context;
    struct export_log_entry entry = {
        .at = use->at,
        .token = use->token,
        .what = use->what,
        .row_count = use->row_count,
        .digest = "",
    };

    TRY(db_run(db, sql, INT(use->token), INT(use->at), INT(use->at - hour_ms)));
    return export_log_add(db, &entry);
}
