#include "contest/roster.h"

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

static struct error *
read_contestants(struct db *db, int64_t contest, struct roster *roster)
{
    static const char sql[] =
        "SELECT contestant.id, person.id, 0, person.name, person.staff_number, "
        "person.branch, branch.name "
        "FROM contestant JOIN person ON person.id = contestant.person "
        "LEFT JOIN branch ON branch.id = person.branch "
        "WHERE contestant.contest = $1 ORDER BY contestant.id";
    SCOPED_ROWS rows = db_query(db, sql, INT(contest));

    return read_people(
        db, &rows, CONTEST_CONTESTANTS, &roster->contestants,
        &roster->contestant_count);
}

static struct error *read_judges(struct db *db, int64_t contest, struct roster *roster)
{
    static const char sql[] =
        "SELECT person.id, person.id, contest_judge.number, person.name, "
        "person.staff_number, person.branch, branch.name "
        "FROM contest_judge JOIN person ON person.id = contest_judge.person "
        "LEFT JOIN branch ON branch.id = person.branch "
        "WHERE contest_judge.contest = $1 ORDER BY contest_judge.number";
    SCOPED_ROWS rows = db_query(db, sql, INT(contest));

    return read_people(
        db, &rows, CONTEST_JUDGES, &roster->judges, &roster->judge_count);
}

struct error *roster_read(struct db *db, int64_t contest, const struct roster **result)
{
    struct roster *roster = arena_alloc(db_arena(db), sizeof *roster);

    TRY(read_contest(db, contest, roster));
    TRY(read_contestants(db, contest, roster));
    TRY(read_judges(db, contest, roster));
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
    for (size_t i = 0; i < roster->contestant_count; i++)
        if (roster->contestants[i].branch == branch)
            return roster->contestants[i].branch_name;
    return "";
}
