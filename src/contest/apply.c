/* apply.c - how each kind of event changes the state of a contest. Those that carry
 * points: apply_scores.c. */
#include <inttypes.h>
#include <string.h>

#include "contest/apply.h"
#include "contest/draw.h"

static struct error *refuse(struct applying *applying, const char *sentence)
{
    return error_make(
        applying->arena, ERROR_INVALID, "event_impossible",
        "赛事记录第 %" PRId64 " 条（%s）不成立：%s", applying->event->number,
        rules_excerpt(applying->arena, applying->event->kind), sentence);
}

struct error *apply_impossible(struct applying *applying, const char *why)
{
    return refuse(applying, arena_format(applying->arena, "%s。", why));
}

struct error *apply_in_event(struct applying *applying, const struct error *error)
{
    return error ? refuse(applying, error->message) : NULL;
}

/* ---- Places ---- */

struct error *apply_find_place(
    struct applying *applying, int64_t id, const char *round, enum rules_kind kind,
    struct contest_place *place)
{
    const struct rules *rules = applying->state->rules;

    place->contestant = contest_find_contestant(applying->state, id);
    place->round = rules_find_round(rules, round);
    if (place->contestant == CONTEST_NONE)
        return apply_impossible(applying, "没有这位选手");
    if (place->round == rules->round_count || rules->rounds[place->round].kind != kind)
        return apply_impossible(applying, "没有这一轮");
    return NULL;
}

struct contest_entry *
apply_entry(struct contest_state *state, struct contest_place place)
{
    return &state->contestants[place.contestant].entries[place.round];
}

/* ---- Seal and draw ---- */

static struct error *read_contestants(
    struct applying *applying, json_t *list, struct contest_contestant *contestants)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        TRY(apply_in_event(
            applying,
            INPUT_FIELDS(
                applying->arena, json_array_get(list, i),
                {"id", INPUT_INT, false, &contestants[i].id, 1, INT64_MAX},
                {"branch", INPUT_INT, true, &contestants[i].branch, 1, INT64_MAX})));
        for (size_t j = 0; j < i; j++)
            if (contestants[j].id == contestants[i].id)
                return apply_impossible(applying, "选手重复");
    }
    return NULL;
}

static struct error *
read_judges(struct applying *applying, json_t *list, struct contest_judge *judges)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        TRY(apply_in_event(
            applying,
            INPUT_FIELDS(
                applying->arena, json_array_get(list, i),
                {"id", INPUT_INT, false, &judges[i].person, 1, INT64_MAX},
                {"number", INPUT_INT, false, &judges[i].number, 1, INT64_MAX},
                {"branch", INPUT_INT, true, &judges[i].branch, 1, INT64_MAX})));
        for (size_t j = 0; j < i; j++)
            if (judges[j].person == judges[i].person ||
                judges[j].number == judges[i].number)
                return apply_impossible(applying, "评委重复");
    }
    return NULL;
}

static struct error *apply_sealed(struct applying *applying)
{
    struct contest_state *state = applying->state;
    const char *hash;
    json_t *contestants;
    json_t *judges;

    BODY(
        applying, {"rules", INPUT_TEXT, false, &hash, 64, 64},
        {"contestants", INPUT_ARRAY, false, &contestants, 1, CONTEST_CONTESTANTS},
        {"judges", INPUT_ARRAY, false, &judges, 1, CONTEST_JUDGES});
    if (strcmp(hash, state->rules->hash) != 0)
        return apply_impossible(applying, "封存的规则与现有规则不是同一份");

    size_t seats = json_array_size(contestants);
    size_t chairs = json_array_size(judges);
    struct contest_contestant *seated =
        arena_alloc(applying->arena, seats * sizeof *seated);
    struct contest_judge *panel = arena_alloc(applying->arena, chairs * sizeof *panel);
    TRY(read_contestants(applying, contestants, seated));
    TRY(read_judges(applying, judges, panel));
    contest_seat(state, seated, seats, panel, chairs);
    state->phase = CONTEST_SEALED;
    return NULL;
}

static struct error *apply_draw_committed(struct applying *applying)
{
    struct contest_state *state = applying->state;
    const char *commit;

    BODY(applying, {"commit", INPUT_TEXT, false, &commit, 64, 64});
    if (state->phase != CONTEST_SEALED || state->commit)
        return apply_impossible(applying, "现在不能公布抽签承诺");
    state->commit = arena_copy(state->arena, commit);
    state->view = CONTEST_DRAW;
    return NULL;
}

/* Draws once more and compares: a false order would be found by everyone. */
static struct error *check_draw(
    struct applying *applying, const char *seed, const char *spoken, json_t *order)
{
    struct contest_state *state = applying->state;
    size_t count = state->contestant_count;
    int64_t *ids = arena_alloc(applying->arena, count * sizeof *ids);
    const char *commit;

