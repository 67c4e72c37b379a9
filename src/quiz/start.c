#include "quiz/start.h"

#include <string.h>

#include "base/clock.h"
#include "quiz/closing.h"
#include "quiz/deadline.h"

/* Without accommodation so far: factor 1, nothing planned, nothing granted. */
static int64_t first_deadline(struct arena *arena, const struct quiz *quiz, int64_t now)
{
    struct deadline_input input = {
        .mode = strcmp(quiz->mode, "sync") == 0 ? DEADLINE_SYNC : DEADLINE_ROLLING,
        .sched_start_ms = quiz->start_at,
        .started_at_ms = now,
        .base_ms = quiz->base_ms,
        .factor_numerator = 1,
        .factor_denominator = 1,
        .window_open_ms = quiz->window_open,
        .has_window_close = quiz->window_close != INT64_MAX,
        .window_close_ms = quiz->window_close,
    };

    return deadline_compute(arena, &input).deadline_ms;
}

static struct error *begin(struct db *db, struct start *start, int64_t now)
{
    static const char sql[] =
        "INSERT INTO attempt (quiz, person, state, started_at, factor_numerator, "
        "factor_denominator, planned_ms, deadline, deadline_rev, epoch, device, "
        "layout, "
        "points) VALUES ($1, $2, 'in_progress', $3, 1, 1, 0, $4, 1, 1, $5, $6, $7) "
        "RETURNING id";
    const struct quiz *quiz = &start->quiz;
    bool found;

    if (now < quiz->window_open)
        return error_new(
            db_arena(db), ERROR_CONFLICT, "quiz_not_open", "测验还没有开始。");
    if (now >= quiz->window_close)
        return error_new(
            db_arena(db), ERROR_CONFLICT, "quiz_closed", "测验已经结束，不能再开始。");
    start->outcome = START_BEGUN;
    return db_number(
        db, &found, &start->attempt, sql, INT(quiz->id), INT(start->person), INT(now),
        INT(first_deadline(db_arena(db), quiz, now)), TEXT(start->device),
        TEXT(start->layout), INT(start->points));
}

static struct error *
take_over(struct db *db, struct start *start, const struct attempt *attempt)
{
    static const char sql[] =
        "UPDATE attempt SET epoch = epoch + 1, device = $2 WHERE id = $1";

    start->outcome = START_TAKEN_OVER;
    return db_run(db, sql, INT(attempt->id), TEXT(start->device));
}

struct error *start_attempt(struct db *db, void *context)
{
    struct start *start = context;
    struct attempt attempt;
    /* The time runs from here, not from when the request came in: waiting for the
     * writer is not the learner's loss. */
    int64_t now = clock_now_ms();

    TRY(attempt_find(db, start->quiz.id, start->person, &attempt));
    if (!attempt.id)
        return begin(db, start, now);
    start->attempt = attempt.id;
    TRY(closing_if_overdue(db, start->bank, &attempt, now));
    if (attempt.state != ATTEMPT_IN_PROGRESS) {
        start->outcome = START_CLOSED;
        return NULL;
    }
    if (strcmp(attempt.device, start->device) == 0) {
        start->outcome = START_RESUMED;
        return NULL;
    }
    if (start->take_over)
        return take_over(db, start, &attempt);
    start->outcome = START_ELSEWHERE;
    return NULL;
}
