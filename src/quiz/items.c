#include "quiz/items.h"

#include <string.h>

#include "base/input.h"
#include "base/rational.h"
#include "quiz/attempt.h"
#include "quiz/grading.h"
#include "quiz/paper.h"
#include "quiz/statistics.h"

struct item {
    const struct paper_question *question;
    int64_t number;   /* in the paper, from 1 */
    int64_t answered; /* people */
    int64_t counts[PAPER_OPTIONS];
};

struct items {
    struct db *db;
    int64_t quiz;
    int64_t held_at; /* UTC ms: when people belonged to their streets */
    const struct paper *paper;
    struct item *items;
    size_t item_count;
    int64_t *attempts; /* by row, rising */
    int64_t *branches; /* by row */
    size_t row_count;
    int64_t *points; /* [row * item_count + item] */
    struct statistics_result result;
};

/* What counts of quiz $1. */
#define COUNTED                                                                        \
    "attempt.quiz = $1 AND attempt.state <> 'in_progress' AND coalesce((SELECT "       \
    "status FROM quiz_status WHERE quiz_status.quiz = attempt.quiz AND "               \
    "quiz_status.person = attempt.person ORDER BY quiz_status.id DESC LIMIT 1), '') "  \
    "<> 'voided' "

static void list_items(struct items *items)
{
    const struct paper *paper = items->paper;
    int64_t number = 0;

    items->items = arena_alloc(
        db_arena(items->db), (paper->question_count + 1) * sizeof *items->items);
    for (size_t p = 0; p < paper->part_count; p++)
        for (size_t q = 0; q < paper->parts[p].question_count; q++) {
            const struct paper_question *question = &paper->parts[p].questions[q];
            number++;
            if (paper_type_is_automatic(question->type))
                items->items[items->item_count++] =
                    (struct item){.question = question, .number = number};
        }
}

/* The index of a question, the count for one that is not among them. */
static size_t find_item(const struct items *items, const char *id)
{
    size_t i = 0;

    while (i < items->item_count && strcmp(items->items[i].question->id, id) != 0)
        i++;
    return i;
}

/* Who moved since then is counted where she was. */
static struct error *read_rows(struct items *items)
{
    static const char count_sql[] = "SELECT count(*) FROM attempt WHERE " COUNTED;
    static const char sql[] =
        "SELECT attempt.id, coalesce((SELECT branch FROM former_branch "
        "WHERE former_branch.person = attempt.person AND until_at > $2 "
        "ORDER BY until_at LIMIT 1), person.branch, 0) "
        "FROM attempt JOIN person ON person.id = attempt.person WHERE " COUNTED
        "ORDER BY attempt.id";
    struct arena *arena = db_arena(items->db);
    int64_t room;
    bool found;

    TRY(db_number(items->db, &found, &room, count_sql, INT(items->quiz)));
    items->attempts = arena_alloc(arena, ((size_t)room + 1) * sizeof(int64_t));
    items->branches = arena_alloc(arena, ((size_t)room + 1) * sizeof(int64_t));
    SCOPED_ROWS rows = db_query(items->db, sql, INT(items->quiz), INT(items->held_at));
    while (items->row_count < (size_t)room && rows_next(&rows)) {
        items->attempts[items->row_count] = rows_int(&rows, 0);
        items->branches[items->row_count++] = rows_int(&rows, 1);
    }
    return rows_error(&rows);
}

static struct error *read_points(struct items *items)
{
    static const char sql[] =
        "SELECT grade.attempt, grade.item, grade.points FROM attempt "
        "JOIN grade ON grade.attempt = attempt.id WHERE " COUNTED
        "ORDER BY grade.attempt";
    size_t size = items->row_count * items->item_count;
    size_t row = 0;

