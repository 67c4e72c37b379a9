#include "contest/steps.h"

#include <string.h>

#include "contest/agenda.h"
#include "contest/draw.h"
#include "contest/record.h"
#include "contest/reveal.h"

/* A step under way. */
struct taking {
    struct db *db;
    struct arena *arena;
    struct step *step;
    const struct contest_state *state;
    enum agenda_action action;
    size_t contestant; /* CONTEST_NONE for steps that are about nobody */
    size_t round;
};

static struct error *append(struct taking *taking, const char *kind, json_t *body)
{
    taking->step->event = (struct chain_event){
        .at = taking->step->at,
        .actor = taking->step->actor,
        .role = "host",
        .kind = kind,
        .body = record_body(taking->arena, body),
    };
    return record_append(taking->db, taking->step->contest, &taking->step->event);
}

static json_int_t contestant_id(const struct taking *taking)
{
    return taking->state->contestants[taking->contestant].id;
}

static const char *round_id(const struct taking *taking)
{
    return taking->state->rules->rounds[taking->round].id;
}

/* ---- Seal ---- */

static struct error *check_panel_of(
    struct taking *taking, const struct rules_round *round, size_t contestant)
{
    const struct contest_state *state = taking->state;
    size_t eligible = contest_count_eligible(state, contestant);
    struct rules_drops rule = rules_drops_for(round, eligible);
    size_t drops = (size_t)rule.drop_low + (size_t)rule.drop_high;

    if (eligible <= drops)
        return error_make(
            taking->arena, ERROR_CONFLICT, "step_not_allowed",
            "“%s”要去掉 %zu 个分数，但有选手回避后只剩 %zu 位评委，无法计分。",
            round->title, drops, eligible);
    /* A sum over fewer judges would be a smaller sum. */
    if (round->panel.mode == PANEL_SUM && eligible != contest_count_eligible(state, 0))
        return error_make(
            taking->arena, ERROR_CONFLICT, "step_not_allowed",
            "“%s”按评委打分之和计分，每位选手的评委人数必须相同（有评委需要回避）。",
            round->title);
    return NULL;
}

static json_t *optional_id(int64_t id)
{
    return id ? json_integer(id) : json_null();
}

static struct error *seal(struct taking *taking)
{
    const struct contest_state *state = taking->state;
    json_t *contestants = json_array();
    json_t *judges = json_array();

    /* The body owns the lists from here on, whatever happens. */
    json_t *body = json_pack(
        "{s:s, s:o, s:o}", "rules", state->rules->hash, "contestants", contestants,
        "judges", judges);
    (void)record_body(taking->arena, body);
    if (!state->contestant_count || !state->judge_count)
        return record_refuse(taking->arena, "还没有选手或评委，不能封存。");
    for (size_t i = 0; i < state->contestant_count; i++) {
        for (size_t j = 0; j < state->rules->round_count; j++)
            if (state->rules->rounds[j].kind == RULES_JUDGED)
                TRY(check_panel_of(taking, &state->rules->rounds[j], i));
        (void)json_array_append_new(
            contestants, json_pack(
                             "{s:I, s:o}", "id", (json_int_t)state->contestants[i].id,
                             "branch", optional_id(state->contestants[i].branch)));
    }
    for (size_t i = 0; i < state->judge_count; i++)
        (void)json_array_append_new(
            judges, json_pack(
                        "{s:I, s:I, s:o}", "id", (json_int_t)state->judges[i].person,
                        "number", (json_int_t)state->judges[i].number, "branch",
                        optional_id(state->judges[i].branch)));
    return append(taking, "sealed", json_incref(body));
}

/* ---- Draw ---- */

/* The seed stays in the database until the draw; only its hash is told. */
static struct error *commit_draw(struct taking *taking)
{
    static const char sql[] = "UPDATE contest SET draw_seed = $1 WHERE id = $2";
    const char *commit;

    if (!taking->step->seed || !draw_commit(taking->arena, taking->step->seed, &commit))
        return error_new(
            taking->arena, ERROR_BROKEN, "draw_seed", "a draw without a seed");
    TRY(db_run(taking->db, sql, TEXT(taking->step->seed), INT(taking->step->contest)));
    return append(taking, "draw_committed", json_pack("{s:s}", "commit", commit));
}

