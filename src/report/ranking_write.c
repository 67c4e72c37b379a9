/* ranking_write.c - a ranking as JSON. */
#include "report/ranking.h"

#include "base/decimal.h"

/* Ranks are kept as text for their halves ("2.5"), which is a number in JSON too. */
static void write_rank(struct writer *writer, const char *key, const char *rank)
{
    if (rank)
        writer_raw(writer, key, rank);
    else
        writer_null(writer, key);
}

static void
write_branch_name(struct writer *writer, const struct ranking_branch *branch)
{
    writer_object(writer, "branch");
    writer_int(writer, "id", branch->id);
    writer_text(writer, "name", branch->name);
    writer_end(writer);
}

static void write_identity(
    struct writer *writer, const struct ranking_person *person, enum ranking_eyes eyes)
{
    writer_object(writer, "person");
    writer_int(writer, "id", person->id);
    if (eyes == RANKING_INSIDE) {
        writer_text(writer, "staff_number", person->staff_number);
        writer_text(writer, "name", person->name);
    }
    writer_end(writer);
}

static void write_person(
    struct writer *writer, const struct ranking *ranking,
    const struct ranking_person *person, enum ranking_eyes eyes, struct arena *scratch)
{
    bool done = person->status == RANKING_DONE;

    writer_object(writer, NULL);
    write_rank(writer, "rank", person->rank);
    write_identity(writer, person, eyes);
    write_branch_name(writer, &ranking->branches[person->branch]);
    writer_text(writer, "community", person->community);
    writer_text(writer, "cohort", person->cohort);
    writer_text(writer, "status", ranking_status_name(person->status));
    if (done) {
        writer_text(writer, "score", decimal_text(scratch, person->score, ranking->dp));
        writer_int(writer, "used_ms", person->used_ms);
    } else {
        writer_null(writer, "score");
        writer_null(writer, "used_ms");
    }
    if (done && ranking->pass_percent)
        writer_bool(writer, "passed", person->passed);
    else
        writer_null(writer, "passed");
    writer_text_or_null(writer, "tie", person->tie);
    write_rank(writer, "previous_rank", person->previous_rank);
    writer_end(writer);
}

void ranking_write_branch(
    struct writer *writer, const char *key, const struct ranking_branch *branch)
{
    writer_object(writer, key);
    write_rank(writer, "rank", branch->rank);
    write_branch_name(writer, branch);
    writer_int(writer, "expected", branch->expected);
    writer_int(writer, "attended", branch->attended);
    writer_int(writer, "absent", branch->absent);
    writer_int(writer, "deferred", branch->deferred);
    writer_int(writer, "voided", branch->voided);
    writer_int(writer, "passed", branch->passed);
    writer_text_or_null(writer, "mean_expected", branch->mean_expected);
    writer_text_or_null(writer, "mean_attended", branch->mean_attended);
    writer_text_or_null(writer, "median", branch->median);
    writer_text_or_null(writer, "best", branch->best);
    writer_text_or_null(writer, "top_mean", branch->top_mean);
    writer_text_or_null(writer, "pass_percent", branch->pass_percent);
    writer_text_or_null(writer, "value", branch->value);
    writer_text_or_null(writer, "tie", branch->tie);
    writer_text_or_null(writer, "note", branch->note);
    write_rank(writer, "previous_rank", branch->previous_rank);
    writer_end(writer);
}

static void write_head(struct writer *writer, const struct ranking *ranking)
{
    writer_text(writer, "kind", ranking_kind_name(ranking->kind));
    writer_int(writer, "subject", ranking->subject);
    writer_text(writer, "title", ranking->title);
    writer_text(writer, "revision", ranking->revision);
    writer_bool(writer, "final", ranking->final);
    writer_bool(writer, "pending", ranking->pending);
    writer_int(writer, "dp", ranking->dp);
    writer_int(writer, "full", ranking->full);
    writer_int(writer, "pass_percent", ranking->pass_percent);
    writer_int(writer, "held_at", ranking->held_at);
    if (ranking->announced_at)
        writer_int(writer, "announced_at", ranking->announced_at);
    else
        writer_null(writer, "announced_at");
    writer_text_or_null(writer, "compared", ranking->compared);
}

void ranking_write(
    struct writer *writer, const struct ranking *ranking, enum ranking_eyes eyes)
{
    ranking_write_rows(writer, ranking, eyes, NULL);
}

void ranking_write_rows(
    struct writer *writer, const struct ranking *ranking, enum ranking_eyes eyes,
    struct output *output)
{
    struct arena *scratch = arena_new();

    write_head(writer, ranking);
    writer_array(writer, "people");
    for (size_t i = 0; i < ranking->person_count && !(output && output->failed); i++) {
        write_person(writer, ranking, &ranking->people[i], eyes, scratch);
        arena_reset(scratch);
        if (output)
            output_row(output);
    }
    writer_end(writer);
    arena_free(scratch);
    writer_array(writer, "branches");
    for (size_t i = 0; i < ranking->branch_count; i++)
        ranking_write_branch(writer, NULL, &ranking->branches[i]);
    writer_end(writer);
    writer_raw(
        writer, "formula",
        ranking_formula_write(writer->text.arena, &ranking->formula));
    writer_text(writer, "formula_text", ranking->formula_text);
}