    for (size_t i = 0; i < count; i++)
        ids[i] = state->contestants[i].id;
    if (!draw_commit(applying->arena, seed, &commit) ||
        strcmp(commit, state->commit) != 0)
        return apply_impossible(applying, "抽签种子与事先公布的承诺不符");
    if (!draw_order(applying->arena, seed, spoken, ids, count) ||
        json_array_size(order) != count)
        return apply_impossible(applying, "出场顺序与抽签种子不符");
    for (size_t i = 0; i < count; i++) {
        json_t *id = json_array_get(order, i);
        if (!json_is_integer(id) || json_integer_value(id) != ids[i])
            return apply_impossible(applying, "出场顺序与抽签种子不符");
        state->contestants[contest_find_contestant(state, ids[i])].position = i + 1;
    }
    return NULL;
}

static struct error *apply_drawn(struct applying *applying)
{
    struct contest_state *state = applying->state;
    const char *seed;
    const char *spoken;
    json_t *order;

    BODY(
        applying, {"seed", INPUT_TEXT, false, &seed, 64, 64},
        {"spoken", INPUT_TEXT, false, &spoken, 0, DRAW_SPOKEN},
        {"order", INPUT_ARRAY, false, &order, 0, 0});
    if (state->phase != CONTEST_SEALED || !state->commit)
        return apply_impossible(applying, "还没有公布抽签承诺");
    TRY(check_draw(applying, seed, spoken, order));
    state->seed = arena_copy(state->arena, seed);
    state->spoken = arena_copy(state->arena, spoken);
    state->phase = CONTEST_DRAWN;
    state->view = CONTEST_DRAW;
    return NULL;
}

/* ---- On stage ---- */

static void lay_out_sheets(struct contest_state *state, struct contest_place place)
{
    struct contest_entry *entry = apply_entry(state, place);
    size_t criteria = state->rules->rounds[place.round].criterion_count;

    entry->sheets =
        arena_alloc(state->arena, state->judge_count * sizeof *entry->sheets);
    for (size_t i = 0; i < state->judge_count; i++) {
        int64_t *marks = arena_alloc(state->arena, criteria * sizeof *marks);
        for (size_t j = 0; j < criteria; j++)
            marks[j] = CONTEST_NO_MARK;
        entry->sheets[i].marks = marks;
    }
}

/* The body of called, closed, released. */
static struct error *read_place(struct applying *applying, struct contest_place *place)
{
    int64_t id;
    const char *round;

    BODY(
        applying, {"contestant", INPUT_INT, false, &id, 1, INT64_MAX},
        {"round", INPUT_TEXT, false, &round, 0, 0});
    return apply_find_place(applying, id, round, RULES_JUDGED, place);
}

static struct error *apply_called(struct applying *applying)
{
    struct contest_state *state = applying->state;
    struct contest_place place;

    TRY(read_place(applying, &place));
    struct contest_entry *entry = apply_entry(state, place);
    if (state->phase < CONTEST_DRAWN || entry->stage != CONTEST_WAITING ||
        contest_is_out(&state->contestants[place.contestant]))
        return apply_impossible(applying, "这位选手现在不能上台");
    lay_out_sheets(state, place);
    entry->stage = CONTEST_OPEN;
    state->on_stage = place;
    state->phase = CONTEST_RUNNING;
    state->view = CONTEST_STAGE;
    return NULL;
}

static struct error *apply_closed(struct applying *applying)
{
    struct contest_place place;

    TRY(read_place(applying, &place));
    struct contest_entry *entry = apply_entry(applying->state, place);
    if (entry->stage != CONTEST_OPEN)
        return apply_impossible(applying, "评分没有开放");
    entry->stage = CONTEST_CLOSED;
    return NULL;
}

static struct error *apply_released(struct applying *applying)
{
    struct contest_place place;

    TRY(read_place(applying, &place));
    struct contest_entry *entry = apply_entry(applying->state, place);
    if (entry->stage != CONTEST_CLOSED)
        return apply_impossible(applying, "评分还没有结束");
    entry->stage = CONTEST_RELEASED;
    applying->state->released = place;
    applying->state->view = CONTEST_MARKS;
    return NULL;
}

static struct error *apply_absence(struct applying *applying, bool absent)
{
    struct contest_state *state = applying->state;
    int64_t id;

    BODY(applying, {"contestant", INPUT_INT, false, &id, 1, INT64_MAX});
    size_t index = contest_find_contestant(state, id);
    if (index == CONTEST_NONE)
        return apply_impossible(applying, "没有这位选手");
    if (state->contestants[index].absent == absent)
        return apply_impossible(applying, absent ? "已经弃权" : "没有弃权");
    state->contestants[index].absent = absent;
    return NULL;
}

static struct error *apply_absent(struct applying *applying)
{
    return apply_absence(applying, true);
}

