/* apply_panel.c - what is decided about a panel: who does not mark, that few sheets
 * suffice, that sheets far apart stand or are handed in anew. And the timer. */
#include <string.h>

#include "contest/apply.h"

enum { LONGEST_REASON = 1000 };

/* ---- Who marks ---- */

static struct error *exclude(struct applying *applying, bool excluded)
{
    struct contest_state *state = applying->state;
    int64_t id;
    int64_t number;
    const char *reason;

    BODY(
        applying, {"contestant", INPUT_INT, false, &id, 1, INT64_MAX},
        {"judge", INPUT_INT, false, &number, 1, INT64_MAX},
        {"reason", INPUT_TEXT, false, &reason, 1, LONGEST_REASON});
    size_t index = contest_find_contestant(state, id);
    size_t judge = contest_find_judge_number(state, number);
    if (index == CONTEST_NONE || judge == CONTEST_NONE)
        return apply_impossible(applying, "没有这位选手或评委");
    struct contest_contestant *contestant = &state->contestants[index];
    if (!contestant->excluded)
        contestant->excluded = arena_alloc(
            state->arena, state->judge_count * sizeof *contestant->excluded);
    if (contestant->excluded[judge] == excluded)
        return apply_impossible(
            applying, excluded ? "这位评委已经不评" : "这位评委没有被排除");
    contestant->excluded[judge] = excluded;
    return NULL;
}

struct error *apply_judge_excluded(struct applying *applying)
{
    return exclude(applying, true);
}

struct error *apply_judge_included(struct applying *applying)
{
    return exclude(applying, false);
}

/* ---- Few sheets ---- */

struct error *apply_panel_confirmed(struct applying *applying)
{
    struct contest_state *state = applying->state;
    struct contest_place place;
    int64_t id;
    int64_t sheets;
    const char *round;
    bool chief = strcmp(applying->event->role, "chief_judge") == 0;

    BODY(
        applying, {"contestant", INPUT_INT, false, &id, 1, INT64_MAX},
        {"round", INPUT_TEXT, false, &round, 0, 0},
        {"sheets", INPUT_INT, false, &sheets, 1, CONTEST_JUDGES});
    TRY(apply_find_place(applying, id, round, RULES_JUDGED, &place));
    if (!chief && strcmp(applying->event->role, "auditor") != 0)
        return apply_impossible(applying, "须由裁判长或监督确认");
    if ((size_t)sheets != contest_count_sheets(state, place.contestant, place.round))
        return apply_impossible(applying, "评分表的张数不符");
    struct contest_entry *entry = apply_entry(state, place);
    if (chief)
        entry->confirmed_by_chief = (size_t)sheets;
    else
        entry->confirmed_by_auditor = (size_t)sheets;
    return NULL;
}

/* ---- Sheets far apart ---- */

static struct error *
reopen_each(struct applying *applying, struct contest_place place, json_t *judges)
{
    struct contest_state *state = applying->state;
    const char *reason =
        json_string_value(json_object_get(applying->event->body, "reason"));

    for (size_t i = 0; i < json_array_size(judges); i++) {
        size_t judge = contest_find_judge_number(
            state, json_integer_value(json_array_get(judges, i)));
        const struct contest_sheet *sheets = apply_entry(state, place)->sheets;
        if (judge == CONTEST_NONE || !sheets || !sheets[judge].submitted ||
            sheets[judge].reopening == CONTEST_REOPENED)
            return apply_impossible(applying, "这位评委没有可以复议的评分表");
        apply_reopen(state, place, judge, reason);
    }
    return NULL;
}

struct error *apply_reentry_asked(struct applying *applying)
{
    struct contest_place place;
    int64_t id;
    const char *round;
    const char *reason;
    json_t *judges;

    BODY(
        applying, {"contestant", INPUT_INT, false, &id, 1, INT64_MAX},
        {"round", INPUT_TEXT, false, &round, 0, 0},
        {"judges", INPUT_ARRAY, false, &judges, 1, CONTEST_JUDGES},
        {"reason", INPUT_TEXT, false, &reason, 1, LONGEST_REASON});
    TRY(apply_find_place(applying, id, round, RULES_JUDGED, &place));
    return reopen_each(applying, place, judges);
}

struct error *apply_spread_accepted(struct applying *applying)
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
    struct contest_entry *entry = apply_entry(state, place);
    if (entry->stage < CONTEST_CLOSED)
        return apply_impossible(applying, "评分还没有结束");
    entry->spread_accepted = arena_copy(state->arena, reason);
    return NULL;
}

/* ---- The timer ---- */

struct error *apply_timer(struct applying *applying)
{
    struct contest_place place;
    enum timing_action action;
    int64_t id;
    const char *round;
    const char *name;

    BODY(
        applying, {"contestant", INPUT_INT, false, &id, 1, INT64_MAX},
        {"round", INPUT_TEXT, false, &round, 0, 0},
        {"action", INPUT_TEXT, false, &name, 0, 0});
    TRY(apply_find_place(applying, id, round, RULES_JUDGED, &place));
    struct contest_entry *entry = apply_entry(applying->state, place);
    if (entry->stage == CONTEST_WAITING || !timing_action_find(name, &action) ||
        !timing_take(&entry->timing, action, applying->event->at))
        return apply_impossible(applying, "计时器现在不能这样操作");
    return NULL;
}

struct error *apply_timer_set(struct applying *applying)
{
    struct contest_state *state = applying->state;
    struct contest_place place;
    int64_t id;
    int64_t ms;
    const char *round;
    const char *reason;

    BODY(
        applying, {"contestant", INPUT_INT, false, &id, 1, INT64_MAX},
        {"round", INPUT_TEXT, false, &round, 0, 0},
        {"ms", INPUT_INT, false, &ms, 0, CONTEST_LONGEST_MS},
        {"reason", INPUT_TEXT, false, &reason, 1, LONGEST_REASON});
    TRY(apply_find_place(applying, id, round, RULES_JUDGED, &place));
    struct contest_entry *entry = apply_entry(state, place);
    if (entry->stage == CONTEST_WAITING)
        return apply_impossible(applying, "这位选手还没有上台");
    entry->timing = (struct timing){
        .stage = TIMING_STOPPED,
        .elapsed_ms = ms,
        .reason = arena_copy(state->arena, reason),
    };
    return NULL;
}
