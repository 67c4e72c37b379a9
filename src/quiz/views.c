#include "quiz/views.h"

#include <string.h>

#include "quiz/grading.h"
#include "quiz/layout.h"

/* Where a quiz stands for one person. */
static const char *
quiz_state(const struct quiz *quiz, const struct attempt *attempt, int64_t now)
{
    if (attempt->id)
        return attempt_state_name(attempt->state);
    if (now < quiz->window_open)
        return "not_open";
    return now < quiz->window_close ? "open" : "closed";
}

static void write_time_or_null(struct writer *writer, const char *key, int64_t at)
{
    if (at == INT64_MAX || at == 0)
        writer_null(writer, key);
    else
        writer_int(writer, key, at);
}

static struct error *write_quiz(
    struct db *db, struct bank *bank, int64_t id, int64_t person, int64_t now,
    struct writer *writer)
{
    const struct paper *paper;
    struct attempt attempt;
    struct quiz quiz;

    TRY(attempt_quiz(db, id, &quiz));
    TRY(bank_paper(bank, db, quiz.revision, &paper));
    TRY(attempt_find(db, id, person, &attempt));
    bool closed = attempt.id && attempt.state != ATTEMPT_IN_PROGRESS;
    writer_object(writer, NULL);
    writer_int(writer, "id", id);
    writer_text(writer, "title", paper->title);
    writer_text(writer, "course", paper->course);
    writer_text(writer, "instructions", paper->instructions);
    writer_int(writer, "minutes", quiz.base_ms / 60000);
    writer_int(writer, "questions", (int64_t)paper->question_count);
    writer_int(writer, "points", paper->points);
    writer_int(writer, "pass_percent", paper->pass_percent);
    writer_int(writer, "window_open", quiz.window_open);
    write_time_or_null(writer, "window_close", quiz.window_close);
    writer_text(writer, "state", quiz_state(&quiz, &attempt, now));
    if (attempt.id)
        writer_int(writer, "attempt", attempt.id);
    else
        writer_null(writer, "attempt");
    write_time_or_null(writer, "deadline", attempt.deadline);
    if (closed)
        writer_int(writer, "grade", attempt.grade);
    else
        writer_null(writer, "grade");
    writer_end(writer);
    return NULL;
}

struct error *views_quizzes(
    struct db *db, struct bank *bank, int64_t person, int64_t now,
    struct writer *writer)
{
    static const char sql[] = "SELECT id FROM quiz ORDER BY id";
    SCOPED_ROWS rows = db_query(db, sql);

    writer_array(writer, "quizzes");
    while (rows_next(&rows))
        TRY(write_quiz(db, bank, rows_int(&rows, 0), person, now, writer));
    writer_end(writer);
    return rows_error(&rows);
}

static void write_options(struct writer *writer, const struct layout_question *placed)
{
    writer_array(writer, "options");
    for (size_t i = 0; i < placed->question->option_count; i++) {
        writer_object(writer, NULL);
        writer_text(writer, "id", placed->options[i]->id);
        writer_text(writer, "html", placed->options[i]->html);
        writer_end(writer);
    }
    writer_end(writer);
}

/* What a candidate may see of a question; nothing that tells the key. */
static void write_question(
    struct writer *writer, const struct layout_question *placed, size_t number)
{
    const struct paper_question *question = placed->question;

    writer_text(writer, "id", question->id);
    writer_int(writer, "number", (int64_t)number);
    writer_text(writer, "type", paper_type_name(question->type));
    writer_text(writer, "stem_html", question->stem_html);
    writer_int(writer, "points", question->points);
    write_options(writer, placed);
}

static void write_parts(
    struct writer *writer, const struct paper *paper, const struct layout *layout)
{
    size_t next = 0;

    writer_array(writer, "parts");
    for (size_t p = 0; p < paper->part_count; p++) {
        writer_object(writer, NULL);
        writer_text(writer, "title", paper->parts[p].title);
        writer_array(writer, "questions");
        for (size_t q = 0; q < paper->parts[p].question_count; q++, next++) {
            writer_object(writer, NULL);
            write_question(writer, &layout->questions[next], next + 1);
            writer_end(writer);
        }
        writer_end(writer);
        writer_end(writer);
    }
    writer_end(writer);
}

static struct error *
write_answers(struct db *db, const struct attempt *attempt, struct writer *writer)
{
    static const char sql[] = "SELECT item, epoch, seq, answer, received_at "
                              "FROM answer WHERE attempt = $1 ORDER BY item";
    SCOPED_ROWS rows = db_query(db, sql, INT(attempt->id));

    writer_array(writer, "answers");
    while (rows_next(&rows)) {
        writer_object(writer, NULL);
        writer_text(writer, "item", rows_text(&rows, 0));
        writer_int(writer, "epoch", rows_int(&rows, 1));
        writer_int(writer, "seq", rows_int(&rows, 2));
        writer_raw(writer, "answer", rows_text(&rows, 3));
        writer_int(writer, "received_at", rows_int(&rows, 4));
        writer_end(writer);
    }
    writer_end(writer);
    return rows_error(&rows);
}

