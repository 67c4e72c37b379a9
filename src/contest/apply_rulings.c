/* apply_rulings.c - events that take somebody out of the ranking and back, and what the
 * chief judge decides about sheets. */
#include "contest/apply.h"

enum { LONGEST_REASON = 1000 };

/* ---- Out of the ranking, and back ---- */

/* The body of all four; `reason` only where it is asked for. */
static struct error *
read_person(struct applying *applying, const char **reason, size_t *contestant)
{
    int64_t id;

    if (reason)
        BODY(
            applying, {"contestant", INPUT_INT, false, &id, 1, INT64_MAX},
            {"reason", INPUT_TEXT, false, reason, 1, LONGEST_REASON});
    else
        BODY(applying, {"contestant", INPUT_INT, false, &id, 1, INT64_MAX});
    *contestant = contest_find_contestant(applying->state, id);
    if (*contestant == CONTEST_NONE)
        return apply_impossible(applying, "没有这位选手");
    return NULL;
}

struct error *apply_aborted(struct applying *applying)
{
    const char *reason;
    size_t index = 0;

    TRY(read_person(applying, &reason, &index));
    struct contest_contestant *contestant = &applying->state->contestants[index];
    if (contest_is_out(contestant))
        return apply_impossible(applying, "已经弃权、中止或取消资格");
    contestant->aborted = arena_copy(applying->state->arena, reason);
    return NULL;
}

struct error *apply_continued(struct applying *applying)
{
    size_t index = 0;

    TRY(read_person(applying, NULL, &index));
    if (!applying->state->contestants[index].aborted)
        return apply_impossible(applying, "没有中止");
    applying->state->contestants[index].aborted = NULL;
    return NULL;
}

struct error *apply_disqualified(struct applying *applying)
{
    const char *reason;
    size_t index = 0;

    TRY(read_person(applying, &reason, &index));
    struct contest_contestant *contestant = &applying->state->contestants[index];
    if (contestant->disqualified)
        return apply_impossible(applying, "已经取消资格");
    contestant->disqualified = arena_copy(applying->state->arena, reason);
    return NULL;
}

struct error *apply_reinstated(struct applying *applying)
{
    const char *reason;
    size_t index = 0;

    TRY(read_person(applying, &reason, &index));
    if (!applying->state->contestants[index].disqualified)
        return apply_impossible(applying, "没有取消资格");
    applying->state->contestants[index].disqualified = NULL;
    return NULL;
}

/* ---- Corrections ---- */

struct error *apply_correction_asked(struct applying *applying)
{
    struct contest_state *state = applying->state;
    struct contest_place place;
    int64_t id;
    const char *round;
    const char *reason;

    BODY(
        applying, {"contestant", INPUT_INT, false, &id, 1, INT64_MAX},
        {"round", INPUT_TEXT, false, &round, 0, 0},
        {"reason", INPUT_TEXT, false, &reason, 1, LONGEST_REASON});
    TRY(apply_find_place(applying, id, round, RULES_JUDGED, &place));
    size_t judge = contest_find_judge(state, applying->event->actor);
    struct contest_sheet *sheets = apply_entry(state, place)->sheets;
    if (judge == CONTEST_NONE || !sheets || !sheets[judge].submitted ||
        sheets[judge].reopening != CONTEST_SETTLED)
        return apply_impossible(applying, "没有交过评分表，或已经申请更正");
    sheets[judge].reopening = CONTEST_ASKED;
    sheets[judge].reopening_reason = arena_copy(state->arena, reason);
    return NULL;
}

void apply_reopen(
    struct contest_state *state, struct contest_place place, size_t judge,
    const char *reason)
{
    struct contest_sheet *sheet = &apply_entry(state, place)->sheets[judge];
    size_t criteria = state->rules->rounds[place.round].criterion_count;

    sheet->reopening = CONTEST_REOPENED;
    if (reason)
        sheet->reopening_reason = arena_copy(state->arena, reason);
    sheet->draft = arena_alloc(state->arena, criteria * sizeof *sheet->draft);
    for (size_t i = 0; i < criteria; i++)
        sheet->draft[i] = sheet->marks[i];
}

/* The body of granted and refused: a judge's sheet that is handed in. */
static struct error *
find_sheet(struct applying *applying, struct contest_place *place, size_t *judge)
{
    struct contest_state *state = applying->state;
    int64_t id;
    int64_t number;
    const char *round;
    const char *reason;

    BODY(
        applying, {"contestant", INPUT_INT, false, &id, 1, INT64_MAX},
        {"round", INPUT_TEXT, false, &round, 0, 0},
        {"judge", INPUT_INT, false, &number, 1, INT64_MAX},
        {"reason", INPUT_TEXT, false, &reason, 1, LONGEST_REASON});
    TRY(apply_find_place(applying, id, round, RULES_JUDGED, place));
    *judge = contest_find_judge_number(state, number);
    if (*judge == CONTEST_NONE)
        return apply_impossible(applying, "没有这位评委");
    const struct contest_sheet *sheets = apply_entry(state, *place)->sheets;
    if (!sheets || !sheets[*judge].submitted)
        return apply_impossible(applying, "这位评委没有交过评分表");
    return NULL;
}

struct error *apply_correction_granted(struct applying *applying)
{
    struct contest_place place;
    size_t judge = 0;

    TRY(find_sheet(applying, &place, &judge));
    if (apply_entry(applying->state, place)->sheets[judge].reopening != CONTEST_ASKED)
        return apply_impossible(applying, "没有待批准的更正");
    apply_reopen(applying->state, place, judge, NULL);
    return NULL;
}

struct error *apply_correction_refused(struct applying *applying)
{
    struct contest_place place;
    size_t judge = 0;

    TRY(find_sheet(applying, &place, &judge));
    struct contest_sheet *sheet = &apply_entry(applying->state, place)->sheets[judge];
    if (sheet->reopening == CONTEST_SETTLED)
        return apply_impossible(applying, "没有申请更正");
    sheet->reopening = CONTEST_SETTLED;
    sheet->draft = NULL;
    return NULL;
}

/* ---- Lots and play-offs ---- */

/* Gives each the place in the order; `lot` or the play-off's. */
static struct error *take_order(struct applying *applying, bool lot)
{
    struct contest_state *state = applying->state;
    const char *reason;
    json_t *order;

    BODY(
        applying, {"order", INPUT_ARRAY, false, &order, 2, CONTEST_CONTESTANTS},
        {"reason", INPUT_TEXT, false, &reason, 1, LONGEST_REASON});
    for (size_t i = 0; i < json_array_size(order); i++) {
        size_t index = contest_find_contestant(
            state, json_integer_value(json_array_get(order, i)));
        if (index == CONTEST_NONE)
            return apply_impossible(applying, "没有这位选手");
        for (size_t j = 0; j < i; j++)
            if (json_equal(json_array_get(order, i), json_array_get(order, j)))
                return apply_impossible(applying, "选手重复");
        struct contest_contestant *contestant = &state->contestants[index];
        *(lot ? &contestant->lot : &contestant->playoff) = i + 1;
    }
    return NULL;
}

struct error *apply_lot_drawn(struct applying *applying)
{
    return take_order(applying, true);
}

struct error *apply_playoff(struct applying *applying)
{
    return take_order(applying, false);
}
