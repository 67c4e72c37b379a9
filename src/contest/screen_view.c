/* screen_view.c - the big screen and the public's phones. */
#include <string.h>

#include "contest/judged_board.h"
#include "contest/view_parts.h"
#include "people/person.h"

enum { CHAIN_DIGITS = 8 };

struct screen {
    struct arena *arena;
    struct writer *writer;
    const struct contest_state *state;  /* what the host does */
    const struct contest_state *public; /* results that may be told */
    const struct roster *roster;
};

/* ---- One contestant ---- */

static bool is_shown(const struct contest_state *state, struct contest_place place)
{
    return place.contestant != CONTEST_NONE &&
           !contest_is_out(&state->contestants[place.contestant]);
}

static void write_now(struct screen *screen, struct contest_place place)
{
    if (!is_shown(screen->state, place)) {
        writer_null(screen->writer, "now");
        return;
    }
    writer_object(screen->writer, "now");
    view_write_contestant(
        screen->writer, screen->roster, &screen->state->contestants[place.contestant]);
    writer_end(screen->writer);
}

/* Who has handed in, without any number. */
static void write_dots(struct screen *screen, bool wanted)
{
    const struct contest_state *state = screen->state;
    struct contest_place place = state->on_stage;

    writer_array(screen->writer, "dots");
    for (size_t i = 0; wanted && is_shown(state, place) && i < state->judge_count;
         i++) {
        if (contest_is_recused(state, i, place.contestant))
            continue;
        writer_object(screen->writer, NULL);
        writer_int(screen->writer, "judge", state->judges[i].number);
        writer_bool(
            screen->writer, "submitted",
            state->contestants[place.contestant]
                .entries[place.round]
                .sheets[i]
                .submitted);
        writer_end(screen->writer);
    }
    writer_end(screen->writer);
}

static void write_mark(struct writer *writer, const struct standings_mark *mark)
{
    static const char *const names[] = {
        [STANDINGS_KEPT] = NULL,
        [STANDINGS_DROPPED_LOW] = "low",
        [STANDINGS_DROPPED_HIGH] = "high",
    };

    writer_object(writer, NULL);
    writer_int(writer, "judge", mark->judge->number);
    writer_text(
        writer, "total", rules_points_text(writer->text.arena, mark->sheet->total));
    writer_text_or_null(writer, "dropped", names[mark->dropped]);
    writer_end(writer);
}

static void write_no_score(struct writer *writer)
{
    writer_array(writer, "marks");
    writer_end(writer);
    writer_array(writer, "deductions");
    writer_end(writer);
    writer_null(writer, "score");
}

/* The marks of the one released last. */
static struct error *write_score(struct screen *screen, bool wanted)
{
    struct writer *writer = screen->writer;
    struct contest_place place = screen->public->released;
    struct standings_round round;

    if (!wanted || !is_shown(screen->public, place)) {
        write_no_score(writer);
        return NULL;
    }
    TRY(standings_judge(screen->arena, screen->public, place, &round));
    writer_array(writer, "marks");
    for (size_t i = 0; i < round.mark_count; i++)
        if (round.marks[i].sheet && round.marks[i].sheet->submitted)
            write_mark(writer, &round.marks[i]);
    writer_end(writer);
    view_write_deductions(writer, round.rule, round.entry);
    writer_text_or_null(writer, "score", round.score);
    return NULL;
}

/* ---- Everybody ---- */

static void write_order(struct screen *screen)
{
    const struct contest_state *state = screen->state;

    writer_array(screen->writer, "order");
    for (size_t position = 1; state->seed && position <= state->contestant_count;
         position++) {
        for (size_t i = 0; i < state->contestant_count; i++) {
            if (state->contestants[i].position != position)
                continue;
            writer_object(screen->writer, NULL);
            view_write_contestant(
                screen->writer, screen->roster, &state->contestants[i]);
            writer_end(screen->writer);
        }
    }
    writer_end(screen->writer);
}

static void write_draw(struct screen *screen, bool wanted)
{
    const struct contest_state *state = screen->state;

    if (!wanted || !state->commit) {
        writer_null(screen->writer, "draw");
        return;
    }
    writer_object(screen->writer, "draw");
    writer_text(screen->writer, "commit", state->commit);
    writer_text_or_null(screen->writer, "seed", state->seed);
    writer_text_or_null(screen->writer, "spoken", state->spoken);
    write_order(screen);
    writer_end(screen->writer);
}

