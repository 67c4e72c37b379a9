/* host_view.c - everything, for those who run the contest. */
#include <inttypes.h>
#include <stdlib.h>

#include "contest/agenda.h"
#include "contest/conditions.h"
#include "contest/spread.h"
#include "contest/view_parts.h"

struct host {
    struct arena *arena;
    struct writer *writer;
    const struct viewing *viewing;
    const struct contest_state *state;
    const struct roster *roster;
    size_t round; /* the one going on */
};

/* ---- The next step ---- */

/* "5 号 王某某" */
static const char *who(const struct host *host, size_t contestant)
{
    const struct contest_contestant *person = &host->state->contestants[contestant];

    return arena_format(
        host->arena, "%zu 号 %s", person->position,
        roster_contestant(host->roster, person->id)->name);
}

static const char *label_of(const struct host *host, const struct agenda *next)
{
    struct arena *arena = host->arena;
    size_t contestant = next->place.contestant;

    switch (next->action) {
    case AGENDA_SEAL:
        return "封存规则和名单";
    case AGENDA_DRAW_COMMIT:
        return "公布抽签承诺";
    case AGENDA_DRAW:
        return "请观众报一个数字，抽取出场顺序";
    case AGENDA_CALL:
        return arena_format(
            arena, "请 %s 上台%s", who(host, contestant),
            agenda_has_written(host->state) ? "" : "（理论成绩尚未提取）");
    case AGENDA_CLOSE:
        return arena_format(arena, "结束 %s 的评分", who(host, contestant));
    case AGENDA_RELEASE:
        return arena_format(arena, "公布 %s 的成绩", who(host, contestant));
    case AGENDA_FINISH:
        return agenda_has_written(host->state) ? "结束比赛，成绩定稿"
                                               : "结束比赛（须先由组织者提取理论成绩）";
    case AGENDA_SHOW:
    case AGENDA_ABSENT:
    case AGENDA_PRESENT:
    case AGENDA_ABORT:
    case AGENDA_CONTINUE:
    case AGENDA_DEDUCT:
    case AGENDA_FREEZE:
    case AGENDA_REVEAL:
    case AGENDA_UNFREEZE:
    case AGENDA_NONE:
        break;
    }
    abort();
}

static void write_next(struct host *host)
{
    struct agenda next = agenda_next(host->state);
    size_t contestant = next.place.contestant;

    if (next.action == AGENDA_NONE) {
        writer_null(host->writer, "next");
        return;
    }
    writer_object(host->writer, "next");
    writer_text(host->writer, "action", agenda_action_name(next.action));
    writer_text(host->writer, "label", label_of(host, &next));
    view_write_id(
        host->writer, "contestant",
        contestant == CONTEST_NONE ? 0 : host->state->contestants[contestant].id);
    writer_end(host->writer);
}

static void write_actions(struct host *host)
{
    writer_array(host->writer, "actions");
    for (size_t i = 0; i < AGENDA_NONE; i++)
        if (agenda_allows(host->state, (enum agenda_action)i))
            writer_text(host->writer, NULL, agenda_action_name((enum agenda_action)i));
    writer_end(host->writer);
}

/* ---- People ---- */

static const char *status_of(const struct contest_contestant *contestant, size_t round)
{
    static const char *const names[] = {
        [CONTEST_WAITING] = "waiting",
        [CONTEST_OPEN] = "on_stage",
        [CONTEST_CLOSED] = "closed",
        [CONTEST_RELEASED] = "released",
    };

    if (contestant->disqualified)
        return "disqualified";
    if (contestant->absent)
        return "absent";
    return contestant->aborted ? "aborted" : names[contestant->entries[round].stage];
}

static void write_sheet_counts(struct host *host, size_t contestant, size_t round)
{
    writer_int(
        host->writer, "sheets",
        (int64_t)contest_count_sheets(host->state, contestant, round));
    writer_int(
        host->writer, "expected_sheets",
        (int64_t)contest_count_eligible(host->state, contestant));
}

static void write_timer(struct host *host, struct contest_place place)
{
    const struct timing *timing =
        &host->state->contestants[place.contestant].entries[place.round].timing;
    struct writer *writer = host->writer;

    writer_object(writer, "timer");
    writer_text(writer, "stage", timing_stage_name(timing->stage));
    writer_int(writer, "elapsed_ms", timing->elapsed_ms);
    view_write_id(writer, "since", timing->stage == TIMING_RUNNING ? timing->since : 0);
    view_write_id(
        writer, "limit_s", host->state->rules->rounds[place.round].time.limit_s);
    writer_end(writer);
}

