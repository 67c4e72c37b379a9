/* district.h - a small district in a real database: streets, specialists, a quiz of one
 * question, and attempts with the grades a test asks for. */
#ifndef TESTS_REPORT_DISTRICT_H
#define TESTS_REPORT_DISTRICT_H

#include <stdlib.h>

#include "check.h"

#include "quiz/bank.h"
#include "quiz/paper.h"

#define DISTRICT_TITLE "测验 &D 演练"

enum {
    DISTRICT_OPEN = 1000000,
    DISTRICT_CLOSE = 9000000,
    DISTRICT_LEARNER = 1,
    DISTRICT_JUDGE = 8,
};

struct district {
    struct arena *arena;
    const char *folder;
    struct store *store;
    struct db *reader;
};

struct district_person {
    int64_t id;
    const char *staff_number;
    const char *name;
    int64_t branch; /* 0: none */
    int64_t roles;
    const char *state; /* of the attempt; NULL: none */
    int64_t grade;
    int64_t used_ms;
};

static const char *district_paper(struct arena *arena)
{
    static struct paper_option options[] = {{"a", "对", true}, {"b", "错", false}};
    static struct paper_question question = {
        .id = "q-1",
        .type = PAPER_SINGLE,
        .stem_html = "?",
        .case_id = "",
        .guide_html = "",
        .course = "01-test",
        .points = 10000,
        .options = options,
        .option_count = 2,
        .explanation_html = "!",
        .lesson = "l",
        .difficulty = 1,
        .point = "p",
    };
    static struct paper_part part = {"一", &question, 1};
    static const struct paper paper = {
        .slug = "01-test",
        .title = DISTRICT_TITLE,
        .course = "01-test",
        .minutes = 20,
        .pass_percent = 60,
        .policy = RESPONSE_CN_PARTIAL_PROP,
        .instructions = "答题。",
        .seed = "",
        .points = 10000,
        .parts = &part,
        .part_count = 1,
        .question_count = 1,
    };

    return paper_write(arena, &paper);
}

static struct error *district_fill(struct db *db, void *context)
{
    struct bank_publication publication = {district_paper(db_arena(db)), 1, NULL};
    const char *const *branches = context;

    for (int64_t i = 0; branches[i]; i++)
        TRY(db_run(
            db, "INSERT INTO branch (id, name, position) VALUES ($1, $2, $3)",
            INT(i + 1), TEXT(branches[i]), INT(i + 1)));
    TRY(bank_publish(db, &publication));
    return db_run(
        db,
        "INSERT INTO quiz (id, paper, mode, start_at, base_ms, window_open, "
        "window_close, review) VALUES (1, $1, 'rolling', 0, 1200000, $2, $3, 'submit')",
        TEXT(publication.revision), INT(DISTRICT_OPEN), INT(DISTRICT_CLOSE));
}

static struct error *district_attempt(struct db *db, const struct district_person *p)
{
    bool running = strcmp(p->state, "in_progress") == 0;

    return db_run(
        db,
        "INSERT INTO attempt (quiz, person, state, started_at, factor_numerator, "
        "factor_denominator, planned_ms, deadline, deadline_rev, epoch, device, "
        "layout, "
        "submitted_at, grade, points) VALUES (1, $1, $2, $3, 1, 1, 0, $4, 1, 1, 'd', "
        "'[]', $5, $6, 10000)",
        INT(p->id), TEXT(p->state), INT(DISTRICT_OPEN), INT(DISTRICT_CLOSE),
        running ? NONE : INT(DISTRICT_OPEN + p->used_ms),
        running ? NONE : INT(p->grade));
}

static struct error *district_insert(struct db *db, void *context)
{
    const struct district_person *p = context;

    TRY(db_run(
        db,
        "INSERT INTO person (id, staff_number, name, branch) VALUES ($1, $2, $3, $4)",
        INT(p->id), TEXT(p->staff_number), TEXT(p->name),
        p->branch ? INT(p->branch) : NONE));
    TRY(db_run(
        db,
        "INSERT INTO account (person, roles, password, failures, blocked_until) "
        "VALUES ($1, $2, '-', 0, 0)",
        INT(p->id), INT(p->roles)));
    return p->state ? district_attempt(db, p) : NULL;
}

/* `branches` ends with NULL; the n-th gets the id n. */
__attribute__((unused)) static struct district *
district_new(const char *const *branches)
{
    struct district *district = calloc(1, sizeof *district);

    assert_non_null(district);
    district->arena = arena_new();
    district->folder = check_folder_new(district->arena);
    district->store = check_store(district->arena, district->folder);
    union {
        const char *const *constant;
        void *context;
    } unqualified = {branches};
    check_write(district->store, district->arena, district_fill, unqualified.context);
    assert_fine(store_reader_open(district->store, district->arena, &district->reader));
    return district;
}

__attribute__((unused)) static void
district_add(struct district *district, struct district_person person)
{
    check_write(district->store, district->arena, district_insert, &person);
}

__attribute__((unused)) static void district_free(struct district *district)
{
    store_reader_close(district->reader);
    store_close(district->store);
    check_folder_remove(district->folder);
    arena_free(district->arena);
    free(district);
}

#endif
