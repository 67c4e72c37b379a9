#include "report/ranking_tables.h"

#include "base/clock.h"
#include "base/decimal.h"

enum {
    PEOPLE_COLUMNS = 13,
    BRANCH_COLUMNS = 18,
    MISSING_COLUMNS = 5,
};

static const char *rank_title(const struct ranking *ranking)
{
    return ranking->final ? "名次" : "名次（非最终）";
}

/* A rank is a number, also "2.5". */
static struct table_cell rank_cell(const char *rank)
{
    return table_number(rank);
}

/* ---- People ---- */

static void people_columns(
    struct table *table, const struct ranking *ranking, enum ranking_eyes eyes)
{
    table_column(table, rank_title(ranking), 9);
    if (ranking->compared)
        table_column(table, "上次名次", 9);
    if (eyes == RANKING_INSIDE)
        table_column(table, "工号", 12);
    table_column(table, "姓名", 18);
    table_column(table, "街道", 18);
    table_column(table, "社区", 16);
    table_column(table, "期别", 10);
    table_column(table, "状态", 10);
    table_column(table, "成绩", 10);
    table_column(table, "满分", 10);
    if (ranking->pass_percent)
        table_column(table, "是否合格", 10);
    table_column(table, "用时（秒）", 11);
    table_column(table, "同分时依据", 12);
}

/* What the rows of a long table are made of. */
struct source {
    const struct ranking *ranking;
    enum ranking_eyes eyes;
    size_t first; /* index of the person in the first row */
};

static void add_rows(
    struct table *table, struct arena *arena, struct source source, size_t count,
    table_fill *fill)
{
    struct source *kept = arena_alloc(arena, sizeof *kept);

    *kept = source;
    table_rows(table, count, fill, kept);
}

static void fill_person(
    const void *from, size_t index, struct table_cell *cell, struct arena *arena)
{
    const struct source *source = from;
    const struct ranking *ranking = source->ranking;
    const struct ranking_person *person = &ranking->people[index];
    bool done = person->status == RANKING_DONE;

    *cell++ = rank_cell(person->rank);
    if (ranking->compared)
        *cell++ = rank_cell(person->previous_rank);
    if (source->eyes == RANKING_INSIDE)
        *cell++ = table_text(person->staff_number);
    *cell++ = table_text(person->name);
    *cell++ = table_text(ranking->branches[person->branch].name);
    *cell++ = table_text(person->community);
    *cell++ = table_text(person->cohort);
    *cell++ = table_text(ranking_status_label(ranking, person->status));
    if (!done)
        return;
    *cell++ = table_number(decimal_text(arena, person->score, ranking->dp));
    *cell++ = table_number(decimal_text(arena, ranking->full, ranking->dp));
    if (ranking->pass_percent)
        *cell++ = table_text(person->passed ? "合格" : "不合格");
    if (person->used_ms)
        *cell = table_integer(arena, person->used_ms / 1000);
    cell++;
    *cell = table_text(person->tie);
}

void ranking_tables_people(
    struct table *table, struct arena *arena, const struct ranking *ranking,
    enum ranking_eyes eyes)
{
    table_init(table, arena, PEOPLE_COLUMNS);
    people_columns(table, ranking, eyes);
    add_rows(
        table, arena, (struct source){ranking, eyes, 0}, ranking->person_count,
        fill_person);
}

/* ---- Streets ---- */

static void branch_columns(struct table *table, const struct ranking *ranking)
{
    table_column(table, rank_title(ranking), 9);
    if (ranking->compared)
        table_column(table, "上次名次", 9);
    table_column(table, "街道", 18);
    table_column(table, "应参", 8);
    table_column(table, "实参", 8);
    table_column(table, ranking->final ? "缺考" : "未交卷", 8);
    table_column(table, "缓考", 8);
    table_column(table, "作废", 8);
    table_column(table, "排名分值", 11);
    table_column(table, "应参平均分", 13);
    table_column(table, "实参平均分", 13);
    table_column(table, "中位数", 10);
    table_column(table, "最高分", 10);
    table_column(table, "前5名平均", 12);
    if (ranking->pass_percent) {
        table_column(table, "合格人数", 10);
        table_column(table, "合格率（按应参，%）", 20);
    }
    table_column(table, "相同时依据", 12);
    table_column(table, "备注", 26);
}

