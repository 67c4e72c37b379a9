/* ranking_contest.c - a contest's standings as a ranking: the ranks are those of its
 * sealed rules, nothing is computed anew. */
#include "report/ranking.h"

#include <stdlib.h>

#include "contest/journal.h"
#include "contest/roster.h"
#include "contest/standings.h"
#include "report/contest_view.h"

static enum ranking_status status_of(enum standings_status status)
{
    switch (status) {
    case STANDINGS_RANKED:
        return RANKING_DONE;
    case STANDINGS_PENDING:
        return RANKING_IN_PROGRESS;
    case STANDINGS_UNRANKED:
    case STANDINGS_ABORTED:
    case STANDINGS_ABSENT:
    case STANDINGS_DISQUALIFIED:
        return RANKING_ABSENT;
    }
    abort();
}

/* Streets of contestants, in the order of the standings. */
static size_t
branch_of(struct ranking *ranking, const struct contest_view *view, int64_t id)
{
    size_t i = 0;

    while (i < ranking->branch_count && ranking->branches[i].id != id)
        i++;
    if (i == ranking->branch_count)
        ranking->branches[ranking->branch_count++] = (struct ranking_branch){
            .id = id,
            .name = id ? contest_view_branch(view, id) : "（不属街道）",
        };
    return i;
}

static void take_branches(struct ranking *ranking, const struct contest_view *view)
{
    for (size_t i = 0; i < view->standings.branch_count; i++) {
        const struct standings_branch *standing = &view->standings.branches[i];
        struct ranking_branch *branch =
            &ranking->branches[branch_of(ranking, view, standing->branch)];
        branch->mean_expected = standing->mean_registered;
        branch->mean_attended = standing->mean_present;
        branch->value = view->rules->formula == RULES_MEAN_REGISTERED
                            ? standing->mean_registered
                            : standing->mean_present;
        branch->rank = standing->rank;
    }
}

static void
take_person(struct ranking *ranking, const struct contest_view *view, size_t index)
{
    const struct standings_row *row = &view->standings.rows[index];
    const struct roster_person *person =
        roster_contestant(view->roster, row->contestant->id);

    ranking->people[ranking->person_count++] = (struct ranking_person){
        .id = person->person,
        .staff_number = person->staff_number,
        .name = person->name,
        .community = "",
        .cohort = "",
        .branch = (uint32_t)branch_of(ranking, view, row->contestant->branch),
        .status = status_of(row->status),
        .score = row->total_units,
        .rank = row->rank,
        .tie = contest_view_tie(view->state->arena, view, row->tie_key),
        .place = (uint32_t)index,
    };
}

static struct error *read_time(struct db *db, struct ranking *ranking)
{
    static const char sql[] = "SELECT created_at FROM contest WHERE id = $1";
    bool found;

    return db_number(db, &found, &ranking->held_at, sql, INT(ranking->subject));
}

struct error *ranking_load_contest(
    struct db *db, int64_t subject, int64_t now, struct ranking *ranking)
{
    struct arena *arena = db_arena(db);
    struct contest_view view;

    TRY(contest_view_load_public(db, subject, now, &view));
    TRY(read_time(db, ranking));
    ranking->title = view.roster->title;
    ranking->revision = view.rules->hash;
    ranking->final = view.standings.final;
    ranking->dp = view.rules->total.dp;
    ranking->full = 100 * decimal_power(ranking->dp);
    ranking->people =
        arena_alloc(arena, (view.standings.row_count + 1) * sizeof *ranking->people);
    ranking->branches = arena_alloc(
        arena, (view.standings.row_count + view.standings.branch_count + 1) *
                   sizeof *ranking->branches);
    take_branches(ranking, &view);
    for (size_t i = 0; i < view.standings.row_count; i++)
        take_person(ranking, &view, i);
    ranking->formula_text = arena_format(
        arena,
        "个人与街道都按封存的竞赛规则（SHA-256 %s）计分排名；街道按%s平均分排名。%s",
        view.rules->hash,
        view.rules->formula == RULES_MEAN_REGISTERED ? "应参（弃权计 0 分）" : "实参",
        ranking->final ? "" : "竞赛尚未结束。");
    return NULL;
}
