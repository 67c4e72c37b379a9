#include "history/erase.h"

#include <inttypes.h>

#include "base/input.h"
#include "report/publication.h"
#include "report/ranking.h"
#include "store/chain.h"

enum { CONTESTS = 1000 };

static struct error *conflict(struct db *db, const char *code, const char *message)
{
    return error_new(db_arena(db), ERROR_CONFLICT, code, message);
}

static struct error *check_person(struct db *db, const struct erasure *erasure)
{
    static const char sql[] = "SELECT erased_at FROM person WHERE id = $1";
    SCOPED_ROWS rows = db_query(db, sql, INT(erasure->person));

    if (!rows_next(&rows)) {
        TRY(rows_error(&rows));
        return error_new(
            db_arena(db), ERROR_NOT_FOUND, "person_unknown", "没有这个人员。");
    }
    if (!rows_is_null(&rows, 0))
        return conflict(db, "person_erased", "此人的资料已经删除。");
    if (erasure->person == erasure->actor.person)
        return conflict(
            db, "person_is_self", "不能删除自己的资料，请由另一位组织者办理。");
    return *erasure->reason
               ? NULL
               : error_new(
                     db_arena(db), ERROR_INVALID, "reason_needed", "请写明原因。");
}

static struct error *refuse_if(
    struct db *db, const char *sql, int64_t person, const char *code,
    const char *message)
{
    const struct value values[] = {INT(person)};
    int64_t count;
    bool found;

    TRY(db_number_values(db, &found, &count, sql, values, 1));
    return count ? conflict(db, code, message) : NULL;
}

/* A contest that goes on needs the names of those in it. */
static struct error *check_contests(struct db *db, const struct erasure *erasure)
{
    static const char sql[] =
        "SELECT contest FROM contestant WHERE person = $1 "
        "UNION SELECT contest FROM contest_judge WHERE person = $1 ORDER BY 1";
    int64_t *contests = arena_alloc(db_arena(db), CONTESTS * sizeof *contests);
    struct ranking *ranking = arena_alloc(db_arena(db), sizeof *ranking);
    size_t count = 0;

    {
        SCOPED_ROWS rows = db_query(db, sql, INT(erasure->person));
        while (count < CONTESTS && rows_next(&rows))
            contests[count++] = rows_int(&rows, 0);
        TRY(rows_error(&rows));
    }
    for (size_t i = 0; i < count; i++) {
        TRY(ranking_load(
            db, RANKING_CONTEST, contests[i], erasure->actor.now, ranking));
        if (!ranking->final)
            return conflict(
                db, "person_in_contest",
                "此人在一场未结束的竞赛中，请在竞赛结束后办理。");
    }
    return NULL;
}

static struct error *check(struct db *db, const struct erasure *erasure)
{
    static const char writing_sql[] =
        "SELECT count(*) FROM attempt WHERE person = $1 AND state = 'in_progress'";
    static const char organiser_sql[] =
        "SELECT count(*) FROM account WHERE person = $1 AND roles & 128 <> 0 "
        "AND NOT EXISTS (SELECT 1 FROM account AS other JOIN person "
        "ON person.id = other.person WHERE other.roles & 128 <> 0 "
        "AND other.person <> $1 AND person.left_at IS NULL)";

    TRY(check_person(db, erasure));
    TRY(refuse_if(
        db, writing_sql, erasure->person, "person_writing",
        "此人正在答题，请在交卷后办理。"));
    TRY(refuse_if(
        db, organiser_sql, erasure->person, "person_last_organiser",
        "这是唯一的组织者，不能删除。"));
    return check_contests(db, erasure);
}

static struct error *remove_names(struct db *db, const struct erasure *erasure)
{
    static const char person_sql[] =
        "UPDATE person SET name = $2, staff_number = $2, phone = NULL, cohort = '', "
        "compound = NULL, left_at = coalesce(left_at, $3), erased_at = $3 "
        "WHERE id = $1";
    /* The account's row stays: it says that she was to be counted. No password can
     * match what is no hash. */
    static const char account_sql[] =
        "UPDATE account SET password = '-', roles = roles & 1, failures = 0, "
        "blocked_until = 0 WHERE person = $1";
    static const char login_sql[] = "DELETE FROM login WHERE person = $1";
    static const char progress_sql[] = "DELETE FROM progress WHERE person = $1";
    static const char published_sql[] =
        "UPDATE publication_name SET name = $2 WHERE person = $1";
    const char *name =
        arena_format(db_arena(db), ERASE_NAME "%" PRId64, erasure->person);

    TRY(db_run(
        db, person_sql, INT(erasure->person), TEXT(name), INT(erasure->actor.now)));
    TRY(db_run(db, account_sql, INT(erasure->person)));
    TRY(db_run(db, login_sql, INT(erasure->person)));
    TRY(db_run(db, progress_sql, INT(erasure->person)));
    return db_run(db, published_sql, INT(erasure->person), TEXT(PUBLICATION_HIDDEN));
}

struct error *erase_person(struct db *db, void *context)
{
    const struct erasure *erasure = context;

    TRY(check(db, erasure));
    TRY(remove_names(db, erasure));
    return chain_record(
        db, &(struct chain_event){
                .subject = MOVES_SUBJECT,
                .at = erasure->actor.now,
                .actor = erasure->actor.person,
                .role = erasure->actor.role,
                .kind = "person_erased",
                .body = json_pack(
                    "{s:I, s:s}", "person", (json_int_t)erasure->person, "reason",
                    erasure->reason),
            });
}

struct error *
erase_list_left(struct db *db, int64_t before, erase_each *each, void *context)
{
    static const char sql[] =
        "SELECT id, staff_number, left_at FROM person WHERE left_at < $1 "
        "AND erased_at IS NULL ORDER BY left_at, id";
    SCOPED_ROWS rows = db_query(db, sql, INT(before));

    while (rows_next(&rows))
        each(context, rows_int(&rows, 0), rows_text(&rows, 1), rows_int(&rows, 2));
    return rows_error(&rows);
}
