#include "contest/scoring.h"

#include <string.h>

#include "base/input.h"
#include "contest/record.h"

/* ---- Points ---- */

static struct error *
invalid(struct arena *arena, const char *criterion, const char *text)
{
    return error_make(
        arena, ERROR_INVALID, "mark_invalid",
        "“%s”的打分“%s”无法识别：请用半角数字，如 25.5。",
        rules_excerpt(arena, criterion), rules_excerpt(arena, text));
}

/* The value as it stands in the chain: "25.50" and "25.5" are the same mark. */
static struct error *read_value(
    struct arena *arena, const char *criterion, const char *text, int64_t *points)
{
    return decimal_parse(arena, text, rules_points, points)
               ? invalid(arena, criterion, text)
               : NULL;
}

static struct error *check_scale(
    struct arena *arena, const struct rules_criterion *criterion, int64_t points)
{
    if (points > criterion->maximum)
        return error_make(
            arena, ERROR_INVALID, "mark_off_scale", "“%s”应在 0 到 %s 分之间。",
            criterion->title, decimal_short(arena, criterion->maximum, RULES_PLACES));
    if (!contest_is_on_step(criterion, points))
        return error_make(
            arena, ERROR_INVALID, "mark_off_step", "“%s”应以 %s 分为一档。",
            criterion->title, decimal_short(arena, criterion->step, RULES_PLACES));
    return NULL;
}

/* ---- What a device sent before ---- */

/* The round in the event that this device sent under this number; NULL: it sent none.
 * A repeat is compared with what was recorded then, whatever happened since. */
static struct error *
find_sent(struct db *db, const struct scoring *scoring, const char **round)
{
    static const char sql[] = "SELECT body FROM event WHERE subject = $1 "
                              "AND device = $2 AND device_number = $3";
    SCOPED_ROWS rows = db_query(
        db, sql, TEXT(journal_subject(db_arena(db), scoring->contest)),
        TEXT(scoring->device), INT(scoring->device_number));

    *round = NULL;
    if (rows_next(&rows)) {
        const char *text = rows_text(&rows, 0);
        json_t *body;
        TRY(input_parse(db_arena(db), text, strlen(text), &body));
        const char *sent = json_string_value(json_object_get(body, "round"));
        *round = sent ? sent : "";
    }
    return rows_error(&rows);
}

/* ---- May this judge mark this contestant now? ---- */

static struct error *not_yours(struct arena *arena)
{
    return error_new(
        arena, ERROR_NOT_FOUND, "not_your_contestant",
        "这位选手还没有上台，或您须回避，不能打分。");
}

static struct error *find_judge(
    struct arena *arena, const struct contest_state *state, int64_t person,
    size_t *judge)
{
    *judge = contest_find_judge(state, person);
    if (*judge == CONTEST_NONE)
        return error_new(
            arena, ERROR_FORBIDDEN, "not_on_panel", "您不是本场比赛的评委。");
    return NULL;
}

/* Whose sheet about whom in which round, as indexes. */
struct seat {
    size_t judge;
    struct contest_place place;
};

/* `round` NULL: the one the contestant was called in last. */
static struct error *find_seat(
    struct arena *arena, const struct contest_state *state, int64_t person,
    int64_t contestant, const char *round, struct seat *seat)
{
    TRY(find_judge(arena, state, person, &seat->judge));
    size_t index = contest_find_contestant(state, contestant);
    if (index == CONTEST_NONE || contest_is_recused(state, seat->judge, index))
        return not_yours(arena);
    size_t called = contest_called_round(state, index);
    if (round)
        called = rules_find_round(state->rules, round);
    if (round && called == state->rules->round_count)
        return error_new(
            arena, ERROR_NOT_FOUND, "round_unknown", "本场比赛没有这一轮。");
    if (called == CONTEST_NONE || !state->contestants[index].entries[called].sheets)
        return not_yours(arena);
    seat->place = (struct contest_place){index, called};
    return NULL;
}

/* *round: the index of the round that is meant. */
static struct error *permit(
    struct arena *arena, const struct contest_state *state,
    const struct scoring *scoring, size_t *round)
{
    struct seat seat;

    TRY(find_seat(
        arena, state, scoring->judge, scoring->contestant, scoring->round, &seat));
    size_t called = seat.place.round;
    const struct contest_contestant *who = &state->contestants[seat.place.contestant];
    const struct contest_entry *entry = &who->entries[called];
    const struct contest_sheet *sheet = &entry->sheets[seat.judge];
    *round = called;
    if (sheet->reopening == CONTEST_REOPENED && state->phase != CONTEST_FINISHED)
        return NULL;
    if (sheet->submitted)
        return error_new(
            arena, ERROR_CONFLICT, "sheet_submitted",
            "您对这位选手的评分表已经提交，不能再改。");
    if (who->absent || entry->stage != CONTEST_OPEN || state->phase == CONTEST_FINISHED)
        return error_new(
            arena, ERROR_CONFLICT, "scoring_closed", "这位选手的评分已经结束。");
    return NULL;
}

static struct error *
append(struct db *db, struct scoring *scoring, const char *kind, json_t *body)
{
    scoring->event = (struct chain_event){
        .at = scoring->at,
        .actor = scoring->judge,
        .role = "judge",
        .device = scoring->device,
        .device_number = scoring->device_number,
        .kind = kind,
        .body = record_body(db_arena(db), body),
    };
    return record_append(db, scoring->contest, &scoring->event);
}

/* ---- One mark ---- */

static struct error *check_mark(
    struct db *db, const struct scoring *scoring, int64_t points, const char **round_id)
{
    struct arena *arena = db_arena(db);
    const struct contest_state *state;
    size_t called = 0;