static void branch_row(
    struct table *table, const struct ranking *ranking,
    const struct ranking_branch *branch)
{
    struct arena *arena = table->arena;
    struct table_cell *cell = table_row(table);

    *cell++ = rank_cell(branch->rank);
    if (ranking->compared)
        *cell++ = rank_cell(branch->previous_rank);
    *cell++ = table_text(branch->name);
    *cell++ = table_integer(arena, branch->expected);
    *cell++ = table_integer(arena, branch->attended);
    *cell++ = table_integer(arena, branch->absent);
    *cell++ = table_integer(arena, branch->deferred);
    *cell++ = table_integer(arena, branch->voided);
    *cell++ = table_number(branch->value);
    *cell++ = table_number(branch->mean_expected);
    *cell++ = table_number(branch->mean_attended);
    *cell++ = table_number(branch->median);
    *cell++ = table_number(branch->best);
    *cell++ = table_number(branch->top_mean);
    if (ranking->pass_percent) {
        *cell++ = table_integer(arena, branch->passed);
        *cell++ = table_number(branch->pass_percent);
    }
    *cell++ = table_text(branch->tie);
    *cell = table_text(branch->note);
}

void ranking_tables_branches(
    struct table *table, struct arena *arena, const struct ranking *ranking)
{
    table_init(table, arena, BRANCH_COLUMNS);
    branch_columns(table, ranking);
    for (size_t i = 0; i < ranking->branch_count; i++)
        branch_row(table, ranking, &ranking->branches[i]);
}

/* ---- Who has no result ---- */

static void fill_missing(
    const void *from, size_t index, struct table_cell *cell, struct arena *arena)
{
    const struct source *source = from;
    const struct ranking *ranking = source->ranking;
    const struct ranking_person *person = &ranking->people[source->first + index];

    (void)arena;
    cell[0] = table_text(ranking->branches[person->branch].name);
    cell[1] = table_text(person->community);
    cell[2] = table_text(person->staff_number);
    cell[3] = table_text(person->name);
    cell[4] = table_text(ranking_status_label(ranking, person->status));
}

/* People stand by status: who is missing stands at the end. */
void ranking_tables_missing(
    struct table *table, struct arena *arena, const struct ranking *ranking)
{
    size_t first = ranking->person_count;

    while (first && ranking->people[first - 1].status >= RANKING_ABSENT)
        first--;
    table_init(table, arena, MISSING_COLUMNS);
    table_column(table, "街道", 18);
    table_column(table, "社区", 16);
    table_column(table, "工号", 12);
    table_column(table, "姓名", 18);
    table_column(table, "状态", 10);
    add_rows(
        table, arena, (struct source){ranking, RANKING_INSIDE, first},
        ranking->person_count - first, fill_missing);
}

/* ---- Notes ---- */

static const char *kind_label(enum ranking_kind kind)
{
    static const char *const labels[] = {
        [RANKING_QUIZ] = "测验",
        [RANKING_CONTEST] = "竞赛",
        [RANKING_TRAINING] = "培训",
        [RANKING_YEAR] = "年度",
    };

    return labels[kind];
}

static const char *state_label(const struct ranking *ranking)
{
    if (ranking->pending)
        return "非最终成绩，简答题待阅";
    return ranking->final ? "最终成绩" : "非最终成绩，尚未结束";
}

void ranking_tables_notes(
    struct table *table, struct arena *arena, const struct ranking *ranking,
    const struct export_about *about)
{
    const char *revision_title = ranking->kind == RANKING_CONTEST
                                     ? "竞赛规则（SHA-256）"
                                     : "试卷版本（SHA-256）";

    export_notes(table, arena);
    export_note(table, kind_label(ranking->kind), ranking->title);
    export_note(table, "结果状态", state_label(ranking));
    export_note(table, "计算方法", ranking->formula_text);
    if (ranking->announced_at)
        export_note(
            table, "排名办法公布时间（北京时间）",
            clock_beijing(arena, ranking->announced_at));
    if (ranking->compared)
        export_note(table, "上次名次", ranking->compared);
    export_note(table, "满分", decimal_short(arena, ranking->full, ranking->dp));
    if (*ranking->revision)
        export_note(table, revision_title, ranking->revision);
    export_note_about(table, about, export_marks(arena, about, ranking->final));
}
