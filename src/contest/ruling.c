#include "contest/ruling.h"

#include <string.h>

#include "base/text.h"
#include "contest/conditions.h"
#include "contest/record.h"
#include "contest/spread.h"

/* A ruling under way. */
struct taking {
    struct db *db;
    struct arena *arena;
    struct ruling *ruling;
    const char *role; /* in which the actor acts */
    const struct contest_state *state;
    size_t contestant;
    size_t round;
    size_t judge;
};

static struct error *append(struct taking *taking, const char *kind, json_t *body)
{
    taking->ruling->event = (struct chain_event){
        .at = taking->ruling->at,
        .actor = taking->ruling->actor,
        .role = taking->role,
        .kind = kind,
        .body = record_body(taking->arena, body),
    };
    return record_append(taking->db, taking->ruling->contest, &taking->ruling->event);
}

static json_int_t contestant_id(const struct taking *taking)
{
    return taking->state->contestants[taking->contestant].id;
}

/* ---- Disqualification ---- */

static struct error *change_standing(struct taking *taking, const char *kind, bool out)
{
    const struct contest_contestant *contestant =
        &taking->state->contestants[taking->contestant];

    if ((contestant->disqualified != NULL) == out)
        return record_refuse(
            taking->arena, out ? "这位选手已经取消资格。" : "这位选手没有取消资格。");
    return append(
        taking, kind,
        json_pack(
            "{s:I, s:s}", "contestant", contestant_id(taking), "reason",
            taking->ruling->reason));
}

static struct error *disqualify(struct taking *taking)
{
    return change_standing(taking, "disqualified", true);
}

static struct error *reinstate(struct taking *taking)
{
    return change_standing(taking, "reinstated", false);
}

/* ---- Corrections ---- */

static struct error *decide_correction(
    struct taking *taking, const char *kind, enum contest_reopening least,
    enum contest_reopening most)
{
    const struct contest_state *state = taking->state;
    const struct contest_sheet *sheets =
        state->contestants[taking->contestant].entries[taking->round].sheets;
    enum contest_reopening reopening =
        sheets ? sheets[taking->judge].reopening : CONTEST_SETTLED;

    if (reopening < least || reopening > most)
        return record_refuse(taking->arena, "这张评分表没有待处理的更正。");
    return append(
        taking, kind,
        json_pack(
            "{s:I, s:s, s:I, s:s}", "contestant", contestant_id(taking), "round",
            state->rules->rounds[taking->round].id, "judge",
            (json_int_t)state->judges[taking->judge].number, "reason",
            taking->ruling->reason));
}

static struct error *grant_correction(struct taking *taking)
{
    return decide_correction(
        taking, "correction_granted", CONTEST_ASKED, CONTEST_ASKED);
}

static struct error *refuse_correction(struct taking *taking)
{
    return decide_correction(
        taking, "correction_refused", CONTEST_ASKED, CONTEST_REOPENED);
}

/* ---- Panels ---- */

static const char *round_id(const struct taking *taking)
{
    return taking->state->rules->rounds[taking->round].id;
}

static struct contest_place place_of(const struct taking *taking)
{
    return (struct contest_place){taking->contestant, taking->round};
}

/* Enough judges must be left for each judged round; a sum needs all. */
static struct error *check_left(struct taking *taking)
{
    const struct rules *rules = taking->state->rules;
    size_t left = contest_count_eligible(taking->state, taking->contestant) - 1;

    for (size_t i = 0; i < rules->round_count; i++) {
        struct rules_drops drops = rules_drops_for(&rules->rounds[i], left);
        if (rules->rounds[i].kind != RULES_JUDGED)
            continue;
        if (left <= (size_t)drops.drop_low + (size_t)drops.drop_high ||
            rules->rounds[i].panel.mode == PANEL_SUM)
            return record_refuse(
                taking->arena, "排除这位评委后，剩下的评委无法按规则计分。");
    }
    return NULL;
}

static struct error *change_judge(struct taking *taking, const char *kind, bool exclude)
{
    const struct contest_contestant *contestant =
        &taking->state->contestants[taking->contestant];
    bool excluded = contestant->excluded && contestant->excluded[taking->judge];

