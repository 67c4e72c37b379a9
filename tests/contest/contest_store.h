/* contest_store.h - a contest in a real database: branches 10 and 20, contestants by
 * person 1..n (their ids are the same), judges 101..m, host 7, organiser 9. */
#ifndef TESTS_CONTEST_STORE_H
#define TESTS_CONTEST_STORE_H

#include "contest/create.h"
#include "contest/routes.h"
#include "contest/scoring.h"
#include "contest/steps.h"
#include "contest/written.h"
#include "contest_fixture.h"

struct stand {
    const char *folder;
    struct store *store;
    struct db *reader;
    struct contest_feature *feature;
    int64_t contest;
};

static struct stand stand;

static struct error *stand_person(struct db *db, int64_t id, int64_t branch)
{
    return db_run(
        db,
        "INSERT INTO person (id, staff_number, name, branch) VALUES ($1, $2, $3, $4)",
        INT(id), TEXT(arena_format(db_arena(db), "n%" PRId64, id)),
        TEXT(arena_format(db_arena(db), "人%" PRId64, id)),
        branch ? INT(branch) : NONE);
}

static struct error *stand_fill(struct db *db, void *context)
{
    const struct cast *cast = context;

    for (int64_t branch = 10; branch <= 20; branch += 10)
        TRY(db_run(
            db, "INSERT INTO branch (id, name, position) VALUES ($1, $2, $1)",
            INT(branch),
            TEXT(arena_format(db_arena(db), "第%" PRId64 "街道", branch))));
    for (size_t i = 0; i < cast->contestant_count; i++)
        TRY(stand_person(db, (int64_t)i + 1, cast->contestants[i]));
    for (size_t i = 0; i < cast->judge_count; i++)
        TRY(stand_person(db, JUDGE + (int64_t)i + 1, cast->judges[i]));
    return NULL;
}

static int64_t stand_contest(struct rule_parts parts, struct cast cast)
{
    int64_t contestants[CONTEST_CONTESTANTS];
    int64_t judges[CONTEST_JUDGES];
    struct contest_creation creation = {
        .title = "十一月大赛",
        .rules = rules_text(parts),
        .judges = judges,
        .judge_count = cast.judge_count,
        .contestants = contestants,
        .contestant_count = cast.contestant_count,
        .at = 1,
    };

    for (size_t i = 0; i < cast.contestant_count; i++)
        contestants[i] = (int64_t)i + 1;
    for (size_t i = 0; i < cast.judge_count; i++)
        judges[i] = JUDGE + (int64_t)i + 1;
    check_write(stand.store, arena, contest_create, &creation);
    return creation.id;
}

static void stand_begin(struct rule_parts parts, struct cast cast)
{
    stand.folder = check_folder_new(arena);
    stand.store = check_store(arena, stand.folder);
    assert_fine(store_reader_open(stand.store, arena, &stand.reader));
    stand.feature = contest_feature_new();
    check_write(stand.store, arena, stand_fill, &cast);
    stand.contest = stand_contest(parts, cast);
}

static void stand_end(void)
{
    contest_feature_free(stand.feature);
    store_reader_close(stand.reader);
    store_close(stand.store);
    check_folder_remove(stand.folder);
}

static const struct contest_state *stand_state(void)
{
    const struct contest_state *state;

    assert_fine(
        journal_state(stand.feature->journal, stand.reader, stand.contest, &state));
    return state;
}

/* ---- Doing ---- */

static struct step step_of(const char *action)
{
    return (struct step){
        .journal = stand.feature->journal,
        .contest = stand.contest,
        .actor = HOST,
        .at = 5000,
        .action = action,
        .expected = INT64_MAX,
        .spoken = "8",
        .seed = SEED,
        .reason = "超时",
        .points = "0.5",
        .view = "leaderboard",
    };
}

static struct error *take(struct step *step)
{
    return store_write(stand.store, arena, step_take, step);
}

static struct error *try_step(const char *action, int64_t contestant)
{
    struct step step = step_of(action);

    step.contestant = contestant;
    return take(&step);
}

#define STEP(action, contestant) assert_fine(try_step(action, contestant))

static void stand_drawn(void)
{
    STEP("seal", 0);
    STEP("draw_commit", 0);
    STEP("draw", 0);
}

/* Numbers of the tablets, one per judge; each message takes the next one. */
static int64_t device_numbers[CONTEST_JUDGES];

static struct scoring scoring_by(int64_t judge, int64_t contestant, const char *value)
{
    struct scoring scoring = {
        .journal = stand.feature->journal,
        .contest = stand.contest,
        .judge = JUDGE + judge,
        .at = 6000,
        .device = arena_format(arena, "tablet-%" PRId64, judge),
        .device_number = ++device_numbers[judge],
        .contestant = contestant,
        .criterion = "c1",
        .value = value,
        .marks = json_pack("{s:s}", "c1", value),
    };

    assert_non_null(scoring.marks);
    arena_defer(arena, (void (*)(void *))json_decref, scoring.marks);
    return scoring;
}

static struct error *send_mark(struct scoring *scoring)
{
    return store_write(stand.store, arena, scoring_mark, scoring);
}

static struct error *send_sheet(struct scoring *scoring)
{
    return store_write(stand.store, arena, scoring_sheet, scoring);
}

static void hand_in(int64_t judge, int64_t contestant, const char *value)
{
    struct scoring scoring = scoring_by(judge, contestant, value);

    assert_fine(send_sheet(&scoring));
}

static int64_t count_events(void)
{
    return check_number(stand.store, arena, "SELECT count(*) FROM event");
}

/* The error must have this code, and nothing may have been recorded. */
#define assert_refused(expression, code)                                               \
    do {                                                                               \
        int64_t refused_before_ = count_events();                                      \
        assert_code(expression, code);                                                 \
        assert_int_equal(count_events(), refused_before_);                             \
    } while (0)

static int tests_begin(void **state)
{
    token_start();
    return arena_begin(state);
}

#define RUN_STAND(name, tests)                                                         \
    cmocka_run_group_tests_name(name, tests, tests_begin, arena_end)

#endif
