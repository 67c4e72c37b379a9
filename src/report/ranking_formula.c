#include "report/ranking_formula.h"

#include <inttypes.h>
#include <string.h>

#include "base/input.h"
#include "base/writer.h"
#include "store/chain.h"

enum { FORMULA_LIMIT = 4096 };

static const struct ranking_formula default_formula = {
    .street = RANKING_MEAN_EXPECTED,
};

/* ---- Names ---- */

static const char *const kind_names[] = {
    [RANKING_QUIZ] = "quiz",
    [RANKING_CONTEST] = "contest",
    [RANKING_TRAINING] = "training",
    [RANKING_YEAR] = "year",
};
static const char *const street_names[] = {
    [RANKING_MEAN_EXPECTED] = "mean_expected",
    [RANKING_MEAN_ATTENDED] = "mean_attended",
    [RANKING_BEST_SUM] = "best",
    [RANKING_COMPOSITE] = "composite",
    [RANKING_PLACE_SUM] = "places",
};

static bool
find_name(const char *const *names, size_t count, const char *name, size_t *index)
{
    for (*index = 0; *index < count; (*index)++)
        if (strcmp(names[*index], name) == 0)
            return true;
    return false;
}

bool ranking_kind_find(const char *name, enum ranking_kind *kind)
{
    size_t index;

    if (!find_name(kind_names, sizeof kind_names / sizeof *kind_names, name, &index))
        return false;
    *kind = (enum ranking_kind)index;
    return true;
}

const char *ranking_kind_name(enum ranking_kind kind)
{
    return kind_names[kind];
}

/* ---- Reading ---- */

static struct error *invalid(struct arena *arena, const char *why)
{
    return error_make(
        arena, ERROR_INVALID, "formula_invalid", "排名办法不能这样写：%s", why);
}

static struct error *
read_places(struct arena *arena, const json_t *array, struct ranking_formula *formula)
{
    int64_t before = RANKING_PLACE_POINTS;

    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *item = json_array_get(array, i);
        int64_t points = json_integer_value(item);
        if (!json_is_integer(item) || points < 0 || points > before)
            return invalid(arena, "places 应为从大到小的整数，每个 0 到 1000。");
        formula->places[formula->place_count++] = before = points;
    }
    return NULL;
}

static struct error *
read_compare(struct arena *arena, json_t *object, struct ranking_formula *formula)
{
    const char *kind = NULL;

    if (!object)
        return NULL;
    TRY(INPUT_FIELDS(
        arena, object, {"kind", INPUT_TEXT, false, &kind, 1, 16},
        {"subject", INPUT_INT, false, &formula->compare, 1, INT64_MAX}));
    if (!ranking_kind_find(kind, &formula->compare_kind))
        return invalid(arena, "compare 的 kind 应为 quiz、contest、training 或 year。");
    return NULL;
}

/* Each way needs its own numbers, and only those. */
static struct error *
check_numbers(struct arena *arena, const struct ranking_formula *formula)
{
    bool composite = formula->street == RANKING_COMPOSITE;
    int64_t shares = formula->mean + formula->attendance + formula->excellent;

    if ((formula->street == RANKING_BEST_SUM) != (formula->best > 0))
        return invalid(arena, "取前几名之和时写 best（人数），其他办法不写。");
    if (composite && shares != 100)
        return invalid(arena, "综合分三项比例之和应为 100。");
    if (composite && (formula->excellent > 0) != (formula->excellent_line > 0))
        return invalid(arena, "有优秀率时写 excellent_line（优秀线），没有时不写。");
    if (!composite && (shares || formula->excellent_line))
        return invalid(arena, "只有综合分才写三项比例和优秀线。");
    if ((formula->street == RANKING_PLACE_SUM) != (formula->place_count > 0))
        return invalid(arena, "按名次计分时写 places，其他办法不写。");
    return NULL;
}

struct error *ranking_formula_read(
    struct arena *arena, json_t *object, struct ranking_formula *formula)
{
    const char *street = NULL;
    json_t *places = NULL;
    json_t *compare = NULL;
    size_t index;

    *formula = (struct ranking_formula){0};
    TRY(INPUT_FIELDS(
        arena, object, {"time", INPUT_BOOL, false, &formula->by_time, 0, 0},
        {"street", INPUT_TEXT, false, &street, 1, 32},
        {"best", INPUT_INT, true, &formula->best, 1, RANKING_BEST},
        {"mean", INPUT_INT, true, &formula->mean, 0, 100},
        {"attendance", INPUT_INT, true, &formula->attendance, 0, 100},
        {"excellent", INPUT_INT, true, &formula->excellent, 0, 100},
        {"excellent_line", INPUT_INT, true, &formula->excellent_line, 1, 100},
        {"places", INPUT_ARRAY, true, &places, 1, RANKING_PLACES},
        {"countback", INPUT_BOOL, false, &formula->countback, 0, 0},
        {"compare", INPUT_OBJECT, true, &compare, 0, 0}));
    if (!find_name(
            street_names, sizeof street_names / sizeof *street_names, street, &index))
        return invalid(
            arena, "street 应为 mean_expected、mean_attended、best、composite 或 "
                   "places。");
    formula->street = (enum ranking_street)index;
    TRY(read_places(arena, places, formula));
    TRY(read_compare(arena, compare, formula));
    return check_numbers(arena, formula);
}