static struct error *apply_present(struct applying *applying)
{
    return apply_absence(applying, false);
}

/* ---- The rest ---- */

static struct error *apply_shown(struct applying *applying)
{
    const char *view;

    BODY(applying, {"view", INPUT_TEXT, false, &view, 0, 0});
    if (!contest_screen_find(view, &applying->state->view))
        return apply_impossible(applying, "没有这个画面");
    return NULL;
}

static struct error *apply_finished(struct applying *applying)
{
    if (json_object_size(applying->event->body))
        return apply_impossible(applying, "内容应为空");
    if (applying->state->phase < CONTEST_DRAWN || applying->state->rules->sign_off)
        return apply_impossible(applying, "还没有抽签，或规则要求签字定稿");
    applying->state->phase = CONTEST_FINISHED;
    return NULL;
}

static const struct {
    const char *name;
    struct error *(*apply)(struct applying *applying);
    bool moves;        /* a step of the host, see moved_at */
    bool after_finish; /* changes no result */
} kinds[] = {
    {"sealed", apply_sealed, true, false},
    {"draw_committed", apply_draw_committed, true, false},
    {"drawn", apply_drawn, true, false},
    {"called", apply_called, true, false},
    {"mark", apply_mark, false, false},
    {"sheet", apply_sheet, false, false},
    {"closed", apply_closed, true, false},
    {"released", apply_released, true, false},
    {"absent", apply_absent, true, false},
    {"present", apply_present, true, false},
    {"aborted", apply_aborted, true, false},
    {"continued", apply_continued, true, false},
    {"disqualified", apply_disqualified, true, false},
    {"reinstated", apply_reinstated, true, false},
    {"judge_excluded", apply_judge_excluded, true, false},
    {"judge_included", apply_judge_included, true, false},
    {"panel_confirmed", apply_panel_confirmed, true, false},
    {"reentry_asked", apply_reentry_asked, true, false},
    {"spread_accepted", apply_spread_accepted, true, false},
    {"correction_asked", apply_correction_asked, false, false},
    {"correction_granted", apply_correction_granted, true, false},
    {"correction_refused", apply_correction_refused, true, false},
    {"timer", apply_timer, false, false},
    {"timer_set", apply_timer_set, true, false},
    {"lot_drawn", apply_lot_drawn, true, false},
    {"playoff", apply_playoff, true, false},
    {"deducted", apply_deducted, true, false},
    {"frozen", apply_frozen, true, false},
    {"revealed", apply_revealed, true, true},
    {"unfrozen", apply_unfrozen, true, true},
    {"shown", apply_shown, false, true},
    {"written", apply_written, false, false},
    {"finished", apply_finished, true, false},
    {"spot_checked", apply_spot_checked, true, false},
    {"signed", apply_signed, true, false},
    {"finalised", apply_finalised, true, false},
};

enum { KINDS = sizeof kinds / sizeof kinds[0], KIND_SEALED = 0 };

/* Reads the ID of "contest/ID"; it is the same for all events. */
static struct error *check_subject(struct applying *applying)
{
    static const char prefix[] = "contest/";
    const char *subject = applying->event->subject;
    struct contest_state *state = applying->state;
    int64_t id;

    if (strncmp(subject, prefix, sizeof prefix - 1) != 0 ||
        decimal_parse(
            applying->arena, subject + sizeof prefix - 1,
            (struct decimal_limits){.whole = 18}, &id))
        return apply_impossible(applying, "不是赛事记录");
    if (state->contest && state->contest != id)
        return apply_impossible(applying, "属于另一场比赛");
    state->contest = id;
    return NULL;
}

struct error *contest_apply(
    struct arena *arena, struct contest_state *state, const struct chain_event *event)
{
    struct applying applying = {arena, state, event};
    size_t kind = 0;

    while (kind < KINDS && strcmp(kinds[kind].name, event->kind) != 0)
        kind++;
    if (kind == KINDS)
        return apply_impossible(&applying, "没有这种记录");
    if (event->number != state->number + 1)
        return apply_impossible(&applying, "编号不连续");
    if ((state->phase == CONTEST_PREPARED) != (kind == KIND_SEALED))
        return apply_impossible(&applying, "第一条且只有第一条应为封存");
    if (state->phase == CONTEST_FINISHED && !kinds[kind].after_finish)
        return apply_impossible(&applying, "比赛已经结束");
    if (strlen(event->hash) != CONTEST_HASH - 1)
        return apply_impossible(&applying, "校验值长度不对");
    TRY(check_subject(&applying));
    TRY(kinds[kind].apply(&applying));
    if (!apply_keeps_signatures(event->kind))
        state->chief_judge = state->auditor = 0;
    state->number = event->number;
    memcpy(state->hash, event->hash, CONTEST_HASH);
    if (kinds[kind].moves)
        state->moved_at = event->number;
    return NULL;
}
