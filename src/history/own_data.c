#include "history/own_data.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "report/csv.h"

enum kind { WHOLE, TEXT_OR_NULL, TIME, RAW };
enum { COLUMNS = 10 };

struct list {
    const char *key;
    const char *label;
    const char *sql; /* $1: the person, $2: now */
    struct {
        const char *key;
        const char *label;
        enum kind kind;
    } columns[COLUMNS];
};

/* One entry a kind of fact; file and CSV are both made of this. */
static const struct list lists[] = {
    {"roles",
     "账号",
     "SELECT roles FROM account WHERE person = $1 AND $2 > 0",
     {{"roles", "角色", WHOLE}}},
    {"logins",
     "登录",
     "SELECT created_at, expires_at FROM login WHERE person = $1 AND expires_at > $2",
     {{"created_at", "登录时间", TIME}, {"expires_at", "失效时间", TIME}}},
    {"breaks",
     "离任期间",
     "SELECT from_at, until_at FROM service_break WHERE person = $1 AND $2 > 0",
     {{"from", "自", TIME}, {"until", "至", TIME}}},
    {"attempts",
     "作答",
     "SELECT attempt.id, attempt.quiz, paper.title, attempt.state, "
     "attempt.started_at, attempt.submitted_at, attempt.grade, attempt.points, "
     "attempt.receipt, (SELECT count(*) FROM answer_log "
     "WHERE answer_log.attempt = attempt.id) FROM attempt "
     "JOIN quiz ON quiz.id = attempt.quiz JOIN paper ON paper.revision = quiz.paper "
     "WHERE attempt.person = $1 AND $2 > 0 ORDER BY attempt.id",
     {{"id", "编号", WHOLE},
      {"quiz", "测验", WHOLE},
      {"title", "试卷", TEXT_OR_NULL},
      {"state", "状态", TEXT_OR_NULL},
      {"started_at", "开始", TIME},
      {"submitted_at", "交卷", TIME},
      {"grade", "得分（1/100 分）", WHOLE},
      {"points", "满分（1/100 分）", WHOLE},
      {"receipt", "回执", TEXT_OR_NULL},
      {"arrivals", "收到的作答次数", WHOLE}}},
    {"answers",
     "答案",
     "SELECT answer.attempt, answer.item, answer.answer, answer.received_at, "
     "CASE WHEN attempt.state <> 'in_progress' AND (quiz.review = 'submit' "
     "OR quiz.window_close <= $2) THEN grade.points END FROM answer "
     "JOIN attempt ON attempt.id = answer.attempt "
     "JOIN quiz ON quiz.id = attempt.quiz "
     "LEFT JOIN grade ON grade.attempt = answer.attempt AND grade.item = answer.item "
     "WHERE attempt.person = $1 ORDER BY answer.attempt, answer.item",
     {{"attempt", "作答", WHOLE},
      {"item", "题目", TEXT_OR_NULL},
      {"answer", "答案", RAW},
      {"received_at", "收到", TIME},
      {"points", "得分（1/100 分）", WHOLE}}},
    {"decisions",
     "缓考与作废",
     "SELECT quiz, status, reason, at FROM quiz_status WHERE person = $1 AND $2 > 0 "
     "ORDER BY id",
     {{"quiz", "测验", WHOLE},
      {"status", "决定", TEXT_OR_NULL},
      {"reason", "原因", TEXT_OR_NULL},
      {"at", "时间", TIME}}},
    {"judged",
     "担任评委",
     "SELECT contest.id, contest.title FROM contest_judge "
     "JOIN contest ON contest.id = contest_judge.contest "
     "WHERE contest_judge.person = $1 AND $2 > 0 ORDER BY contest.id",
     {{"contest", "竞赛", WHOLE}, {"title", "名称", TEXT_OR_NULL}}},
    {"published_names",
     "公布过的姓名",
     "SELECT publication, name FROM publication_name WHERE person = $1 AND $2 > 0 "
     "ORDER BY publication",
     {{"publication", "公布", WHOLE}, {"name", "姓名", TEXT_OR_NULL}}},
    {"reading",
     "学习进度",
     "SELECT course, lesson, section, at FROM progress WHERE person = $1 AND $2 > 0 "
     "ORDER BY at, course, lesson, section",
     {{"course", "课程", TEXT_OR_NULL},
      {"lesson", "课", TEXT_OR_NULL},
      {"section", "节", TEXT_OR_NULL},
      {"at", "时间", TIME}}},
    {"exports",
     "下载记录",
     "SELECT at, what, row_count FROM export_log WHERE person = $1 AND $2 > 0 "
     "ORDER BY id",
     {{"at", "时间", TIME}, {"what", "内容", TEXT_OR_NULL}, {"rows", "行数", WHOLE}}},
    {"actions",
     "操作记录",
     "SELECT subject, kind, at FROM event WHERE actor = $1 AND $2 > 0 ORDER BY seq",
     {{"subject", "对象", TEXT_OR_NULL},
      {"kind", "操作", TEXT_OR_NULL},
      {"at", "时间", TIME}}},
};
enum { LISTS = sizeof lists / sizeof lists[0] };

static const char not_included[] =
    "密码只存有无法还原的校验值；登录凭证只存指纹；被取代的旧答案和评委打分留在"
    "防篡改记录中，此处只列次数或所属竞赛。";

static size_t column_count(const struct list *list)
{
    size_t count = 0;

    while (count < COLUMNS && list->columns[count].key)
        count++;
    return count;
}

static void write_cell(
    struct writer *writer, const struct list *list, struct rows *rows, size_t column)
{
    const char *key = list->columns[column].key;
    int index = (int)column;

