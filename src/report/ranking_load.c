/* ranking_load.c - what a ranking is made of, read from the database. */
#include "report/ranking.h"

#include <string.h>

#include "quiz/attempt.h"
#include "quiz/paper.h"

/* Nobody marks essays here yet, so that a quiz with one has no final grades. */
static bool has_essay(const struct paper *paper)
{
    for (size_t p = 0; p < paper->part_count; p++)
        for (size_t q = 0; q < paper->parts[p].question_count; q++)
            if (!paper_type_is_automatic(paper->parts[p].questions[q].type))
                return true;
    return false;
}

/* The paper says title, full mark and pass line. */
static struct error *
read_paper(struct db *db, const char *revision, struct ranking *ranking)
{
    static const char sql[] = "SELECT body FROM paper WHERE revision = $1";
    SCOPED_ROWS rows = db_query(db, sql, TEXT(revision));
    struct paper *paper;

    if (!rows_next(&rows)) {
        TRY(rows_error(&rows));
        return error_new(
            db_arena(db), ERROR_NOT_FOUND, "paper_unknown", "没有这份试卷。");
    }
    TRY(paper_read(db_arena(db), rows_text(&rows, 0), &paper));
    ranking->title = paper->title;
    ranking->revision = revision;
    ranking->points = paper->points;
    ranking->pass_percent = paper->pass_percent;
    ranking->pending = has_essay(paper);
    return NULL;
}

static struct error *count_rows(struct db *db, const char *sql, size_t *count)
{
    int64_t number;
    bool found;

    TRY(db_number(db, &found, &number, sql));
    *count = (size_t)number;
    return NULL;
}

static struct error *read_branches(struct db *db, struct ranking *ranking)
{
    static const char count_sql[] = "SELECT count(*) FROM branch";
    static const char sql[] = "SELECT id, name FROM branch ORDER BY position, id";
    size_t room;

    TRY(count_rows(db, count_sql, &room));
    ranking->branches =
        arena_alloc(db_arena(db), (room + 1) * sizeof *ranking->branches);
    SCOPED_ROWS rows = db_query(db, sql);
    while (ranking->branch_count < room && rows_next(&rows))
        ranking->branches[ranking->branch_count++] = (struct ranking_branch){
            .id = rows_int(&rows, 0), .name = rows_text(&rows, 1)};
    return rows_error(&rows);
}

static enum ranking_status status_of(const char *state)
{
    if (!state)
        return RANKING_ABSENT;
    return strcmp(state, attempt_state_name(ATTEMPT_IN_PROGRESS)) == 0
               ? RANKING_IN_PROGRESS
               : RANKING_DONE;
}

static size_t branch_index(const struct ranking *ranking, int64_t id)
{
    size_t i = 0;

    while (i + 1 < ranking->branch_count && ranking->branches[i].id != id)
        i++;
    return i;
}

static struct error *read_people(struct db *db, int64_t quiz, struct ranking *ranking)
{
    /* 1 is the learner's bit of an account's roles. */
    static const char count_sql[] =
        "SELECT count(*) FROM person JOIN account ON account.person = person.id "
        "WHERE person.branch IS NOT NULL AND (account.roles & 1) <> 0";
    static const char sql[] =
        "SELECT person.id, person.staff_number, person.name, person.branch, "
        "attempt.state, attempt.grade, attempt.submitted_at - attempt.started_at "
        "FROM person JOIN account ON account.person = person.id "
        "JOIN branch ON branch.id = person.branch "
        "LEFT JOIN attempt ON attempt.person = person.id AND attempt.quiz = $1 "
        "WHERE (account.roles & 1) <> 0 "
        "ORDER BY branch.position, branch.id, person.staff_number";
    size_t room;

    TRY(count_rows(db, count_sql, &room));
    ranking->people = arena_alloc(db_arena(db), (room + 1) * sizeof *ranking->people);
    SCOPED_ROWS rows = db_query(db, sql, INT(quiz));
    while (ranking->person_count < room && rows_next(&rows))
        ranking->people[ranking->person_count++] = (struct ranking_person){
            .id = rows_int(&rows, 0),
            .staff_number = rows_text(&rows, 1),
            .name = rows_text(&rows, 2),
            .branch = branch_index(ranking, rows_int(&rows, 3)),
            .status = status_of(rows_text_or_null(&rows, 4)),
            .grade = rows_int(&rows, 5),
            .used_ms = rows_int(&rows, 6),
        };
    return rows_error(&rows);
}

struct error *
ranking_load(struct db *db, int64_t quiz, int64_t now, struct ranking *ranking)
{
    struct quiz held;

    *ranking = (struct ranking){0};
    TRY(attempt_quiz(db, quiz, &held));
    TRY(read_paper(db, held.revision, ranking));
    TRY(read_branches(db, ranking));
    TRY(read_people(db, quiz, ranking));
    ranking->final = now >= held.window_close && !ranking->pending;
    for (size_t i = 0; i < ranking->person_count; i++)
        if (ranking->people[i].status == RANKING_IN_PROGRESS)
            ranking->final = false;
    return ranking_compute(db_arena(db), ranking);
}
