#include "report/training.h"

#include <inttypes.h>

#include "base/input.h"
#include "store/chain.h"

static struct error *
check_part(struct db *db, const struct training_creation *creation, size_t index)
{
    static const char quiz_sql[] = "SELECT id FROM quiz WHERE id = $1";
    static const char contest_sql[] = "SELECT id FROM contest WHERE id = $1";
    const struct training_part *part = &creation->parts[index];
    bool found = false;
    int64_t id;

    if (part->kind == RANKING_QUIZ)
        TRY(db_number(db, &found, &id, quiz_sql, INT(part->subject)));
    else if (part->kind == RANKING_CONTEST)
        TRY(db_number(db, &found, &id, contest_sql, INT(part->subject)));
    if (!found)
        return error_make(
            db_arena(db), ERROR_INVALID, "training_part_unknown",
            "第 %d 项不存在：只能由测验和竞赛组成。", (int)index + 1);
    for (size_t i = 0; i < index; i++)
        if (creation->parts[i].kind == part->kind &&
            creation->parts[i].subject == part->subject)
            return error_make(
                db_arena(db), ERROR_INVALID, "training_parts", "第 %d 项重复。",
                (int)index + 1);
    return NULL;
}

static struct error *record(struct db *db, const struct training_creation *creation)
{
    struct arena *arena = db_arena(db);
    json_t *parts = json_array();

    for (size_t i = 0; i < creation->part_count; i++)
        json_array_append_new(
            parts,
            json_pack(
                "{s:s, s:I, s:I}", "kind", ranking_kind_name(creation->parts[i].kind),
                "subject", (json_int_t)creation->parts[i].subject, "weight",
                (json_int_t)creation->parts[i].weight));
    return chain_record(
        db,
        &(struct chain_event){
            .subject = arena_format(
                arena, "%s/%" PRId64, ranking_kind_name(creation->kind), creation->id),
            .at = creation->at,
            .actor = creation->actor,
            .role = creation->role,
            .kind = "created",
            .body = json_pack(
                "{s:I, s:b, s:o}", "held_at", (json_int_t)creation->held_at, "skips",
                creation->skips, "parts", parts),
        });
}

struct error *training_create(struct db *db, void *context)
{
    static const char sql[] =
        "INSERT INTO training (kind, title, held_at, missing, created_at) "
        "VALUES ($1, $2, $3, $4, $5) RETURNING id";
    static const char part_sql[] =
        "INSERT INTO training_part (training, position, kind, subject, weight) "
        "VALUES ($1, $2, $3, $4, $5)";
    struct training_creation *creation = context;
    bool found;

    if (!creation->part_count)
        return error_new(
            db_arena(db), ERROR_INVALID, "training_parts", "请至少选一项成绩。");
    for (size_t i = 0; i < creation->part_count; i++)
        TRY(check_part(db, creation, i));
    TRY(db_number(
        db, &found, &creation->id, sql, TEXT(ranking_kind_name(creation->kind)),
        TEXT(creation->title), INT(creation->held_at),
        TEXT(creation->skips ? "skip" : "zero"), INT(creation->at)));
    for (size_t i = 0; i < creation->part_count; i++) {
        const struct training_part *part = &creation->parts[i];
        TRY(db_run(
            db, part_sql, INT(creation->id), INT((int64_t)i + 1),
            TEXT(ranking_kind_name(part->kind)), INT(part->subject),
            INT(part->weight)));
    }
    return record(db, creation);
}

/* Whether a quiz or contest is over, as far as its own record says so without adding up
 * anything: a running attempt or a mark that is missing shows in the ranking itself. */
#define QUIZ_OVER "(SELECT coalesce(window_close <= $1, 0) FROM quiz WHERE quiz.id = "
#define CONTEST_OVER                                                                   \
    "EXISTS (SELECT 1 FROM event WHERE kind = 'finished' AND subject = 'contest/' || "

struct error *training_write_rankings(struct db *db, struct writer *writer, int64_t now)
{
    static const char sql[] =
        "WITH subjects (kind, subject, title, at, parts, over) AS ("
        "SELECT kind, id, title, held_at, (SELECT count(*) FROM training_part "
        "WHERE training = training.id), held_at <= $1 AND NOT EXISTS ("
        "SELECT 1 FROM training_part AS part WHERE part.training = training.id "
        "AND NOT CASE part.kind WHEN 'quiz' THEN " QUIZ_OVER
        "part.subject) ELSE " CONTEST_OVER "part.subject) END) FROM training "
        "UNION ALL SELECT 'contest', id, title, created_at, 1, " CONTEST_OVER
        "contest.id) FROM contest "
        "UNION ALL SELECT 'quiz', quiz.id, paper.title, quiz.window_open, 1, "
        "coalesce(quiz.window_close <= $1, 0) "
        "FROM quiz JOIN paper ON paper.revision = quiz.paper) "
        "SELECT s.kind, s.subject, s.title, s.at, s.parts, s.over, "
        "(SELECT max(version) FROM publication AS p WHERE p.kind = s.kind "
        "AND p.subject = s.subject AND p.state = 'published'), "
        "(SELECT id FROM publication AS p WHERE p.kind = s.kind "
        "AND p.subject = s.subject AND p.state = 'proposed') "
        "FROM subjects AS s ORDER BY s.kind = 'quiz', s.kind = 'contest', s.at DESC, "
        "s.subject";
    SCOPED_ROWS rows = db_query(db, sql, INT(now));

    writer_array(writer, "rankings");
    while (rows_next(&rows)) {
        writer_object(writer, NULL);
        writer_text(writer, "kind", rows_text(&rows, 0));
        writer_int(writer, "subject", rows_int(&rows, 1));
        writer_text(writer, "title", rows_text(&rows, 2));
        writer_int(writer, "at", rows_int(&rows, 3));
        writer_int(writer, "parts", rows_int(&rows, 4));
        writer_bool(writer, "over", rows_int(&rows, 5) != 0);
        if (rows_is_null(&rows, 6))
            writer_null(writer, "published");
        else
            writer_int(writer, "published", rows_int(&rows, 6));
        if (rows_is_null(&rows, 7))
            writer_null(writer, "proposed");
        else
            writer_int(writer, "proposed", rows_int(&rows, 7));
        writer_end(writer);
    }
    writer_end(writer);
    return rows_error(&rows);
}
