#include "report/contest_marks.h"

#include "base/clock.h"
#include "store/chain.h"

enum { COLUMNS = 14 };

/* Whose mark, for whom: what the rows of one sheet have in common. */
struct sheet_place {
    const struct contest_view *view;
    const struct standings_row *row;
    const struct standings_round *round;
    const struct contest_judge *judge;
    const struct standings_mark *mark; /* NULL: recused */
};

static bool is_submitted(const struct sheet_place *place)
{
    return place->mark && place->mark->sheet && place->mark->sheet->submitted;
}

static const char *state_of(const struct sheet_place *place)
{
    if (!place->mark)
        return "回避";
    return is_submitted(place) ? "已提交" : "未提交";
}

static struct table_cell *fill_place(
    struct table_cell *cell, struct arena *arena, const struct sheet_place *place)
{
    const struct roster *roster = place->view->roster;
    const struct contest_contestant *who = place->row->contestant;
    const struct roster_person *contestant = roster_contestant(roster, who->id);
    const struct roster_person *judge = roster_judge(roster, place->judge->person);

    *cell++ = table_text(place->round->rule->title);
    if (who->position)
        *cell = table_integer(arena, (int64_t)who->position);
    cell++;
    *cell++ = table_text(contestant->staff_number);
    *cell++ = table_text(contestant->name);
    *cell++ = table_text(contestant->branch_name);
    *cell++ = table_integer(arena, place->judge->number);
    *cell++ = table_text(judge->name);
    *cell++ = table_text(state_of(place));
    return cell;
}

/* The points of a sheet, struck out where they were not counted. */
static struct table_cell
points(struct arena *arena, int64_t value, enum standings_drop dropped)
{
    struct table_cell cell = table_number(rules_points_text(arena, value));

    if (dropped != STANDINGS_KEPT)
        cell.kind = TABLE_DROPPED;
    return cell;
}

static void fill_criterion(
    struct table_cell *cell, struct arena *arena, const struct sheet_place *place,
    size_t criterion)
{
    const struct rules_criterion *rule = &place->round->rule->criteria[criterion];

    *cell++ = table_text(rule->title);
    *cell++ = table_number(rules_points_text(arena, rule->maximum));
    if (!is_submitted(place))
        return;
    const struct contest_sheet *sheet = place->mark->sheet;
    *cell++ = points(
        arena, sheet->marks[criterion],
        place->mark->criteria ? place->mark->criteria[criterion] : STANDINGS_KEPT);
    *cell++ = points(arena, sheet->total, place->mark->dropped);
    *cell++ = table_text(clock_beijing(arena, sheet->at));
    *cell = table_text(chain_receipt(arena, sheet->hash));
}

static const struct standings_mark *
mark_of(const struct standings_round *round, const struct contest_judge *judge)
{
    for (size_t i = 0; i < round->mark_count; i++)
        if (round->marks[i].judge == judge)
            return &round->marks[i];
    return NULL;
}

static void fill_round(
    struct table *table, const struct contest_view *view,
    const struct standings_row *row, const struct standings_round *round)
{
    for (size_t j = 0; j < view->state->judge_count; j++) {
        const struct contest_judge *judge = &view->state->judges[j];
        struct sheet_place place = {view, row, round, judge, mark_of(round, judge)};
        for (size_t c = 0; c < round->rule->criterion_count; c++) {
            struct table_cell *cell =
                fill_place(table_row(table), table->arena, &place);
            fill_criterion(cell, table->arena, &place, c);
        }
    }
}

static void add_columns(struct table *table)
{
    table_column(table, "环节", 12);
    table_column(table, "出场序号", 9);
    table_column(table, "选手工号", 10);
    table_column(table, "选手", 16);
    table_column(table, "街道", 16);
    table_column(table, "评委号", 8);
    table_column(table, "评委", 14);
    table_column(table, "评分表", 9);
    table_column(table, "评分项", 14);
    table_column(table, "上限", 8);
    table_column(table, "评分", 12);
    table_column(table, "评分表合计", 12);
    table_column(table, "提交时间（北京时间）", 20);
    table_column(table, "回执", 11);
}

void contest_marks_fill(
    struct table *table, struct arena *arena, const struct contest_view *view)
{
    table_init(table, arena, COLUMNS);
    add_columns(table);
    for (size_t i = 0; i < view->standings.row_count; i++) {
        const struct standings_row *row = &view->standings.rows[i];
        for (size_t r = 0; r < view->rules->round_count; r++)
            if (view->rules->rounds[r].kind == RULES_JUDGED)
                fill_round(table, view, row, &row->rounds[r]);
    }
}