static struct error *read_seed(struct taking *taking, const char **seed)
{
    static const char sql[] = "SELECT draw_seed FROM contest WHERE id = $1";
    SCOPED_ROWS rows = db_query(taking->db, sql, INT(taking->step->contest));

    *seed = rows_next(&rows) ? rows_text(&rows, 0) : "";
    return rows_error(&rows);
}

static struct error *draw(struct taking *taking)
{
    const struct contest_state *state = taking->state;
    const char *spoken = taking->step->spoken ? taking->step->spoken : "";
    int64_t *ids = arena_alloc(taking->arena, state->contestant_count * sizeof *ids);
    json_t *order = json_array();
    const char *seed;
    const char *commit;

    (void)record_body(taking->arena, order);
    if (strlen(spoken) > DRAW_SPOKEN)
        return error_new(
            taking->arena, ERROR_INVALID, "spoken_too_long",
            "观众报的数字太长，请不要超过 20 个字。");
    TRY(read_seed(taking, &seed));
    for (size_t i = 0; i < state->contestant_count; i++)
        ids[i] = state->contestants[i].id;
    if (!draw_commit(taking->arena, seed, &commit) ||
        strcmp(commit, state->commit) != 0 ||
        !draw_order(taking->arena, seed, spoken, ids, state->contestant_count))
        return error_new(
            taking->arena, ERROR_BROKEN, "draw_seed",
            "the seed of the draw does not match its promise");
    for (size_t i = 0; i < state->contestant_count; i++)
        (void)json_array_append_new(order, json_integer(ids[i]));
    return append(
        taking, "drawn",
        json_pack("{s:s, s:s, s:O}", "seed", seed, "spoken", spoken, "order", order));
}

/* ---- On stage ---- */

static struct error *deduct(struct taking *taking)
{
    const struct step *step = taking->step;
    const struct rules_round *round = &taking->state->rules->rounds[taking->round];
    const struct contest_entry *entry =
        &taking->state->contestants[taking->contestant].entries[taking->round];
    struct decimal_limits limits = rules_points;
    struct decimal points;
    int64_t units;

    /* No finer than the score it goes off: that would need a second rounding. */
    limits.negative = true;
    if (round->panel.rounding.dp < limits.places)
        limits.places = round->panel.rounding.dp;
    struct error *error =
        step->points ? decimal_read(taking->arena, step->points, limits, &points)
                     : NULL;
    if (error || !step->points || !points.units)
        return error_make(
            taking->arena, ERROR_INVALID, "points_invalid",
            "扣分应为不等于 0 的数，最多 %d 位小数。", limits.places);
    units = points.units * decimal_power(RULES_PLACES - points.places);
    if (entry->deducted + units < 0 || entry->deducted + units > round->full)
        return error_make(
            taking->arena, ERROR_INVALID, "points_invalid",
            "已扣 %s 分，撤回不能多于已扣的分，合计也不能超过满分。",
            rules_points_text(taking->arena, entry->deducted));
    TRY(record_check_reason(taking->arena, step->reason));
    return append(
        taking, "deducted",
        json_pack(
            "{s:I, s:s, s:s, s:s}", "contestant", contestant_id(taking), "round",
            round_id(taking), "points",
            decimal_short(taking->arena, units, RULES_PLACES), "reason", step->reason));
}

static struct error *show(struct taking *taking)
{
    const char *name = taking->step->view ? taking->step->view : "";
    enum contest_screen view;

    if (!contest_screen_find(name, &view))
        return error_make(
            taking->arena, ERROR_INVALID, "view_unknown", "没有“%s”这个画面。",
            rules_excerpt(taking->arena, name));
    return append(
        taking, "shown", json_pack("{s:s}", "view", contest_screen_name(view)));
}

static struct error *about_round(struct taking *taking, const char *kind)
{
    return append(
        taking, kind,
        json_pack(
            "{s:I, s:s}", "contestant", contestant_id(taking), "round",
            round_id(taking)));
}

static struct error *about_person(struct taking *taking, const char *kind)
{
    return append(
        taking, kind, json_pack("{s:I}", "contestant", contestant_id(taking)));
}

