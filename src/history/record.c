#include "history/record.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "quiz/attempt.h"
#include "quiz/paper.h"
#include "quiz/results.h"

enum { POINTS_DP = 2 };

/* The street of person $1 at the time `at`. */
#define STREET_AT(at)                                                                  \
    "LEFT JOIN branch ON branch.id = coalesce((SELECT f.branch FROM former_branch AS " \
    "f WHERE f.person = person.id AND f.until_at > " at                                \
    " ORDER BY f.until_at LIMIT 1), person.branch) "

/* Whether she was to take part in what was held at the time `at`. */
#define EXPECTED_AT(at)                                                                \
    "person.joined_at <= " at " AND (person.left_at IS NULL OR person.left_at > " at   \
    ") AND NOT EXISTS (SELECT 1 FROM service_break AS b WHERE b.person = person.id "   \
    "AND b.from_at <= " at " AND b.until_at > " at ") "                                \
    "AND EXISTS (SELECT 1 FROM account WHERE account.person = person.id "              \
    "AND account.roles & 1 <> 0) "

struct loading {
    struct db *db;
    struct record *record;
    int64_t person;
    int64_t now;
};

static struct record_result *
find(struct record *record, enum ranking_kind kind, int64_t subject)
{
    for (size_t i = 0; i < record->count; i++)
        if (record->results[i].kind == kind && record->results[i].subject == subject)
            return &record->results[i];
    return NULL;
}

static struct record_result *add(struct record *record)
{
    if (record->count == RECORD_RESULTS)
        return NULL;
    struct record_result *result = &record->results[record->count++];
    *result = (struct record_result){.branch_name = "", .full = "100", .passed = -1};
    return result;
}

/* ---- Quizzes ---- */

#define QUIZ_TIME                                                                      \
    "(CASE WHEN quiz.window_close IS NULL OR quiz.window_close > $2 THEN $2 "          \
    "ELSE quiz.window_close END)"

static const char *quiz_status(struct rows *rows)
{
    const char *state = rows_text_or_null(rows, 5);
    const char *decided = rows_text(rows, 9);
    bool running = state && strcmp(state, attempt_state_name(ATTEMPT_IN_PROGRESS)) == 0;

    if (strcmp(decided, "voided") == 0)
        return "voided";
    if (state && !running)
        return "done";
    if (strcmp(decided, "deferred") == 0)
        return "deferred";
    return running ? "in_progress" : "absent";
}

static void take_quiz(struct loading *loading, struct rows *rows)
{
    struct arena *arena = db_arena(loading->db);
    struct record_result *result = add(loading->record);

    if (!result)
        return;
    result->kind = RANKING_QUIZ;
    result->subject = rows_int(rows, 0);
    result->title = rows_text(rows, 1);
    result->at = rows_int(rows, 2);
    result->branch = rows_int(rows, 3);
    result->branch_name = rows_text(rows, 4);
    result->status = quiz_status(rows);
    result->receipt = rows_text_or_null(rows, 8);
    result->full = rows_is_null(rows, 7)
                       ? NULL
                       : decimal_text(arena, rows_int(rows, 7), POINTS_DP);
    if (strcmp(result->status, "done") == 0)
        result->score = decimal_text(arena, rows_int(rows, 6), POINTS_DP);
}

static struct error *load_quizzes(struct loading *loading)
{
    static const char sql[] =
        "SELECT quiz.id, paper.title, " QUIZ_TIME ", branch.id, branch.name, "
        "attempt.state, attempt.grade, attempt.points, attempt.receipt, "
        "(SELECT s.status FROM quiz_status AS s WHERE s.quiz = quiz.id "
        "AND s.person = $1 ORDER BY s.id DESC LIMIT 1) "
        "FROM quiz JOIN paper ON paper.revision = quiz.paper "
        "JOIN person ON person.id = $1 "
        "LEFT JOIN attempt ON attempt.quiz = quiz.id AND attempt.person = "
        "$1 " STREET_AT(QUIZ_TIME) "WHERE attempt.id IS NOT NULL "
                                   "OR (quiz.window_open <= $2 AND " EXPECTED_AT(
                                       QUIZ_TIME) ") "
                                                  "ORDER BY quiz.id";
    SCOPED_ROWS rows =
        db_query(loading->db, sql, INT(loading->person), INT(loading->now));

    while (rows_next(&rows))
        take_quiz(loading, &rows);
    return rows_error(&rows);
}

/* Full mark and pass line stand in the paper. */
static struct error *
complete_quiz(struct loading *loading, struct record_result *result)
{
    struct db *db = loading->db;
    static const char sql[] = "SELECT paper.body FROM quiz "
                              "JOIN paper ON paper.revision = quiz.paper "
                              "WHERE quiz.id = $1";
    struct quiz_grade grade;
    struct paper *paper;
    SCOPED_ROWS rows = db_query(db, sql, INT(result->subject));

    if (!rows_next(&rows))
        return rows_error(&rows);
    TRY(paper_read(db_arena(db), rows_text(&rows, 0), &paper));
    result->full = decimal_text(db_arena(db), paper->points, POINTS_DP);
    if (result->version || strcmp(result->status, "done") != 0)
        return NULL;
    TRY(results_grade(db, result->subject, loading->person, &grade));
    enum results_verdict verdict = results_verdict(paper, grade.grade, grade.pending);
    if (grade.found && paper->pass_percent && verdict != RESULTS_OPEN)
        result->passed = verdict == RESULTS_PASSED;
    return NULL;
}