    if (excluded == exclude)
        return record_refuse(
            taking->arena,
            exclude ? "这位评委已经不评这位选手。" : "这位评委没有被排除。");
    if (exclude && contest_is_recused(taking->state, taking->judge, taking->contestant))
        return record_refuse(taking->arena, "这位评委本来就须回避这位选手。");
    if (exclude)
        TRY(check_left(taking));
    return append(
        taking, kind,
        json_pack(
            "{s:I, s:I, s:s}", "contestant", contestant_id(taking), "judge",
            (json_int_t)taking->state->judges[taking->judge].number, "reason",
            taking->ruling->reason));
}

static struct error *exclude_judge(struct taking *taking)
{
    return change_judge(taking, "judge_excluded", true);
}

static struct error *include_judge(struct taking *taking)
{
    return change_judge(taking, "judge_included", false);
}

static struct error *confirm_panel(struct taking *taking)
{
    const struct contest_state *state = taking->state;
    const struct contest_entry *entry =
        &state->contestants[taking->contestant].entries[taking->round];
    size_t sheets = contest_count_sheets(state, taking->contestant, taking->round);
    bool chief = strcmp(taking->role, "chief_judge") == 0;
    enum rules_confirm confirm =
        rules_drops_for(&state->rules->rounds[taking->round], sheets).confirm;
    size_t before = chief ? entry->confirmed_by_chief : entry->confirmed_by_auditor;

    if (entry->stage < CONTEST_CLOSED || before == sheets ||
        confirm < (chief ? RULES_CONFIRM_CHIEF : RULES_CONFIRM_BOTH))
        return record_refuse(
            taking->arena, "评分还没有结束，或规则不要求您确认，或已经确认。");
    return append(
        taking, "panel_confirmed",
        json_pack(
            "{s:I, s:s, s:I}", "contestant", contestant_id(taking), "round",
            round_id(taking), "sheets", (json_int_t)sheets));
}

static struct error *check_spread(struct taking *taking)
{
    if (spread_is_open(taking->state, place_of(taking)))
        return NULL;
    return record_refuse(taking->arena, "这里没有超过规则的分差需要处理。");
}

static struct error *check_named(struct taking *taking, json_t *number)
{
    const struct contest_sheet *sheets =
        taking->state->contestants[taking->contestant].entries[taking->round].sheets;
    size_t judge = contest_find_judge_number(taking->state, json_integer_value(number));

    if (judge == CONTEST_NONE || !sheets[judge].submitted)
        return error_new(
            taking->arena, ERROR_NOT_FOUND, "judge_unknown",
            "请指定交过评分表的评委。");
    return NULL;
}

static struct error *ask_reentry(struct taking *taking)
{
    json_t *judges = taking->ruling->judges;

    TRY(check_spread(taking));
    if (!json_array_size(judges))
        return error_new(
            taking->arena, ERROR_INVALID, "judge_unknown", "请指定要复议的评委。");
    for (size_t i = 0; i < json_array_size(judges); i++) {
        TRY(check_named(taking, json_array_get(judges, i)));
        for (size_t j = 0; j < i; j++)
            if (json_equal(json_array_get(judges, i), json_array_get(judges, j)))
                return error_new(
                    taking->arena, ERROR_INVALID, "judge_unknown", "评委重复。");
    }
    return append(
        taking, "reentry_asked",
        json_pack(
            "{s:I, s:s, s:O, s:s}", "contestant", contestant_id(taking), "round",
            round_id(taking), "judges", judges, "reason", taking->ruling->reason));
}

static struct error *accept_spread(struct taking *taking)
{
    TRY(check_spread(taking));
    return append(
        taking, "spread_accepted",
        json_pack(
            "{s:I, s:s, s:s}", "contestant", contestant_id(taking), "round",
            round_id(taking), "reason", taking->ruling->reason));
}

/* ---- Lots and play-offs ---- */

static bool knows_key(const struct rules *rules, enum rules_tie_kind kind)
{
    for (size_t i = 0; i < rules->tie_count; i++)
        if (rules->ties[i].kind == kind)
            return true;
    return false;
}

