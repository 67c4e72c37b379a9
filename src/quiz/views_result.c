/* The result of a closed attempt, with the key once it may be seen. */
#include "quiz/grading.h"
#include "quiz/results.h"
#include "quiz/views.h"
#include "quiz/views_question.h"

static struct error *write_reviewed(
    struct db *db, const struct attempt *attempt, const struct paper_question *question,
    struct writer *writer)
{
    static const char sql[] =
        "SELECT answer.answer, grade.points FROM grade "
        "LEFT JOIN answer ON answer.attempt = grade.attempt "
        "AND answer.item = grade.item WHERE grade.attempt = $1 AND grade.item = $2";
    SCOPED_ROWS rows = db_query(db, sql, INT(attempt->id), TEXT(question->id));
    bool found = rows_next(&rows);
    const char *answer = found ? rows_text_or_null(&rows, 0) : NULL;

    writer_raw(writer, "answer", answer ? answer : "null");
    writer_int(writer, "earned", found ? rows_int(&rows, 1) : 0);
    writer_bool(writer, "pending", grading_pending(question, answer) > 0);
    views_key(writer, question);
    return rows_error(&rows);
}

static struct error *write_review(
    struct db *db, const struct paper *paper, const struct attempt *attempt,
    struct writer *writer)
{
    struct layout layout;

    TRY(layout_read(db_arena(db), paper, attempt->layout, &layout));
    writer_array(writer, "review");
    for (size_t i = 0; i < layout.count; i++) {
        writer_object(writer, NULL);
        views_question(writer, &layout.questions[i], i + 1);
        TRY(write_reviewed(db, attempt, layout.questions[i].question, writer));
        writer_end(writer);
    }
    writer_end(writer);
    views_cases(writer, paper, true);
    return NULL;
}

struct error *views_grade(
    struct db *db, struct bank *bank, const struct attempt *attempt,
    struct writer *writer)
{
    const struct paper *paper;
    int64_t pending;

    TRY(bank_paper(bank, db, attempt->revision, &paper));
    TRY(results_pending(db, paper, attempt->id, &pending));
    enum results_verdict verdict = results_verdict(paper, attempt->grade, pending);
    writer_int(writer, "grade", attempt->grade);
    writer_int(writer, "pending_points", pending);
    writer_int(writer, "points", attempt->points);
    if (verdict == RESULTS_OPEN)
        writer_null(writer, "passed");
    else
        writer_bool(writer, "passed", verdict == RESULTS_PASSED);
    return NULL;
}

struct error *views_result(
    struct db *db, struct bank *bank, const struct attempt *attempt, int64_t now,
    struct writer *writer)
{
    const struct paper *paper;
    struct quiz quiz;

    TRY(attempt_quiz(db, attempt->quiz, &quiz));
    TRY(bank_paper(bank, db, attempt->revision, &paper));
    writer_object(writer, "attempt");
    writer_int(writer, "id", attempt->id);
    writer_int(writer, "quiz", attempt->quiz);
    writer_text(writer, "title", paper->title);
    writer_text(writer, "course", paper->course);
    writer_text(writer, "state", attempt_state_name(attempt->state));
    writer_int(writer, "submitted_at", attempt->submitted_at);
    writer_text(writer, "receipt", attempt->receipt);
    TRY(views_grade(db, bank, attempt, writer));
    writer_end(writer);
    if (quiz.review_after_submit || now >= quiz.window_close)
        return write_review(db, paper, attempt, writer);
    writer_null(writer, "review");
    writer_array(writer, "cases");
    writer_end(writer);
    return NULL;
}