/* ---- Contests, trainings, years ---- */

static struct error *load_held(struct loading *loading, const char *sql)
{
    const struct value values[] = {INT(loading->person), INT(loading->now)};
    SCOPED_ROWS rows = db_query_values(loading->db, sql, values, 2);

    while (rows_next(&rows)) {
        struct record_result *result = add(loading->record);
        if (!result)
            break;
        if (!ranking_kind_find(rows_text(&rows, 0), &result->kind))
            result->kind = RANKING_TRAINING;
        result->subject = rows_int(&rows, 1);
        result->title = rows_text(&rows, 2);
        result->at = rows_int(&rows, 3);
        result->branch = rows_int(&rows, 4);
        result->branch_name = rows_text(&rows, 5);
        result->status = "unpublished";
    }
    return rows_error(&rows);
}

/* From the seal on a contest's streets are fixed. */
#define SEAL_TIME                                                                      \
    "coalesce((SELECT min(event.at) FROM event WHERE event.kind = 'sealed' "           \
    "AND event.subject = 'contest/' || contest.id), $2)"

static const char contest_sql[] =
    "SELECT 'contest', contest.id, contest.title, contest.created_at, branch.id, "
    "branch.name FROM contestant JOIN contest ON contest.id = contestant.contest "
    "JOIN person ON person.id = contestant.person " STREET_AT(
        SEAL_TIME) "WHERE contestant.person = $1 ORDER BY contest.id";

static const char training_sql[] =
    "SELECT training.kind, training.id, training.title, "
    "training.held_at, branch.id, "
    "branch.name FROM training JOIN person ON person.id = "
    "$1 " STREET_AT("training.held_at") "WHERE training.held_at <= $2 "
                                        "AND " EXPECTED_AT("training."
                                                           "held_at") "ORDER BY "
                                                                      "training.id";

/* ---- What was published ---- */

static struct error *load_published(struct loading *loading)
{
    static const char sql[] =
        "SELECT p.kind, p.subject, p.title, p.id, p.version, p.digest, s.branch, "
        "branch.name, s.status, s.score, s.passed, s.rank, p.decided_at "
        "FROM publication_standing AS s JOIN publication AS p ON p.id = s.publication "
        "LEFT JOIN branch ON branch.id = s.branch "
        "WHERE s.person = $1 AND p.state = 'published' AND NOT EXISTS ("
        "SELECT 1 FROM publication AS n WHERE n.kind = p.kind "
        "AND n.subject = p.subject AND n.state = 'published' "
        "AND n.version > p.version) ORDER BY p.id";
    SCOPED_ROWS rows = db_query(loading->db, sql, INT(loading->person));

    while (rows_next(&rows)) {
        enum ranking_kind kind = RANKING_QUIZ;
        if (!ranking_kind_find(rows_text(&rows, 0), &kind))
            continue;
        struct record_result *result = find(loading->record, kind, rows_int(&rows, 1));
        if (!result && (result = add(loading->record))) {
            result->kind = kind;
            result->subject = rows_int(&rows, 1);
            result->title = rows_text(&rows, 2);
            result->at = rows_int(&rows, 12);
        }
        if (!result)
            break;
        result->publication = rows_int(&rows, 3);
        result->version = rows_int(&rows, 4);
        result->digest = rows_text(&rows, 5);
        result->branch = rows_int(&rows, 6);
        result->branch_name = rows_text(&rows, 7);
        result->status = rows_text(&rows, 8);
        result->score = rows_text_or_null(&rows, 9);
        result->passed = rows_is_null(&rows, 10) ? -1 : (int)rows_int(&rows, 10);
        result->rank = rows_text_or_null(&rows, 11);
    }
    return rows_error(&rows);
}

static int by_time(const void *left, const void *right)
{
    const struct record_result *a = left;
    const struct record_result *b = right;

    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return a->subject < b->subject ? -1 : a->subject > b->subject;
}

struct error *
record_load(struct db *db, int64_t person, int64_t now, struct record *record)
{
    struct loading loading = {db, record, person, now};

    *record = (struct record){
        arena_alloc(db_arena(db), RECORD_RESULTS * sizeof *record->results), 0};
    TRY(load_quizzes(&loading));
    TRY(load_held(&loading, contest_sql));
    TRY(load_held(&loading, training_sql));
    TRY(load_published(&loading));
    for (size_t i = 0; i < record->count; i++)
        if (record->results[i].kind == RANKING_QUIZ)
            TRY(complete_quiz(&loading, &record->results[i]));
    qsort(record->results, record->count, sizeof *record->results, by_time);
    return NULL;
}