struct error *views_attempt(
    struct db *db, struct bank *bank, const struct attempt *attempt, const char *device,
    struct writer *writer)
{
    const struct paper *paper;
    struct layout layout;
    bool running = attempt->state == ATTEMPT_IN_PROGRESS;

    TRY(bank_paper(bank, db, attempt->revision, &paper));
    writer_object(writer, "attempt");
    writer_int(writer, "id", attempt->id);
    writer_int(writer, "quiz", attempt->quiz);
    writer_text(writer, "title", paper->title);
    writer_text(writer, "instructions", paper->instructions);
    writer_text(writer, "state", attempt_state_name(attempt->state));
    writer_int(writer, "started_at", attempt->started_at);
    writer_int(writer, "deadline", attempt->deadline);
    writer_int(writer, "deadline_rev", attempt->deadline_rev);
    writer_int(writer, "epoch", attempt->epoch);
    writer_bool(writer, "holds_lease", strcmp(attempt->device, device) == 0);
    writer_int(writer, "points", attempt->points);
    writer_end(writer);
    if (running) {
        TRY(layout_read(db_arena(db), paper, attempt->layout, &layout));
        write_parts(writer, paper, &layout);
    }
    return write_answers(db, attempt, writer);
}

static struct error *write_reviewed(
    struct db *db, const struct attempt *attempt, const struct layout_question *placed,
    struct writer *writer)
{
    static const char sql[] =
        "SELECT answer.answer, grade.points FROM grade "
        "LEFT JOIN answer ON answer.attempt = grade.attempt "
        "AND answer.item = grade.item WHERE grade.attempt = $1 AND grade.item = $2";
    const struct paper_question *question = placed->question;
    SCOPED_ROWS rows = db_query(db, sql, INT(attempt->id), TEXT(question->id));
    bool found = rows_next(&rows);
    const char *answer = found ? rows_text_or_null(&rows, 0) : NULL;

    writer_raw(writer, "answer", answer ? answer : "null");
    writer_int(writer, "earned", found ? rows_int(&rows, 1) : 0);
    writer_array(writer, "right");
    for (size_t i = 0; i < question->option_count; i++)
        if (question->options[i].right)
            writer_text(writer, NULL, question->options[i].id);
    writer_end(writer);
    writer_array(writer, "alternatives");
    for (size_t i = 0; i < question->alternative_count; i++)
        writer_text(writer, NULL, question->alternatives[i]);
    writer_end(writer);
    writer_text(writer, "explanation_html", question->explanation_html);
    writer_text(writer, "lesson", question->lesson);
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
        write_question(writer, &layout.questions[i], i + 1);
        TRY(write_reviewed(db, attempt, &layout.questions[i], writer));
        writer_end(writer);
    }
    writer_end(writer);
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
    writer_int(writer, "grade", attempt->grade);
    writer_int(writer, "points", attempt->points);
    writer_bool(
        writer, "passed",
        attempt->grade * 100 >= attempt->points * paper->pass_percent);
    writer_end(writer);
    if (quiz.review_after_submit || now >= quiz.window_close)
        return write_review(db, paper, attempt, writer);
    writer_null(writer, "review");
    return NULL;
}

static void write_receipt(struct writer *writer, const struct answer_entry *entry)
{
    static const char *const names[] = {"saved", "duplicate", "stale", "late"};

    writer_object(writer, NULL);
    writer_text(writer, "item", entry->item);
    writer_int(writer, "epoch", entry->epoch);
    writer_int(writer, "seq", entry->seq);
    writer_text(writer, "stored", names[entry->stored]);
    writer_text(writer, "class", entry->class);
    writer_text(writer, "receipt", entry->receipt);
    writer_int(writer, "received_at", entry->received_at);
    if (entry->stored == ANSWER_STALE) {
        writer_object(writer, "current");
        writer_int(writer, "epoch", entry->current_epoch);
        writer_int(writer, "seq", entry->current_seq);
        writer_raw(writer, "answer", entry->current_answer);
        writer_end(writer);
    }
    writer_end(writer);
}

void views_receipts(
    const struct answer_batch *batch, int64_t now, struct writer *writer)
{
    writer_array(writer, "receipts");
    for (size_t i = 0; i < batch->count; i++)
        write_receipt(writer, &batch->entries[i]);
    writer_end(writer);
    writer_text(writer, "state", attempt_state_name(batch->after.state));
    writer_int(writer, "deadline", batch->after.deadline);
    writer_int(writer, "deadline_rev", batch->after.deadline_rev);
    writer_int(writer, "epoch", batch->after.epoch);
    writer_int(writer, "server_now", now);
}
