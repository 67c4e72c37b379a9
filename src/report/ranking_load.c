/* ranking_load.c - who was expected, and of which street, at a time. */
#include "report/ranking.h"

#include <stdlib.h>

static struct error *count_rows(struct db *db, const char *sql, size_t *count)
{
    int64_t number;
    bool found;

    TRY(db_number(db, &found, &number, sql));
    *count = (size_t)number;
    return NULL;
}

/* The streets that existed then. One that has ended stays where its results are. */
static struct error *read_branches(struct db *db, struct ranking *ranking)
{
    static const char count_sql[] = "SELECT count(*) FROM branch";
    static const char sql[] =
        "SELECT id, name FROM branch WHERE valid_from <= $1 "
        "AND (valid_to IS NULL OR valid_to > $1) ORDER BY position, id";
    size_t room;

    TRY(count_rows(db, count_sql, &room));
    ranking->branches =
        arena_alloc(db_arena(db), (room + 1) * sizeof *ranking->branches);
    SCOPED_ROWS rows = db_query(db, sql, INT(ranking->held_at));
    while (ranking->branch_count < room && rows_next(&rows))
        ranking->branches[ranking->branch_count++] = (struct ranking_branch){
            .id = rows_int(&rows, 0), .name = rows_text(&rows, 1)};
    return rows_error(&rows);
}

/* The index of the street, the count when it did not exist then. */
static size_t branch_index(const struct ranking *ranking, int64_t id)
{
    size_t i = 0;

    while (i < ranking->branch_count && ranking->branches[i].id != id)
        i++;
    return i;
}

struct error *ranking_load_people(struct db *db, struct ranking *ranking)
{
    /* 1 is the learner's bit of an account's roles. Who moved since then belongs where
     * she was: the first street she left after that time. */
    static const char count_sql[] =
        "SELECT count(*) FROM person JOIN account ON account.person = person.id "
        "WHERE (account.roles & 1) <> 0";
    static const char sql[] =
        "SELECT person.id, person.staff_number, person.name, "
        "coalesce((SELECT former_branch.branch FROM former_branch "
        "WHERE former_branch.person = person.id AND former_branch.until_at > $1 "
        "ORDER BY former_branch.until_at LIMIT 1), person.branch), "
        "coalesce(community.name, ''), person.cohort "
        "FROM person JOIN account ON account.person = person.id "
        "LEFT JOIN compound ON compound.id = person.compound "
        "LEFT JOIN community ON community.id = compound.community "
        "LEFT JOIN branch ON branch.id = person.branch "
        "WHERE (account.roles & 1) <> 0 AND person.joined_at <= $1 "
        "AND (person.left_at IS NULL OR person.left_at > $1) "
        "AND NOT EXISTS (SELECT 1 FROM service_break AS b WHERE b.person = person.id "
        "AND b.from_at <= $1 AND b.until_at > $1) "
        "ORDER BY branch.position, branch.id, person.staff_number";
    size_t room;

    struct intern *words = intern_new(db_arena(db));

    TRY(read_branches(db, ranking));
    TRY(count_rows(db, count_sql, &room));
    ranking->people = arena_alloc(db_arena(db), (room + 1) * sizeof *ranking->people);
    SCOPED_ROWS rows = db_query(db, sql, INT(ranking->held_at));
    while (ranking->person_count < room && rows_next(&rows)) {
        size_t branch = branch_index(ranking, rows_int(&rows, 3));
        if (branch == ranking->branch_count)
            continue;
        ranking->people[ranking->person_count++] = (struct ranking_person){
            .id = rows_int(&rows, 0),
            .staff_number = rows_text(&rows, 1),
            .name = rows_text(&rows, 2),
            .branch = (uint32_t)branch,
            .community = rows_text_shared(&rows, 4, words),
            .cohort = rows_text_shared(&rows, 5, words),
            .status = RANKING_ABSENT,
        };
    }
    return rows_error(&rows);
}

static int by_id(const void *left, const void *right)
{
    const struct ranking_person *a = *(struct ranking_person *const *)left;
    const struct ranking_person *b = *(struct ranking_person *const *)right;

    return a->id < b->id ? -1 : a->id > b->id;
}

struct ranking_person *
ranking_find_person(struct ranking_person *const *sorted, size_t count, int64_t id)
{
    struct ranking_person key = {.id = id};
    const struct ranking_person *wanted = &key;
    struct ranking_person *const *found =
        bsearch(&wanted, sorted, count, sizeof *sorted, by_id);

    return found ? *found : NULL;
}

struct ranking_person **
ranking_people_by_id(struct arena *arena, const struct ranking *ranking)
{
    struct ranking_person **people = arena_alloc(
        arena, (ranking->person_count + 1) * sizeof(struct ranking_person *));

    for (size_t i = 0; i < ranking->person_count; i++)
        people[i] = &ranking->people[i];
    qsort(people, ranking->person_count, sizeof *people, by_id);
    return people;
}
