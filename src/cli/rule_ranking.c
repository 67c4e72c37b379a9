#include "cli/rule_ranking.h"

#include <string.h>

#include "cli/rule_read.h"
#include "report/ranking.h"

enum { MOST_PEOPLE = 1000000, MOST_BRANCHES = 10000, MOST_PLACES = 4 };

static const struct decimal_limits score_limits = {9, MOST_PLACES, true};

static struct error *
read_branches(struct arena *arena, const json_t *array, struct ranking *ranking)
{
    size_t count = json_array_size(array);
    int64_t *ids = arena_alloc(arena, (count + 1) * sizeof *ids);

    TRY(rule_read_integers(
        arena, array, &(struct rule_read_range){"branches", 1, INT64_MAX, NULL}, ids));
    ranking->branches = arena_alloc(arena, (count + 1) * sizeof *ranking->branches);
    ranking->branch_count = count;
    for (size_t i = 0; i < count; i++)
        ranking->branches[i].id = ids[i];
    return NULL;
}

static struct error *
read_status(struct arena *arena, const char *name, enum ranking_status *status)
{
    for (*status = RANKING_DONE; *status <= RANKING_VOIDED; (*status)++)
        if (strcmp(name, ranking_status_name(*status)) == 0)
            return NULL;
    return rule_read_wrong(
        arena, "status", "应为 done、in_progress、absent、deferred 或 voided");
}

static struct error *read_person(
    struct arena *arena, json_t *object, const struct ranking *ranking,
    struct ranking_person *person)
{
    struct decimal_limits limits = score_limits;
    const char *status = NULL;
    const char *score = NULL;
    int64_t branch = 0;

    TRY(INPUT_FIELDS(
        arena, object, {"id", INPUT_INT, false, &person->id, 1, INT64_MAX},
        {"branch", INPUT_INT, false, &branch, 1, INT64_MAX},
        {"status", INPUT_TEXT, false, &status, 1, 32},
        {"score", INPUT_TEXT, true, &score, 1, 32},
        {"used_ms", INPUT_INT, true, &person->used_ms, 0, INT64_MAX}));
    TRY(read_status(arena, status, &person->status));
    while (person->branch < ranking->branch_count &&
           ranking->branches[person->branch].id != branch)
        person->branch++;
    if (person->branch == ranking->branch_count)
        return rule_read_wrong(arena, "branch", "不在 branches 中");
    if ((person->status == RANKING_DONE) != (score != NULL))
        return rule_read_wrong(arena, "score", "只在 status 为 done 时给出");
    limits.places = ranking->dp;
    return score ? decimal_parse(arena, score, limits, &person->score) : NULL;
}

static struct error *
read_people(struct arena *arena, const json_t *array, struct ranking *ranking)
{
    size_t count = json_array_size(array);

    ranking->people = arena_alloc(arena, (count + 1) * sizeof *ranking->people);
    ranking->person_count = count;
    for (size_t i = 0; i < count; i++)
        TRY(read_person(arena, json_array_get(array, i), ranking, &ranking->people[i]));
    return NULL;
}

static struct error *read_case(struct arena *arena, json_t *in, struct ranking *ranking)
{
    json_t *formula = NULL;
    json_t *branches = NULL;
    json_t *people = NULL;
    const char *full = NULL;
    int64_t dp = 0;
    struct decimal_limits limits = score_limits;

    TRY(INPUT_FIELDS(
        arena, in, {"dp", INPUT_INT, false, &dp, 0, MOST_PLACES},
        {"full", INPUT_TEXT, false, &full, 1, 32},
        {"pass_percent", INPUT_INT, false, &ranking->pass_percent, 0, 100},
        {"formula", INPUT_OBJECT, false, &formula, 0, 0},
        {"branches", INPUT_ARRAY, false, &branches, 0, MOST_BRANCHES},
        {"people", INPUT_ARRAY, false, &people, 0, MOST_PEOPLE}));
    ranking->dp = (int)dp;
    limits.places = ranking->dp;
    limits.negative = false;
    TRY(decimal_parse(arena, full, limits, &ranking->full));
    if (!ranking->full)
        return rule_read_wrong(arena, "full", "应大于 0");
    TRY(ranking_formula_read(arena, formula, &ranking->formula));
    TRY(read_branches(arena, branches, ranking));
    return read_people(arena, people, ranking);
}

static void write_rank(struct writer *out, const char *rank)
{
    if (rank)
        writer_raw(out, "rank", rank);
    else
        writer_null(out, "rank");
}

static void write_branch(struct writer *out, const struct ranking_branch *branch)
{
    writer_object(out, NULL);
    writer_int(out, "id", branch->id);
    write_rank(out, branch->rank);
    writer_text_or_null(out, "value", branch->value);
    writer_int(out, "expected", branch->expected);
    writer_int(out, "attended", branch->attended);
    writer_int(out, "absent", branch->absent);
    writer_int(out, "deferred", branch->deferred);
    writer_int(out, "voided", branch->voided);
    writer_int(out, "passed", branch->passed);
    writer_text_or_null(out, "mean_expected", branch->mean_expected);
    writer_text_or_null(out, "mean_attended", branch->mean_attended);
    writer_text_or_null(out, "median", branch->median);
    writer_text_or_null(out, "best", branch->best);
    writer_text_or_null(out, "top_mean", branch->top_mean);
    writer_text_or_null(out, "pass_percent", branch->pass_percent);
    writer_text_or_null(out, "tie", branch->tie);
    writer_end(out);
}

struct error *rule_ranking(struct arena *arena, json_t *in, struct writer *out)
{
    struct ranking ranking = {.kind = RANKING_QUIZ, .final = true};

    TRY(read_case(arena, in, &ranking));
    TRY(ranking_compute(arena, &ranking));
    writer_array(out, "people");
    for (size_t i = 0; i < ranking.person_count; i++) {
        writer_object(out, NULL);
        writer_int(out, "id", ranking.people[i].id);
        write_rank(out, ranking.people[i].rank);
        writer_text_or_null(out, "tie", ranking.people[i].tie);
        writer_end(out);
    }
    writer_end(out);
    writer_array(out, "branches");
    for (size_t i = 0; i < ranking.branch_count; i++)
        write_branch(out, &ranking.branches[i]);
    writer_end(out);
    return NULL;
}
