#include "contest/roster.h"

#include <inttypes.h>

#include "contest/fold.h"

static const struct roster_person unknown = {
    .name = "未知",
    .staff_number = "",
    .branch_name = "",
};

static struct error *read_contest(struct db *db, int64_t contest, struct roster *roster)
{
    static const char sql[] = "SELECT title, rules FROM contest WHERE id = $1";
    SCOPED_ROWS rows = db_query(db, sql, INT(contest));

    if (!rows_next(&rows)) {
        TRY(rows_error(&rows));
        return error_new(
            db_arena(db), ERROR_NOT_FOUND, "contest_unknown", "没有这场比赛。");
    }
    roster->title = rows_text(&rows, 0);
    roster->rules = rows_text(&rows, 1);
    return NULL;
}

/* Columns: id, person, number, name, staff number, branch, its name. */
static struct error *read_people(
    struct db *db, struct rows *rows, size_t most, const struct roster_person **people,
    size_t *count)
{
    struct roster_person *list = arena_alloc(db_arena(db), most * sizeof *list);

    *people = list;
    *count = 0;
    while (*count < most && rows_next(rows))
        list[(*count)++] = (struct roster_person){
            .id = rows_int(rows, 0),
            .person = rows_int(rows, 1),
            .number = rows_int(rows, 2),
            .name = rows_text(rows, 3),
            .staff_number = rows_text(rows, 4),
            .branch = rows_int(rows, 5),
            .branch_name = rows_text(rows, 6),
        };
    return rows_error(rows);
}

/* Who has moved since the contest was sealed stands in it with the street of then. */
#define STREET_THEN                                                                    \
    "LEFT JOIN branch ON branch.id = coalesce((SELECT former_branch.branch "           \
    "FROM former_branch WHERE former_branch.person = person.id "                       \
    "AND former_branch.until_at > $2 ORDER BY former_branch.until_at LIMIT 1), "       \
    "person.branch) "

static struct error *
read_contestants(struct db *db, int64_t contest, int64_t at, struct roster *roster)
{
    static const char sql[] =
        "SELECT contestant.id, person.id, 0, person.name, person.staff_number, "
        "branch.id, branch.name "
        "FROM contestant JOIN person ON person.id = contestant.person " STREET_THEN
        "WHERE contestant.contest = $1 ORDER BY contestant.id";
    SCOPED_ROWS rows = db_query(db, sql, INT(contest), INT(at));

    return read_people(
        db, &rows, CONTEST_CONTESTANTS, &roster->contestants,
        &roster->contestant_count);
}

static struct error *
read_judges(struct db *db, int64_t contest, int64_t at, struct roster *roster)
{
    static const char sql[] =
        "SELECT person.id, person.id, contest_judge.number, person.name, "
        "person.staff_number, branch.id, branch.name FROM contest_judge "
        "JOIN person ON person.id = contest_judge.person " STREET_THEN
        "WHERE contest_judge.contest = $1 ORDER BY contest_judge.number";
    SCOPED_ROWS rows = db_query(db, sql, INT(contest), INT(at));

    return read_people(
        db, &rows, CONTEST_JUDGES, &roster->judges, &roster->judge_count);
}

/* From the seal on the streets are those of the seal. */
static struct error *read_seal_time(struct db *db, int64_t contest, int64_t *at)
{
    static const char sql[] = "SELECT coalesce(min(at), $2) FROM event "
                              "WHERE subject = $1 AND kind = 'sealed'";
    bool found;

    return db_number(
        db, &found, at, sql,
        TEXT(arena_format(db_arena(db), "contest/%" PRId64, contest)), INT(INT64_MAX));
}

static struct error *read_branches(struct db *db, struct roster *roster)
{
    static const char count_sql[] = "SELECT count(*) FROM branch";
    static const char sql[] = "SELECT id, name FROM branch ORDER BY id";
    int64_t most;
    bool found;

    TRY(db_number(db, &found, &most, count_sql));
    struct roster_branch *list =
        arena_alloc(db_arena(db), ((size_t)most + 1) * sizeof *list);
    SCOPED_ROWS rows = db_query(db, sql);
    roster->branches = list;
    while (roster->branch_count < (size_t)most && rows_next(&rows))
        list[roster->branch_count++] =
            (struct roster_branch){rows_int(&rows, 0), rows_text(&rows, 1)};
    return rows_error(&rows);
}

struct error *roster_read(struct db *db, int64_t contest, const struct roster **result)
{
    struct roster *roster = arena_alloc(db_arena(db), sizeof *roster);

    int64_t at;

    TRY(read_contest(db, contest, roster));
    TRY(read_seal_time(db, contest, &at));
    TRY(read_contestants(db, contest, at, roster));
    TRY(read_judges(db, contest, at, roster));
    TRY(read_branches(db, roster));
    *result = roster;
    return NULL;
}

static const struct roster_person *
find(const struct roster_person *people, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (people[i].id == id)
            return &people[i];
    return &unknown;
}

const struct roster_person *
roster_contestant(const struct roster *roster, int64_t contestant)
{
    return find(roster->contestants, roster->contestant_count, contestant);
}

const struct roster_person *roster_judge(const struct roster *roster, int64_t person)
{
    return find(roster->judges, roster->judge_count, person);
}

const char *roster_branch_name(const struct roster *roster, int64_t branch)
{
    for (size_t i = 0; i < roster->branch_count; i++)
        if (roster->branches[i].id == branch)
            return roster->branches[i].name;
    return "";
}