    items->points = arena_alloc(db_arena(items->db), (size + 1) * sizeof(int64_t));
    for (size_t i = 0; i < size; i++)
        items->points[i] = STATISTICS_ABSENT;
    SCOPED_ROWS rows = db_query(items->db, sql, INT(items->quiz));
    while (rows_next(&rows)) {
        size_t item = find_item(items, rows_text(&rows, 1));
        while (row < items->row_count && items->attempts[row] < rows_int(&rows, 0))
            row++;
        if (row < items->row_count && item < items->item_count)
            items->points[row * items->item_count + item] = rows_int(&rows, 2);
    }
    return rows_error(&rows);
}

/* `answer` is an array of option ids, given by so many people. */
static struct error *count_options(
    struct arena *arena, struct item *item, const char *answer, int64_t people)
{
    const struct paper_question *question = item->question;
    json_t *picked;

    TRY(input_parse(arena, answer, strlen(answer), &picked));
    for (size_t i = 0; i < json_array_size(picked); i++) {
        const char *id = json_string_value(json_array_get(picked, i));
        const struct paper_option *option =
            id ? paper_question_option(question, id) : NULL;
        if (option && option - question->options < PAPER_OPTIONS)
            item->counts[option - question->options] += people;
    }
    return NULL;
}

static bool is_choice(const struct paper_question *question)
{
    return question->type == PAPER_SINGLE || question->type == PAPER_MULTIPLE ||
           question->type == PAPER_TRUE_FALSE;
}

static struct error *read_answers(struct items *items)
{
    static const char sql[] =
        "SELECT answer.item, answer.answer, count(*) FROM attempt "
        "JOIN answer ON answer.attempt = attempt.id WHERE " COUNTED
        "GROUP BY answer.item, answer.answer";
    SCOPED_ROWS rows = db_query(items->db, sql, INT(items->quiz));

    while (rows_next(&rows)) {
        size_t index = find_item(items, rows_text(&rows, 0));
        const char *answer = rows_text(&rows, 1);
        if (index == items->item_count || !grading_is_answered(answer))
            continue;
        items->items[index].answered += rows_int(&rows, 2);
        if (is_choice(items->items[index].question))
            TRY(count_options(
                db_arena(items->db), &items->items[index], answer, rows_int(&rows, 2)));
    }
    return rows_error(&rows);
}

static struct error *compute(struct items *items)
{
    struct arena *arena = db_arena(items->db);
    int64_t *maximum = arena_alloc(arena, (items->item_count + 1) * sizeof *maximum);

    for (size_t i = 0; i < items->item_count; i++)
        maximum[i] = items->items[i].question->points;
    return statistics_compute(
        arena,
        &(struct statistics_input){
            .item_count = items->item_count,
            .row_count = items->row_count,
            .maximum = maximum,
            .points = items->points,
        },
        &items->result);
}

/* ---- Writing ---- */

static void write_flags(struct writer *writer, unsigned flags)
{
    static const struct {
        unsigned flag;
        const char *name;
    } names[] = {
        {STATISTICS_EASY, "easy"},
        {STATISTICS_HARD, "hard"},
        {STATISTICS_WEAK, "weak"},
        {STATISTICS_REVERSED, "reversed"},
    };

    writer_array(writer, "flags");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (flags & names[i].flag)
            writer_text(writer, NULL, names[i].name);
    writer_end(writer);
}

static void write_options(struct writer *writer, const struct item *item)
{
    const struct paper_question *question = item->question;
    size_t count = is_choice(question) ? question->option_count : 0;

    writer_array(writer, "options");
    for (size_t i = 0; i < count && i < PAPER_OPTIONS; i++) {
        writer_object(writer, NULL);
        writer_text(writer, "id", question->options[i].id);
        writer_text(writer, "html", question->options[i].html);
        writer_bool(writer, "right", question->options[i].right);
        writer_int(writer, "count", item->counts[i]);
        writer_end(writer);
    }
    writer_end(writer);
}

