#include "quiz/results.h"

#include "quiz/grading.h"

static struct error *add_pending(
    struct db *db, const struct paper_question *question, int64_t attempt,
    int64_t *pending)
{
    static const char sql[] =
        "SELECT answer FROM answer WHERE attempt = $1 AND item = $2";
    SCOPED_ROWS rows = db_query(db, sql, INT(attempt), TEXT(question->id));

    if (rows_next(&rows))
        *pending += grading_pending(question, rows_text(&rows, 0));
    return rows_error(&rows);
}

struct error *results_pending(
    struct db *db, const struct paper *paper, int64_t attempt, int64_t *pending)
{
    *pending = 0;
    for (size_t p = 0; p < paper->part_count; p++) {
        const struct paper_part *part = &paper->parts[p];
        for (size_t q = 0; q < part->question_count; q++)
            if (!paper_type_is_automatic(part->questions[q].type))
                TRY(add_pending(db, &part->questions[q], attempt, pending));
    }
    return NULL;
}

static bool is_enough(const struct paper *paper, int64_t grade)
{
    return grade * 100 >= paper->points * paper->pass_percent;
}

enum results_verdict
results_verdict(const struct paper *paper, int64_t grade, int64_t pending)
{
    if (is_enough(paper, grade))
        return RESULTS_PASSED;
    return is_enough(paper, grade + pending) ? RESULTS_OPEN : RESULTS_FAILED;
}

/* `body` is of a frozen paper. */
static struct error *
pending_of_body(struct db *db, const char *body, int64_t attempt, int64_t *pending)
{
    struct paper *paper;

    TRY(paper_read(db_arena(db), body, &paper));
    return results_pending(db, paper, attempt, pending);
}

struct error *
results_grade(struct db *db, int64_t quiz, int64_t person, struct quiz_grade *grade)
{
    static const char sql[] =
        "SELECT attempt.id, attempt.grade, attempt.points, attempt.receipt, paper.body "
        "FROM attempt JOIN quiz ON quiz.id = attempt.quiz "
        "JOIN paper ON paper.revision = quiz.paper "
        "WHERE attempt.quiz = $1 AND attempt.person = $2 "
        "AND attempt.state <> 'in_progress' "
        "AND coalesce((SELECT status FROM quiz_status WHERE quiz = $1 AND person = $2 "
        "ORDER BY id DESC LIMIT 1), 'normal') <> 'voided'";
    SCOPED_ROWS rows = db_query(db, sql, INT(quiz), INT(person));

    *grade = (struct quiz_grade){.receipt = ""};
    if (!rows_next(&rows))
        return rows_error(&rows);
    *grade = (struct quiz_grade){
        .found = true,
        .attempt = rows_int(&rows, 0),
        .grade = rows_int(&rows, 1),
        .points = rows_int(&rows, 2),
        .receipt = rows_text(&rows, 3),
    };
    return pending_of_body(db, rows_text(&rows, 4), grade->attempt, &grade->pending);
}
