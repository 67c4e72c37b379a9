/* apply_scores.c - events that carry points. */
#include <string.h>

#include "contest/apply.h"

static struct error *
apply_points(struct applying *applying, const char *text, int64_t *points)
{
    return apply_in_event(
        applying, decimal_parse(applying->arena, text, rules_points, points));
}

/* The judge who acts may still mark this contestant; *judge: her index. */
static struct error *
find_judge(struct applying *applying, struct contest_place place, size_t *judge)
{
    struct contest_state *state = applying->state;
    struct contest_entry *entry = apply_entry(state, place);

    *judge = contest_find_judge(state, applying->event->actor);
    if (*judge == CONTEST_NONE || contest_is_recused(state, *judge, place.contestant))
        return apply_impossible(applying, "此人不是这位选手的评委");
    const struct contest_sheet *sheet = entry->sheets ? &entry->sheets[*judge] : NULL;
    bool fresh = sheet && entry->stage == CONTEST_OPEN && !sheet->submitted;
    if (!fresh && (!sheet || sheet->reopening != CONTEST_REOPENED))
        return apply_impossible(applying, "评分没有开放，或评分表已经提交");
    return NULL;
}

static struct error *take_mark(
    struct applying *applying, const struct rules_criterion *criterion,
    const char *text, int64_t *mark)
{
    int64_t value;

    TRY(apply_points(applying, text, &value));
    if (!contest_is_on_step(criterion, value))
        return apply_impossible(applying, "分值不在评分档上");
    *mark = value;
    return NULL;
}

struct error *apply_mark(struct applying *applying)
{
    struct contest_place place;
    size_t judge = 0;
    int64_t id;
    const char *round;
    const char *criterion;
    const char *value;

    BODY(
        applying, {"contestant", INPUT_INT, false, &id, 1, INT64_MAX},
        {"round", INPUT_TEXT, false, &round, 0, 0},
        {"criterion", INPUT_TEXT, false, &criterion, 0, 0},
        {"value", INPUT_TEXT, false, &value, 0, 0});
    TRY(apply_find_place(applying, id, round, RULES_JUDGED, &place));
    TRY(find_judge(applying, place, &judge));
    struct contest_sheet *sheet = &apply_entry(applying->state, place)->sheets[judge];
    const struct rules_round *rule = &applying->state->rules->rounds[place.round];
    size_t index = rules_find_criterion(rule, criterion);
    if (index == rule->criterion_count)
        return apply_impossible(applying, "没有这个评分项");
    int64_t *marks = sheet->draft ? sheet->draft : sheet->marks;
    return take_mark(applying, &rule->criteria[index], value, &marks[index]);
}

static struct error *take_marks(
    struct applying *applying, const struct rules_round *rule, json_t *marks,
    struct contest_sheet *sheet)
{
    if (json_object_size(marks) != rule->criterion_count)
        return apply_impossible(applying, "评分项不齐");
    sheet->total = 0;
    for (size_t i = 0; i < rule->criterion_count; i++) {
        const char *text =
            json_string_value(json_object_get(marks, rule->criteria[i].id));
        if (!text)
            return apply_impossible(applying, "评分项不齐");
        TRY(take_mark(applying, &rule->criteria[i], text, &sheet->marks[i]));
        sheet->total += sheet->marks[i];
    }
    return NULL;
}

/* Moves what the sheet says into its history, and gives it room for new marks. */
static void set_aside(
    struct contest_state *state, const struct rules_round *rule,
    struct contest_sheet *sheet)
{
    struct contest_sheet *earlier = arena_alloc(state->arena, sizeof *earlier);

    *earlier = *sheet;
    earlier->reopening = CONTEST_SETTLED;
    earlier->draft = NULL;
    *sheet = (struct contest_sheet){
        .marks =
            arena_alloc(state->arena, rule->criterion_count * sizeof *sheet->marks),
        .earlier = earlier,
    };
}

