/* branch_weak.c - the lessons of which a street's answers show least. */
#include "history/branch_record.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/rational.h"
#include "quiz/paper.h"

enum { LESSONS = 2000 };

struct lesson {
    const char *course;
    const char *lesson;
    int64_t answers;
    int64_t points; /* 1/100 point */
    int64_t full;
};

struct counting {
    struct db *db;
    int64_t branch;
    int64_t now;
    struct lesson *lessons;
    size_t count;
};

static struct lesson *
lesson_of(struct counting *counting, const struct paper_question *question)
{
    for (size_t i = 0; i < counting->count; i++)
        if (strcmp(counting->lessons[i].course, question->course) == 0 &&
            strcmp(counting->lessons[i].lesson, question->lesson) == 0)
            return &counting->lessons[i];
    if (counting->count == LESSONS)
        return NULL;
    struct lesson *lesson = &counting->lessons[counting->count++];
    *lesson = (struct lesson){question->course, question->lesson, 0, 0, 0};
    return lesson;
}

/* The grades of one quiz, question by question, over those who were of the street, or
 * of one it came from, when the quiz was held ($3). */
static struct error *count_quiz(
    struct counting *counting, int64_t quiz, int64_t at, const struct paper *paper)
{
    static const char sql[] = BRANCH_RECORD_LINE
        "SELECT grade.item, sum(grade.points), count(*) FROM grade "
        "JOIN attempt ON attempt.id = grade.attempt "
        "JOIN person ON person.id = attempt.person "
        "WHERE attempt.quiz = $2 AND attempt.state <> 'in_progress' "
        "AND coalesce((SELECT s.status FROM quiz_status AS s WHERE s.quiz = $2 "
        "AND s.person = person.id ORDER BY s.id DESC LIMIT 1), '') <> 'voided' "
        "AND coalesce((SELECT f.branch FROM former_branch AS f "
        "WHERE f.person = person.id AND f.until_at > $3 ORDER BY f.until_at LIMIT 1), "
        "person.branch) IN (SELECT id FROM line) GROUP BY grade.item";
    SCOPED_ROWS rows =
        db_query(counting->db, sql, INT(counting->branch), INT(quiz), INT(at));

    while (rows_next(&rows)) {
        const struct paper_question *question = paper_find(paper, rows_text(&rows, 0));
        if (!question || !*question->lesson || !paper_type_is_automatic(question->type))
            continue;
        struct lesson *lesson = lesson_of(counting, question);
        if (!lesson)
            break;
        lesson->points += rows_int(&rows, 1);
        lesson->answers += rows_int(&rows, 2);
        lesson->full += question->points * rows_int(&rows, 2);
    }
    return rows_error(&rows);
}

static struct error *count_quizzes(struct counting *counting)
{
    static const char sql[] =
        "SELECT quiz.id, CASE WHEN quiz.window_close IS NULL OR quiz.window_close > $1 "
        "THEN $1 ELSE quiz.window_close END, paper.body FROM quiz "
        "JOIN paper ON paper.revision = quiz.paper WHERE quiz.window_open <= $1 "
        "ORDER BY quiz.id";
    SCOPED_ROWS rows = db_query(counting->db, sql, INT(counting->now));

    while (rows_next(&rows)) {
        struct paper *paper;
        TRY(paper_read(db_arena(counting->db), rows_text(&rows, 2), &paper));
        TRY(count_quiz(counting, rows_int(&rows, 0), rows_int(&rows, 1), paper));
    }
    return rows_error(&rows);
}

/* points / full, compared exactly; names among equals, so that the order is fixed. */
static int by_share(const void *left, const void *right)
{
    const struct lesson *a = left;
    const struct lesson *b = right;
    __int128 first = (__int128)a->points * b->full;
    __int128 second = (__int128)b->points * a->full;

    if (first != second)
        return first < second ? -1 : 1;
    int course = strcmp(a->course, b->course);
    return course ? course : strcmp(a->lesson, b->lesson);
}

static struct error *write_lesson(struct writer *writer, const struct lesson *lesson)
{
    static const struct rational_rounding rounding = {1, RATIONAL_HALF_UP};
    struct arena *arena = writer->text.arena;
    struct rational share;
    const char *text;

    TRY(rational_make(arena, (__int128)lesson->points * 100, lesson->full, &share));
    TRY(rational_text(arena, share, rounding, &text));
    writer_object(writer, NULL);
    writer_text(writer, "course", lesson->course);
    writer_text(writer, "lesson", lesson->lesson);
    writer_int(writer, "answers", lesson->answers);
    writer_int(writer, "points", lesson->points);
    writer_int(writer, "full", lesson->full);
    writer_text(writer, "share", text);
    writer_end(writer);
    return NULL;
}

struct error *branch_record_write_weak(
    struct db *db, struct writer *writer, int64_t branch, int64_t now)
{
    struct counting counting = {
        .db = db,
        .branch = branch,
        .now = now,
        .lessons = arena_alloc(db_arena(db), LESSONS * sizeof *counting.lessons),
    };
    size_t shown = 0;

    TRY(count_quizzes(&counting));
    qsort(counting.lessons, counting.count, sizeof *counting.lessons, by_share);
    writer_array(writer, "weak");
    for (size_t i = 0; i < counting.count && shown < BRANCH_RECORD_WEAK; i++) {
        if (!counting.lessons[i].full)
            continue;
        TRY(write_lesson(writer, &counting.lessons[i]));
        shown++;
    }
    writer_end(writer);
    return NULL;
}
