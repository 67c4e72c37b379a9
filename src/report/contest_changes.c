#include "report/contest_changes.h"

#include <string.h>

#include "base/clock.h"

enum { CHANGE_COLUMNS = 8, DRAW_COLUMNS = 5 };

/* What counts as a decision. Marks, sheets and what the screen shows are elsewhere. */
static const struct {
    const char *kind;
    const char *words;
} kinds[] = {
    {"absent", "弃权"},
    {"present", "撤销弃权"},
    {"aborted", "中止"},
    {"continued", "撤销中止"},
    {"disqualified", "取消资格"},
    {"reinstated", "撤销取消资格"},
    {"deducted", "扣分"},
    {"correction_asked", "评委申请更正"},
    {"correction_granted", "同意更正"},
    {"correction_refused", "不同意更正"},
    {"judge_excluded", "评委不评此选手"},
    {"judge_included", "撤销评委不评此选手"},
    {"panel_confirmed", "确认评委人数"},
    {"reentry_asked", "请评委复议"},
    {"spread_accepted", "接受分差"},
    {"timer_set", "手工改计时"},
    {"finished", "成绩定稿"},
};

static const char *words_of(const char *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return kinds[i].words;
    return NULL;
}

/* ---- Reading ---- */

struct reading {
    struct arena *arena;
    struct contest_change *first;
    struct contest_change *last;
};

static struct error *take_event(void *context, const struct chain_event *event)
{
    struct reading *reading = context;
    struct chain_event *kept;
    struct contest_change *change;

    if (!words_of(event->kind))
        return NULL;
    kept = arena_alloc(reading->arena, sizeof *kept);
    *kept = *event;
    change = arena_alloc(reading->arena, sizeof *change);
    change->event = kept;
    if (reading->last)
        reading->last->next = change;
    else
        reading->first = change;
    reading->last = change;
    return NULL;
}

struct error *contest_changes_load(
    struct db *db, const char *subject, const struct contest_change **changes)
{
    struct reading reading = {.arena = db_arena(db)};

    TRY(chain_read(db, subject, 0, take_event, &reading));
    *changes = reading.first;
    return NULL;
}

/* ---- 更正记录 ---- */

static const char *text_of(const json_t *body, const char *key)
{
    return json_string_value(json_object_get(body, key));
}

/* A negative deduction takes an earlier one back. */
static const char *title_of(const struct chain_event *event)
{
    const char *points = text_of(event->body, "points");

    if (strcmp(event->kind, "deducted") == 0 && points && *points == '-')
        return "撤销扣分";
    return words_of(event->kind);
}

static const char *role_of(const char *role)
{
    static const char *const words[][2] = {
        {"host", "主持"},    {"judge", "评委"},       {"chief_judge", "裁判长"},
        {"auditor", "监督"}, {"organiser", "组织者"},
    };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i][0], role) == 0)
            return words[i][1];
    return role;
}

static const char *round_of(const struct contest_view *view, const json_t *body)
{
    const char *id = text_of(body, "round");
    size_t round = id ? rules_find_round(view->rules, id) : view->rules->round_count;

    return round < view->rules->round_count ? view->rules->rounds[round].title : NULL;
}

static void fill_change(
    struct table *table, const struct contest_view *view,
    const struct chain_event *event)
{
    struct arena *arena = table->arena;
    struct table_cell *cell = table_row(table);
    const json_t *contestant = json_object_get(event->body, "contestant");
    const char *points = text_of(event->body, "points");

    cell[0] = table_integer(arena, event->number);
    cell[1] = table_text(clock_beijing(arena, event->at));
    cell[2] = table_text(role_of(event->role));
    cell[3] = table_text(title_of(event));
    if (json_is_integer(contestant))
        cell[4] = table_text(
            roster_contestant(view->roster, json_integer_value(contestant))->name);
    cell[5] = table_text(round_of(view, event->body));
    cell[6] = table_number(points);
    cell[7] = table_text(text_of(event->body, "reason"));
}

void contest_changes_fill(
    struct table *table, struct arena *arena, const struct contest_view *view)
{
    table_init(table, arena, CHANGE_COLUMNS);
    table_column(table, "记录链序号", 11);
    table_column(table, "时间（北京时间）", 20);
    table_column(table, "谁", 10);
    table_column(table, "事项", 18);
    table_column(table, "选手", 16);
    table_column(table, "环节", 14);
    table_column(table, "分值", 9);
    table_column(table, "原因", 40);
    for (const struct contest_change *c = view->changes; c; c = c->next)
        fill_change(table, view, c->event);
}

/* ---- 抽签记录 ---- */

static void draw_note(struct table *table, const char *item, const char *content)
{
    struct table_cell *cell = table_row(table);

    cell[0] = table_text(item);
    cell[4] = table_text(content);
}

static const struct contest_contestant *
at_position(const struct contest_state *state, size_t position)
{
    for (size_t i = 0; i < state->contestant_count; i++)
        if (state->contestants[i].position == position)
            return &state->contestants[i];
    return NULL;
}

static void draw_order_rows(struct table *table, const struct contest_view *view)
{
    for (size_t p = 1; p <= view->state->contestant_count; p++) {
        const struct contest_contestant *who = at_position(view->state, p);
        if (!who)
            continue;
        const struct roster_person *person = roster_contestant(view->roster, who->id);
        struct table_cell *cell = table_row(table);
        cell[0] = table_integer(table->arena, (int64_t)p);
        cell[1] = table_text(person->staff_number);
        cell[2] = table_text(person->name);
        cell[3] = table_text(person->branch_name);
    }
}

void contest_changes_draw(
    struct table *table, struct arena *arena, const struct contest_view *view)
{
    const struct contest_state *state = view->state;

    table_init(table, arena, DRAW_COLUMNS);
    table_column(table, "出场序号", 16);
    table_column(table, "工号", 10);
    table_column(table, "姓名", 16);
    table_column(table, "街道", 16);
    table_column(table, "抽签依据", 70);
    if (!state->seed) {
        draw_note(table, "尚未抽签", NULL);
        return;
    }
    draw_note(table, "事先公布的承诺", state->commit);
    draw_note(table, "种子", state->seed);
    draw_note(table, "现场报数", state->spoken);
    draw_note(
        table, "核对办法",
        "种子的 SHA-256 应等于承诺；出场顺序由种子和现场报数按封存规则算出，"
        "xunsai contest replay 可重算。");
    draw_order_rows(table, view);
}