static void write_on_stage(struct host *host)
{
    struct contest_place place = host->state->on_stage;

    if (place.contestant == CONTEST_NONE ||
        contest_is_out(&host->state->contestants[place.contestant])) {
        writer_null(host->writer, "on_stage");
        return;
    }
    const struct contest_contestant *contestant =
        &host->state->contestants[place.contestant];
    writer_object(host->writer, "on_stage");
    view_write_contestant(host->writer, host->roster, contestant);
    writer_bool(
        host->writer, "open", contestant->entries[place.round].stage == CONTEST_OPEN);
    write_sheet_counts(host, place.contestant, place.round);
    write_timer(host, place);
    writer_end(host->writer);
}

static void write_row(struct host *host, const struct standings_row *row)
{
    const struct contest_contestant *contestant = row->contestant;
    const struct roster_person *person =
        roster_contestant(host->roster, contestant->id);
    const struct rules *rules = host->state->rules;
    struct writer *writer = host->writer;

    writer_object(writer, NULL);
    writer_int(writer, "id", contestant->id);
    writer_text(writer, "name", person->name);
    writer_text(writer, "branch", person->branch_name);
    view_write_id(writer, "position", (int64_t)contestant->position);
    writer_text(writer, "status", status_of(contestant, host->round));
    writer_text_or_null(writer, "written", view_written(rules, row));
    writer_text_or_null(writer, "judged", view_judged(rules, row));
    writer_text_or_null(writer, "total", row->total);
    view_write_rank(writer, row->rank);
    write_sheet_counts(
        host, contest_find_contestant(host->state, contestant->id), host->round);
    view_write_deductions(
        writer, &rules->rounds[host->round], &contestant->entries[host->round]);
    writer_end(writer);
}

