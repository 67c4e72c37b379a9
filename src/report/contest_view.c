#include "report/contest_view.h"

#include <stdlib.h>
#include <string.h>

#include "contest/journal.h"
#include "report/contest_changes.h"

struct error *contest_view_load(
    struct db *db, int64_t contest, int64_t now, struct contest_view *view)
{
    struct arena *arena = db_arena(db);

    view->about = (struct export_about){
        .made_at = now,
        .subject = journal_subject(arena, contest),
    };
    TRY(roster_read(db, contest, &view->roster));
    TRY(journal_build(arena, db, contest, &view->state));
    view->rules = view->state->rules;
    TRY(standings_compute(arena, view->state, STANDINGS_ALL, &view->standings));
    TRY(contest_changes_load(db, view->about.subject, &view->changes));
    return export_about_load(db, &view->about);
}

struct error *contest_view_load_public(
    struct db *db, int64_t contest, int64_t now, struct contest_view *view)
{
    TRY(contest_view_load(db, contest, now, view));
    if (!view->state->public)
        return NULL;
    view->state = contest_public(view->state);
    return standings_compute(
        db_arena(db), view->state, STANDINGS_PUBLIC, &view->standings);
}

const char *contest_view_status(enum standings_status status)
{
    switch (status) {
    case STANDINGS_RANKED:
        return "已完成";
    case STANDINGS_PENDING:
        return "未完成";
    case STANDINGS_UNRANKED:
        return "缺成绩，不排名";
    case STANDINGS_ABORTED:
        return "中止";
    case STANDINGS_ABSENT:
        return "弃权";
    case STANDINGS_DISQUALIFIED:
        return "取消资格";
    }
    abort();
}

static const char *describe_tie(
    struct arena *arena, const struct rules *rules, const struct rules_tie *tie)
{
    const char *round = rules->rounds[tie->round].title;

    switch (tie->kind) {
    case RULES_TIE_TOTAL:
        return "总分";
    case RULES_TIE_ROUND:
        return arena_format(arena, "%s得分", round);
    case RULES_TIE_UNTRIMMED:
        return arena_format(arena, "%s全部评分表平均分", round);
    case RULES_TIE_HIGHEST:
        return arena_format(arena, "%s最高一张评分表", round);
    case RULES_TIE_TIME:
        return arena_format(arena, "%s用时", round);
    case RULES_TIE_COUNTBACK:
        return arena_format(arena, "%s各评委名次（先比第一名多少）", round);
    case RULES_TIE_DRAW:
        return "抽签";
    case RULES_TIE_PLAYOFF:
        return "加赛";
    case RULES_TIE_SHARED:
        return "并列";
    }
    abort();
}

const char *
contest_view_tie(struct arena *arena, const struct contest_view *view, const char *key)
{
    const struct rules *rules = view->rules;

    for (size_t i = 0; key && i < rules->tie_count; i++)
        if (strcmp(rules->ties[i].key, key) == 0)
            return describe_tie(arena, rules, &rules->ties[i]);
    return key;
}

const char *contest_view_rank_title(const struct contest_view *view)
{
    return view->standings.final ? "名次" : "名次（非最终）";
}

struct error *
contest_view_percent(struct arena *arena, struct rational weight, const char **text)
{
    const struct rational_rounding exact = {2, RATIONAL_HALF_UP}; /* 4 places * 100 */
    struct rational percent;
    int64_t units;

    TRY(rational_multiply(arena, weight, rational_scaled(100, 0), &percent));
    TRY(rational_round(arena, percent, exact, &units));
    *text = decimal_short(arena, units, exact.dp);
    return NULL;
}

const char *contest_view_branch(const struct contest_view *view, int64_t branch)
{
    return roster_branch_name(view->roster, branch);
}
