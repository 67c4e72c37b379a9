#include "contest/journal.h"

#include <assert.h>
#include <pthread.h>

#include "contest_store.h"

static const int64_t branches[] = {10, 20, 0};
static const int64_t none[3] = {0};
static const struct cast cast = {branches, 3, none, 3};

static struct error *step_then_fail(struct db *db, void *context)
{
    const struct contest_state *state;

    TRY(step_take(db, context));
    /* As a neighbour in the same batch would: the kept state now holds the step. */
    TRY(journal_state(stand.feature->journal, db, stand.contest, &state));
    return error_new(
        db_arena(db), ERROR_CONFLICT,
        state->phase == CONTEST_RUNNING ? "test" : "not_applied", "undone");
}

/* An event that comes without asking for the state first. */
static struct error *show_cover(struct db *db, void *context)
{
    struct chain_event event = {
        .subject = journal_subject(db_arena(db), stand.contest),
        .at = 1,
        .actor = HOST,
        .role = "host",
        .device = "",
        .kind = "shown",
        .body = json_pack("{s:s}", "view", "cover"),
    };
    bool repeated;

    (void)context;
    arena_defer(db_arena(db), (void (*)(void *))json_decref, event.body);
    return chain_append(db, &event, &repeated);
}

/* The number of the undone event is taken by another one at once. */
static void what_was_undone_is_not_taken_for_what_came_instead(void **unused)
{
    (void)unused;
    stand_begin((struct rule_parts){0}, cast);
    stand_drawn();
    struct step undone = step_of("call");
    undone.contestant = 1;
    assert_refused(store_write(stand.store, arena, step_then_fail, &undone), "test");
    check_write(stand.store, arena, show_cover, NULL);
    struct scoring scoring = scoring_by(1, 1, "80");
    assert_refused(send_sheet(&scoring), "not_your_contestant");
    STEP("call", 1);
    assert_fine(send_sheet(&scoring));
    stand_end();
}

static void what_was_undone_leaves_no_trace(void **unused)
{
    (void)unused;
    stand_begin((struct rule_parts){0}, cast);
    stand_drawn();
    struct step undone = step_of("call");
    undone.contestant = 1;
    assert_refused(store_write(stand.store, arena, step_then_fail, &undone), "test");
    assert_int_equal(stand_state()->phase, CONTEST_DRAWN);
    /* Another event takes the number that the undone one had. */
    STEP("call", 2);
    assert_refused(try_step("call", 2), "step_not_allowed");
    assert_int_equal(stand_state()->contestants[0].entries[1].stage, CONTEST_WAITING);
    hand_in(1, 2, "80");
    struct scoring scoring = scoring_by(1, 1, "80");
    assert_refused(send_sheet(&scoring), "not_your_contestant");
    stand_end();
}

static struct error *add_contestant(struct db *db, void *context)
{
    (void)context;
    TRY(db_run(
        db, "INSERT INTO person (id, staff_number, name) VALUES (50, 'x', '迟到')"));
    return db_run(
        db, "INSERT INTO contestant (contest, person) VALUES ($1, 50)",
        INT(stand.contest));
}

static void people_may_change_until_the_seal(void **unused)
{
    (void)unused;
    stand_begin((struct rule_parts){0}, cast);
    assert_int_equal(stand_state()->contestant_count, 3);
    check_write(stand.store, arena, add_contestant, NULL);
    assert_int_equal(stand_state()->contestant_count, 4);
    STEP("seal", 0);
    assert_int_equal(stand_state()->contestant_count, 4);
    stand_end();
}

static struct error *change_rules(struct db *db, void *context)
{
    return db_run(db, "UPDATE contest SET rules = $1", TEXT(context));
}

static void rules_exchanged_after_the_seal_are_noticed(void **unused)
{
    const struct rules *other = rules_of((struct rule_parts){.style = "1223"});
    const struct contest_state *state;

    (void)unused;
    stand_begin((struct rule_parts){0}, cast);
    STEP("seal", 0);
    char *text = arena_copy(arena, other->canonical);
    check_write(stand.store, arena, change_rules, text);
    struct journal *fresh = journal_new();
    assert_code(
        journal_state(fresh, stand.reader, stand.contest, &state), "contest_journal");
    assert_code(
        journal_build(arena, stand.reader, stand.contest, &state), "contest_journal");
    journal_free(fresh);
    stand_end();
}

static void a_built_state_is_the_kept_one(void **unused)
{
    const struct contest_state *built;

    (void)unused;
    stand_begin((struct rule_parts){0}, cast);
    stand_drawn();
    STEP("call", 1);
    for (int64_t judge = 1; judge <= 3; judge++) {
        hand_in(judge, 1, "80.5");
        assert_int_equal(
            stand_state()->contestants[0].entries[1].sheets[judge - 1].total, 80500);
    }
    STEP("close", 1);
    assert_fine(journal_build(arena, stand.reader, stand.contest, &built));
    struct standings one = compute(built, STANDINGS_ALL);
    struct standings other = compute(stand_state(), STANDINGS_ALL);
    assert_string_equal(
        standings_document(arena, &one), standings_document(arena, &other));
    stand_end();
}

static void many_contests_take_turns_in_memory(void **unused)
{
    enum { CONTESTS = 40 };
    int64_t contests[CONTESTS];

    (void)unused;
    stand_begin((struct rule_parts){0}, cast);
    for (int i = 0; i < CONTESTS; i++) {
        contests[i] = stand.contest = stand_contest((struct rule_parts){0}, cast);
        STEP("seal", 0);
        if (i % 2)
            STEP("draw_commit", 0);
    }
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < CONTESTS; i++) {
            stand.contest = contests[i];
            assert_int_equal(stand_state()->contest, contests[i]);
            assert_int_equal(stand_state()->number, 1 + i % 2);
        }
    }
    stand_end();
}

/* Readers on their own connections while marks come in: each sees numbers that only
 * grow, and sheets that fit the number. */
static void *read_along(void *argument)
{
    struct arena *own = arena_new();
    struct db *reader;
    int64_t last = 0;

    assert(!store_reader_open(stand.store, own, &reader));
    while (last < *(int64_t *)argument) {
        const struct contest_state *state;
        struct error *error =
            journal_state(stand.feature->journal, reader, stand.contest, &state);
        assert(!error && state->number >= last);
        last = state->number;
        db_use_arena(reader, own);
        arena_reset(own);
    }
    store_reader_close(reader);
    arena_free(own);
    return NULL;
}

static void readers_follow_the_writer(void **unused)
{
    enum { READERS = 4, MARKS = 60 };
    pthread_t threads[READERS];

    (void)unused;
    stand_begin((struct rule_parts){0}, cast);
    stand_drawn();
    STEP("call", 1);
    int64_t end = stand_state()->number + MARKS;
    for (size_t i = 0; i < READERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_along, &end), 0);
    for (int i = 0; i < MARKS; i++) {
        struct scoring scoring = scoring_by(1 + i % 3, 1, i % 2 ? "80" : "81");
        assert_fine(send_mark(&scoring));
    }
    for (size_t i = 0; i < READERS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    stand_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_undone_leaves_no_trace),
        cmocka_unit_test(what_was_undone_is_not_taken_for_what_came_instead),
        cmocka_unit_test(people_may_change_until_the_seal),
        cmocka_unit_test(rules_exchanged_after_the_seal_are_noticed),
        cmocka_unit_test(a_built_state_is_the_kept_one),
        cmocka_unit_test(many_contests_take_turns_in_memory),
        cmocka_unit_test(readers_follow_the_writer),
    };

    return RUN_STAND("journal", tests);
}
