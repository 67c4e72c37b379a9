/* ranking_training.c - a training or a year: several results as one.
 *
 * A person's score is the weighted mean of her scores in percent of each part's full
 * mark: sum of weight * score / full * 100, over the sum of the weights, rounded once
 * to two decimals, half up. A part without a result counts 0, or is left out with its
 * weight where the training says so ("skip"); a voided one always counts 0. Time is the
 * sum over the quizzes. */
#include "report/ranking.h"

#include <string.h>

#include "base/decimal.h"

struct part {
    enum ranking_kind kind;
    int64_t subject;
    int64_t weight;
};

struct sum {
    struct rational points; /* weighted percent */
    int64_t weight;         /* of the parts with a result, voided ones too */
    int64_t used_ms;
    bool done;
    bool in_progress;
    bool deferred;
    bool voided;
};

struct reading {
    struct db *db;
    struct ranking *ranking;
    struct ranking_person **people; /* by id */
    struct sum *sums;               /* by index in ranking->people */
    struct part *parts;
    size_t part_count;
    int64_t weight; /* of all parts */
    bool skips;
};

static struct error *read_training(struct reading *reading)
{
    static const char sql[] =
        "SELECT title, held_at, missing FROM training WHERE id = $1 AND kind = $2";
    struct ranking *ranking = reading->ranking;
    SCOPED_ROWS rows = db_query(
        reading->db, sql, INT(ranking->subject),
        TEXT(ranking_kind_name(ranking->kind)));

    if (!rows_next(&rows)) {
        TRY(rows_error(&rows));
        return error_new(
            db_arena(reading->db), ERROR_NOT_FOUND, "ranking_unknown",
            "没有这项排名。");
    }
    ranking->title = rows_text(&rows, 0);
    ranking->held_at = rows_int(&rows, 1);
    reading->skips = strcmp(rows_text(&rows, 2), "skip") == 0;
    return NULL;
}

static struct error *read_parts(struct reading *reading)
{
    static const char count_sql[] =
        "SELECT count(*) FROM training_part WHERE training = $1";
    static const char sql[] =
        "SELECT kind, subject, weight FROM training_part WHERE training = $1 "
        "ORDER BY position";
    int64_t subject = reading->ranking->subject;
    int64_t room;
    bool found;

    TRY(db_number(reading->db, &found, &room, count_sql, INT(subject)));
    reading->parts =
        arena_alloc(db_arena(reading->db), ((size_t)room + 1) * sizeof *reading->parts);
    SCOPED_ROWS rows = db_query(reading->db, sql, INT(subject));
    while (reading->part_count < (size_t)room && rows_next(&rows)) {
        struct part *part = &reading->parts[reading->part_count++];
        if (!ranking_kind_find(rows_text(&rows, 0), &part->kind))
            part->kind = RANKING_QUIZ;
        part->subject = rows_int(&rows, 1);
        part->weight = rows_int(&rows, 2);
        reading->weight += part->weight;
    }
    return rows_error(&rows);
}

static struct error *add_result(
    struct reading *reading, const struct part *part, const struct ranking *result,
    const struct ranking_person *person)
{
    struct arena *arena = db_arena(reading->db);
    struct ranking_person *member = ranking_find_person(
        reading->people, reading->ranking->person_count, person->id);
    struct rational points;

    if (!member)
        return NULL;
    struct sum *sum = &reading->sums[member - reading->ranking->people];
    sum->in_progress |= person->status == RANKING_IN_PROGRESS;
    sum->deferred |= person->status == RANKING_DEFERRED;
    if (person->status == RANKING_VOIDED) {
        sum->voided = true;
        sum->weight += part->weight;
    }
    if (person->status != RANKING_DONE || !result->full)
        return NULL;
    TRY(rational_make(
        arena, (__int128)person->score * 100 * part->weight, result->full, &points));
    TRY(rational_add(arena, sum->points, points, &sum->points));
    sum->weight += part->weight;
    sum->used_ms += person->used_ms;
    sum->done = true;
    return NULL;
}

static struct error *
add_part(struct reading *reading, const struct part *part, int64_t now)
{
    struct ranking *result = arena_alloc(db_arena(reading->db), sizeof *result);

    TRY(ranking_load(reading->db, part->kind, part->subject, now, result));
    reading->ranking->final = reading->ranking->final && result->final;
    reading->ranking->pending = reading->ranking->pending || result->pending;
    for (size_t i = 0; i < result->person_count; i++)
        TRY(add_result(reading, part, result, &result->people[i]));
    return NULL;
}

/* A result counts as soon as there is one part; without any, the reason is told. */
static struct error *settle(struct reading *reading, size_t index)
{
    static const struct rational_rounding rounding = {RANKING_DP, RATIONAL_HALF_UP};
    struct arena *arena = db_arena(reading->db);
    struct ranking_person *person = &reading->ranking->people[index];
    const struct sum *sum = &reading->sums[index];
    struct rational score;

    if (sum->done)
        person->status = RANKING_DONE;
    else if (sum->voided)
        person->status = RANKING_VOIDED;
    else if (sum->in_progress)
        person->status = RANKING_IN_PROGRESS;
    else if (sum->deferred)
        person->status = RANKING_DEFERRED;
    if (person->status != RANKING_DONE)
        return NULL;
    person->used_ms = sum->used_ms;
    TRY(rational_divide(
        arena, sum->points,
        rational_scaled(reading->skips ? sum->weight : reading->weight, 0), &score));
    return rational_round(arena, score, rounding, &person->score);
}

static const char *describe(const struct reading *reading)
{
    struct arena *arena = db_arena(reading->db);

    return arena_format(
        arena,
        "总成绩＝%d 项成绩（各折合百分制）的加权平均，四舍五入到 2 位小数，%s。%s",
        (int)reading->part_count,
        reading->skips ? "缺的项不计入（权重一并去掉），作废的项计 0 分"
                       : "缺的、作废的项计 0 分",
        ranking_describe(arena, reading->ranking));
}

struct error *ranking_load_training(
    struct db *db, int64_t subject, int64_t now, struct ranking *ranking)
{
    struct reading reading = {.db = db, .ranking = ranking};

    (void)subject;
    TRY(read_training(&reading));
    TRY(read_parts(&reading));
    ranking->full = 100 * decimal_power(RANKING_DP);
    ranking->final = now >= ranking->held_at;
    TRY(ranking_load_people(db, ranking));
    reading.people = ranking_people_by_id(db_arena(db), ranking);
    reading.sums =
        arena_alloc(db_arena(db), (ranking->person_count + 1) * sizeof *reading.sums);
    for (size_t i = 0; i < ranking->person_count; i++)
        reading.sums[i].points = rational_scaled(0, 0);
    for (size_t i = 0; i < reading.part_count; i++)
        TRY(add_part(&reading, &reading.parts[i], now));
    for (size_t i = 0; i < ranking->person_count; i++)
        TRY(settle(&reading, i));
    ranking->formula_text = describe(&reading);
    return NULL;
}
