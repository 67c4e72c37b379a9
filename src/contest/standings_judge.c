/* standings_judge.c - one contestant in one judged round: the sheets, what is dropped
 * of them, the score. */
#include "contest/standings.h"

/* The marks of one panel: totals of the sheets, or the marks in one criterion. */
static void fill_panel(
    const struct standings_round *round, size_t criterion, struct panel_mark *marks)
{
    for (size_t i = 0; i < round->mark_count; i++) {
        const struct contest_sheet *sheet = round->marks[i].sheet;
        marks[i] = (struct panel_mark){0};
        if (!sheet || !sheet->submitted)
            continue;
        marks[i].present = true;
        marks[i].units =
            criterion == CONTEST_NONE ? sheet->total : sheet->marks[criterion];
    }
}

static void note_dropped(
    const struct panel_result *panel, enum standings_drop drop,
    enum standings_drop *drops)
{
    for (size_t i = 0; i < panel->dropped_count; i++)
        drops[panel->dropped[i]] = drop;
}

/* The panel's rule for as many judges as marked; judges whose mark is imputed count. */
static struct panel_rule rule_of(const struct standings_round *round)
{
    struct panel_rule rule = round->rule->panel;
    bool imputed = rule.missing == PANEL_IMPUTE;
    struct rules_drops drops =
        rules_drops_for(round->rule, imputed ? round->mark_count : round->sheet_count);

    rule.drop_low = drops.drop_low;
    rule.drop_high = drops.drop_high;
    return rule;
}

/* Which marks were dropped as the highest: those that are dropped when only the highest
 * are. So the order among equal marks is the panel's own business. */
static struct error *find_drops(
    struct arena *arena, const struct panel_rule *rule, const struct panel_mark *marks,
    size_t count, enum standings_drop *drops)
{
    struct panel_rule only_high = *rule;
    struct panel_result all;
    struct panel_result high;

    only_high.drop_low = 0;
    TRY(panel_compute(arena, rule, marks, count, RULES_PLACES, &all));
    TRY(panel_compute(arena, &only_high, marks, count, RULES_PLACES, &high));
    note_dropped(&all, STANDINGS_DROPPED_LOW, drops);
    note_dropped(&high, STANDINGS_DROPPED_HIGH, drops);
    return NULL;
}

static struct error *judge_totals(
    struct arena *arena, struct standings_round *round, struct panel_mark *marks,
    bool *waiting, struct rational *exact)
{
    size_t count = round->mark_count;
    enum standings_drop *drops = arena_alloc(arena, (count + 1) * sizeof *drops);
    const struct panel_rule rule = rule_of(round);
    struct panel_result panel;

    fill_panel(round, CONTEST_NONE, marks);
    TRY(panel_compute(arena, &rule, marks, count, RULES_PLACES, &panel));
    *waiting = panel.waiting;
    if (*waiting)
        return NULL;
    *exact = panel.exact;
    TRY(find_drops(arena, &rule, marks, count, drops));
    for (size_t i = 0; i < count; i++)
        round->marks[i].dropped = drops[i];
    return NULL;
}

/* Extremes are dropped in each criterion; the exact results are added and rounded once,
 * by the caller. */
static struct error *judge_criteria(
    struct arena *arena, struct standings_round *round, struct panel_mark *marks,
    bool *waiting, struct rational *exact)
{
    const struct panel_rule rule = rule_of(round);
    size_t criteria = round->rule->criterion_count;
    size_t count = round->mark_count;
    enum standings_drop *drops = arena_alloc(arena, (count + 1) * sizeof *drops);

    *exact = (struct rational){0, 1};
    for (size_t i = 0; i < count; i++)
        round->marks[i].criteria = arena_alloc(arena, criteria * sizeof *drops);
    for (size_t c = 0; c < criteria; c++) {
        struct panel_result panel;
        fill_panel(round, c, marks);
        TRY(panel_compute(arena, &rule, marks, count, RULES_PLACES, &panel));
        *waiting = panel.waiting;
        if (*waiting)
            return NULL;
        TRY(rational_add(arena, *exact, panel.exact, exact));
        for (size_t i = 0; i < count; i++)
            drops[i] = STANDINGS_KEPT;
        TRY(find_drops(arena, &rule, marks, count, drops));
        for (size_t i = 0; i < count; i++)
            round->marks[i].criteria[c] = drops[i];
    }
    return NULL;
}

/* The panel's score is rounded, deductions go off it, and it never falls below 0. */
static struct error *
settle(struct arena *arena, struct rational exact, struct standings_round *round)
{
    const struct rational_rounding rounding = round->rule->panel.rounding;
    struct rational score;
    int64_t units;

    TRY(rational_round(arena, exact, rounding, &units));
    round->panel = decimal_text(arena, units, rounding.dp);
    TRY(rational_subtract(
        arena, rational_scaled(units, rounding.dp),
        rational_scaled(round->entry->deducted + round->timed, RULES_PLACES), &score));
    if (score.numerator < 0)
        score = (struct rational){0, 1};
    TRY(rational_round(arena, score, rounding, &units));
    round->value = rational_scaled(units, rounding.dp);
    round->score = decimal_text(arena, units, rounding.dp);
    return NULL;
}

static void seat_judges(
    struct arena *arena, const struct contest_state *state, struct contest_place place,
    struct standings_round *round)
{
    const struct contest_sheet *sheets = round->entry->sheets;

    round->marks = arena_alloc(arena, (state->judge_count + 1) * sizeof *round->marks);
    for (size_t i = 0; i < state->judge_count; i++) {
        if (contest_is_recused(state, i, place.contestant))
            continue;
        struct standings_mark *mark = &round->marks[round->mark_count++];
        mark->judge = &state->judges[i];
        mark->sheet = sheets ? &sheets[i] : NULL;
        round->sheet_count += sheets && sheets[i].submitted;
    }
}

/* The most a round can give: with the sum of the marks kept, so many full marks. */
static struct rational full_of(const struct standings_round *round)
{
    const struct panel_rule *panel = &round->rule->panel;
    int64_t kept = 1;

    if (panel->mode == PANEL_SUM)
        kept = (int64_t)round->mark_count - panel->drop_low - panel->drop_high;
    return rational_scaled(round->rule->full * (kept > 1 ? kept : 1), RULES_PLACES);
}

struct error *standings_judge(
    struct arena *arena, const struct contest_state *state, struct contest_place place,
    struct standings_round *result)
{
    struct rational exact = {0, 1};
    bool waiting = false;

    *result = (struct standings_round){
        .rule = &state->rules->rounds[place.round],
        .entry = &state->contestants[place.contestant].entries[place.round],
        .value = {0, 1},
    };
    seat_judges(arena, state, place, result);
    result->timed = timing_deduction(&result->rule->time, &result->entry->timing);
    result->full = full_of(result);
    struct panel_mark *marks =
        arena_alloc(arena, (result->mark_count + 1) * sizeof *marks);
    if (result->rule->trim == RULES_TRIM_TOTAL)
        TRY(judge_totals(arena, result, marks, &waiting, &exact));
    else
        TRY(judge_criteria(arena, result, marks, &waiting, &exact));
    return waiting ? NULL : settle(arena, exact, result);
}
