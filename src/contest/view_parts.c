#include "contest/view_parts.h"

void view_write_id(struct writer *writer, const char *key, int64_t id)
{
    if (id)
        writer_int(writer, key, id);
    else
        writer_null(writer, key);
}

void view_write_rank(struct writer *writer, const char *rank)
{
    writer_raw(writer, "rank", rank ? rank : "null");
}

void view_write_contestant(
    struct writer *writer, const struct roster *roster,
    const struct contest_contestant *contestant)
{
    const struct roster_person *person = roster_contestant(roster, contestant->id);

    writer_int(writer, "contestant", contestant->id);
    view_write_id(writer, "position", (int64_t)contestant->position);
    writer_text(writer, "name", person->name);
    writer_text(writer, "branch", person->branch_name);
}

static void write_deduction(struct writer *writer, int64_t points, const char *reason)
{
    writer_object(writer, NULL);
    writer_text(writer, "points", rules_points_text(writer->text.arena, points));
    writer_text(writer, "reason", reason);
    writer_end(writer);
}

void view_write_deductions(
    struct writer *writer, const struct rules_round *rule,
    const struct contest_entry *entry)
{
    int64_t timed = timing_deduction(&rule->time, &entry->timing);

    writer_array(writer, "deductions");
    if (timed)
        write_deduction(
            writer, timed,
            timing_words(writer->text.arena, &rule->time, &entry->timing));
    for (const struct contest_deduction *d = entry->deductions; d; d = d->next)
        write_deduction(writer, d->points, d->reason);
    writer_end(writer);
}

void view_write_criteria(struct writer *writer, const struct rules_round *round)
{
    struct arena *arena = writer->text.arena;

    writer_array(writer, "criteria");
    for (size_t i = 0; i < round->criterion_count; i++) {
        const struct rules_criterion *criterion = &round->criteria[i];
        writer_object(writer, NULL);
        writer_text(writer, "id", criterion->id);
        writer_text(writer, "title", criterion->title);
        writer_text(writer, "hint", criterion->hint);
        writer_text(
            writer, "maximum", decimal_short(arena, criterion->maximum, RULES_PLACES));
        writer_text(
            writer, "step", decimal_short(arena, criterion->step, RULES_PLACES));
        writer_end(writer);
    }
    writer_end(writer);
}

void view_write_round(struct writer *writer, const struct rules_round *round)
{
    writer_object(writer, "round");
    writer_text(writer, "id", round->id);
    writer_text(writer, "title", round->title);
    writer_end(writer);
}

void view_write_review(
    struct writer *writer, const struct roster *roster,
    const struct contest_state *state, struct contest_place place, size_t judge)
{
    const struct contest_contestant *contestant = &state->contestants[place.contestant];
    const struct contest_sheet *sheet = &contestant->entries[place.round].sheets[judge];

    view_write_contestant(writer, roster, contestant);
    writer_text(writer, "round", state->rules->rounds[place.round].id);
    writer_text(
        writer, "state", sheet->reopening == CONTEST_ASKED ? "asked" : "reopened");
}

const char *view_written(const struct rules *rules, const struct standings_row *row)
{
    for (size_t i = 0; i < rules->round_count; i++)
        if (rules->rounds[i].kind == RULES_WRITTEN)
            return row->rounds[i].score;
    return NULL;
}

const char *view_judged(const struct rules *rules, const struct standings_row *row)
{
    for (size_t i = rules->round_count; i-- > 0;)
        if (rules->rounds[i].kind == RULES_JUDGED && row->rounds[i].score)
            return row->rounds[i].score;
    return NULL;
}