static void write_item(struct writer *writer, const struct items *items, size_t index)
{
    const struct item *item = &items->items[index];
    const struct paper_question *question = item->question;
    struct arena *arena = db_arena(items->db);
    int64_t received = 0;

    for (size_t row = 0; row < items->row_count; row++)
        if (items->points[row * items->item_count + index] != STATISTICS_ABSENT)
            received++;
    writer_object(writer, NULL);
    writer_text(writer, "id", question->id);
    writer_int(writer, "number", item->number);
    writer_text(writer, "type", paper_type_name(question->type));
    writer_text(writer, "stem_html", question->stem_html);
    writer_text(writer, "course", question->course);
    writer_text(writer, "lesson", question->lesson);
    writer_text(writer, "point", question->point);
    writer_int(writer, "maximum", question->points);
    writer_int(writer, "received", received);
    writer_int(writer, "answered", item->answered);
    writer_text_or_null(
        writer, "facility", statistics_text(arena, items->result.facility[index]));
    writer_text_or_null(
        writer, "discrimination",
        statistics_text(arena, items->result.discrimination[index]));
    write_flags(writer, statistics_flags(&items->result, index));
    write_options(writer, item);
    writer_end(writer);
}

/* The mean share of an item in a street; nobody received it: null. */
static struct error *write_share(
    struct writer *writer, const struct items *items, int64_t branch, size_t item)
{
    struct arena *arena = db_arena(items->db);
    int64_t sum = 0;
    int64_t received = 0;
    struct rational share;
    const char *text = NULL;

    for (size_t row = 0; row < items->row_count; row++) {
        int64_t points = items->points[row * items->item_count + item];
        if (items->branches[row] != branch || points == STATISTICS_ABSENT)
            continue;
        sum += points;
        received++;
    }
    if (received) {
        TRY(rational_make(
            arena, sum, (__int128)received * items->items[item].question->points,
            &share));
        TRY(rational_text(
            arena, share, (struct rational_rounding){3, RATIONAL_HALF_UP}, &text));
    }
    writer_text_or_null(writer, NULL, text);
    return NULL;
}

static struct error *write_branches(struct writer *writer, const struct items *items)
{
    static const char sql[] = "SELECT id, name FROM branch ORDER BY position, id";
    SCOPED_ROWS rows = db_query(items->db, sql);

    writer_array(writer, "branches");
    while (rows_next(&rows)) {
        int64_t branch = rows_int(&rows, 0);
        int64_t people = 0;
        for (size_t row = 0; row < items->row_count; row++)
            people += items->branches[row] == branch;
        if (!people)
            continue;
        writer_object(writer, NULL);
        writer_object(writer, "branch");
        writer_int(writer, "id", branch);
        writer_text(writer, "name", rows_text(&rows, 1));
        writer_end(writer);
        writer_int(writer, "people", people);
        writer_array(writer, "shares");
        for (size_t i = 0; i < items->item_count; i++)
            TRY(write_share(writer, items, branch, i));
        writer_end(writer);
        writer_end(writer);
    }
    writer_end(writer);
    return rows_error(&rows);
}

struct error *items_write(
    struct db *db, struct bank *bank, int64_t quiz, int64_t now, struct writer *writer)
{
    struct items items = {.db = db, .quiz = quiz};
    struct quiz held;

    TRY(attempt_quiz(db, quiz, &held));
    TRY(bank_paper(bank, db, held.revision, &items.paper));
    items.held_at = held.window_close < now ? held.window_close : now;
    list_items(&items);
    TRY(read_rows(&items));
    TRY(read_points(&items));
    TRY(read_answers(&items));
    if (items.item_count)
        TRY(compute(&items));
    writer_int(writer, "quiz", quiz);
    writer_text(writer, "title", items.paper->title);
    writer_int(writer, "people", (int64_t)items.row_count);
    writer_bool(writer, "few", items.row_count < ITEMS_FEW);
    writer_text_or_null(
        writer, "alpha", statistics_text(db_arena(db), items.result.alpha));
    writer_array(writer, "items");
    for (size_t i = 0; i < items.item_count; i++)
        write_item(writer, &items, i);
    writer_end(writer);
    return write_branches(writer, &items);
}