static struct error *check_order(struct taking *taking, json_t *order)
{
    for (size_t i = 0; i < json_array_size(order); i++) {
        json_t *id = json_array_get(order, i);
        if (contest_find_contestant(taking->state, json_integer_value(id)) ==
            CONTEST_NONE)
            return error_new(
                taking->arena, ERROR_NOT_FOUND, "contestant_unknown",
                "本场比赛没有这位选手。");
        for (size_t j = 0; j < i; j++)
            if (json_equal(id, json_array_get(order, j)))
                return error_new(
                    taking->arena, ERROR_INVALID, "order_invalid", "选手重复。");
    }
    if (json_array_size(order) < 2)
        return error_new(
            taking->arena, ERROR_INVALID, "order_invalid",
            "请按先后给出至少两位选手。");
    return NULL;
}

static struct error *
record_order(struct taking *taking, const char *kind, enum rules_tie_kind key)
{
    json_t *order = taking->ruling->order;

    if (!knows_key(taking->state->rules, key))
        return record_refuse(taking->arena, "本场比赛的同分规则里没有这一项。");
    TRY(check_order(taking, order));
    return append(
        taking, kind,
        json_pack("{s:O, s:s}", "order", order, "reason", taking->ruling->reason));
}

static struct error *record_lot(struct taking *taking)
{
    return record_order(taking, "lot_drawn", RULES_TIE_DRAW);
}

static struct error *record_playoff(struct taking *taking)
{
    return record_order(taking, "playoff", RULES_TIE_PLAYOFF);
}

/* ---- The end ---- */

static struct error *spot_check(struct taking *taking)
{
    const struct ruling *ruling = taking->ruling;

    if (ruling->checked < 1 || ruling->errors > ruling->checked ||
        ruling->checked > (int64_t)taking->state->contestant_count)
        return error_new(
            taking->arena, ERROR_INVALID, "spot_check_invalid",
            "抽检人数应在 1 和选手人数之间，差错不能多于抽检人数。");
    return append(
        taking, "spot_checked",
        json_pack(
            "{s:I, s:I}", "checked", (json_int_t)ruling->checked, "errors",
            (json_int_t)ruling->errors));
}

static struct error *sign(struct taking *taking)
{
    const struct contest_state *state = taking->state;
    bool chief = strcmp(taking->role, "chief_judge") == 0;

    if (taking->ruling->actor == (chief ? state->auditor : state->chief_judge))
        return record_refuse(taking->arena, "裁判长和监督应是两个人，不能都由您签字。");
    if (taking->ruling->actor == (chief ? state->chief_judge : state->auditor))
        return record_refuse(taking->arena, "您已经签过字，此后成绩没有变动。");
    return append(taking, "signed", json_object());
}

static struct error *finalise(struct taking *taking)
{
    enum { LONGEST = 2000 };
    struct conditions open;
    struct text text;

    if (!taking->state->rules->sign_off)
        return record_refuse(
            taking->arena, "本场比赛的规则不要求签字，由主持结束比赛。");
    TRY(conditions_check(taking->arena, taking->state, taking->ruling->unsent, &open));
    if (!open.count)
        return append(taking, "finalised", json_object());
    text_init(&text, taking->arena, 2 * LONGEST);
    for (size_t i = 0; i < open.count && text.size < LONGEST; i++)
        text_add_format(&text, "%s%s", i ? "；" : "", open.list[i].text);
    return error_make(
        taking->arena, ERROR_CONFLICT, "conditions_open", "还不能定稿：%s。",
        text.bytes);
}

/* ---- The table of rulings ---- */

enum { CHIEF = 1, AUDITOR = 2 };

enum about {
    NOBODY,
    CONTESTANT,
    JUDGE,
    ROUND,
    SHEET
}; /* what must be named; a sheet: all */

