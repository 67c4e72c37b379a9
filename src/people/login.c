#include "people/login.h"

#include <inttypes.h>
#include <string.h>

#include "base/token.h"

enum {
    HOURS = 12,
    FREE_FAILURES = 5,
    FIRST_WAIT_MS = 60 * 1000,
    LONGEST_WAIT_MS = 15 * 60 * 1000,
};

/* Only a fingerprint is stored: who reads the database cannot sign in with it. */
static const char *fingerprint(struct arena *arena, const char *token)
{
    unsigned char digest[TOKEN_DIGEST];

    token_sha256(token, strlen(token), digest);
    return token_hex(arena, digest, sizeof digest);
}

struct error *login_identify(struct request *request)
{
    static const char sql[] =
        "SELECT person.id, person.branch, account.roles FROM login "
        "JOIN person ON person.id = login.person "
        "JOIN account ON account.person = login.person "
        "WHERE login.token = $1 AND login.expires_at > $2 "
        "AND person.left_at IS NULL";
    const char *token = request_cookie(request, LOGIN_COOKIE);

    request->person = request->branch = 0;
    request->roles = 0;
    if (!token)
        return NULL;
    SCOPED_ROWS rows = db_query(
        request->reader, sql, TEXT(fingerprint(request->arena, token)),
        INT(request->received_at));
    if (rows_next(&rows)) {
        request->person = rows_int(&rows, 0);
        request->branch = rows_int(&rows, 1);
        request->roles = (unsigned)rows_int(&rows, 2);
    }
    return rows_error(&rows);
}

struct error *login_account_find(
    struct db *db, const char *staff_number, struct login_account *account)
{
    static const char sql[] =
        "SELECT person.id, account.password, account.blocked_until FROM person "
        "JOIN account ON account.person = person.id WHERE person.staff_number = $1 "
        "AND person.left_at IS NULL";
    SCOPED_ROWS rows = db_query(db, sql, TEXT(staff_number));

    *account = (struct login_account){0};
    if (rows_next(&rows))
        *account = (struct login_account){
            rows_int(&rows, 0), rows_text(&rows, 1), rows_int(&rows, 2)};
    return rows_error(&rows);
}

struct error *login_may_try(struct arena *arena, int64_t blocked_until, int64_t now)
{
    if (blocked_until <= now)
        return NULL;
    return error_make(
        arena, ERROR_TOO_OFTEN, "login_blocked",
        "密码连续输错多次，请 %" PRId64 " 分钟后再试，或请工作人员协助。",
        (blocked_until - now + 59999) / 60000);
}

struct error *login_note_failure(struct db *db, void *context)
{
    static const char read_sql[] = "SELECT failures FROM account WHERE person = $1";
    static const char write_sql[] =
        "UPDATE account SET failures = $2, blocked_until = $3 WHERE person = $1";
    const struct login_attempt *attempt = context;
    int64_t failures;
    int64_t wait_ms = 0;
    bool found;

    TRY(db_number(db, &found, &failures, read_sql, INT(attempt->person)));
    failures++;
    if (failures >= FREE_FAILURES) {
        int64_t doublings = failures - FREE_FAILURES;
        wait_ms = doublings > 4 ? LONGEST_WAIT_MS : FIRST_WAIT_MS << doublings;
        if (wait_ms > LONGEST_WAIT_MS)
            wait_ms = LONGEST_WAIT_MS;
    }
    return db_run(
        db, write_sql, INT(attempt->person), INT(failures),
        INT(wait_ms ? attempt->at + wait_ms : 0));
}

struct error *login_open(struct db *db, void *context)
{
    static const char blocked_sql[] =
        "SELECT blocked_until FROM account WHERE person = $1";
    static const char forget_sql[] =
        "UPDATE account SET failures = 0, blocked_until = 0 WHERE person = $1";
    static const char sweep_sql[] = "DELETE FROM login WHERE expires_at <= $1";
    static const char insert_sql[] =
        "INSERT INTO login (token, person, created_at, expires_at) "
        "VALUES ($1, $2, $3, $4)";
    const struct login_attempt *attempt = context;
    int64_t blocked_until;
    bool found;

    /* Asked again here: guesses sent all at once would have passed the first look. */
    TRY(db_number(db, &found, &blocked_until, blocked_sql, INT(attempt->person)));
    TRY(login_may_try(db_arena(db), blocked_until, attempt->at));
    TRY(db_run(db, forget_sql, INT(attempt->person)));
    TRY(db_run(db, sweep_sql, INT(attempt->at)));
    return db_run(
        db, insert_sql, TEXT(fingerprint(db_arena(db), attempt->token)),
        INT(attempt->person), INT(attempt->at),
        INT(attempt->at + (int64_t)HOURS * 3600 * 1000));
}

struct error *login_close(struct db *db, void *context)
{
    static const char sql[] = "DELETE FROM login WHERE token = $1";

    return db_run(db, sql, TEXT(fingerprint(db_arena(db), context)));
}

char *login_cookie(const struct request *request, const char *token)
{
    bool secure = strcmp(request->scheme, "https") == 0;

    return arena_format(
        request->arena,
        LOGIN_COOKIE "=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d%s",
        token ? token : "", token ? HOURS * 3600 : 0, secure ? "; Secure" : "");
}
