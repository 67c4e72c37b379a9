/* publication_compare.c - the ranks of an earlier publication beside those of today. */
#include "report/publication.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/input.h"

struct old_rank {
    int64_t id;
    const char *rank;
};

struct old_ranks {
    struct old_rank *ranks; /* by id */
    size_t count;
};

static int by_id(const void *left, const void *right)
{
    const struct old_rank *a = left;
    const struct old_rank *b = right;

    return a->id < b->id ? -1 : a->id > b->id;
}

/* `who`: the member that holds the id, "person" or "branch". */
static struct old_ranks
read_ranks(struct arena *arena, const json_t *rows, const char *who)
{
    size_t size = json_array_size(rows);
    struct old_ranks old = {arena_alloc(arena, (size + 1) * sizeof *old.ranks), 0};

    for (size_t i = 0; i < size; i++) {
        const json_t *row = json_array_get(rows, i);
        const json_t *rank = json_object_get(row, "rank");
        if (!json_is_number(rank))
            continue;
        old.ranks[old.count++] = (struct old_rank){
            json_integer_value(json_object_get(json_object_get(row, who), "id")),
            input_canonical(arena, rank)};
    }
    qsort(old.ranks, old.count, sizeof *old.ranks, by_id);
    return old;
}

static const char *find_rank(const struct old_ranks *old, int64_t id)
{
    const struct old_rank key = {id, NULL};
    const struct old_rank *found =
        bsearch(&key, old->ranks, old->count, sizeof *old->ranks, by_id);

    return found ? found->rank : NULL;
}

static struct error *
take_ranks(struct db *db, struct ranking *ranking, const char *body)
{
    struct arena *arena = db_arena(db);
    json_t *json;

    TRY(input_parse(arena, body, strlen(body), &json));
    struct old_ranks people =
        read_ranks(arena, json_object_get(json, "people"), "person");
    struct old_ranks branches =
        read_ranks(arena, json_object_get(json, "branches"), "branch");
    for (size_t i = 0; i < ranking->person_count; i++)
        ranking->people[i].previous_rank = find_rank(&people, ranking->people[i].id);
    for (size_t i = 0; i < ranking->branch_count; i++)
        ranking->branches[i].previous_rank =
            find_rank(&branches, ranking->branches[i].id);
    return NULL;
}

struct error *publication_compare(struct db *db, struct ranking *ranking)
{
    static const char sql[] =
        "SELECT title, version, body FROM publication WHERE kind = $1 "
        "AND subject = $2 AND state = 'published' ORDER BY version DESC LIMIT 1";
    const struct ranking_formula *formula = &ranking->formula;
    bool other = formula->compare != 0;
    enum ranking_kind kind = other ? formula->compare_kind : ranking->kind;
    int64_t subject = other ? formula->compare : ranking->subject;
    SCOPED_ROWS rows = db_query(db, sql, TEXT(ranking_kind_name(kind)), INT(subject));

    if (!rows_next(&rows))
        return rows_error(&rows);
    ranking->compared = arena_format(
        db_arena(db), "《%s》第 %" PRId64 " 版", rows_text(&rows, 0),
        rows_int(&rows, 1));
    return take_ranks(db, ranking, rows_text(&rows, 2));
}
