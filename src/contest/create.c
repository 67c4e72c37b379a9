#include "contest/create.h"

#include <string.h>

#include "contest/fold.h"

static struct error *
insert_contest(struct db *db, struct contest_creation *creation, const char *rules)
{
    static const char sql[] = "INSERT INTO contest (title, rules, created_at) "
                              "VALUES ($1, $2, $3) RETURNING id";
    bool found;

    return db_number(
        db, &found, &creation->id, sql, TEXT(creation->title), TEXT(rules),
        INT(creation->at));
}

static struct error *insert_judge(
    struct db *db, const struct contest_creation *creation, int64_t person,
    int64_t number)
{
    static const char sql[] = "INSERT INTO contest_judge (contest, person, number) "
                              "VALUES ($1, $2, $3)";

    return db_run(db, sql, INT(creation->id), INT(person), INT(number));
}

static struct error *insert_contestant(
    struct db *db, const struct contest_creation *creation, int64_t person)
{
    static const char sql[] =
        "INSERT INTO contestant (contest, person) VALUES ($1, $2)";

    return db_run(db, sql, INT(creation->id), INT(person));
}

struct error *contest_create(struct db *db, void *context)
{
    struct contest_creation *creation = context;
    const struct rules *rules;

    TRY(rules_read(db_arena(db), creation->rules, strlen(creation->rules), &rules));
    if (!creation->judge_count || creation->judge_count > CONTEST_JUDGES ||
        !creation->contestant_count || creation->contestant_count > CONTEST_CONTESTANTS)
        return error_make(
            db_arena(db), ERROR_INVALID, "contest_people",
            "选手应为 1 到 %d 人，评委应为 1 到 %d 人。", (int)CONTEST_CONTESTANTS,
            (int)CONTEST_JUDGES);
    TRY(insert_contest(db, creation, rules->canonical));
    for (size_t i = 0; i < creation->judge_count; i++)
        TRY(insert_judge(db, creation, creation->judges[i], (int64_t)i + 1));
    for (size_t i = 0; i < creation->contestant_count; i++)
        TRY(insert_contestant(db, creation, creation->contestants[i]));
    return NULL;
}
