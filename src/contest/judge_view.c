/* judge_view.c - one judge's tablet: the own marks and nobody else's. And the list of
 * contests. */
#include <inttypes.h>

#include "base/log.h"
#include "contest/view_parts.h"

struct tablet {
    struct arena *arena;
    struct writer *writer;
    const struct contest_state *state;
    const struct roster *roster;
    size_t judge;
    size_t round; /* the one of the contestant on stage, else the one going on */
};

static const struct contest_sheet *
sheet_of(const struct tablet *tablet, size_t contestant)
{
    const struct contest_entry *entry =
        &tablet->state->contestants[contestant].entries[tablet->round];

    return entry->sheets ? &entry->sheets[tablet->judge] : NULL;
}

static void write_now(struct tablet *tablet)
{
    const struct contest_state *state = tablet->state;
    struct contest_place place = state->on_stage;

    if (place.contestant == CONTEST_NONE ||
        contest_is_out(&state->contestants[place.contestant])) {
        writer_null(tablet->writer, "now");
        return;
    }
    const struct contest_contestant *contestant = &state->contestants[place.contestant];
    writer_object(tablet->writer, "now");
    view_write_contestant(tablet->writer, tablet->roster, contestant);
    writer_bool(
        tablet->writer, "open", contestant->entries[place.round].stage == CONTEST_OPEN);
    writer_bool(
        tablet->writer, "recused",
        contest_is_recused(state, tablet->judge, place.contestant));
    writer_end(tablet->writer);
}

static bool has_marks(const struct contest_sheet *sheet, size_t criteria)
{
    for (size_t i = 0; sheet && i < criteria; i++)
        if (sheet->marks[i] != CONTEST_NO_MARK)
            return true;
    return false;
}

static void write_marks(struct tablet *tablet)
{
    const struct rules_round *rule = &tablet->state->rules->rounds[tablet->round];

    writer_object(tablet->writer, "marks");
    for (size_t i = 0; i < tablet->state->contestant_count; i++) {
        const struct contest_sheet *sheet = sheet_of(tablet, i);
        if (!has_marks(sheet, rule->criterion_count))
            continue;
        writer_object(
            tablet->writer,
            arena_format(tablet->arena, "%" PRId64, tablet->state->contestants[i].id));
        const int64_t *marks = sheet->draft ? sheet->draft : sheet->marks;
        for (size_t j = 0; j < rule->criterion_count; j++)
            if (marks[j] != CONTEST_NO_MARK)
                writer_text(
                    tablet->writer, rule->criteria[j].id,
                    decimal_short(tablet->arena, marks[j], RULES_PLACES));
        writer_end(tablet->writer);
    }
    writer_end(tablet->writer);
}

static void write_sheets(struct tablet *tablet)
{
    struct writer *writer = tablet->writer;

    writer_array(writer, "sheets");
    for (size_t i = 0; i < tablet->state->contestant_count; i++) {
        const struct contest_sheet *sheet = sheet_of(tablet, i);
        if (!sheet || !sheet->submitted)
            continue;
        writer_object(writer, NULL);
        view_write_contestant(writer, tablet->roster, &tablet->state->contestants[i]);
        writer_text(writer, "total", rules_points_text(tablet->arena, sheet->total));
        writer_text(writer, "receipt", chain_receipt(tablet->arena, sheet->hash));
        writer_int(writer, "at", sheet->at);
        writer_end(writer);
    }
    writer_end(writer);
}

static void write_reviews(struct tablet *tablet)
{
    const struct contest_state *state = tablet->state;

    writer_array(tablet->writer, "reviews");
    for (size_t i = 0; i < state->contestant_count; i++)
        for (size_t j = 0; j < state->rules->round_count; j++) {
            const struct contest_sheet *sheets =
                state->contestants[i].entries[j].sheets;
            if (!sheets || sheets[tablet->judge].reopening == CONTEST_SETTLED)
                continue;
            writer_object(tablet->writer, NULL);
            view_write_review(
                tablet->writer, tablet->roster, state, (struct contest_place){i, j},
                tablet->judge);
            writer_end(tablet->writer);
        }
    writer_end(tablet->writer);
}

static struct error *find_judge(const struct viewing *viewing, struct tablet *tablet)
{
    tablet->judge = contest_find_judge(tablet->state, viewing->person);
    if (tablet->judge == CONTEST_NONE)
        return error_new(
            tablet->arena, ERROR_FORBIDDEN, "not_on_panel", "您不是本场比赛的评委。");
    tablet->round = tablet->state->on_stage.round;
    if (tablet->round == CONTEST_NONE)
        tablet->round = contest_current_round(tablet->state);
    return NULL;
}

struct error *
view_judge(const struct viewing *viewing, struct writer *writer, int64_t *number)
{
    struct tablet tablet = {.arena = db_arena(viewing->db), .writer = writer};
    const struct contest_state *state;

    TRY(journal_state(viewing->journal, viewing->db, viewing->contest, &state));
    tablet.state = state;
    TRY(find_judge(viewing, &tablet));
    TRY(roster_read(viewing->db, viewing->contest, &tablet.roster));
    *number = state->number;
    writer_object(writer, NULL);
    writer_int(writer, "number", state->number);
    writer_text(writer, "title", tablet.roster->title);
    view_write_round(writer, &state->rules->rounds[tablet.round]);
    writer_object(writer, "judge");
    writer_int(writer, "id", viewing->person);
    writer_int(writer, "number", state->judges[tablet.judge].number);
    writer_text(writer, "name", roster_judge(tablet.roster, viewing->person)->name);
    writer_end(writer);
    view_write_criteria(writer, &state->rules->rounds[tablet.round]);
    writer_text(
        writer, "full",
        decimal_short(
            tablet.arena, state->rules->rounds[tablet.round].full, RULES_PLACES));
    write_now(&tablet);
    write_marks(&tablet);
    write_sheets(&tablet);
    write_reviews(&tablet);
    writer_bool(writer, "final", state->phase == CONTEST_FINISHED);
    writer_end(writer);
    return NULL;
}

/* ---- The list ---- */

enum { LISTED = 200 };

struct listed {
    int64_t id;
    const char *title;
};

static struct error *
read_contests(struct db *db, struct listed contests[LISTED], size_t *count)
{
    static const char sql[] = "SELECT id, title FROM contest ORDER BY id DESC";
    SCOPED_ROWS rows = db_query(db, sql);

    *count = 0;
    while (*count < LISTED && rows_next(&rows))
        contests[(*count)++] = (struct listed){rows_int(&rows, 0), rows_text(&rows, 1)};
    return rows_error(&rows);
}

struct error *view_list(const struct viewing *viewing, struct writer *writer)
{
    struct listed contests[LISTED];
    size_t count;

    TRY(read_contests(viewing->db, contests, &count));
    writer_object(writer, NULL);
    writer_array(writer, "contests");
    for (size_t i = 0; i < count; i++) {
        const struct contest_state *state;
        struct error *error =
            journal_state(viewing->journal, viewing->db, contests[i].id, &state);
        if (error) { /* one damaged contest does not hide the others */
            log_event("contest_unreadable", "message=%s", error->message);
            continue;
        }
        writer_object(writer, NULL);
        writer_int(writer, "id", contests[i].id);
        writer_text(writer, "title", contests[i].title);
        writer_text(writer, "state", contest_phase_name(state->phase));
        writer_end(writer);
    }
    writer_end(writer);
    writer_end(writer);
    return NULL;
}