    TRY(journal_state(scoring->journal, db, scoring->contest, &state));
    TRY(permit(arena, state, scoring, &called));
    const struct rules_round *round = &state->rules->rounds[called];
    size_t criterion = rules_find_criterion(round, scoring->criterion);
    if (criterion == round->criterion_count)
        return error_make(
            arena, ERROR_INVALID, "mark_invalid", "没有“%s”这个评分项。",
            rules_excerpt(arena, scoring->criterion));
    *round_id = round->id;
    return check_scale(arena, &round->criteria[criterion], points);
}

struct error *scoring_mark(struct db *db, void *context)
{
    struct scoring *scoring = context;
    struct arena *arena = db_arena(db);
    const char *round;
    int64_t points;

    TRY(read_value(arena, scoring->criterion, scoring->value, &points));
    TRY(find_sent(db, scoring, &round));
    if (!round)
        TRY(check_mark(db, scoring, points, &round));
    return append(
        db, scoring, "mark",
        json_pack(
            "{s:I, s:s, s:s, s:s}", "contestant", (json_int_t)scoring->contestant,
            "round", round, "criterion", scoring->criterion, "value",
            decimal_short(arena, points, RULES_PLACES)));
}

/* ---- The sheet ---- */

/* The marks with each value in its short form, and their sum. */
static struct error *
read_marks(struct arena *arena, json_t *marks, json_t **clean, int64_t *total)
{
    const char *criterion;
    json_t *mark;

    *clean = record_body(arena, json_object());
    *total = 0;
    json_object_foreach(marks, criterion, mark)
    {
        int64_t points;
        if (!json_is_string(mark))
            return invalid(arena, criterion, "…");
        TRY(read_value(arena, criterion, json_string_value(mark), &points));
        (void)json_object_set_new(
            *clean, criterion, json_string(decimal_short(arena, points, RULES_PLACES)));
        *total += points;
    }
    return NULL;
}

static struct error *
check_marks(struct arena *arena, const struct rules_round *round, json_t *marks)
{
    for (size_t i = 0; i < round->criterion_count; i++) {
        const struct rules_criterion *criterion = &round->criteria[i];
        const char *text = json_string_value(json_object_get(marks, criterion->id));
        int64_t points;
        if (!text)
            return error_make(
                arena, ERROR_INVALID, "mark_invalid", "“%s”还没有打分。",
                criterion->title);
        TRY(read_value(arena, criterion->id, text, &points));
        TRY(check_scale(arena, criterion, points));
    }
    if (json_object_size(marks) != round->criterion_count)
        return error_new(
            arena, ERROR_INVALID, "mark_invalid", "评分表里有规则中没有的评分项。");
    return NULL;
}

static struct error *check_sheet(
    struct db *db, const struct scoring *scoring, json_t *marks, const char **round_id)
{
    const struct contest_state *state;
    size_t called = 0;

    TRY(journal_state(scoring->journal, db, scoring->contest, &state));
    TRY(permit(db_arena(db), state, scoring, &called));
    const struct rules_round *round = &state->rules->rounds[called];
    *round_id = round->id;
    return check_marks(db_arena(db), round, marks);
}

struct error *scoring_sheet(struct db *db, void *context)
{
    struct scoring *scoring = context;
    struct arena *arena = db_arena(db);
    const char *round;
    json_t *marks;
    int64_t total;

    if (json_object_size(scoring->marks) > RULES_CRITERIA)
        return error_new(
            arena, ERROR_INVALID, "mark_invalid", "评分表里有规则中没有的评分项。");
    TRY(read_marks(arena, scoring->marks, &marks, &total));
    TRY(find_sent(db, scoring, &round));
    if (!round)
        TRY(check_sheet(db, scoring, marks, &round));
    scoring->total = rules_points_text(arena, total);
    return append(
        db, scoring, "sheet",
        json_pack(
            "{s:I, s:s, s:O, s:s}", "contestant", (json_int_t)scoring->contestant,
            "round", round, "marks", marks, "total", scoring->total));
}

/* ---- Corrections ---- */

static struct error *
check_correction(struct arena *arena, const struct contest_sheet *sheet)
{
    if (!sheet->submitted)
        return error_new(
            arena, ERROR_CONFLICT, "sheet_missing",
            "您还没有提交这位选手的评分表，可以直接修改。");
    if (sheet->reopening != CONTEST_SETTLED)
        return error_new(
            arena, ERROR_CONFLICT, "correction_pending",
            "这张评分表的更正已经提出，请等待裁判长处理。");
    return NULL;
}

struct error *scoring_ask_correction(struct db *db, void *context)
{
    struct scoring_correction *correction = context;
    struct arena *arena = db_arena(db);
    const struct contest_state *state;
    struct seat seat;

    TRY(journal_state(correction->journal, db, correction->contest, &state));
    TRY(find_seat(
        arena, state, correction->judge, correction->contestant, correction->round,
        &seat));
    if (state->phase == CONTEST_FINISHED)
        return record_refuse(arena, "比赛已经结束，不能再更正。");
    TRY(check_correction(
        arena, &state->contestants[seat.place.contestant]
                    .entries[seat.place.round]
                    .sheets[seat.judge]));
    TRY(record_check_reason(arena, correction->reason));
    correction->event = (struct chain_event){
        .at = correction->at,
        .actor = correction->judge,
        .role = "judge",
        .kind = "correction_asked",
        .body = record_body(
            arena,
            json_pack(
                "{s:I, s:s, s:s}", "contestant", (json_int_t)correction->contestant,
                "round", state->rules->rounds[seat.place.round].id, "reason",
                correction->reason)),
    };
    return record_append(db, correction->contest, &correction->event);
}
