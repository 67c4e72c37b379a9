#include "report/contest_people.h"

#include "base/text.h"

enum {
    PERSON_COLUMNS = 6, /* rank, position, number, name, street, status */
    TOTAL_COLUMNS = 2,  /* total, what decided among equals */
    JUDGED_COLUMNS = 4, /* beside the judges': panel, deduction, reasons, score */
    BRANCH_COLUMNS = 8,
    POINTS_WIDTH = 9,
    JUDGE_WIDTH = 11, /* "92.50（去）" */
    REASONS_LIMIT = 16 * 1024,
};

/* ---- Columns ---- */

static size_t count_columns(const struct contest_view *view)
{
    size_t count = PERSON_COLUMNS + TOTAL_COLUMNS;

    for (size_t i = 0; i < view->rules->round_count; i++)
        count += view->rules->rounds[i].kind == RULES_WRITTEN
                     ? 1
                     : JUDGED_COLUMNS + view->state->judge_count;
    return count;
}

static void add_judged_columns(
    struct table *table, const struct contest_view *view,
    const struct rules_round *round)
{
    struct arena *arena = table->arena;

    for (size_t i = 0; i < view->state->judge_count; i++)
        table_column(
            table,
            arena_format(
                arena, "%s %d号评委", round->title, (int)view->state->judges[i].number),
            JUDGE_WIDTH);
    table_column(
        table, arena_format(arena, "%s 评委组得分", round->title), POINTS_WIDTH);
    table_column(table, arena_format(arena, "%s 扣分", round->title), POINTS_WIDTH);
    table_column(table, arena_format(arena, "%s 扣分事由", round->title), 12);
}

static struct error *add_columns(struct table *table, const struct contest_view *view)
{
    struct arena *arena = table->arena;
    const struct rules *rules = view->rules;

    table_column(table, contest_view_rank_title(view), 8);
    table_column(table, "出场序号", 6);
    table_column(table, "工号", 9);
    table_column(table, "姓名", 12);
    table_column(table, "街道", 13);
    table_column(table, "状态", 8);
    for (size_t i = 0; i < rules->round_count; i++) {
        const struct rules_round *round = &rules->rounds[i];
        const char *percent;
        TRY(contest_view_percent(arena, round->weight, &percent));
        if (round->kind == RULES_JUDGED)
            add_judged_columns(table, view, round);
        table_column(
            table, arena_format(arena, "%s得分（占%s%%）", round->title, percent),
            POINTS_WIDTH + 1);
    }
    table_column(table, "总分", POINTS_WIDTH);
    table_column(table, "并列时依据", 12);
    return NULL;
}

/* ---- Rows ---- */

static bool is_dropped(const struct standings_mark *mark)
{
    return mark->dropped != STANDINGS_KEPT;
}

/* A sheet that was handed in; a recused judge's cell says so. */
static void fill_judges(
    struct table_cell *cells, struct table *table, const struct contest_view *view,
    const struct standings_row *row, const struct standings_round *round)
{
    size_t contestant = (size_t)(row->contestant - view->state->contestants);

    for (size_t i = 0; i < view->state->judge_count; i++)
        if (contest_is_recused(view->state, i, contestant))
            cells[i] = table_text("回避");
    for (size_t i = 0; i < round->mark_count; i++) {
        const struct standings_mark *mark = &round->marks[i];
        size_t judge = (size_t)(mark->judge - view->state->judges);
        if (!mark->sheet || !mark->sheet->submitted)
            continue;
        cells[judge] =
            table_number(rules_points_text(table->arena, mark->sheet->total));
        if (is_dropped(mark))
            cells[judge].kind = TABLE_DROPPED;
    }
}

/* "超时 0.50；着装 0.20" */
static const char *reasons(struct arena *arena, const struct standings_round *round)
{
    const struct contest_entry *entry = round->entry;
    struct text text;

    text_init(&text, arena, REASONS_LIMIT);
    if (round->timed)
        text_add_format(
            &text, "%s %s", timing_words(arena, &round->rule->time, &entry->timing),
            rules_points_text(arena, round->timed));
    for (const struct contest_deduction *d = entry->deductions; d; d = d->next)
        text_add_format(
            &text, "%s%s %s", text.size ? "；" : "", d->reason,
            rules_points_text(arena, d->points));
    return text.size ? text.bytes : NULL;
}

/* Gives back the cell after the round's last. */
static struct table_cell *fill_round(
    struct table_cell *cell, struct table *table, const struct contest_view *view,
    const struct standings_row *row, const struct standings_round *round)
{
    struct arena *arena = table->arena;

    if (round->rule->kind == RULES_JUDGED) {
        fill_judges(cell, table, view, row, round);
        cell += view->state->judge_count;
        *cell++ = table_number(round->panel);
        if (round->entry->deductions || round->timed)
            *cell = table_number(
                rules_points_text(arena, round->entry->deducted + round->timed));
        cell++;
        *cell++ = table_text(reasons(arena, round));
    }
    *cell++ = table_number(round->score);
    return cell;
}

static void fill_row(
    struct table *table, const struct contest_view *view,
    const struct standings_row *row)
{
    struct arena *arena = table->arena;
    const struct roster_person *person =
        roster_contestant(view->roster, row->contestant->id);
    struct table_cell *cell = table_row(table);

    *cell++ = table_number(row->rank);
    if (row->contestant->position)
        *cell = table_integer(arena, (int64_t)row->contestant->position);
    cell++;
    *cell++ = table_text(person->staff_number);
    *cell++ = table_text(person->name);
    *cell++ = table_text(person->branch_name);
    *cell++ = table_text(contest_view_status(row->status));
    for (size_t i = 0; i < view->rules->round_count; i++)
        cell = fill_round(cell, table, view, row, &row->rounds[i]);
    *cell++ = table_number(row->total);
    *cell = table_text(contest_view_tie(arena, view, row->tie_key));
}

struct error *contest_people_fill(
    struct table *table, struct arena *arena, const struct contest_view *view)
{
    table_init(table, arena, count_columns(view));
    TRY(add_columns(table, view));
    for (size_t i = 0; i < view->standings.row_count; i++)
        fill_row(table, view, &view->standings.rows[i]);
    return NULL;
}

/* ---- Streets ---- */

static void fill_branch(
    struct table *table, const struct contest_view *view,
    const struct standings_branch *branch)
{
    struct arena *arena = table->arena;
    struct table_cell *cell = table_row(table);

    *cell++ = table_number(branch->rank);
    *cell++ = table_text(contest_view_branch(view, branch->branch));
    *cell++ = table_integer(arena, (int64_t)branch->registered);
    *cell++ = table_integer(arena, (int64_t)branch->present);
    *cell++ = table_integer(arena, (int64_t)branch->absent);
    *cell++ = table_integer(arena, (int64_t)branch->pending);
    *cell++ = table_number(branch->mean_registered);
    *cell = table_number(branch->mean_present);
}

void contest_people_branches(
    struct table *table, struct arena *arena, const struct contest_view *view)
{
    table_init(table, arena, BRANCH_COLUMNS);
    table_column(table, contest_view_rank_title(view), 9);
    table_column(table, "街道", 18);
    table_column(table, "应参", 8);
    table_column(table, "实参", 8);
    table_column(table, "缺考（弃权）", 14);
    table_column(table, "未完成", 8);
    table_column(table, "应参平均分", 13);
    table_column(table, "实参平均分", 13);
    for (size_t i = 0; i < view->standings.branch_count; i++)
        fill_branch(table, view, &view->standings.branches[i]);
}
