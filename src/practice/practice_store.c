#include "practice/practice_store.h"

#include <stdlib.h>
#include <string.h>

#include "quiz/attempt.h"

#define STATE_COLUMNS                                                                  \
    "streak, wrong_count, right_count, box, due_day, bookmarked, last_at "

enum { DAY_MS = 24 * 3600 * 1000 };

static struct practice_state state_from_row(struct rows *rows)
{
    return (struct practice_state){
        .streak = rows_int(rows, 0),
        .wrong_count = rows_int(rows, 1),
        .right_count = rows_int(rows, 2),
        .box = rows_int(rows, 3),
        .due_day = rows_int(rows, 4),
        .bookmarked = rows_int(rows, 5) != 0,
        .last_at = rows_int(rows, 6),
    };
}

/* ---- What must not be shown ---- */

static void hold_item(struct practice_knowledge *knowledge, const char *id)
{
    const struct practice_view *view = knowledge->view;
    const struct practice_item *item = practice_find(view, id);

    if (!item)
        return;
    const struct practice_unit *unit = &view->units[item->unit];
    for (size_t i = 0; i < unit->count; i++)
        knowledge->held_back[unit->first + i] = true;
}

static void hold_paper(struct practice_knowledge *knowledge, const struct paper *paper)
{
    for (size_t p = 0; p < paper->part_count; p++)
        for (size_t q = 0; q < paper->parts[p].question_count; q++)
            hold_item(knowledge, paper->parts[p].questions[q].id);
}

/* Every quiz, those announced for later too, and her place in it. */
#define QUIZ_SQL                                                                       \
    "SELECT quiz.paper, quiz.window_close, quiz.review, attempt.state, "               \
    "(SELECT status FROM quiz_status WHERE quiz_status.quiz = quiz.id "                \
    " AND quiz_status.person = $1 ORDER BY quiz_status.id DESC LIMIT 1), attempt.id "  \
    "FROM quiz LEFT JOIN attempt ON attempt.quiz = quiz.id AND attempt.person = $1 "

static struct practice_quiz quiz_from_row(struct rows *rows)
{
    const char *state = rows_text(rows, 3);

    return (struct practice_quiz){
        .window_close = rows_is_null(rows, 1) ? INT64_MAX : rows_int(rows, 1),
        .review_after_submit = strcmp(rows_text(rows, 2), "submit") == 0,
        .running = strcmp(state, "in_progress") == 0,
        .handed_in = *state && strcmp(state, "in_progress") != 0,
        .deferred = strcmp(rows_text(rows, 4), "deferred") == 0,
    };
}

static struct error *hold_back(
    struct db *reader, struct bank *papers, int64_t person, int64_t now,
    struct practice_knowledge *knowledge)
{
    static const char sql[] = QUIZ_SQL "ORDER BY quiz.id";
    SCOPED_ROWS rows = db_query(reader, sql, INT(person));

    while (rows_next(&rows)) {
        const struct practice_quiz quiz = quiz_from_row(&rows);
        const struct paper *paper;
        if (practice_is_released(&quiz, now))
            continue;
        TRY(bank_paper(papers, reader, rows_text(&rows, 0), &paper));
        hold_paper(knowledge, paper);
    }
    return rows_error(&rows);
}

static struct error *
read_states(struct db *reader, int64_t person, struct practice_knowledge *knowledge)
{
    static const char sql[] =
        "SELECT " STATE_COLUMNS ", item FROM practice_state WHERE person = $1";
    const struct practice_view *view = knowledge->view;
    SCOPED_ROWS rows = db_query(reader, sql, INT(person));

    while (rows_next(&rows)) {
        const struct practice_item *item = practice_find(view, rows_text(&rows, 7));
        if (item)
            knowledge->states[item - view->items] = state_from_row(&rows);
    }
    return rows_error(&rows);
}

struct error *practice_know(
    struct db *reader, struct bank *papers, const struct practice_view *view,
    int64_t person, int64_t now, struct practice_knowledge *knowledge)
{
    struct arena *arena = db_arena(reader);

    *knowledge = (struct practice_knowledge){
        .view = view,
        .states = arena_alloc(arena, (view->count + 1) * sizeof(struct practice_state)),
        .held_back = arena_alloc(arena, (view->count + 1) * sizeof(bool)),
    };
    TRY(read_states(reader, person, knowledge));
    return hold_back(reader, papers, person, now, knowledge);
}

/* ---- Weak lessons ---- */

static struct practice_lesson *find_lesson(
    struct arena *arena, struct practice_lessons *lessons,
    const struct paper_question *question)
{
    for (size_t i = 0; i < lessons->count; i++)
        if (strcmp(lessons->entries[i].course, question->course) == 0 &&
            strcmp(lessons->entries[i].lesson, question->lesson) == 0)
            return &lessons->entries[i];
    /* Room for a power of two: full when the count is one. */
    if ((lessons->count & (lessons->count - 1)) == 0) {
        struct practice_lesson *more =
            arena_alloc(arena, (2 * lessons->count + 1) * sizeof lessons->entries[0]);
        if (lessons->count)
            memcpy(more, lessons->entries, lessons->count * sizeof more[0]);
        lessons->entries = more;
    }
    struct practice_lesson *made = &lessons->entries[lessons->count++];
    *made = (struct practice_lesson){question->course, question->lesson, 0, 0};
    return made;
}

static struct error *add_attempt(
    struct db *reader, const struct paper *paper, int64_t attempt,
    struct practice_lessons *lessons)
{
    static const char sql[] = "SELECT item, points FROM grade WHERE attempt = $1";
    SCOPED_ROWS rows = db_query(reader, sql, INT(attempt));

