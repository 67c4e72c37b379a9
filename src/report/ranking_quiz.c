/* ranking_quiz.c - the results of one quiz. */
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
    ranking->full = paper->points;
    ranking->pass_percent = paper->pass_percent;
    ranking->pending = has_essay(paper);
    return NULL;
}

static struct error *
read_attempts(struct db *db, struct ranking *ranking, struct ranking_person **people)
{
    static const char sql[] =
        "SELECT person, CASE state WHEN $2 THEN 1 ELSE 0 END, grade, "
        "submitted_at - started_at FROM attempt WHERE quiz = $1";
    SCOPED_ROWS rows = db_query(
        db, sql, INT(ranking->subject), TEXT(attempt_state_name(ATTEMPT_IN_PROGRESS)));

    while (rows_next(&rows)) {
        struct ranking_person *person =
            ranking_find_person(people, ranking->person_count, rows_int(&rows, 0));
        if (!person)
            continue;
        person->status = rows_int(&rows, 1) ? RANKING_IN_PROGRESS : RANKING_DONE;
        person->score = rows_int(&rows, 2);
        person->used_ms = rows_int(&rows, 3);
    }
    return rows_error(&rows);
}

/* Who was deferred and sat the quiz after all has her result. */
static struct error *
read_decisions(struct db *db, struct ranking *ranking, struct ranking_person **people)
{
    static const char sql[] =
        "SELECT person, status FROM quiz_status WHERE quiz = $1 ORDER BY id";
    SCOPED_ROWS rows = db_query(db, sql, INT(ranking->subject));
    size_t room = ranking->person_count + 1;
    bool *has_result = arena_alloc(db_arena(db), room * sizeof *has_result);

    for (size_t i = 0; i < ranking->person_count; i++)
        has_result[i] = ranking->people[i].status == RANKING_DONE;
    while (rows_next(&rows)) {
        struct ranking_person *person =
            ranking_find_person(people, ranking->person_count, rows_int(&rows, 0));
        const char *status = rows_text(&rows, 1);
        if (!person)
            continue;
        bool done = has_result[person - ranking->people];
        bool writing = person->status == RANKING_IN_PROGRESS;
        if (strcmp(status, "voided") == 0)
            person->status = RANKING_VOIDED;
        else if (done)
            person->status = RANKING_DONE;
        else if (strcmp(status, "deferred") == 0)
            person->status = RANKING_DEFERRED;
        else if (!writing)
            person->status = RANKING_ABSENT;
    }
    return rows_error(&rows);
}

struct error *
ranking_load_quiz(struct db *db, int64_t subject, int64_t now, struct ranking *ranking)
{
    struct quiz held;

    TRY(attempt_quiz(db, subject, &held));
    TRY(read_paper(db, held.revision, ranking));
    ranking->held_at = held.window_close == INT64_MAX || held.window_close > now
                           ? now
                           : held.window_close;
    TRY(ranking_load_people(db, ranking));
    struct ranking_person **people = ranking_people_by_id(db_arena(db), ranking);
    TRY(read_attempts(db, ranking, people));
    TRY(read_decisions(db, ranking, people));
    ranking->final = now >= held.window_close && !ranking->pending;
    for (size_t i = 0; i < ranking->person_count; i++)
        if (ranking->people[i].status == RANKING_IN_PROGRESS)
            ranking->final = false;
    return NULL;
}
