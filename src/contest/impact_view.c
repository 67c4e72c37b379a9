/* impact_view.c - the impact of a correction or deduction as JSON, with names. */
#include <string.h>

#include "contest/impact.h"
#include "contest/view_parts.h"

/* ---- The question ---- */

static struct error *
malformed(struct arena *arena, const struct rules_round *round, const char *text)
{
    return error_make(
        arena, ERROR_INVALID, "mark_invalid",
        "“%s”应为“%s”各评分项的分值，如 c1:25.5,c2:30。", rules_excerpt(arena, text),
        round->title);
}

/* "c1:25.5,c2:30", each criterion once. */
static struct error *read_marks(
    struct arena *arena, const struct rules_round *round, const char *text,
    int64_t *marks)
{
    char *rest = arena_copy(arena, text);
    size_t count = 0;

    for (size_t i = 0; i < round->criterion_count; i++)
        marks[i] = CONTEST_NO_MARK;
    for (char *part; (part = strsep(&rest, ","));) {
        char *value = strchr(part, ':');
        if (!value)
            return malformed(arena, round, text);
        *value++ = '\0';
        size_t criterion = rules_find_criterion(round, part);
        if (criterion == round->criterion_count ||
            marks[criterion] != CONTEST_NO_MARK ||
            decimal_parse(arena, value, rules_points, &marks[criterion]))
            return malformed(arena, round, text);
        count++;
    }
    return count == round->criterion_count ? NULL : malformed(arena, round, text);
}

static struct error *read_points(struct arena *arena, const char *text, int64_t *points)
{
    struct decimal_limits limits = rules_points;

    limits.negative = true;
    if (decimal_parse(arena, text, limits, points))
        return error_make(
            arena, ERROR_INVALID, "points_invalid", "扣分“%s”无法识别。",
            rules_excerpt(arena, text));
    return NULL;
}

static struct error *find_place(
    struct arena *arena, const struct contest_state *state,
    const struct view_impact_question *question, struct contest_place *place)
{
    const struct rules *rules = state->rules;

    place->contestant = contest_find_contestant(state, question->contestant);
    if (place->contestant == CONTEST_NONE)
        return error_new(
            arena, ERROR_NOT_FOUND, "contestant_unknown", "本场比赛没有这位选手。");
    place->round = question->round ? rules_find_round(rules, question->round)
                                   : contest_called_round(state, place->contestant);
    if (question->round && place->round == rules->round_count)
        return error_new(
            arena, ERROR_NOT_FOUND, "round_unknown", "本场比赛没有这一轮。");
    if (place->round == CONTEST_NONE ||
        !state->contestants[place->contestant].entries[place->round].sheets)
        return error_new(
            arena, ERROR_CONFLICT, "step_not_allowed", "这位选手在这一轮还没有上台。");
    return NULL;
}

static struct error *read_case(
    struct arena *arena, const struct contest_state *state,
    const struct view_impact_question *question, struct impact_case *as_if)
{
    *as_if = (struct impact_case){.judge = CONTEST_NONE};
    TRY(find_place(arena, state, question, &as_if->place));
    if (question->points)
        return read_points(arena, question->points, &as_if->points);
    const struct rules_round *round = &state->rules->rounds[as_if->place.round];
    int64_t *marks = arena_alloc(arena, round->criterion_count * sizeof *marks);
    as_if->judge = contest_find_judge_number(state, question->judge);
    if (as_if->judge == CONTEST_NONE ||
        contest_is_recused(state, as_if->judge, as_if->place.contestant))
        return error_new(
            arena, ERROR_NOT_FOUND, "judge_unknown",
            "这位选手没有这位评委。请给出评委号和各项分值，或扣分。");
    as_if->marks = marks;
    return read_marks(arena, round, question->marks ? question->marks : "", marks);
}

/* ---- The answer ---- */

static void
write_result(struct writer *writer, const char *key, const struct standings_row *row)
{
    writer_object(writer, key);
    writer_text_or_null(writer, "total", row->total);
    view_write_rank(writer, row->rank);
    writer_end(writer);
}

static void write_branch(
    struct writer *writer, const char *key, const struct standings_branch *branch)
{
    writer_object(writer, key);
    writer_text_or_null(writer, "mean_expected", branch->mean_registered);
    writer_text_or_null(writer, "mean_attended", branch->mean_present);
    view_write_rank(writer, branch->rank);
    writer_end(writer);
}

static void
write_impact(struct writer *writer, const struct roster *roster, struct impact *impact)
{
    writer_int(writer, "ranks_changed", (int64_t)impact->ranks_changed);
    writer_array(writer, "contestants");
    for (size_t i = 0; i < impact->change_count; i++) {
        writer_object(writer, NULL);
        view_write_contestant(writer, roster, impact->changes[i].after->contestant);
        write_result(writer, "before", impact->changes[i].before);
        write_result(writer, "after", impact->changes[i].after);
        writer_end(writer);
    }
    writer_end(writer);
    writer_array(writer, "branches");
    for (size_t i = 0; i < impact->branch_count; i++) {
        writer_object(writer, NULL);
        writer_text(
            writer, "branch",
            roster_branch_name(roster, impact->branches[i].after->branch));
        write_branch(writer, "before", impact->branches[i].before);
        write_branch(writer, "after", impact->branches[i].after);
        writer_end(writer);
    }
    writer_end(writer);
}

struct error *view_impact(
    const struct viewing *viewing, const struct view_impact_question *question,
    struct writer *writer)
{
    struct arena *arena = db_arena(viewing->db);
    const struct contest_state *state;
    const struct roster *roster;
    struct impact_case as_if;
    struct impact impact;

    TRY(journal_state(viewing->journal, viewing->db, viewing->contest, &state));
    TRY(roster_read(viewing->db, viewing->contest, &roster));
    TRY(read_case(arena, state, question, &as_if));
    TRY(impact_compute(arena, state, &as_if, &impact));
    writer_object(writer, NULL);
    writer_int(writer, "number", state->number);
    write_impact(writer, roster, &impact);
    writer_end(writer);
    return NULL;
}
