#include "quiz/views.h"

#include <string.h>

#include "quiz/layout.h"
#include "quiz/results.h"
#include "quiz/views_question.h"

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

static void
write_number_or_null(struct writer *writer, const char *key, bool known, int64_t number)
{
    if (known)
        writer_int(writer, key, number);
    else
        writer_null(writer, key);
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
    int64_t pending = 0;
    if (closed)
        TRY(results_pending(db, paper, attempt.id, &pending));
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
    write_number_or_null(writer, "attempt", attempt.id, attempt.id);
    write_time_or_null(writer, "deadline", attempt.deadline);
    write_number_or_null(writer, "grade", closed, attempt.grade);
    write_number_or_null(writer, "pending_points", closed, pending);
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
            views_question(writer, &layout->questions[next], next + 1);
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
        views_cases(writer, paper, false);
    }
    return write_answers(db, attempt, writer);
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