struct error *apply_sheet(struct applying *applying)
{
    struct contest_place place;
    size_t judge = 0;
    int64_t id;
    int64_t total;
    const char *round;
    const char *text;
    json_t *marks;

    BODY(
        applying, {"contestant", INPUT_INT, false, &id, 1, INT64_MAX},
        {"round", INPUT_TEXT, false, &round, 0, 0},
        {"marks", INPUT_OBJECT, false, &marks, 0, 0},
        {"total", INPUT_TEXT, false, &text, 0, 0});
    TRY(apply_find_place(applying, id, round, RULES_JUDGED, &place));
    TRY(find_judge(applying, place, &judge));
    struct contest_sheet *sheet = &apply_entry(applying->state, place)->sheets[judge];
    const struct rules_round *rule = &applying->state->rules->rounds[place.round];
    apply_entry(applying->state, place)->spread_accepted = NULL;
    if (sheet->submitted)
        set_aside(applying->state, rule, sheet);
    TRY(take_marks(applying, rule, marks, sheet));
    TRY(apply_points(applying, text, &total));
    if (total != sheet->total)
        return apply_impossible(applying, "合计与各项之和不符");
    sheet->submitted = true;
    sheet->at = applying->event->at;
    memcpy(sheet->hash, applying->event->hash, CONTEST_HASH);
    return NULL;
}

struct error *apply_deducted(struct applying *applying)
{
    struct contest_state *state = applying->state;
    struct decimal_limits limits = rules_points;
    struct contest_place place;
    int64_t id;
    int64_t points;
    const char *round;
    const char *text;
    const char *reason;

    BODY(
        applying, {"contestant", INPUT_INT, false, &id, 1, INT64_MAX},
        {"round", INPUT_TEXT, false, &round, 0, 0},
        {"points", INPUT_TEXT, false, &text, 0, 0},
        {"reason", INPUT_TEXT, false, &reason, 0, 0});
    TRY(apply_find_place(applying, id, round, RULES_JUDGED, &place));
    limits.negative = true;
    TRY(apply_in_event(
        applying, decimal_parse(applying->arena, text, limits, &points)));
    struct contest_entry *entry = apply_entry(state, place);
    if (entry->stage == CONTEST_WAITING || entry->deducted + points < 0 ||
        entry->deducted + points > state->rules->rounds[place.round].full)
        return apply_impossible(applying, "现在不能扣分，或扣分超出范围");

    struct contest_deduction *deduction = arena_alloc(state->arena, sizeof *deduction);
    struct contest_deduction **last = &entry->deductions;
    while (*last)
        last = &(*last)->next;
    *last = deduction;
    deduction->points = points;
    deduction->reason = arena_copy(state->arena, reason);
    entry->deducted += points;
    return NULL;
}

struct error *apply_written(struct applying *applying)
{
    struct contest_state *state = applying->state;
    struct contest_entry taken = {.written_taken = true};
    struct contest_place place;
    int64_t id;
    int64_t full;
    const char *round;
    const char *grade = NULL;
    const char *full_text;

    BODY(
        applying, {"contestant", INPUT_INT, false, &id, 1, INT64_MAX},
        {"round", INPUT_TEXT, false, &round, 0, 0},
        {"grade", INPUT_TEXT, true, &grade, 0, 0},
        {"full", INPUT_TEXT, false, &full_text, 0, 0},
        {"attempt", INPUT_INT, true, &taken.attempt, 1, INT64_MAX},
        {"receipt", INPUT_TEXT, true, &taken.receipt, 0, 0});
    TRY(apply_find_place(applying, id, round, RULES_WRITTEN, &place));
    TRY(apply_points(applying, full_text, &full));
    taken.written_present = grade != NULL;
    if (grade)
        TRY(apply_points(applying, grade, &taken.grade));
    if (full != state->rules->rounds[place.round].full || taken.grade > full)
        return apply_impossible(applying, "理论成绩与满分不符");
    if (taken.receipt)
        taken.receipt = arena_copy(state->arena, taken.receipt);
    *apply_entry(state, place) = taken;
    return NULL;
}