static void
write_row(struct screen *screen, const struct standings_row *row, const char *rank)
{
    const struct rules *rules = screen->state->rules;
    const struct roster_person *person =
        roster_contestant(screen->roster, row->contestant->id);
    struct writer *writer = screen->writer;

    writer_object(writer, NULL);
    view_write_rank(writer, rank);
    writer_int(writer, "contestant", row->contestant->id);
    writer_text(writer, "name", person->name);
    writer_text(writer, "branch", person->branch_name);
    writer_text_or_null(writer, "written", view_written(rules, row));
    writer_text_or_null(writer, "judged", view_judged(rules, row));
    writer_text_or_null(writer, "total", row->total);
    writer_array(writer, "rounds");
    for (size_t i = 0; i < rules->round_count; i++) {
        writer_object(writer, NULL);
        writer_text(writer, "title", rules->rounds[i].title);
        writer_text_or_null(writer, "score", row->rounds[i].score);
        writer_end(writer);
    }
    writer_end(writer);
    writer_end(writer);
}

static void
write_leaderboard(struct screen *screen, const struct standings *standings, bool wanted)
{
    struct judged_board board = {0};

    if (wanted)
        judged_board_make(screen->arena, standings, &board);
    writer_text(screen->writer, "leaderboard_by", board.applies ? "judged" : "all");
    writer_array(screen->writer, "leaderboard");
    for (size_t i = 0; i < board.count; i++)
        write_row(screen, board.rows[i], board.ranks[i]);
    for (size_t i = 0; wanted && !board.applies && i < standings->row_count; i++)
        write_row(screen, &standings->rows[i], standings->rows[i].rank);
    writer_end(screen->writer);
}

/* A branch appears once all its people are through: a mean over some of them would be
 * about nothing. */
static void
write_branches(struct screen *screen, const struct standings *standings, bool wanted)
{
    struct writer *writer = screen->writer;

    writer_array(writer, "branches");
    for (size_t i = 0; wanted && i < standings->branch_count; i++) {
        const struct standings_branch *branch = &standings->branches[i];
        if (!branch->rank)
            continue;
        writer_object(writer, NULL);
        view_write_rank(writer, branch->rank);
        writer_text(
            writer, "branch", roster_branch_name(screen->roster, branch->branch));
        writer_int(writer, "expected", (int64_t)branch->registered);
        writer_int(writer, "attended", (int64_t)branch->present);
        writer_int(writer, "absent", (int64_t)branch->absent);
        writer_text_or_null(writer, "mean_expected", branch->mean_registered);
        writer_text_or_null(writer, "mean_attended", branch->mean_present);
        writer_end(writer);
    }
    writer_end(writer);
}

static struct error *write_view(struct screen *screen)
{
    const struct contest_state *state = screen->state;
    enum contest_screen view = state->view;
    struct standings standings = {0};
    struct contest_place now = {CONTEST_NONE, CONTEST_NONE};

    if (view == CONTEST_STAGE)
        now = state->on_stage;
    if (view == CONTEST_MARKS)
        now = screen->public->released;
    if (view == CONTEST_LEADERBOARD || view == CONTEST_BRANCHES)
        TRY(standings_compute(
            screen->arena, screen->public, STANDINGS_PUBLIC, &standings));
    writer_text(screen->writer, "view", contest_screen_name(view));
    write_now(screen, now);
    write_dots(screen, view == CONTEST_STAGE);
    TRY(write_score(screen, view == CONTEST_MARKS));
    write_draw(screen, view == CONTEST_DRAW);
    write_leaderboard(screen, &standings, view == CONTEST_LEADERBOARD);
    write_branches(screen, &standings, view == CONTEST_BRANCHES);
    return NULL;
}

struct error *
view_screen(const struct viewing *viewing, struct writer *writer, int64_t *number)
{
    struct arena *arena = db_arena(viewing->db);
    struct screen screen = {.arena = arena, .writer = writer};
    const char *demonstration;

    TRY(journal_state(viewing->journal, viewing->db, viewing->contest, &screen.state));
    screen.public = contest_public(screen.state);
    TRY(roster_read(viewing->db, viewing->contest, &screen.roster));
    TRY(person_setting(viewing->db, "demonstration", &demonstration));
    *number = screen.state->number;
    writer_object(writer, NULL);
    writer_int(writer, "number", screen.state->number);
    writer_text(writer, "title", screen.roster->title);
    writer_bool(writer, "demonstration", strcmp(demonstration, "1") == 0);
    writer_bool(writer, "final", screen.public->phase == CONTEST_FINISHED);
    TRY(write_view(&screen));
    writer_text(
        writer, "chain", arena_copy_bytes(arena, screen.state->hash, CHAIN_DIGITS));
    writer_end(writer);
    return NULL;
}
