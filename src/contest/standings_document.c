/* standings_document.c - the standings as JSON; the shape is told in standings.h. */
#include "base/writer.h"
#include "contest/standings.h"

enum { DOCUMENT_LIMIT = 16 * 1024 * 1024 };

static const char *points_text(struct writer *writer, int64_t points)
{
    return rules_points_text(writer->text.arena, points);
}

/* Weights have up to 4 places, see rules.h: nothing is lost here. */
static const char *weight_text(struct writer *writer, struct rational weight)
{
    __int128 units = weight.numerator * 10000 / weight.denominator;

    return decimal_short(writer->text.arena, (int64_t)units, 4);
}

static void write_head(struct writer *writer, const struct standings *standings)
{
    const struct contest_state *state = standings->state;

    writer_int(writer, "contest", state->contest);
    writer_text(writer, "title", state->rules->title);
    writer_text(writer, "rules", state->rules->hash);
    writer_bool(writer, "final", standings->final);
    writer_object(writer, "chain");
    writer_int(writer, "number", state->number);
    writer_text(writer, "hash", state->hash);
    writer_end(writer);
    if (state->commit) {
        writer_object(writer, "draw");
        writer_text(writer, "commit", state->commit);
        writer_text_or_null(writer, "seed", state->seed);
        writer_text_or_null(writer, "spoken", state->spoken);
        writer_end(writer);
    } else {
        writer_null(writer, "draw");
    }
}

static void write_rules(struct writer *writer, const struct rules *rules)
{
    writer_array(writer, "rounds");
    for (size_t i = 0; i < rules->round_count; i++) {
        const struct rules_round *round = &rules->rounds[i];
        writer_object(writer, NULL);
        writer_text(writer, "id", round->id);
        writer_text(
            writer, "kind", round->kind == RULES_WRITTEN ? "written" : "judged");
        writer_text(writer, "title", round->title);
        writer_text(writer, "weight", weight_text(writer, round->weight));
        writer_text(writer, "full", points_text(writer, round->full));
        writer_end(writer);
    }
    writer_end(writer);
}

static void write_dropped(struct writer *writer, enum standings_drop drop)
{
    static const char *const names[] = {
        [STANDINGS_KEPT] = NULL,
        [STANDINGS_DROPPED_LOW] = "low",
        [STANDINGS_DROPPED_HIGH] = "high",
    };

    writer_text_or_null(writer, "dropped", names[drop]);
}

static void write_criteria(
    struct writer *writer, const struct rules_round *rule,
    const struct standings_mark *mark)
{
    writer_array(writer, "criteria");
    for (size_t i = 0; i < rule->criterion_count; i++) {
        writer_object(writer, NULL);
        writer_text(writer, "id", rule->criteria[i].id);
        writer_text(writer, "value", points_text(writer, mark->sheet->marks[i]));
        write_dropped(writer, mark->criteria ? mark->criteria[i] : STANDINGS_KEPT);
        writer_end(writer);
    }
    writer_end(writer);
}

/* Only of sheets that were corrected, newest first. */
static void write_history(struct writer *writer, const struct contest_sheet *sheet)
{
    if (!sheet->earlier)
        return;
    writer_array(writer, "history");
    for (sheet = sheet->earlier; sheet; sheet = sheet->earlier) {
        writer_object(writer, NULL);
        writer_text(writer, "total", points_text(writer, sheet->total));
        writer_text(writer, "receipt", chain_receipt(writer->text.arena, sheet->hash));
        writer_end(writer);
    }
    writer_end(writer);
}

/* Only sheets handed in: what a judge is still writing is nobody's business. */
static void write_marks(struct writer *writer, const struct standings_round *round)
{
    writer_array(writer, "marks");
    for (size_t i = 0; i < round->mark_count; i++) {
        const struct standings_mark *mark = &round->marks[i];
        if (!mark->sheet || !mark->sheet->submitted)
            continue;
        writer_object(writer, NULL);
        writer_int(writer, "judge", mark->judge->number);
        writer_text(writer, "total", points_text(writer, mark->sheet->total));
        write_dropped(writer, mark->dropped);
        write_criteria(writer, round->rule, mark);
        writer_text(
            writer, "receipt", chain_receipt(writer->text.arena, mark->sheet->hash));
        write_history(writer, mark->sheet);
        writer_end(writer);
    }
    writer_end(writer);
}

static void write_deductions(struct writer *writer, const struct contest_entry *entry)
{
    writer_text(writer, "deducted", points_text(writer, entry->deducted));
    writer_array(writer, "deductions");
    for (const struct contest_deduction *d = entry->deductions; d; d = d->next) {
        writer_object(writer, NULL);
        writer_text(writer, "points", points_text(writer, d->points));
        writer_text(writer, "reason", d->reason);
        writer_end(writer);
    }
    writer_end(writer);
}

