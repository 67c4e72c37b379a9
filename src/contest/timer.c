#include "contest/timer.h"

#include <string.h>

#include "contest/record.h"

static struct error *find_place(
    struct arena *arena, const struct contest_state *state, const struct timer *timer,
    struct contest_place *place)
{
    const struct rules *rules = state->rules;

    place->contestant = timer->contestant
                            ? contest_find_contestant(state, timer->contestant)
                            : state->on_stage.contestant;
    if (place->contestant == CONTEST_NONE && timer->contestant)
        return error_new(
            arena, ERROR_NOT_FOUND, "contestant_unknown", "本场比赛没有这位选手。");
    if (place->contestant == CONTEST_NONE)
        return record_refuse(arena, "台上没有选手，请指定选手。");
    place->round = timer->round ? rules_find_round(rules, timer->round)
                                : contest_called_round(state, place->contestant);
    if (timer->round && (place->round == rules->round_count ||
                         rules->rounds[place->round].kind != RULES_JUDGED))
        return error_new(arena, ERROR_NOT_FOUND, "round_unknown", "没有这个评审轮。");
    if (place->round == CONTEST_NONE ||
        state->contestants[place->contestant].entries[place->round].stage ==
            CONTEST_WAITING)
        return record_refuse(arena, "这位选手还没有上台，不能计时。");
    if (state->phase == CONTEST_FINISHED)
        return record_refuse(arena, "比赛已经结束，不能再计时。");
    return NULL;
}

static struct error *make_body(
    struct arena *arena, const struct contest_state *state, struct timer *timer,
    struct contest_place place)
{
    const struct contest_contestant *contestant = &state->contestants[place.contestant];
    const char *round = state->rules->rounds[place.round].id;
    struct timing timing = contestant->entries[place.round].timing;
    json_int_t id = contestant->id;
    enum timing_action action;

    timer->event.kind = "timer";
    if (strcmp(timer->action, "set") == 0) {
        TRY(record_check_reason(arena, timer->reason));
        timer->event.kind = "timer_set";
        timer->event.body = record_body(
            arena, json_pack(
                       "{s:I, s:s, s:I, s:s}", "contestant", id, "round", round, "ms",
                       (json_int_t)timer->ms, "reason", timer->reason));
        return NULL;
    }
    if (!timing_action_find(timer->action, &action))
        return error_make(
            arena, ERROR_INVALID, "action_unknown", "没有“%s”这个操作。",
            rules_excerpt(arena, timer->action));
    if (!timing_take(&timing, action, timer->at))
        return record_refuse(arena, "计时器现在不能这样操作，请看清它的状态。");
    timer->event.body = record_body(
        arena, json_pack(
                   "{s:I, s:s, s:s}", "contestant", id, "round", round, "action",
                   timer->action));
    return NULL;
}

struct error *timer_take(struct db *db, void *context)
{
    struct timer *timer = context;
    struct arena *arena = db_arena(db);
    const struct contest_state *state;
    struct contest_place place = {CONTEST_NONE, CONTEST_NONE};

    TRY(journal_state(timer->journal, db, timer->contest, &state));
    TRY(find_place(arena, state, timer, &place));
    timer->event = (struct chain_event){
        .at = timer->at,
        .actor = timer->actor,
        .role = "host",
    };
    TRY(make_body(arena, state, timer, place));
    return record_append(db, timer->contest, &timer->event);
}
