#include "quiz/attempt.h"

#include <stdlib.h>
#include <string.h>

#define ATTEMPT_COLUMNS                                                                \
    "attempt.id, attempt.quiz, attempt.person, attempt.state, quiz.paper, "            \
    "attempt.started_at, attempt.deadline, attempt.deadline_rev, attempt.epoch, "      \
    "attempt.device, attempt.layout, attempt.submit_key, attempt.submitted_at, "       \
    "attempt.receipt, attempt.grade, attempt.points "
#define ATTEMPT_TABLES "FROM attempt JOIN quiz ON quiz.id = attempt.quiz "

static enum attempt_state state_of(const char *name)
{
    if (strcmp(name, "submitted") == 0)
        return ATTEMPT_SUBMITTED;
    if (strcmp(name, "auto_submitted") == 0)
        return ATTEMPT_AUTO_SUBMITTED;
    return ATTEMPT_IN_PROGRESS;
}

const char *attempt_state_name(enum attempt_state state)
{
    switch (state) {
    case ATTEMPT_IN_PROGRESS:
        return "in_progress";
    case ATTEMPT_SUBMITTED:
        return "submitted";
    case ATTEMPT_AUTO_SUBMITTED:
        return "auto_submitted";
    }
    abort();
}

static void from_row(struct rows *rows, struct attempt *attempt)
{
    *attempt = (struct attempt){
        .id = rows_int(rows, 0),
        .quiz = rows_int(rows, 1),
        .person = rows_int(rows, 2),
        .state = state_of(rows_text(rows, 3)),
        .revision = rows_text(rows, 4),
        .started_at = rows_int(rows, 5),
        .deadline = rows_int(rows, 6),
        .deadline_rev = rows_int(rows, 7),
        .epoch = rows_int(rows, 8),
        .device = rows_text(rows, 9),
        .layout = rows_text(rows, 10),
        .submit_key = rows_text(rows, 11),
        .submitted_at = rows_int(rows, 12),
        .receipt = rows_text(rows, 13),
        .grade = rows_int(rows, 14),
        .points = rows_int(rows, 15),
    };
}

struct error *
attempt_load(struct db *db, int64_t id, int64_t person, struct attempt *attempt)
{
    static const char sql[] = "SELECT " ATTEMPT_COLUMNS ATTEMPT_TABLES
                              "WHERE attempt.id = $1 AND attempt.person = $2";
    SCOPED_ROWS rows = db_query(db, sql, INT(id), INT(person));

    if (!rows_next(&rows)) {
        TRY(rows_error(&rows));
        return error_new(
            db_arena(db), ERROR_NOT_FOUND, "attempt_unknown", "没有这次作答。");
    }
    from_row(&rows, attempt);
    return NULL;
}

struct error *
attempt_find(struct db *db, int64_t quiz, int64_t person, struct attempt *attempt)
{
    static const char sql[] = "SELECT " ATTEMPT_COLUMNS ATTEMPT_TABLES
                              "WHERE attempt.quiz = $1 AND attempt.person = $2";
    SCOPED_ROWS rows = db_query(db, sql, INT(quiz), INT(person));

    *attempt = (struct attempt){0};
    if (rows_next(&rows))
        from_row(&rows, attempt);
    return rows_error(&rows);
}

struct error *attempt_quiz(struct db *db, int64_t id, struct quiz *quiz)
{
    static const char sql[] =
        "SELECT paper, mode, start_at, base_ms, window_open, window_close, review "
        "FROM quiz WHERE id = $1";
    SCOPED_ROWS rows = db_query(db, sql, INT(id));

    if (!rows_next(&rows)) {
        TRY(rows_error(&rows));
        return error_new(
            db_arena(db), ERROR_NOT_FOUND, "quiz_unknown", "没有这场测验。");
    }
    *quiz = (struct quiz){
        .id = id,
        .revision = rows_text(&rows, 0),
        .mode = rows_text(&rows, 1),
        .start_at = rows_int(&rows, 2),
        .base_ms = rows_int(&rows, 3),
        .window_open = rows_int(&rows, 4),
        .window_close = rows_is_null(&rows, 5) ? INT64_MAX : rows_int(&rows, 5),
        .review_after_submit = strcmp(rows_text(&rows, 6), "submit") == 0,
    };
    return NULL;
}

enum attempt_phase attempt_phase(const struct attempt *attempt, int64_t now)
{
    if (attempt->state != ATTEMPT_IN_PROGRESS)
        return ATTEMPT_CLOSED;
    if (now < attempt->deadline)
        return ATTEMPT_RUNNING;
    return now < attempt->deadline + ATTEMPT_GRACE_MS ? ATTEMPT_GRACE : ATTEMPT_OVERDUE;
}
