#include "report/quiz_export.h"

#include <stdlib.h>

#include "base/decimal.h"
#include "report/csv.h"
#include "report/sheet.h"

enum {
    PEOPLE_COLUMNS = 9,
    BRANCH_COLUMNS = 9,
    PAGES = 3,
};

static const char *
status_label(const struct ranking *ranking, enum ranking_status status)
{
    switch (status) {
    case RANKING_DONE:
        return "已交卷";
    case RANKING_IN_PROGRESS:
        return "作答中";
    case RANKING_ABSENT:
        return ranking->final ? "缺考" : "未参加";
    }
    abort();
}

/* Who does not pass yet may, once the essays are marked. */
static const char *
passed_label(const struct ranking *ranking, const struct ranking_person *person)
{
    if (person->passed)
        return "合格";
    return ranking->pending ? "待阅" : "不合格";
}

static void fill_person(
    struct table *table, const struct ranking *ranking,
    const struct ranking_person *person)
{
    struct arena *arena = table->arena;
    struct table_cell *row = table_row(table);
    bool done = person->status == RANKING_DONE;

    if (person->rank)
        row[0] = table_integer(arena, person->rank);
    row[1] = table_text(person->staff_number);
    row[2] = table_text(person->name);
    row[3] = table_text(ranking->branches[person->branch].name);
    row[4] = table_text(status_label(ranking, person->status));
    if (!done)
        return;
    row[5] = table_number(decimal_text(arena, person->grade, 2));
    row[6] = table_number(decimal_text(arena, ranking->points, 2));
    row[7] = table_text(passed_label(ranking, person));
    row[8] = table_integer(arena, person->used_ms / 1000);
}

static void
make_people(struct table *table, struct arena *arena, const struct ranking *ranking)
{
    table_init(table, arena, PEOPLE_COLUMNS);
    table_column(table, ranking->final ? "名次" : "名次（非最终）", 9);
    table_column(table, "工号", 12);
    table_column(table, "姓名", 18);
    table_column(table, "街道", 18);
    table_column(table, "状态", 10);
    table_column(table, "成绩", 10);
    table_column(table, "满分", 10);
    table_column(table, "是否合格", 10);
    table_column(table, "用时（秒）", 11);
    for (size_t i = 0; i < ranking->person_count; i++)
        fill_person(table, ranking, &ranking->people[i]);
}

static void fill_branch(struct table *table, const struct ranking_branch *branch)
{
    struct arena *arena = table->arena;
    struct table_cell *row = table_row(table);

    if (branch->rank)
        row[0] = table_integer(arena, branch->rank);
    row[1] = table_text(branch->name);
    row[2] = table_integer(arena, branch->expected);
    row[3] = table_integer(arena, branch->attended);
    row[4] = table_integer(arena, branch->absent);
    row[5] = table_number(branch->mean_expected);
    row[6] = table_number(branch->mean_attended);
    row[7] = table_integer(arena, branch->passed);
    row[8] = table_number(branch->pass_percent);
}

static void
make_branches(struct table *table, struct arena *arena, const struct ranking *ranking)
{
    table_init(table, arena, BRANCH_COLUMNS);
    table_column(table, ranking->final ? "名次" : "名次（非最终）", 9);
    table_column(table, "街道", 18);
    table_column(table, "应参", 8);
    table_column(table, "实参", 8);
    table_column(table, ranking->final ? "缺考" : "未交卷", 8);
    table_column(table, "应参平均分", 13);
    table_column(table, "实参平均分", 13);
    table_column(table, "合格人数", 10);
    table_column(table, "合格率（按应参，%）", 20);
    for (size_t i = 0; i < ranking->branch_count; i++)
        fill_branch(table, &ranking->branches[i]);
}

static const char *state_label(const struct ranking *ranking)
{
    if (ranking->pending)
        return "非最终成绩，简答题待阅";
    return ranking->final ? "最终成绩" : "非最终成绩，测验尚未结束";
}

static void make_notes(
    struct table *table, struct arena *arena, const struct ranking *ranking,
    const struct export_about *about)
{
    export_notes(table, arena);
    export_note(table, "测验", ranking->title);
    export_note(table, "结果状态", state_label(ranking));
    export_note(table, "计算方法", ranking->formula);
    export_note(table, "满分", decimal_short(arena, ranking->points, 2));
    export_note(table, "试卷版本（SHA-256）", ranking->revision);
    export_note_about(table, about, export_marks(arena, about, ranking->final));
}

struct error *quiz_export_sheet(
    struct arena *arena, const struct ranking *ranking,
    const struct export_about *about, const char **bytes, size_t *size)
{
    const char *marks = export_marks(arena, about, ranking->final);
    struct table people, branches, notes;

    make_people(&people, arena, ranking);
    make_branches(&branches, arena, ranking);
    make_notes(&notes, arena, ranking, about);
    const struct sheet_page pages[PAGES] = {
        {"个人排名", export_heading(arena, ranking->title, "个人排名", marks), &people},
        {"街道汇总", export_heading(arena, ranking->title, "街道汇总", marks),
         &branches},
        {"说明", export_heading(arena, ranking->title, "说明", marks), &notes},
    };
    const struct sheet_file file = {
        .title = ranking->title,
        .marks = marks,
        .made_at = about->made_at,
        .pages = pages,
        .page_count = PAGES,
    };
    return sheet_write(arena, &file, bytes, size);
}

struct error *quiz_export_csv(
    struct arena *arena, const struct ranking *ranking,
    const struct export_about *about, const char **bytes, size_t *size)
{
    const char *marks = export_marks(arena, about, ranking->final);
    struct table people;

    make_people(&people, arena, ranking);
    return csv_file(arena, &people, marks, bytes, size);
}