    while (rows_next(&rows)) {
        const struct paper_question *question = paper_find(paper, rows_text(&rows, 0));
        if (!question || !paper_type_is_automatic(question->type) || !*question->course)
            continue;
        struct practice_lesson *lesson =
            find_lesson(db_arena(reader), lessons, question);
        lesson->earned += rows_int(&rows, 1);
        lesson->points += question->points;
    }
    return rows_error(&rows);
}

/* By earned / points, without dividing. */
static int compare_lessons(const void *left, const void *right)
{
    const struct practice_lesson *a = left;
    const struct practice_lesson *b = right;
    int64_t first = a->earned * b->points;
    int64_t second = b->earned * a->points;

    if (first != second)
        return first < second ? -1 : 1;
    int courses = strcmp(a->course, b->course);
    return courses != 0 ? courses : strcmp(a->lesson, b->lesson);
}

struct error *practice_weak_lessons(
    struct db *reader, struct bank *papers, int64_t person, int64_t now,
    struct practice_lessons *result)
{
    static const char sql[] = QUIZ_SQL "WHERE attempt.state <> 'in_progress'";
    SCOPED_ROWS rows = db_query(reader, sql, INT(person));
    struct practice_lessons all = {0};

    while (rows_next(&rows)) {
        const struct practice_quiz quiz = quiz_from_row(&rows);
        const struct paper *paper;
        if (!practice_is_released(&quiz, now))
            continue;
        TRY(bank_paper(papers, reader, rows_text(&rows, 0), &paper));
        TRY(add_attempt(reader, paper, rows_int(&rows, 5), &all));
    }
    *result = (struct practice_lessons){all.entries, 0};
    for (size_t i = 0; i < all.count; i++)
        if (all.entries[i].earned * 5 < all.entries[i].points * 4)
            result->entries[result->count++] = all.entries[i];
    if (result->count)
        qsort(
            result->entries, result->count, sizeof result->entries[0], compare_lessons);
    return rows_error(&rows);
}

/* ---- Changes ---- */

static struct error *read_state(
    struct db *db, int64_t person, const char *item, struct practice_state *state)
{
    static const char sql[] =
        "SELECT " STATE_COLUMNS "FROM practice_state WHERE person = $1 AND item = $2";
    SCOPED_ROWS rows = db_query(db, sql, INT(person), TEXT(item));

    *state = rows_next(&rows) ? state_from_row(&rows) : (struct practice_state){0};
    return rows_error(&rows);
}

static struct error *write_state(
    struct db *db, int64_t person, const char *item, const struct practice_state *state)
{
    static const char sql[] =
        "INSERT INTO practice_state (person, item, " STATE_COLUMNS ") "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
        "ON CONFLICT (person, item) DO UPDATE SET streak = $3, wrong_count = $4, "
        "right_count = $5, box = $6, due_day = $7, bookmarked = $8, last_at = $9";

    return db_run(
        db, sql, INT(person), TEXT(item), INT(state->streak), INT(state->wrong_count),
        INT(state->right_count), INT(state->box), INT(state->due_day),
        INT(state->bookmarked), INT(state->last_at));
}

/* Whether this number of the device came before, and with what. */
static struct error *
find_repeat(struct db *db, struct practice_answer *answer, bool *repeated)
{
    static const char sql[] = "SELECT item, points FROM practice_log "
                              "WHERE person = $1 AND device = $2 AND seq = $3";
    SCOPED_ROWS rows =
        db_query(db, sql, INT(answer->person), TEXT(answer->device), INT(answer->seq));

    *repeated = rows_next(&rows);
    if (*repeated) {
        bool same = strcmp(rows_text(&rows, 0), answer->item) == 0 &&
                    rows_int(&rows, 1) == answer->points;
        answer->outcome = same ? PRACTICE_REPEATED : PRACTICE_CONFLICT;
    }
    return rows_error(&rows);
}

static struct error *log_answer(struct db *db, const struct practice_answer *answer)
{
    static const char insert[] =
        "INSERT INTO practice_log (person, device, seq, item, points, at) "
        "VALUES ($1, $2, $3, $4, $5, $6)";
    static const char prune[] = "DELETE FROM practice_log WHERE at < $1";

    TRY(db_run(
        db, insert, INT(answer->person), TEXT(answer->device), INT(answer->seq),
        TEXT(answer->item), INT(answer->points), INT(answer->at)));
    return db_run(db, prune, INT(answer->at - (int64_t)PRACTICE_LOG_DAYS * DAY_MS));
}

struct error *practice_note_answer(struct db *db, void *context)
{
    struct practice_answer *answer = context;
    struct practice_state before;
    bool repeated;

    answer->outcome = PRACTICE_TAKEN;
    TRY(read_state(db, answer->person, answer->item, &before));
    answer->after = before;
    TRY(find_repeat(db, answer, &repeated));
    if (repeated)
        return NULL;
    answer->after = practice_answered(before, answer->right, answer->at);
    TRY(write_state(db, answer->person, answer->item, &answer->after));
    return log_answer(db, answer);
}

struct error *practice_set_bookmark(struct db *db, void *context)
{
    const struct practice_bookmark *bookmark = context;
    struct practice_state state;

    TRY(read_state(db, bookmark->person, bookmark->item, &state));
    if (state.bookmarked == bookmark->on)
        return NULL;
    state.bookmarked = bookmark->on;
    return write_state(db, bookmark->person, bookmark->item, &state);
}
