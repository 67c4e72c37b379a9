#include "quiz/status.h"

#include <inttypes.h>
#include <string.h>

#include "base/input.h"
#include "quiz/attempt.h"
#include "store/chain.h"

static struct error *
check_words(struct arena *arena, const struct status_decision *decision)
{
    if (strcmp(decision->status, "normal") != 0 &&
        strcmp(decision->status, "deferred") != 0 &&
        strcmp(decision->status, "voided") != 0)
        return error_new(
            arena, ERROR_INVALID, "status_invalid",
            "状态应为 normal（正常）、deferred（缓考）或 voided（作废）。");
    if (!*decision->reason)
        return error_new(arena, ERROR_INVALID, "reason_needed", "请写明原因。");
    return NULL;
}

static struct error *check_person(struct db *db, int64_t person)
{
    static const char sql[] = "SELECT id FROM person WHERE id = $1";
    bool found;
    int64_t id;

    TRY(db_number(db, &found, &id, sql, INT(person)));
    return found ? NULL
                 : error_new(
                       db_arena(db), ERROR_NOT_FOUND, "person_unknown", "没有这个人。");
}

static struct error *check_news(struct db *db, const struct status_decision *decision)
{
    static const char sql[] =
        "SELECT status FROM quiz_status WHERE quiz = $1 AND person = $2 "
        "ORDER BY id DESC LIMIT 1";
    SCOPED_ROWS rows = db_query(db, sql, INT(decision->quiz), INT(decision->person));
    const char *status = rows_next(&rows) ? rows_text(&rows, 0) : "normal";

    TRY(rows_error(&rows));
    if (strcmp(status, decision->status) != 0)
        return NULL;
    return error_new(
        db_arena(db), ERROR_CONFLICT, "status_unchanged", "已经是这个状态。");
}

static struct error *record(struct db *db, const struct status_decision *decision)
{
    struct arena *arena = db_arena(db);

    return chain_record(
        db, &(struct chain_event){
                .subject = arena_format(arena, "quiz/%" PRId64, decision->quiz),
                .at = decision->at,
                .actor = decision->actor,
                .role = decision->role,
                .kind = "status_decided",
                .body = json_pack(
                    "{s:I, s:s, s:s}", "person", (json_int_t)decision->person, "status",
                    decision->status, "reason", decision->reason),
            });
}

struct error *status_decide(struct db *db, void *context)
{
    static const char sql[] =
        "INSERT INTO quiz_status (quiz, person, status, reason, actor, at) "
        "VALUES ($1, $2, $3, $4, $5, $6)";
    const struct status_decision *decision = context;
    struct quiz quiz;

    TRY(check_words(db_arena(db), decision));
    TRY(attempt_quiz(db, decision->quiz, &quiz));
    TRY(check_person(db, decision->person));
    TRY(check_news(db, decision));
    TRY(db_run(
        db, sql, INT(decision->quiz), INT(decision->person), TEXT(decision->status),
        TEXT(decision->reason), INT(decision->actor), INT(decision->at)));
    return record(db, decision);
}
