/* ranking_write.c - a ranking as JSON. */
#include "report/ranking.h"

#include <stdlib.h>

static const char *status_name(enum ranking_status status)
{
    switch (status) {
    case RANKING_DONE:
        return "done";
    case RANKING_IN_PROGRESS:
        return "in_progress";
    case RANKING_ABSENT:
        return "absent";
    }
    abort();
}

static void write_rank(struct writer *writer, int64_t rank)
{
    if (rank)
        writer_int(writer, "rank", rank);
    else
        writer_null(writer, "rank");
}

static void
write_branch_name(struct writer *writer, const struct ranking_branch *branch)
{
    writer_object(writer, "branch");
    writer_int(writer, "id", branch->id);
    writer_text(writer, "name", branch->name);
    writer_end(writer);
}

static void write_person(
    struct writer *writer, const struct ranking *ranking,
    const struct ranking_person *person)
{
    bool done = person->status == RANKING_DONE;

    writer_object(writer, NULL);
    write_rank(writer, person->rank);
    writer_object(writer, "person");
    writer_int(writer, "id", person->id);
    writer_text(writer, "staff_number", person->staff_number);
    writer_text(writer, "name", person->name);
    writer_end(writer);
    write_branch_name(writer, &ranking->branches[person->branch]);
    writer_text(writer, "status", status_name(person->status));
    if (done) {
        writer_int(writer, "grade", person->grade);
        if (ranking->pending && !person->passed)
            writer_null(writer, "passed"); /* may pass once the essays are marked */
        else
            writer_bool(writer, "passed", person->passed);
        writer_int(writer, "used_ms", person->used_ms);
    } else {
        writer_null(writer, "grade");
        writer_null(writer, "passed");
        writer_null(writer, "used_ms");
    }
    writer_end(writer);
}

static void write_branch(struct writer *writer, const struct ranking_branch *branch)
{
    writer_object(writer, NULL);
    write_rank(writer, branch->rank);
    write_branch_name(writer, branch);
    writer_int(writer, "expected", branch->expected);
    writer_int(writer, "attended", branch->attended);
    writer_int(writer, "absent", branch->absent);
    writer_text_or_null(writer, "mean_expected", branch->mean_expected);
    writer_text_or_null(writer, "mean_attended", branch->mean_attended);
    writer_text_or_null(writer, "pass_percent", branch->pass_percent);
    writer_end(writer);
}

void ranking_write(struct writer *writer, const struct ranking *ranking)
{
    writer_text(writer, "title", ranking->title);
    writer_bool(writer, "final", ranking->final);
    writer_bool(writer, "pending", ranking->pending);
    writer_array(writer, "people");
    for (size_t i = 0; i < ranking->person_count; i++)
        write_person(writer, ranking, &ranking->people[i]);
    writer_end(writer);
    writer_array(writer, "branches");
    for (size_t i = 0; i < ranking->branch_count; i++)
        write_branch(writer, &ranking->branches[i]);
    writer_end(writer);
    writer_text(writer, "formula", ranking->formula);
}
