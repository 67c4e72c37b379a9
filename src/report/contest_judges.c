#include "report/contest_judges.h"

enum { COLUMNS = 8 };

static const struct rational_rounding mean_rounding = {2, RATIONAL_HALF_UP};
static const struct rational_rounding severity_rounding = {4, RATIONAL_HALF_UP};

/* One judge in one round. */
struct tally {
    int64_t sheets;
    int64_t compared; /* sheets beside which others stand */
    int64_t total;    /* 1/1000 point */
    int64_t high;     /* dropped as the highest */
    int64_t low;
    struct rational difference; /* sum over contestants, 1/1000 point */
};

static bool is_submitted(const struct standings_mark *mark)
{
    return mark->sheet && mark->sheet->submitted;
}

/* Her total less the mean of the others' on the same contestant. */
static struct error *add_difference(
    struct arena *arena, const struct standings_round *round,
    const struct standings_mark *own, struct tally *tally)
{
    __int128 sum = 0;
    int64_t others = 0;
    struct rational mean;

    for (size_t i = 0; i < round->mark_count; i++) {
        const struct standings_mark *mark = &round->marks[i];
        if (mark == own || !is_submitted(mark))
            continue;
        sum += mark->sheet->total;
        others++;
    }
    if (!others)
        return NULL;
    TRY(rational_make(
        arena, own->sheet->total * (__int128)others - sum, others, &mean));
    tally->compared++;
    return rational_add(arena, tally->difference, mean, &tally->difference);
}

static struct error *add_round(
    struct arena *arena, const struct standings_round *round, size_t judge,
    const struct contest_state *state, struct tally *tally)
{
    for (size_t i = 0; i < round->mark_count; i++) {
        const struct standings_mark *mark = &round->marks[i];
        if (mark->judge != &state->judges[judge] || !is_submitted(mark))
            continue;
        tally->sheets++;
        tally->total += mark->sheet->total;
        tally->high += mark->dropped == STANDINGS_DROPPED_HIGH;
        tally->low += mark->dropped == STANDINGS_DROPPED_LOW;
        TRY(add_difference(arena, round, mark, tally));
    }
    return NULL;
}

static struct error *fill_row(
    struct table *table, const struct contest_view *view, size_t round, size_t judge,
    const struct tally *tally)
{
    struct arena *arena = table->arena;
    const struct contest_judge *who = &view->state->judges[judge];
    struct table_cell *cell = table_row(table);
    struct rational value;
    const char *text;

    cell[0] = table_text(view->rules->rounds[round].title);
    cell[1] = table_integer(arena, who->number);
    cell[2] = table_text(roster_judge(view->roster, who->person)->name);
    cell[3] = table_integer(arena, tally->sheets);
    if (!tally->sheets)
        return NULL;
    TRY(rational_make(
        arena, tally->total, (__int128)tally->sheets * decimal_power(RULES_PLACES),
        &value));
    TRY(rational_text(arena, value, mean_rounding, &text));
    cell[4] = table_number(text);
    cell[6] = table_integer(arena, tally->high);
    cell[7] = table_integer(arena, tally->low);
    if (tally->compared < CONTEST_JUDGES_FEWEST) {
        cell[5] = table_text("评分表太少");
        return NULL;
    }
    TRY(rational_divide(
        arena, tally->difference,
        rational_scaled(tally->compared * decimal_power(RULES_PLACES), 0), &value));
    TRY(rational_text(arena, value, severity_rounding, &text));
    cell[5] = table_number(text);
    return NULL;
}

static struct error *fill_judge(
    struct table *table, const struct contest_view *view, size_t round, size_t judge)
{
    struct tally tally = {.difference = rational_scaled(0, 0)};

    for (size_t i = 0; i < view->standings.row_count; i++)
        TRY(add_round(
            table->arena, &view->standings.rows[i].rounds[round], judge, view->state,
            &tally));
    return fill_row(table, view, round, judge, &tally);
}

struct error *contest_judges_fill(
    struct table *table, struct arena *arena, const struct contest_view *view)
{
    table_init(table, arena, COLUMNS);
    table_column(table, "环节", 14);
    table_column(table, "评委号", 8);
    table_column(table, "评委", 14);
    table_column(table, "评分表", 9);
    table_column(table, "平均给分", 11);
    table_column(table, "比其他评委高（+）低（−）", 24);
    table_column(table, "作为最高分去掉", 16);
    table_column(table, "作为最低分去掉", 16);
    for (size_t r = 0; r < view->rules->round_count; r++)
        for (size_t j = 0; view->rules->rounds[r].kind == RULES_JUDGED &&
                           j < view->state->judge_count;
             j++)
            TRY(fill_judge(table, view, r, j));
    return NULL;
}