static struct error *about_person_why(struct taking *taking, const char *kind)
{
    const char *reason = taking->step->reason;

    TRY(record_check_reason(taking->arena, reason));
    return append(
        taking, kind,
        json_pack("{s:I, s:s}", "contestant", contestant_id(taking), "reason", reason));
}

/* The next step of the plan, which is made anew each time: it depends on nothing but
 * the freeze and the results. */
static struct error *reveal(struct taking *taking)
{
    const struct contest_state *state = taking->state;
    size_t next = (size_t)state->revealed;
    struct reveal plan;

    TRY(reveal_plan(taking->arena, state->frozen, state, &plan));
    if (next >= plan.step_count)
        return record_refuse(taking->arena, "已经全部揭晓，可以解除冻结。");
    const struct reveal_step *step = &plan.steps[next];
    json_t *body = json_pack(
        "{s:I, s:I}", "step", (json_int_t)next + 1, "contestant",
        (json_int_t)step->row->contestant->id);
    const char *round =
        step->round == CONTEST_NONE ? NULL : state->rules->rounds[step->round].id;
    (void)json_object_set_new(body, "round", round ? json_string(round) : json_null());
    return append(taking, "revealed", body);
}

static struct error *run(struct taking *taking)
{
    switch (taking->action) {
    case AGENDA_SEAL:
        return seal(taking);
    case AGENDA_DRAW_COMMIT:
        return commit_draw(taking);
    case AGENDA_DRAW:
        return draw(taking);
    case AGENDA_CALL:
        return about_round(taking, "called");
    case AGENDA_CLOSE:
        return about_round(taking, "closed");
    case AGENDA_RELEASE:
        return about_round(taking, "released");
    case AGENDA_SHOW:
        return show(taking);
    case AGENDA_ABSENT:
        return about_person(taking, "absent");
    case AGENDA_PRESENT:
        return about_person(taking, "present");
    case AGENDA_ABORT:
        return about_person_why(taking, "aborted");
    case AGENDA_CONTINUE:
        return about_person(taking, "continued");
    case AGENDA_DEDUCT:
        return deduct(taking);
    case AGENDA_FINISH:
        return append(taking, "finished", json_object());
    case AGENDA_FREEZE:
        return append(taking, "frozen", json_object());
    case AGENDA_REVEAL:
        return reveal(taking);
    case AGENDA_UNFREEZE:
        return append(taking, "unfrozen", json_object());
    case AGENDA_NONE:
        break;
    }
    return error_make(
        taking->arena, ERROR_INVALID, "action_unknown", "没有“%s”这个操作。",
        rules_excerpt(taking->arena, taking->step->action));
}

/* ---- Refusals ---- */

static const char *why_not_close(struct taking *taking)
{
    const struct contest_state *state = taking->state;
    size_t round = contest_called_round(state, taking->contestant);

    if (round == CONTEST_NONE ||
        state->contestants[taking->contestant].entries[round].stage != CONTEST_OPEN)
        return "这位选手的评分没有开放。";
    return arena_format(
        taking->arena, "还有评委没有交表（已收 %zu/%zu），按规则不能结束评分。",
        contest_count_sheets(state, taking->contestant, round),
        contest_count_eligible(state, taking->contestant));
}

static const char *why_not_release(struct taking *taking)
{
    const struct contest_state *state = taking->state;
    struct contest_place place = {
        taking->contestant, contest_called_round(state, taking->contestant)};

    if (place.round == CONTEST_NONE ||
        state->contestants[place.contestant].entries[place.round].stage !=
            CONTEST_CLOSED)
        return "这位选手的评分还没有结束，不能公布成绩。";
    if (contest_is_reopened(state, place))
        return "有评分表正在更正或复议，不能公布成绩。";
    if (!contest_is_confirmed(state, place))
        return "评分的评委太少，须先由裁判长（或裁判长和监督）确认。";
    return "评委的分数相差超过规则，须先由裁判长处理。";
}

