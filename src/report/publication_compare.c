/* publication_compare.c - the ranks of an earlier publication beside those of today. */
#include "report/publication.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "report/publication_parts.h"

enum { FIRST_ROOM = 64 };

struct old_rank {
    int64_t id;
    const char *rank;
};

struct old_ranks {
    struct old_rank *ranks; /* by id */
    size_t count;
    size_t room;
    struct arena *arena;  /* of the list */
    struct intern *texts; /* of the ranks: they stay */
};

static int by_id(const void *left, const void *right)
{
    const struct old_rank *a = left;
    const struct old_rank *b = right;

    return a->id < b->id ? -1 : a->id > b->id;
}

static void add_rank(struct old_ranks *old, struct old_rank rank)
{
    if (old->count == old->room) {
        size_t room = old->room ? 2 * old->room : FIRST_ROOM;
        struct old_rank *ranks = arena_alloc(old->arena, room * sizeof *ranks);
        if (old->count)
            memcpy(ranks, old->ranks, old->count * sizeof *ranks);
        old->ranks = ranks;
        old->room = room;
    }
    old->ranks[old->count++] = rank;
}

/* The id and rank of one row; a row without a rank is left out. */
static void take_row(
    struct old_ranks *old, const json_t *row, const char *who, struct arena *scratch)
{
    const json_t *rank = json_object_get(row, "rank");
    const json_t *id = json_object_get(json_object_get(row, who), "id");

    if (json_is_number(rank))
        add_rank(
            old, (struct old_rank){
                     json_integer_value(id),
                     intern_text(old->texts, input_canonical(scratch, rank))});
}

/* `list` of the body: "people" or "branches"; `who`: the member that holds the id,
 * "person" or "branch". One object is read at a time. */
static struct error *read_ranks(
    struct arena *arena, const char *body, const char *list, const char *who,
    struct old_ranks *old)
{
    const char *at = publication_parts(body, list);
    struct arena *scratch = arena_new();
    struct publication_part part;
    struct error *error = NULL;

    while (at && !error && publication_part_next(&at, &part)) {
        json_t *row = NULL;
        error = input_parse(scratch, part.at, part.size, &row);
        if (error) {
            error = error_copy(arena, error);
            break;
        }
        take_row(old, row, who, scratch);
        arena_reset(scratch);
    }
    arena_free(scratch);
    if (old->count)
        qsort(old->ranks, old->count, sizeof *old->ranks, by_id);
    return error;
}

static const char *find_rank(const struct old_ranks *old, int64_t id)
{
    const struct old_rank key = {id, NULL};
    const struct old_rank *found = NULL;

    if (old->count)
        found = bsearch(&key, old->ranks, old->count, sizeof *old->ranks, by_id);
    return found ? found->rank : NULL;
}

static struct error *read_people(
    struct arena *arena, struct ranking *ranking, const char *body,
    struct old_ranks *old)
{
    TRY(read_ranks(arena, body, "people", "person", old));
    for (size_t i = 0; i < ranking->person_count; i++)
        ranking->people[i].previous_rank = find_rank(old, ranking->people[i].id);
    return NULL;
}

static struct error *read_branches(
    struct arena *arena, struct ranking *ranking, const char *body,
    struct old_ranks *old)
{
    TRY(read_ranks(arena, body, "branches", "branch", old));
    for (size_t i = 0; i < ranking->branch_count; i++)
        ranking->branches[i].previous_rank = find_rank(old, ranking->branches[i].id);
    return NULL;
}

static struct error *
take_ranks(struct db *db, struct ranking *ranking, const char *body)
{
    struct arena *arena = db_arena(db);
    struct arena *lists = arena_new();
    struct intern *texts = intern_new(arena);
    struct old_ranks people = {.arena = lists, .texts = texts};
    struct old_ranks branches = {.arena = lists, .texts = texts};
    struct error *error = read_people(arena, ranking, body, &people);

    if (!error)
        error = read_branches(arena, ranking, body, &branches);
    arena_free(lists);
    return error;
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
    return take_ranks(db, ranking, rows_text_borrowed(&rows, 2));
}