/* ---- Writing ---- */

static void write_compare(struct writer *writer, const struct ranking_formula *formula)
{
    if (!formula->compare)
        return;
    writer_object(writer, "compare");
    writer_text(writer, "kind", ranking_kind_name(formula->compare_kind));
    writer_int(writer, "subject", formula->compare);
    writer_end(writer);
}

/* Keys in the order of the alphabet: the bytes are canonical. */
const char *
ranking_formula_write(struct arena *arena, const struct ranking_formula *formula)
{
    bool composite = formula->street == RANKING_COMPOSITE;
    struct writer writer;

    writer_init(&writer, arena, FORMULA_LIMIT);
    writer_object(&writer, NULL);
    if (composite)
        writer_int(&writer, "attendance", formula->attendance);
    if (formula->best)
        writer_int(&writer, "best", formula->best);
    write_compare(&writer, formula);
    writer_bool(&writer, "countback", formula->countback);
    if (composite)
        writer_int(&writer, "excellent", formula->excellent);
    if (formula->excellent_line)
        writer_int(&writer, "excellent_line", formula->excellent_line);
    if (composite)
        writer_int(&writer, "mean", formula->mean);
    if (formula->place_count) {
        writer_array(&writer, "places");
        for (size_t i = 0; i < formula->place_count; i++)
            writer_int(&writer, NULL, formula->places[i]);
        writer_end(&writer);
    }
    writer_text(&writer, "street", street_names[formula->street]);
    writer_bool(&writer, "time", formula->by_time);
    writer_end(&writer);
    return writer.text.bytes;
}

/* ---- The database ---- */

struct error *ranking_formula_load(
    struct db *db, enum ranking_kind kind, int64_t subject,
    struct ranking_formula *formula, int64_t *announced_at)
{
    static const char sql[] =
        "SELECT formula, at FROM ranking_formula WHERE kind = $1 AND subject = $2 "
        "ORDER BY id DESC LIMIT 1";
    SCOPED_ROWS rows = db_query(db, sql, TEXT(ranking_kind_name(kind)), INT(subject));
    json_t *json;

    *formula = default_formula;
    *announced_at = 0;
    if (!rows_next(&rows))
        return rows_error(&rows);
    const char *text = rows_text(&rows, 0);
    *announced_at = rows_int(&rows, 1);
    TRY(input_parse(db_arena(db), text, strlen(text), &json));
    return ranking_formula_read(db_arena(db), json, formula);
}

/* Does the subject exist, and has anybody a result already? */
static struct error *
look_at(struct db *db, const struct ranking_announcement *announcement, bool *begun)
{
    static const char quiz_sql[] =
        "SELECT (SELECT count(*) FROM attempt WHERE quiz = quiz.id) FROM quiz "
        "WHERE id = $1";
    static const char training_sql[] =
        "SELECT (SELECT count(*) FROM attempt JOIN training_part ON "
        "training_part.kind = 'quiz' AND training_part.subject = attempt.quiz "
        "WHERE training_part.training = training.id) FROM training "
        "WHERE id = $1 AND kind = $2";
    bool found;
    int64_t count;

    if (announcement->kind == RANKING_QUIZ)
        TRY(db_number(db, &found, &count, quiz_sql, INT(announcement->subject)));
    else
        TRY(db_number(
            db, &found, &count, training_sql, INT(announcement->subject),
            TEXT(ranking_kind_name(announcement->kind))));
    if (!found)
        return error_new(
            db_arena(db), ERROR_NOT_FOUND, "ranking_unknown", "没有这项排名。");
    *begun = count > 0;
    return NULL;
}

struct error *ranking_formula_announce(struct db *db, void *context)
{
    static const char sql[] =
        "INSERT INTO ranking_formula (kind, subject, formula, actor, at) "
        "VALUES ($1, $2, $3, $4, $5)";
    struct ranking_announcement *announcement = context;
    struct arena *arena = db_arena(db);
    const char *kind = ranking_kind_name(announcement->kind);
    bool begun = false;
    json_t *formula;

    if (announcement->kind == RANKING_CONTEST)
        return error_new(
            arena, ERROR_CONFLICT, "formula_sealed",
            "竞赛的排名办法写在封存的规则里，不能另行公布。");
    TRY(look_at(db, announcement, &begun));
    TRY(input_parse(
        arena, announcement->formula, strlen(announcement->formula), &formula));
    TRY(db_run(
        db, sql, TEXT(kind), INT(announcement->subject), TEXT(announcement->formula),
        INT(announcement->actor), INT(announcement->at)));
    return chain_record(
        db,
        &(struct chain_event){
            .subject = arena_format(arena, "%s/%" PRId64, kind, announcement->subject),
            .at = announcement->at,
            .actor = announcement->actor,
            .role = announcement->role,
            .kind = "formula_announced",
            .body = json_pack("{s:O, s:b}", "formula", formula, "begun", begun),
        });
}