static const char *why_not(struct taking *taking)
{
    switch (taking->action) {
    case AGENDA_SEAL:
        return "规则和名单已经封存。";
    case AGENDA_DRAW_COMMIT:
        return "现在不能公布抽签承诺：须在封存之后，且只能公布一次。";
    case AGENDA_DRAW:
        return "现在不能抽签：须先公布抽签承诺，且只能抽一次。";
    case AGENDA_CALL:
        return "这位选手现在不能上台：尚未抽签、已经上过台或已弃权，"
               "或台上选手的评分可以结束而没有结束。";
    case AGENDA_CLOSE:
        return why_not_close(taking);
    case AGENDA_RELEASE:
        return why_not_release(taking);
    case AGENDA_SHOW:
        return "规则封存之后才能切换画面。";
    case AGENDA_ABSENT:
        return "这位选手已经弃权，或比赛不在进行。";
    case AGENDA_PRESENT:
        return "这位选手没有弃权，或比赛不在进行。";
    case AGENDA_ABORT:
        return "这位选手已经弃权、中止或取消资格，或比赛不在进行。";
    case AGENDA_CONTINUE:
        return "这位选手没有中止，或比赛不在进行。";
    case AGENDA_DEDUCT:
        return "这位选手还没有上台或已弃权，不能扣分。";
    case AGENDA_FREEZE:
        return "抽签之后、比赛结束之前才能冻结，且不能重复冻结。";
    case AGENDA_REVEAL:
    case AGENDA_UNFREEZE:
        return "公开的成绩没有冻结。";
    case AGENDA_FINISH:
        return "还有选手的成绩没有公布（或理论成绩没有提取，更正、复议或确认"
               "没有处理完），不能结束比赛。";
    case AGENDA_NONE:
        break;
    }
    return "现在不能这样做。";
}

static bool is_about_somebody(enum agenda_action action)
{
    switch (action) {
    case AGENDA_CALL:
    case AGENDA_CLOSE:
    case AGENDA_RELEASE:
    case AGENDA_ABSENT:
    case AGENDA_PRESENT:
    case AGENDA_ABORT:
    case AGENDA_CONTINUE:
    case AGENDA_DEDUCT:
        return true;
    case AGENDA_SEAL:
    case AGENDA_DRAW_COMMIT:
    case AGENDA_DRAW:
    case AGENDA_SHOW:
    case AGENDA_FINISH:
    case AGENDA_FREEZE:
    case AGENDA_REVEAL:
    case AGENDA_UNFREEZE:
    case AGENDA_NONE:
        break;
    }
    return false;
}

static struct error *find_contestant(struct taking *taking)
{
    const struct contest_state *state = taking->state;

    taking->contestant = taking->step->contestant
                             ? contest_find_contestant(state, taking->step->contestant)
                             : agenda_default(state, taking->action);
    if (taking->contestant == CONTEST_NONE && taking->step->contestant)
        return error_new(
            taking->arena, ERROR_NOT_FOUND, "contestant_unknown",
            "本场比赛没有这位选手。");
    if (taking->contestant == CONTEST_NONE)
        return record_refuse(taking->arena, "没有轮到任何选手，请指定选手。");
    taking->round = agenda_round(state, taking->action, taking->contestant);
    return NULL;
}

static struct error *permit(struct taking *taking)
{
    const struct contest_state *state = taking->state;
    bool allowed;

    if (taking->action != AGENDA_SHOW && taking->step->expected < state->moved_at)
        return error_new(
            taking->arena, ERROR_CONFLICT, "contest_moved_on",
            "比赛已有新的进展，请看清最新状态后再操作。");
    if (is_about_somebody(taking->action)) {
        TRY(find_contestant(taking));
        allowed = agenda_allows_for(state, taking->action, taking->contestant);
    } else {
        allowed = agenda_allows(state, taking->action);
    }
    return allowed ? NULL : record_refuse(taking->arena, why_not(taking));
}

struct error *step_take(struct db *db, void *context)
{
    struct step *step = context;
    struct taking taking = {
        .db = db,
        .arena = db_arena(db),
        .step = step,
        .contestant = CONTEST_NONE,
        .round = CONTEST_NONE,
    };

    TRY(journal_state(step->journal, db, step->contest, &taking.state));
    if (!agenda_action_find(step->action, &taking.action)) {
        taking.action = AGENDA_NONE;
        return run(&taking);
    }
    TRY(permit(&taking));
    return run(&taking);
}