    if (rows_is_null(rows, index)) {
        writer_null(writer, key);
        return;
    }
    switch (list->columns[column].kind) {
    case WHOLE:
    case TIME:
        writer_int(writer, key, rows_int(rows, index));
        return;
    case TEXT_OR_NULL:
        writer_text(writer, key, rows_text(rows, index));
        return;
    case RAW:
        writer_raw(writer, key, rows_text(rows, index));
        return;
    }
    abort();
}

static struct error *
query(struct db *db, const struct list *list, const int64_t who[2], struct rows *rows)
{
    const struct value values[] = {INT(who[0]), INT(who[1])};

    *rows = db_query_values(db, list->sql, values, 2);
    return rows_error(rows);
}

static struct error *write_list(
    struct db *db, struct writer *writer, const struct list *list, const int64_t who[2],
    int64_t *count)
{
    size_t columns = column_count(list);
    SCOPED_ROWS rows;

    TRY(query(db, list, who, &rows));
    writer_array(writer, list->key);
    while (rows_next(&rows)) {
        writer_object(writer, NULL);
        for (size_t i = 0; i < columns; i++)
            write_cell(writer, list, &rows, i);
        writer_end(writer);
        (*count)++;
    }
    writer_end(writer);
    return rows_error(&rows);
}

struct error *own_data_write(
    struct db *db, struct writer *writer, int64_t person, int64_t now, int64_t *rows)
{
    const struct privacy_viewer herself = {.person = person};
    const int64_t who[2] = {person, now};
    struct record record;

    TRY(record_write_profile(db, writer, person, &herself));
    TRY(record_write_streets(db, writer, person));
    TRY(record_load(db, person, now, &record));
    record_write_results(writer, &record);
    *rows = (int64_t)record.count + 1;
    for (size_t i = 0; i < LISTS; i++)
        TRY(write_list(db, writer, &lists[i], who, rows));
    writer_text(writer, "not_included", not_included);
    return NULL;
}

/* ---- CSV ---- */

struct sheet {
    struct arena *arena;
    struct table table;
};

static void
add_line(struct sheet *sheet, const char *list, const char *item, const char *content)
{
    struct table_cell *row = table_row(&sheet->table);

    row[0] = table_text(list);
    row[1] = table_text(item);
    row[2] = table_text(content);
}

static const char *
cell_words(struct arena *arena, const struct list *list, struct rows *rows, size_t i)
{
    int index = (int)i;

    if (rows_is_null(rows, index))
        return "";
    if (list->columns[i].kind == TIME)
        return clock_beijing(arena, rows_int(rows, index));
    return rows_text(rows, index);
}

static struct error *add_list(
    struct db *db, struct sheet *sheet, const struct list *list, const int64_t who[2])
{
    enum { LINE = 64 * 1024 };
    size_t columns = column_count(list);
    int64_t number = 0;
    SCOPED_ROWS rows;

    TRY(query(db, list, who, &rows));
    while (rows_next(&rows)) {
        struct text line;
        text_init(&line, sheet->arena, LINE);
        for (size_t i = 0; i < columns; i++)
            text_add_format(
                &line, "%s%s：%s", i ? "；" : "", list->columns[i].label,
                cell_words(sheet->arena, list, &rows, i));
        add_line(
            sheet, list->label, arena_format(sheet->arena, "%" PRId64, ++number),
            line.bytes);
    }
    return rows_error(&rows);
}

static struct error *add_profile(struct db *db, struct sheet *sheet, int64_t person)
{
    static const char sql[] =
        "SELECT '姓名', name, '工号', staff_number, '电话', coalesce(phone, ''), "
        "'街道', coalesce((SELECT branch.name FROM branch "
        "WHERE branch.id = person.branch), ''), '小区', coalesce((SELECT compound.name "
        "FROM compound WHERE compound.id = person.compound), ''), '期别', cohort "
        "FROM person WHERE id = $1";
    enum { FACTS = 6 };
    SCOPED_ROWS rows = db_query(db, sql, INT(person));

    if (rows_next(&rows))
        for (int i = 0; i < FACTS; i++)
            add_line(
                sheet, "个人资料", rows_text(&rows, 2 * i),
                rows_text(&rows, 2 * i + 1));
    return rows_error(&rows);
}

static void add_result(struct sheet *sheet, const struct record_result *result)
{
    add_line(
        sheet, "成绩", result->title,
        arena_format(
            sheet->arena,
            "时间：%s；街道：%s；状态：%s；成绩：%s；名次：%s；公布版本：%" PRId64,
            clock_beijing(sheet->arena, result->at), result->branch_name,
            result->status, result->score ? result->score : "",
            result->rank ? result->rank : "", result->version));
}

struct error *own_data_csv(
    struct db *db, int64_t person, int64_t now, const char **bytes, size_t *size,
    int64_t *rows)
{
    enum { NARROW = 20, WIDE = 100 };
    const int64_t who[2] = {person, now};
    struct arena *arena = db_arena(db);
    struct sheet sheet = {.arena = arena};
    struct record record;
    struct output output;

    table_init(&sheet.table, arena, 3);
    table_column(&sheet.table, "类别", NARROW);
    table_column(&sheet.table, "项目", NARROW);
    table_column(&sheet.table, "内容", WIDE);
    TRY(add_profile(db, &sheet, person));
    TRY(record_load(db, person, now, &record));
    for (size_t i = 0; i < record.count; i++)
        add_result(&sheet, &record.results[i]);
    for (size_t i = 0; i < LISTS; i++)
        TRY(add_list(db, &sheet, &lists[i], who));
    add_line(&sheet, "说明", "未列入", not_included);
    *rows = (int64_t)sheet.table.row_count;
    TRY(output_open_memory(arena, &output));
    csv_file(&output, &sheet.table, NULL);
    return output_take(arena, &output, NULL, bytes, size);
}
