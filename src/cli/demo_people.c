#include "cli/demo_people.h"

#include <assert.h>

#include "http/request.h"

enum { MOST_OF_A_STREET = 36, FIRST_SMALL_STREET = 3, LAST_STREET = DEMO_BRANCHES - 1 };

struct filling {
    struct db *db;
    struct demo_people *people;
    struct demo_names names;
    int64_t branches[DEMO_BRANCHES];
    int64_t communities[DEMO_COMMUNITIES];
};

/* Nine or ten communities a street, 35 or 36 specialists: as the sums demand. */
static size_t first_community(size_t branch)
{
    return branch * DEMO_COMMUNITIES / DEMO_BRANCHES;
}

static int specialists_of(size_t branch)
{
    bool small = branch == FIRST_SMALL_STREET || branch == LAST_STREET;

    return MOST_OF_A_STREET - small;
}

static struct error *insert_settings(struct db *db)
{
    static const char sql[] = "INSERT INTO setting (name, value) VALUES ($1, $2)";

    TRY(db_run(db, sql, TEXT("district"), TEXT("拱墅区")));
    return db_run(db, sql, TEXT("demonstration"), TEXT("1"));
}

static struct error *insert_branches(struct filling *filling)
{
    static const char sql[] =
        "INSERT INTO branch (name, position) VALUES ($1, $2) RETURNING id";
    bool found;

    for (size_t i = 0; i < DEMO_BRANCHES; i++)
        TRY(db_number(
            filling->db, &found, &filling->branches[i], sql, TEXT(demo_branch_names[i]),
            INT((int64_t)i + 1)));
    return NULL;
}

static struct error *insert_communities(struct filling *filling)
{
    static const char sql[] =
        "INSERT INTO community (branch, name) VALUES ($1, $2) RETURNING id";
    bool found;

    for (size_t b = 0; b < DEMO_BRANCHES; b++)
        for (size_t i = first_community(b); i < first_community(b + 1); i++)
            TRY(db_number(
                filling->db, &found, &filling->communities[i], sql,
                INT(filling->branches[b]),
                TEXT(demo_community_name(db_arena(filling->db), i))));
    return NULL;
}

struct newcomer {
    const char *staff_number;
    int64_t branch;   /* 0: of the district */
    int64_t compound; /* 0: none */
    unsigned roles;
};

static struct error *
insert_person(struct filling *filling, const struct newcomer *newcomer, int64_t *person)
{
    static const char person_sql[] =
        "INSERT INTO person (staff_number, name, branch, compound) "
        "VALUES ($1, $2, $3, $4) RETURNING id";
    static const char account_sql[] =
        "INSERT INTO account (person, roles, password, failures, blocked_until) "
        "VALUES ($1, $2, $3, 0, 0)";
    bool found;

    TRY(db_number(
        filling->db, &found, person, person_sql, TEXT(newcomer->staff_number),
        TEXT(demo_names_next(&filling->names)),
        newcomer->branch ? INT(newcomer->branch) : NONE,
        newcomer->compound ? INT(newcomer->compound) : NONE));
    return db_run(
        filling->db, account_sql, INT(*person), INT(newcomer->roles),
        TEXT(filling->people->password));
}

/* Each specialist is stationed in a compound of her own. */
static struct error *insert_specialist(
    struct filling *filling, size_t index, struct demo_specialist *specialist)
{
    static const char sql[] =
        "INSERT INTO compound (community, name) VALUES ($1, $2) RETURNING id";
    struct arena *arena = db_arena(filling->db);
    size_t first = first_community(specialist->branch);
    size_t count = first_community(specialist->branch + 1) - first;
    size_t community = first + (size_t)specialist->number % count;
    int64_t compound;
    bool found;

    TRY(db_number(
        filling->db, &found, &compound, sql, INT(filling->communities[community]),
        TEXT(demo_compound_name(arena, index))));
    specialist->staff_number =
        arena_format(arena, "zy%02zu%02d", specialist->branch + 1, specialist->number);
    const struct newcomer newcomer = {
        specialist->staff_number, filling->branches[specialist->branch], compound,
        ROLE_LEARNER};
    return insert_person(filling, &newcomer, &specialist->person);
}

static struct error *insert_specialists(struct filling *filling)
{
    size_t index = 0;

    for (size_t b = 0; b < DEMO_BRANCHES; b++)
        for (int n = 1; n <= specialists_of(b); n++, index++) {
            struct demo_specialist *specialist = &filling->people->specialists[index];
            *specialist = (struct demo_specialist){.branch = b, .number = n};
            TRY(insert_specialist(filling, index, specialist));
        }
    assert(index == DEMO_SPECIALISTS);
    return NULL;
}

static struct error *insert_proctors(struct filling *filling)
{
    for (size_t b = 0; b < DEMO_BRANCHES; b++) {
        const struct newcomer proctor = {
            arena_format(db_arena(filling->db), "jk%02zu", b + 1), filling->branches[b],
            0, ROLE_PROCTOR};
        int64_t person;
        TRY(insert_person(filling, &proctor, &person));
    }
    return NULL;
}

static struct error *insert_staff(struct filling *filling)
{
    static const struct newcomer staff[] = {
        {"cpz01", 0, 0, ROLE_CHIEF_JUDGE},
        {"jd01", 0, 0, ROLE_AUDITOR},
        {"zc01", 0, 0, ROLE_HOST},
        {"zz01", 0, 0, ROLE_ORGANISER},
    };
    int64_t person;

    for (int i = 0; i < DEMO_JUDGES; i++) {
        const struct newcomer judge = {
            arena_format(db_arena(filling->db), "pw%02d", i + 1), 0, 0, ROLE_JUDGE};
        TRY(insert_person(filling, &judge, &filling->people->judges[i]));
    }
    for (size_t i = 0; i < sizeof staff / sizeof staff[0]; i++)
        TRY(insert_person(filling, &staff[i], &person));
    return NULL;
}

struct error *demo_people_fill(struct db *db, struct demo_people *people)
{
    struct filling *filling = arena_alloc(db_arena(db), sizeof *filling);

    filling->db = db;
    filling->people = people;
    filling->names.arena = db_arena(db);
    filling->names.random = *people->random;
    TRY(insert_settings(db));
    TRY(insert_branches(filling));
    TRY(insert_communities(filling));
    TRY(insert_specialists(filling));
    TRY(insert_proctors(filling));
    TRY(insert_staff(filling));
    *people->random = filling->names.random;
    return NULL;
}

bool demo_people_competes(const struct demo_specialist *specialist)
{
    return specialist->number == 1 || specialist->number == 10;
}

bool demo_people_is_kept_fresh(const struct demo_specialist *specialist)
{
    return specialist->branch == 0 && specialist->number <= 2;
}