static void write_time(struct writer *writer, const struct standings_round *round)
{
    const struct timing *timing = &round->entry->timing;

    if (!round->rule->time.given)
        return;
    if (timing->stage != TIMING_STOPPED) {
        writer_null(writer, "time");
        return;
    }
    writer_object(writer, "time");
    writer_int(writer, "ms", timing->elapsed_ms);
    writer_int(writer, "seconds", timing_seconds(timing->elapsed_ms));
    writer_text(writer, "points", points_text(writer, round->timed));
    writer_text_or_null(writer, "reason", timing->reason);
    writer_end(writer);
}

static void write_rounds(
    struct writer *writer, const struct rules *rules,
    const struct standings_round *rounds)
{
    writer_array(writer, "rounds");
    for (size_t i = 0; i < rules->round_count; i++) {
        const struct standings_round *round = &rounds[i];
        writer_object(writer, NULL);
        writer_text(writer, "id", round->rule->id);
        writer_text_or_null(writer, "score", round->score);
        if (round->rule->kind == RULES_JUDGED) {
            writer_text_or_null(writer, "panel", round->panel);
            write_deductions(writer, round->entry);
            write_time(writer, round);
            write_marks(writer, round);
        } else if (round->entry->attempt) {
            writer_int(writer, "attempt", round->entry->attempt);
            writer_text_or_null(writer, "receipt", round->entry->receipt);
        } else {
            writer_null(writer, "attempt");
            writer_null(writer, "receipt");
        }
        writer_end(writer);
    }
    writer_end(writer);
}

static void write_id(struct writer *writer, const char *key, int64_t id)
{
    if (id)
        writer_int(writer, key, id);
    else
        writer_null(writer, key);
}

/* A rank is a number of JSON as it stands. */
static void write_rank(struct writer *writer, const char *rank)
{
    writer_raw(writer, "rank", rank ? rank : "null");
}

static void write_row(
    struct writer *writer, const struct rules *rules, const struct standings_row *row)
{
    static const char *const names[] = {
        [STANDINGS_RANKED] = "ranked",     [STANDINGS_PENDING] = "pending",
        [STANDINGS_UNRANKED] = "unranked", [STANDINGS_ABORTED] = "aborted",
        [STANDINGS_ABSENT] = "absent",     [STANDINGS_DISQUALIFIED] = "disqualified",
    };
    const struct contest_contestant *contestant = row->contestant;

    writer_object(writer, NULL);
    writer_int(writer, "id", row->contestant->id);
    write_id(writer, "branch", row->contestant->branch);
    write_id(writer, "position", (int64_t)row->contestant->position);
    writer_text(writer, "status", names[row->status]);
    if (row->status == STANDINGS_ABORTED)
        writer_text(writer, "reason", contestant->aborted);
    if (row->status == STANDINGS_DISQUALIFIED)
        writer_text(writer, "reason", contestant->disqualified);
    write_rank(writer, row->rank);
    writer_text_or_null(writer, "tie_key", row->tie_key);
    writer_text_or_null(writer, "total", row->total);
    if (rules->award_count) {
        writer_text_or_null(writer, "award", row->award);
        writer_text_or_null(writer, "award_needs", row->award_needs);
    }
    write_rounds(writer, rules, row->rounds);
    writer_end(writer);
}

static void write_branch(struct writer *writer, const struct standings_branch *branch)
{
    writer_object(writer, NULL);
    writer_int(writer, "branch", branch->branch);
    writer_int(writer, "registered", (int64_t)branch->registered);
    writer_int(writer, "present", (int64_t)branch->present);
    writer_int(writer, "absent", (int64_t)branch->absent);
    writer_int(writer, "pending", (int64_t)branch->pending);
    writer_text_or_null(writer, "mean_registered", branch->mean_registered);
    writer_text_or_null(writer, "mean_present", branch->mean_present);
    write_rank(writer, branch->rank);
    writer_end(writer);
}

const char *standings_document(struct arena *arena, const struct standings *standings)
{
    struct writer writer;

    writer_init(&writer, arena, DOCUMENT_LIMIT);
    writer_object(&writer, NULL);
    write_head(&writer, standings);
    write_rules(&writer, standings->state->rules);
    writer_array(&writer, "contestants");
    for (size_t i = 0; i < standings->row_count; i++)
        write_row(&writer, standings->state->rules, &standings->rows[i]);
    writer_end(&writer);
    writer_array(&writer, "branches");
    for (size_t i = 0; i < standings->branch_count; i++)
        write_branch(&writer, &standings->branches[i]);
    writer_end(&writer);
    writer_end(&writer);
    text_add(&writer.text, "\n");
    return writer.text.overflowed ? "" : writer.text.bytes;
}
