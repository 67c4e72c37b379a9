#include "history/moves.h"

#include <inttypes.h>
#include <string.h>

#include "base/input.h"
#include "store/chain.h"

enum { LEARNER = 1 /* the bit of an account's roles */ };

struct moved_person {
    int64_t branch; /* 0: none */
    int64_t joined_at;
    int64_t left_at; /* 0: serves */
    int64_t last_at; /* of her last change of street or service; 0: none */
    bool is_learner;
};

static struct error *conflict(struct db *db, const char *code, const char *message)
{
    return error_new(db_arena(db), ERROR_CONFLICT, code, message);
}

static struct error *read_person(struct db *db, int64_t id, struct moved_person *person)
{
    static const char sql[] =
        "SELECT person.branch, person.joined_at, coalesce(person.left_at, 0), "
        "person.erased_at, coalesce(account.roles, 0), "
        "coalesce((SELECT max(until_at) FROM former_branch WHERE person = $1), 0), "
        "coalesce((SELECT max(until_at) FROM service_break WHERE person = $1), 0) "
        "FROM person LEFT JOIN account ON account.person = person.id "
        "WHERE person.id = $1";
    SCOPED_ROWS rows = db_query(db, sql, INT(id));

    if (!rows_next(&rows)) {
        TRY(rows_error(&rows));
        return error_new(
            db_arena(db), ERROR_NOT_FOUND, "person_unknown", "没有这个人员。");
    }
    if (!rows_is_null(&rows, 3))
        return conflict(db, "person_erased", "此人的资料已应要求删除，不能再作更改。");
    int64_t moved_at = rows_int(&rows, 5);
    int64_t back_at = rows_int(&rows, 6);
    *person = (struct moved_person){
        .branch = rows_int(&rows, 0),
        .joined_at = rows_int(&rows, 1),
        .left_at = rows_int(&rows, 2),
        .last_at = moved_at > back_at ? moved_at : back_at,
        .is_learner = rows_int(&rows, 4) & LEARNER,
    };
    return NULL;
}

/* Changes are made in the order of their time: what lies between two of them would
 * otherwise be told twice. */
static struct error *
check_order(struct db *db, const struct moved_person *person, int64_t at)
{
    if (at > person->last_at && at > person->joined_at && at > person->left_at)
        return NULL;
    return conflict(
        db, "moved_later", "在这个时间之后，此人已有调动或任职记录，请核对时间。");
}

struct error *moves_check_time(struct arena *arena, int64_t at, int64_t now)
{
    return at <= now
               ? NULL
               : error_new(
                     arena, ERROR_INVALID, "time_future", "生效时间不能晚于现在。");
}

struct error *moves_check_branch(struct db *db, int64_t branch)
{
    static const char sql[] =
        "SELECT count(*) FROM branch WHERE id = $1 AND valid_to IS NULL";
    int64_t count;
    bool found;

    TRY(db_number(db, &found, &count, sql, INT(branch)));
    return count ? NULL
                 : error_new(
                       db_arena(db), ERROR_INVALID, "branch_unknown",
                       "没有这个街道，或它已撤销。");
}

static struct error *
set_branch(struct db *db, int64_t id, int64_t from, int64_t to, int64_t at)
{
    static const char former_sql[] =
        "INSERT INTO former_branch (person, until_at, branch) VALUES ($1, $2, $3)";
    /* The compound lies in the old street. */
    static const char sql[] =
        "UPDATE person SET branch = $2, compound = (SELECT compound.id FROM compound "
        "JOIN community ON community.id = compound.community "
        "WHERE compound.id = person.compound AND community.branch = $2) WHERE id = $1";

    if (from)
        TRY(db_run(db, former_sql, INT(id), INT(at), INT(from)));
    return db_run(db, sql, INT(id), INT(to));
}

struct error *
moves_apply(struct db *db, int64_t person, int64_t to, int64_t at, int64_t *from)
{
    struct moved_person was = {0};

    TRY(read_person(db, person, &was));
    if (was.left_at)
        return conflict(db, "person_left", "此人已离任。");
    if (was.branch == to)
        return conflict(db, "move_same_branch", "此人已在这个街道。");
    if (!was.branch && was.is_learner)
        return conflict(
            db, "person_without_branch", "此专员原来不属任何街道，不能按调动处理。");
    TRY(check_order(db, &was, at));
    *from = was.branch;
    return set_branch(db, person, was.branch, to, at);
}

static struct error *
record(struct db *db, const struct moves_actor *actor, const char *kind, json_t *body)
{
    return chain_record(
        db, &(struct chain_event){
                .subject = MOVES_SUBJECT,
                .at = actor->now,
                .actor = actor->person,
                .role = actor->role,
                .kind = kind,
                .body = body,
            });
}

static struct error *check_change(struct db *db, const struct moves_change *change)
{
    if (!*change->reason)
        return error_new(db_arena(db), ERROR_INVALID, "reason_needed", "请写明原因。");
    return moves_check_time(db_arena(db), change->at, change->actor.now);
}

struct error *moves_move(struct db *db, void *context)
{
    const struct moves_change *change = context;
    struct moved_person person = {0};
    int64_t from = 0;