/* In the order of appearance, so that the list does not jump while marks come in. */
static int by_position(const void *left, const void *right)
{
    const struct contest_contestant *a =
        ((const struct standings_row *)left)->contestant;
    const struct contest_contestant *b =
        ((const struct standings_row *)right)->contestant;

    if (a->position != b->position)
        return a->position < b->position ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

static struct error *write_contestants(struct host *host)
{
    struct standings standings;

    TRY(standings_compute(host->arena, host->state, STANDINGS_ALL, &standings));
    qsort(standings.rows, standings.row_count, sizeof *standings.rows, by_position);
    writer_array(host->writer, "contestants");
    for (size_t i = 0; i < standings.row_count; i++)
        write_row(host, &standings.rows[i]);
    writer_end(host->writer);
    return NULL;
}

static int64_t count_marks(const struct rules_round *round, const int64_t *marks)
{
    int64_t count = 0;

    for (size_t i = 0; i < round->criterion_count; i++)
        count += marks[i] != CONTEST_NO_MARK;
    return count;
}

/* What a judge has done for the one on stage. */
static void write_work(struct host *host, size_t judge)
{
    const struct contest_state *state = host->state;
    struct contest_place place = state->on_stage;
    const struct contest_sheet *sheet = NULL;
    bool recused = false;

    if (place.contestant != CONTEST_NONE) {
        sheet =
            &state->contestants[place.contestant].entries[place.round].sheets[judge];
        recused = contest_is_recused(state, judge, place.contestant);
    }
    writer_bool(host->writer, "submitted", sheet && sheet->submitted);
    writer_bool(host->writer, "recused", recused);
    writer_int(
        host->writer, "marks",
        sheet ? count_marks(&state->rules->rounds[place.round], sheet->marks) : 0);
}

static void write_judges(struct host *host)
{
    struct writer *writer = host->writer;

    writer_array(writer, "judges");
    for (size_t i = 0; i < host->state->judge_count; i++) {
        const struct contest_judge *judge = &host->state->judges[i];
        const struct roster_person *person = roster_judge(host->roster, judge->person);
        int64_t last_seen;
        int64_t unsent;
        writer_object(writer, NULL);
        writer_int(writer, "id", judge->person);
        writer_int(writer, "number", judge->number);
        writer_text(writer, "name", person->name);
        writer_text(writer, "branch", person->branch_name);
        write_work(host, i);
        if (presence_last(
                host->viewing->presence, host->viewing->contest, judge->person,
                &last_seen, &unsent)) {
            writer_int(writer, "last_seen", last_seen);
            writer_int(writer, "unsent", unsent);
        } else {
            writer_null(writer, "last_seen");
            writer_null(writer, "unsent");
        }
        writer_end(writer);
    }
    writer_end(writer);
}

/* ---- What waits for the chief judge, or for a judge ---- */

static void write_entry_reviews(struct host *host, struct contest_place place)
{
    const struct contest_sheet *sheets =
        host->state->contestants[place.contestant].entries[place.round].sheets;

    for (size_t i = 0; sheets && i < host->state->judge_count; i++) {
        if (sheets[i].reopening == CONTEST_SETTLED)
            continue;
        writer_object(host->writer, NULL);
        view_write_review(host->writer, host->roster, host->state, place, i);
        writer_int(host->writer, "judge", host->state->judges[i].number);
        writer_text(host->writer, "reason", sheets[i].reopening_reason);
        writer_end(host->writer);
    }
}

static void write_reviews(struct host *host)
{
    writer_array(host->writer, "reviews");
    for (size_t i = 0; i < host->state->contestant_count; i++)
        for (size_t j = 0; j < host->state->rules->round_count; j++)
            write_entry_reviews(host, (struct contest_place){i, j});
    writer_end(host->writer);
}

/* Why a score is not released, besides reviews. */
static void write_flag(struct host *host, struct contest_place place, const char *kind)
{
    const struct contest_contestant *contestant =
        &host->state->contestants[place.contestant];
    struct writer *writer = host->writer;
    struct spread spread;

    spread_measure(host->arena, host->state, place, &spread);
    writer_object(writer, NULL);
    view_write_contestant(writer, host->roster, contestant);
    writer_text(writer, "round", host->state->rules->rounds[place.round].id);
    writer_text(writer, "kind", kind);
    writer_text(writer, "range", rules_points_text(host->arena, spread.range));
    writer_array(writer, "judges");
    for (size_t i = 0; i < host->state->judge_count; i++)
        if (spread.outliers[i])
            writer_int(writer, NULL, host->state->judges[i].number);
    writer_end(writer);
    writer_end(writer);
}

static void write_entry_flags(struct host *host, struct contest_place place)
{
    const struct contest_contestant *contestant =
        &host->state->contestants[place.contestant];

    if (contestant->entries[place.round].stage < CONTEST_CLOSED)
        return;
    if (!contest_is_confirmed(host->state, place))
        write_flag(host, place, "few_judges");
    if (spread_is_open(host->state, place))
        write_flag(host, place, "spread");
}

/* What a sign-off still waits for. */
static struct error *write_conditions(struct host *host)
{
    struct conditions open = {0};

    if (host->state->rules->sign_off && host->state->phase >= CONTEST_DRAWN &&
        host->state->phase != CONTEST_FINISHED)
        TRY(conditions_check(host->arena, host->state, 0, &open));
    writer_array(host->writer, "conditions");
    for (size_t i = 0; i < open.count; i++) {
        writer_object(host->writer, NULL);
        writer_text(host->writer, "code", open.list[i].code);
        writer_text(host->writer, "text", open.list[i].text);
        writer_end(host->writer);
    }
    writer_end(host->writer);
    return NULL;
}

static void write_flags(struct host *host)
{
    writer_array(host->writer, "flags");
    for (size_t i = 0; i < host->state->contestant_count; i++)
        for (size_t j = 0; j < host->state->rules->round_count; j++)
            write_entry_flags(host, (struct contest_place){i, j});
    writer_end(host->writer);
}

/* ---- The whole ---- */

static void write_chain(struct host *host)
{
    const struct contest_state *state = host->state;
    struct writer *writer = host->writer;

    if (state->commit) {
        writer_object(writer, "draw");
        writer_text(writer, "commit", state->commit);
        writer_text_or_null(writer, "seed", state->seed);
        writer_text_or_null(writer, "spoken", state->spoken);
        writer_end(writer);
    } else {
        writer_null(writer, "draw");
    }
    writer_object(writer, "chain");
    writer_int(writer, "number", state->number);
    writer_text(writer, "hash", state->hash);
    writer_end(writer);
}

struct error *
view_host(const struct viewing *viewing, struct writer *writer, int64_t *number)
{
    struct host host = {
        .arena = db_arena(viewing->db), .writer = writer, .viewing = viewing};
    const struct contest_state *state;

    TRY(journal_state(viewing->journal, viewing->db, viewing->contest, &host.state));
    TRY(roster_read(viewing->db, viewing->contest, &host.roster));
    state = host.state;
    host.round = contest_current_round(state);
    *number = state->number;
    writer_object(writer, NULL);
    writer_int(writer, "number", state->number);
    writer_text(writer, "title", host.roster->title);
    writer_text(writer, "state", contest_phase_name(state->phase));
    writer_text_or_null(
        writer, "rules_hash",
        state->phase == CONTEST_PREPARED ? NULL : state->rules->hash);
    view_write_round(writer, &state->rules->rounds[host.round]);
    write_next(&host);
    write_actions(&host);
    write_on_stage(&host);
    TRY(write_contestants(&host));
    write_judges(&host);
    write_reviews(&host);
    write_flags(&host);
    TRY(write_conditions(&host));
    view_write_criteria(writer, &state->rules->rounds[host.round]);
    writer_text(writer, "view", contest_screen_name(state->view));
    write_chain(&host);
    writer_bool(writer, "frozen", state->public != NULL);
    writer_int(writer, "revealed", state->public ? state->revealed : 0);
    writer_bool(writer, "final", state->phase == CONTEST_FINISHED);
    writer_end(writer);
    return NULL;
}