static const struct action {
    const char *name;
    struct error *(*take)(struct taking *taking);
    unsigned roles; /* who may */
    enum about about;
    bool reasoned; /* a reason must be given */
} actions[] = {
    {"disqualify", disqualify, CHIEF, CONTESTANT, true},
    {"reinstate", reinstate, CHIEF, CONTESTANT, true},
    {"exclude_judge", exclude_judge, CHIEF, JUDGE, true},
    {"include_judge", include_judge, CHIEF, JUDGE, true},
    {"confirm_panel", confirm_panel, CHIEF | AUDITOR, ROUND, false},
    {"ask_reentry", ask_reentry, CHIEF, ROUND, true},
    {"accept_spread", accept_spread, CHIEF, ROUND, true},
    {"spot_check", spot_check, CHIEF | AUDITOR, NOBODY, false},
    {"sign", sign, CHIEF | AUDITOR, NOBODY, false},
    {"finalise", finalise, CHIEF, NOBODY, false},
    {"record_lot", record_lot, CHIEF, NOBODY, true},
    {"record_playoff", record_playoff, CHIEF, NOBODY, true},
    {"grant_correction", grant_correction, CHIEF, SHEET, true},
    {"refuse_correction", refuse_correction, CHIEF, SHEET, true},
};

static const struct action *find_action(const char *name)
{
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        if (strcmp(actions[i].name, name) == 0)
            return &actions[i];
    return NULL;
}

static struct error *choose_role(struct taking *taking, const struct action *action)
{
    const struct ruling *ruling = taking->ruling;

    if (ruling->chief_judge && action->roles & CHIEF)
        taking->role = "chief_judge";
    else if (ruling->auditor && action->roles & AUDITOR)
        taking->role = "auditor";
    else
        return error_make(
            taking->arena, ERROR_FORBIDDEN, "role_needed", "这一操作须由%s作出。",
            action->roles & CHIEF ? "裁判长" : "监督");
    return NULL;
}

static struct error *find_round(struct taking *taking)
{
    const char *id = taking->ruling->round ? taking->ruling->round : "";
    const struct rules *rules = taking->state->rules;

    taking->round = rules_find_round(rules, id);
    if (taking->round == rules->round_count ||
        rules->rounds[taking->round].kind != RULES_JUDGED)
        return error_new(
            taking->arena, ERROR_NOT_FOUND, "round_unknown", "没有这个评审轮。");
    return NULL;
}

static struct error *find_subject(struct taking *taking, enum about about)
{
    const struct ruling *ruling = taking->ruling;

    taking->contestant = contest_find_contestant(taking->state, ruling->contestant);
    if (about != NOBODY && taking->contestant == CONTEST_NONE)
        return error_new(
            taking->arena, ERROR_NOT_FOUND, "contestant_unknown",
            "本场比赛没有这位选手。");
    if (about == ROUND || about == SHEET)
        TRY(find_round(taking));
    taking->judge = contest_find_judge_number(taking->state, ruling->judge);
    if ((about == JUDGE || about == SHEET) && taking->judge == CONTEST_NONE)
        return error_new(
            taking->arena, ERROR_NOT_FOUND, "judge_unknown", "本场比赛没有这位评委。");
    return NULL;
}

static struct error *check(struct taking *taking, const struct action *action)
{
    const struct ruling *ruling = taking->ruling;
    const struct contest_state *state = taking->state;

    if (ruling->expected < state->moved_at)
        return error_new(
            taking->arena, ERROR_CONFLICT, "contest_moved_on",
            "比赛已有新的进展，请看清最新状态后再操作。");
    if (state->phase == CONTEST_PREPARED || state->phase == CONTEST_FINISHED)
        return record_refuse(taking->arena, "规则封存之后、比赛结束之前才能裁决。");
    TRY(find_subject(taking, action->about));
    return action->reasoned ? record_check_reason(taking->arena, ruling->reason) : NULL;
}

struct error *ruling_take(struct db *db, void *context)
{
    struct ruling *ruling = context;
    struct taking taking = {.db = db, .arena = db_arena(db), .ruling = ruling};
    const struct action *action = find_action(ruling->action);

    TRY(journal_state(ruling->journal, db, ruling->contest, &taking.state));
    if (!action)
        return error_make(
            taking.arena, ERROR_INVALID, "action_unknown", "没有“%s”这个操作。",
            rules_excerpt(taking.arena, ruling->action));
    TRY(choose_role(&taking, action));
    TRY(check(&taking, action));
    return action->take(&taking);
}