    TRY(read_person(db, change->person, &person));
    TRY(check_change(db, change));
    TRY(moves_check_branch(db, change->branch));
    TRY(moves_apply(db, change->person, change->branch, change->at, &from));
    return record(
        db, &change->actor, "person_moved",
        json_pack(
            "{s:I, s:I, s:I, s:I, s:s}", "person", (json_int_t)change->person, "from",
            (json_int_t)from, "to", (json_int_t)change->branch, "at",
            (json_int_t)change->at, "reason", change->reason));
}

/* Somebody must be able to undo things. */
static struct error *check_organisers(struct db *db, int64_t person)
{
    static const char sql[] =
        "SELECT count(*) FROM person JOIN account ON account.person = person.id "
        "WHERE account.roles & 128 <> 0 AND person.left_at IS NULL AND person.id <> $1";
    static const char own_sql[] =
        "SELECT count(*) FROM account WHERE person = $1 AND roles & 128 <> 0";
    int64_t others;
    int64_t own;
    bool found;

    TRY(db_number(db, &found, &others, sql, INT(person)));
    TRY(db_number(db, &found, &own, own_sql, INT(person)));
    return others || !own
               ? NULL
               : conflict(db, "person_last_organiser", "这是唯一的组织者，不能离任。");
}

struct error *moves_leave(struct db *db, void *context)
{
    static const char writing_sql[] = "SELECT count(*) FROM attempt WHERE person = $1 "
                                      "AND state = 'in_progress'";
    static const char sql[] = "UPDATE person SET left_at = $2 WHERE id = $1";
    static const char login_sql[] = "DELETE FROM login WHERE person = $1";
    const struct moves_change *change = context;
    struct moved_person person = {0};
    int64_t writing;
    bool found;

    TRY(read_person(db, change->person, &person));
    TRY(check_change(db, change));
    if (person.left_at)
        return conflict(db, "person_left", "此人已离任。");
    TRY(check_order(db, &person, change->at));
    TRY(check_organisers(db, change->person));
    TRY(db_number(db, &found, &writing, writing_sql, INT(change->person)));
    if (writing)
        return conflict(db, "person_writing", "此人正在答题，请在交卷后办理。");
    TRY(db_run(db, sql, INT(change->person), INT(change->at)));
    TRY(db_run(db, login_sql, INT(change->person)));
    return record(
        db, &change->actor, "person_left",
        json_pack(
            "{s:I, s:I, s:s}", "person", (json_int_t)change->person, "at",
            (json_int_t)change->at, "reason", change->reason));
}

struct error *moves_rejoin(struct db *db, void *context)
{
    static const char break_sql[] = "INSERT INTO service_break (person, from_at, "
                                    "until_at) VALUES ($1, $2, $3)";
    static const char sql[] = "UPDATE person SET left_at = NULL WHERE id = $1";
    const struct moves_change *change = context;
    struct moved_person person = {0};

    TRY(read_person(db, change->person, &person));
    TRY(check_change(db, change));
    TRY(moves_check_branch(db, change->branch));
    if (!person.left_at)
        return conflict(db, "person_serves", "此人在任，不需要恢复。");
    TRY(check_order(db, &person, change->at));
    TRY(db_run(
        db, break_sql, INT(change->person), INT(person.left_at), INT(change->at)));
    TRY(db_run(db, sql, INT(change->person)));
    if (person.branch != change->branch)
        TRY(set_branch(db, change->person, person.branch, change->branch, change->at));
    return record(
        db, &change->actor, "person_rejoined",
        json_pack(
            "{s:I, s:I, s:I, s:s}", "person", (json_int_t)change->person, "branch",
            (json_int_t)change->branch, "at", (json_int_t)change->at, "reason",
            change->reason));
}

static bool is_phone(const char *phone)
{
    size_t digits = 0;

    for (const char *c = phone; *c; c++) {
        if (!strchr("0123456789+- ", *c))
            return false;
        digits += *c >= '0' && *c <= '9';
    }
    return digits >= 3 && strlen(phone) <= MOVES_PHONE;
}

struct error *moves_change_details(struct db *db, void *context)
{
    static const char phone_sql[] = "UPDATE person SET phone = $2 WHERE id = $1";
    static const char cohort_sql[] = "UPDATE person SET cohort = $2 WHERE id = $1";
    const struct moves_details *details = context;
    struct moved_person person = {0};

    TRY(read_person(db, details->person, &person));
    if (!details->phone && !details->cohort)
        return error_new(
            db_arena(db), ERROR_INVALID, "change_empty", "没有任何要更改的内容。");
    if (details->phone && *details->phone && !is_phone(details->phone))
        return error_new(
            db_arena(db), ERROR_INVALID, "phone_invalid",
            "电话只能由数字、空格、加号和短横线组成，最长 20 个字符。");
    if (details->phone)
        TRY(db_run(
            db, phone_sql, INT(details->person),
            *details->phone ? TEXT(details->phone) : NONE));
    if (details->cohort)
        TRY(db_run(db, cohort_sql, INT(details->person), TEXT(details->cohort)));
    return record(
        db, &details->actor, "person_changed",
        json_pack(
            "{s:I, s:b, s:b}", "person", (json_int_t)details->person, "phone",
            details->phone != NULL, "cohort", details->cohort != NULL));
}
