#include "report/contest_notes.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/text.h"

enum { SENTENCE_LIMIT = 16 * 1024 };

static const char *rounding_words(enum rational_mode mode)
{
    switch (mode) {
    case RATIONAL_HALF_UP:
        return "四舍五入";
    case RATIONAL_HALF_EVEN:
        return "四舍六入五成双";
    case RATIONAL_TRUNCATE:
        return "截尾";
    }
    abort();
}

/* "四舍五入到 2 位小数" */
static const char *rounded(struct arena *arena, struct rational_rounding rounding)
{
    return arena_format(
        arena, "%s到 %d 位小数", rounding_words(rounding.mode), rounding.dp);
}

static const char *missing_words(enum panel_missing missing)
{
    switch (missing) {
    case PANEL_PRESENT:
        return "缺席评委不计";
    case PANEL_IMPUTE:
        return "缺席评委以其余评委的平均分代入";
    case PANEL_WAIT:
        return "评分表收齐后出分";
    }
    abort();
}

/* What is dropped depends on how many judges marked. */
static const char *describe_table(
    struct arena *arena, const struct rules_round *round, const char *otherwise)
{
    static const char *const confirms[] = {
        [RULES_CONFIRM_NOBODY] = "",
        [RULES_CONFIRM_CHIEF] = "，须裁判长确认",
        [RULES_CONFIRM_BOTH] = "，须裁判长和监督确认",
    };
    struct text text;

    text_init(&text, arena, SENTENCE_LIMIT);
    text_add(&text, "按实到评委人数：");
    for (size_t i = 0; i < round->table_count; i++)
        text_add_format(
            &text, "%d 人及以上去 %d 个最高分、%d 个最低分%s，", round->table[i].from,
            round->table[i].drop_high, round->table[i].drop_low,
            confirms[round->table[i].confirm]);
    text_add_format(&text, "其余%s", otherwise);
    return text.bytes;
}

static const char *describe_panel(struct arena *arena, const struct rules_round *round)
{
    const struct panel_rule *panel = &round->panel;
    const char *trim = "不去最高最低分";

    if (panel->drop_high || panel->drop_low)
        trim = arena_format(
            arena, "按%s去 %d 个最高分、%d 个最低分",
            round->trim == RULES_TRIM_TOTAL ? "评委总分" : "每个评分项",
            panel->drop_high, panel->drop_low);
    if (round->table_count)
        trim = describe_table(arena, round, trim);
    return arena_format(
        arena, "%s，取其余的%s，%s；%s；扣分从评委组得分中扣除，不低于 0 分", trim,
        panel->mode == PANEL_MEAN ? "平均分" : "总和", rounded(arena, panel->rounding),
        missing_words(panel->missing));
}

static const char *
describe_criteria(struct arena *arena, const struct rules_round *round)
{
    struct text text;

    text_init(&text, arena, SENTENCE_LIMIT);
    for (size_t i = 0; i < round->criterion_count; i++)
        text_add_format(
            &text, "%s%s（0–%s，每 %s 分一档）", i ? "；" : "",
            round->criteria[i].title,
            decimal_short(arena, round->criteria[i].maximum, RULES_PLACES),
            decimal_short(arena, round->criteria[i].step, RULES_PLACES));
    return text.bytes;
}

static void
note_round(struct table *table, const struct rules_round *round, const char *percent)
{
    struct arena *arena = table->arena;
    const char *full = decimal_short(arena, round->full, RULES_PLACES);

    if (round->kind == RULES_WRITTEN) {
        export_note(
            table, round->title,
            arena_format(
                arena, "占 %s%%，满分 %s，取自测验 %" PRId64 " 的成绩", percent, full,
                round->quiz));
        return;
    }
    export_note(
        table, round->title,
        arena_format(
            arena, "占 %s%%，满分 %s；%s", percent, full,
            describe_panel(arena, round)));
    export_note(
        table, arena_format(arena, "%s 评分项", round->title),
        describe_criteria(arena, round));
}

static const char *rank_words(enum rank_style style)
{
    switch (style) {
    case RANK_COMPETITION:
        return "同分同名次，其后跳号（1-2-2-4）";
    case RANK_DENSE:
        return "同分同名次，其后不跳号（1-2-2-3）";
    case RANK_MODIFIED:
        return "同分同名次，取靠后的名次（1-3-3-4）";
    case RANK_ORDINAL:
        return "不并列，仍相同的按出场顺序";
    case RANK_FRACTIONAL:
        return "同分取平均名次（1-2.5-2.5-4）";
    }
    abort();
}

static const char *describe_ties(struct arena *arena, const struct contest_view *view)
{
    struct text text;

    text_init(&text, arena, SENTENCE_LIMIT);
    text_add(&text, "依次比较");
    for (size_t i = 0; i < view->rules->tie_count; i++)
        text_add_format(
            &text, "%s%s（%s）", i ? "、" : "",
            contest_view_tie(arena, view, view->rules->ties[i].key),
            view->rules->ascending[i] ? "低者在前" : "高者在前");
    text_add_format(&text, "；%s", rank_words(view->rules->rank_style));
    return text.bytes;
}

static void note_totals(struct table *table, const struct contest_view *view)
{
    struct arena *arena = table->arena;
    const struct rules *rules = view->rules;
    bool registered = rules->formula == RULES_MEAN_REGISTERED;

    export_note(
        table, "总分",
        arena_format(
            arena, "各环节得分÷满分×100×所占比例，相加后%s；%s",
            rounded(arena, rules->total),
            rules->missing == RULES_ABSENT_AS_ZERO ? "缺理论成绩的该项计 0 分"
                                                   : "缺理论成绩的不排名"));
    export_note(table, "名次", describe_ties(arena, view));
    export_note(
        table, "街道成绩",
        arena_format(
            arena, "按%s排名，%s，按公布的小数比较；弃权%s",
            registered ? "应参平均分（总分之和÷应参人数）"
                       : "实参平均分（总分之和÷实参人数）",
            rounded(arena, rules->branch), registered ? "计 0 分" : "不计"));
}

static void note_draw(struct table *table, const struct contest_state *state)
{
    if (state->commit)
        export_note(table, "抽签承诺（种子的 SHA-256）", state->commit);
    if (!state->seed)
        return;
    export_note(table, "抽签种子", state->seed);
    export_note(table, "现场报数", state->spoken);
}

struct error *contest_notes_fill(
    struct table *table, struct arena *arena, const struct contest_view *view,
    const char *marks)
{
    const struct rules *rules = view->rules;

    export_notes(table, arena);
    export_note(table, "比赛", view->roster->title);
    export_note(
        table, "结果状态",
        view->standings.final ? "最终成绩" : "非最终成绩，比赛尚未结束");
    for (size_t i = 0; i < rules->round_count; i++) {
        const char *percent;
        TRY(contest_view_percent(arena, rules->rounds[i].weight, &percent));
        note_round(table, &rules->rounds[i], percent);
    }
    note_totals(table, view);
    note_draw(table, view->state);
    export_note(table, "规则哈希（SHA-256）", rules->hash);
    export_note_about(table, &view->about, marks);
    export_note(
        table, "复核方法",
        "下载 rules.json 与 events.ndjson，运行 xunsai contest replay，"
        "可由全部记录重新算出本表。");
    return NULL;
}
