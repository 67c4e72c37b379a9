#include "quiz/closing.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "quiz/grading.h"
#include "store/chain.h"
#include "store/seal.h"

enum { ANSWERS_LIMIT = 4 * 1024 * 1024, SWEEP_AT_ONCE = 200 };

/* The answer that counts for a question, NULL when none was given. */
static struct error *
counted_answer(struct db *db, int64_t attempt, const char *item, const char **answer)
{
    static const char sql[] =
        "SELECT answer FROM answer WHERE attempt = $1 AND item = $2";
    SCOPED_ROWS rows = db_query(db, sql, INT(attempt), TEXT(item));

    *answer = rows_next(&rows) ? rows_text(&rows, 0) : NULL;
    return rows_error(&rows);
}

/* Writes a grade row for each question; *all gets every counted answer, in the order
 * of the paper, for the receipt to commit to. */
static struct error *grade_all(
    struct db *db, const struct paper *paper, struct attempt *attempt, struct text *all)
{
    static const char sql[] =
        "INSERT INTO grade (attempt, item, points) VALUES ($1, $2, $3)";

    attempt->grade = 0;
    for (size_t p = 0; p < paper->part_count; p++) {
        for (size_t q = 0; q < paper->parts[p].question_count; q++) {
            const struct paper_question *question = &paper->parts[p].questions[q];
            const char *answer;
            int64_t points;
            TRY(counted_answer(db, attempt->id, question->id, &answer));
            TRY(grading_points(db_arena(db), paper, question, answer, &points));
            TRY(db_run(db, sql, INT(attempt->id), TEXT(question->id), INT(points)));
            attempt->grade += points;
            text_add_format(all, "%s=%s\n", question->id, answer ? answer : "-");
        }
    }
    return NULL;
}

static const char *
receipt_for(struct arena *arena, const struct attempt *attempt, const char *answers)
{
    unsigned char digest[TOKEN_DIGEST];

    seal_make(
        arena_format(
            arena, "submission|%" PRId64 "|%" PRId64 "\n%s", attempt->id,
            attempt->submitted_at, answers),
        digest);
    return token_code(arena, digest, CLOSING_RECEIPT);
}

static struct error *
record(struct db *db, const struct attempt *attempt, const char *answers, int64_t now)
{
    struct arena *arena = db_arena(db);
    unsigned char digest[TOKEN_DIGEST];
    bool by_person = attempt->state == ATTEMPT_SUBMITTED;
    bool repeated;

    token_sha256(answers, strlen(answers), digest);
    json_t *body = json_pack(
        "{s:s, s:I, s:I, s:s, s:I, s:s, s:I}", "answers",
        token_hex(arena, digest, sizeof digest), "attempt", (json_int_t)attempt->id,
        "grade", (json_int_t)attempt->grade, "paper", attempt->revision, "person",
        (json_int_t)attempt->person, "receipt", attempt->receipt, "submitted_at",
        (json_int_t)attempt->submitted_at);
    arena_defer(arena, (void (*)(void *))json_decref, body);
    struct chain_event event = {
        .subject = arena_format(arena, "quiz/%" PRId64, attempt->quiz),
        .at = now,
        .actor = by_person ? attempt->person : 0,
        .role = by_person ? "learner" : "program",
        .device = "",
        .kind = attempt_state_name(attempt->state),
        .body = body,
    };
    return chain_append(db, &event, &repeated);
}

struct error *closing_close(
    struct db *db, struct bank *bank, struct attempt *attempt, enum attempt_state state,
    int64_t now, const char *submit_key)
{
    static const char sql[] =
        "UPDATE attempt SET state = $2, submitted_at = $3, closed_at = $4, "
        "submit_key = $5, receipt = $6, grade = $7 WHERE id = $1";
    const struct paper *paper;
    struct text answers;

    TRY(bank_paper(bank, db, attempt->revision, &paper));
    text_init(&answers, db_arena(db), ANSWERS_LIMIT);
    TRY(grade_all(db, paper, attempt, &answers));
    attempt->state = state;
    attempt->submitted_at = now < attempt->deadline ? now : attempt->deadline;
    attempt->submit_key = submit_key ? submit_key : "";
    attempt->receipt = receipt_for(db_arena(db), attempt, answers.bytes);
    TRY(db_run(
        db, sql, INT(attempt->id), TEXT(attempt_state_name(state)),
        INT(attempt->submitted_at), INT(now), TEXT(submit_key), TEXT(attempt->receipt),
        INT(attempt->grade)));
    return record(db, attempt, answers.bytes, now);
}

struct error *closing_if_overdue(
    struct db *db, struct bank *bank, struct attempt *attempt, int64_t now)
{
    if (attempt_phase(attempt, now) != ATTEMPT_OVERDUE)
        return NULL;
    return closing_close(db, bank, attempt, ATTEMPT_AUTO_SUBMITTED, now, NULL);
}

struct overdue {
    struct bank *bank;
    int64_t attempt;
    int64_t person;
    int64_t now;
};

static struct error *close_one(struct db *db, void *context)
{
    const struct overdue *overdue = context;
    struct attempt attempt;

    TRY(attempt_load(db, overdue->attempt, overdue->person, &attempt));
    return closing_if_overdue(db, overdue->bank, &attempt, overdue->now);
}

struct error *closing_sweep(
    struct store *store, struct db *reader, struct bank *bank, struct arena *arena,
    int64_t *closed)
{
    static const char sql[] =
        "SELECT id, person FROM attempt WHERE state = 'in_progress' "
        "AND deadline <= $1 ORDER BY deadline LIMIT $2";
    int64_t now = clock_now_ms();
    struct overdue *list = arena_alloc(arena, SWEEP_AT_ONCE * sizeof *list);

    *closed = 0;
    db_use_arena(reader, arena);
    {
        SCOPED_ROWS rows =
            db_query(reader, sql, INT(now - ATTEMPT_GRACE_MS), INT(SWEEP_AT_ONCE));
        while (rows_next(&rows))
            list[(*closed)++] =
                (struct overdue){bank, rows_int(&rows, 0), rows_int(&rows, 1), now};
        TRY(rows_error(&rows));
    }
    for (int64_t i = 0; i < *closed; i++)
        TRY(store_write(store, arena, close_one, &list[i]));
    if (*closed)
        log_event("attempts_closed", "count=%" PRId64, *closed);
    return NULL;
}
