#include "contest/conditions.h"

#include <inttypes.h>

#include "contest/agenda.h"

enum {
    MOST = 4 * CONTEST_CONTESTANTS,
    SAMPLE_PERCENT = 15,
    ERROR_PERCENT = 5,
};

static void add(struct conditions *conditions, const char *code, const char *text)
{
    if (conditions->count < MOST)
        conditions->list[conditions->count++] = (struct condition){code, text};
}

static void check_entry(
    struct arena *arena, const struct contest_state *state, struct contest_place place,
    struct conditions *conditions)
{
    const struct contest_contestant *contestant = &state->contestants[place.contestant];
    const struct contest_entry *entry = &contestant->entries[place.round];
    const char *who = arena_format(
        arena, "%zu 号选手“%s”", contestant->position,
        state->rules->rounds[place.round].title);

    if (entry->stage == CONTEST_OPEN)
        add(conditions, "on_stage", arena_format(arena, "%s还在评分", who));
    else if (entry->stage != CONTEST_RELEASED)
        add(conditions, "not_released", arena_format(arena, "%s没有公布成绩", who));
    if (entry->sheets && !agenda_may_close(state, place))
        add(conditions, "sheets_missing", arena_format(arena, "%s缺评分表", who));
    if (entry->stage >= CONTEST_CLOSED && agenda_is_held_up(state, place))
        add(conditions, "held_up",
            arena_format(arena, "%s有更正、复议或确认没有处理完", who));
}

static void check_entries(
    struct arena *arena, const struct contest_state *state,
    struct conditions *conditions)
{
    for (size_t i = 0; i < state->contestant_count; i++)
        for (size_t j = 0; j < state->rules->round_count; j++)
            if (state->rules->rounds[j].kind == RULES_JUDGED &&
                !contest_is_out(&state->contestants[i]))
                check_entry(arena, state, (struct contest_place){i, j}, conditions);
    if (!agenda_has_written(state))
        add(conditions, "written_missing", "理论成绩没有提取");
}

static struct error *check_awards(
    struct arena *arena, const struct contest_state *state,
    struct conditions *conditions)
{
    struct standings standings;

    TRY(standings_compute(arena, state, STANDINGS_ALL, &standings));
    for (size_t i = 0; i < standings.row_count; i++)
        if (standings.rows[i].award_needs) {
            add(conditions, "award_tie", "奖项边界上有同分，须抽签或加赛");
            break;
        }
    return NULL;
}

static void check_spot(
    struct arena *arena, const struct contest_state *state,
    struct conditions *conditions)
{
    int64_t people = (int64_t)state->contestant_count;
    bool faulty = state->spot_errors * 100 > state->spot_size * ERROR_PERCENT;

    if (!state->spot_checked || state->spot_size * 100 < people * SAMPLE_PERCENT)
        add(conditions, "spot_check",
            arena_format(arena, "还没有抽检，或抽检少于 %d%%", (int)SAMPLE_PERCENT));
    else if (faulty && state->spot_size < people)
        add(conditions, "spot_check",
            arena_format(arena, "抽检差错超过 %d%%，须全部复核", (int)ERROR_PERCENT));
}

struct error *conditions_check(
    struct arena *arena, const struct contest_state *state, int64_t unsent,
    struct conditions *result)
{
    *result =
        (struct conditions){.list = arena_alloc(arena, MOST * sizeof *result->list)};
    check_entries(arena, state, result);
    TRY(check_awards(arena, state, result));
    if (unsent)
        add(result, "unsent",
            arena_format(arena, "评委平板上还有 %" PRId64 " 条没有送达", unsent));
    check_spot(arena, state, result);
    if (!state->chief_judge)
        add(result, "unsigned", "裁判长还没有签字");
    if (!state->auditor)
        add(result, "unsigned", "监督还没有签字");
    return NULL;
}
