/* Freeze and reveal: nothing of what came after the freeze is public until it is told,
 * and it is told from the last place up. */
#include "contest/reveal.h"

#include "contest/views.h"
#include "contest_store.h"
#include "report/contest_view.h"

/* ---- The walk ---- */

enum { MOST = 12, PARTS = 3 };

struct game {
    int64_t totals[MOST][PARTS + 1];
    struct reveal_entry entries[MOST];
    size_t count;
};

static void make_game(uint64_t *seed, struct game *game)
{
    game->count = 1 + (size_t)next_random(seed, MOST);
    for (size_t i = 0; i < game->count; i++) {
        size_t hidden = (size_t)next_random(seed, PARTS + 1);
        game->totals[i][0] = next_random(seed, 30);
        for (size_t j = 1; j <= hidden; j++)
            game->totals[i][j] = game->totals[i][j - 1] + next_random(seed, 20);
        game->entries[i] = (struct reveal_entry){game->totals[i], hidden, 0};
    }
    /* Places by the last totals; equals in the order of the list. */
    for (size_t i = 0; i < game->count; i++)
        for (size_t j = 0; j < game->count; j++) {
            int64_t one = game->totals[i][game->entries[i].hidden];
            int64_t other = game->totals[j][game->entries[j].hidden];
            game->entries[i].place += other > one || (other == one && j < i);
        }
}

static void everybody_is_told_in_exact_reverse_order(void **unused)
{
    uint64_t seed = 2020;

    (void)unused;
    for (int round = 0; round < 2000; round++) {
        struct game game;
        struct reveal_move moves[MOST * (PARTS + 1)];
        size_t told[MOST] = {0};
        size_t hidden = 0;
        make_game(&seed, &game);
        for (size_t i = 0; i < game.count; i++)
            hidden += game.entries[i].hidden;
        size_t made = reveal_walk(arena, game.entries, game.count, moves);
        size_t place = game.count;
        assert_int_equal(made, game.count + hidden);
        for (size_t i = 0; i < made; i++) {
            const struct reveal_entry *entry = &game.entries[moves[i].entry];
            assert_int_equal(moves[i].told, told[moves[i].entry]);
            if (moves[i].awarded) {
                assert_int_equal(moves[i].told, entry->hidden);
                assert_int_equal(entry->place, --place);
            } else {
                assert_true(told[moves[i].entry]++ < entry->hidden);
            }
        }
        assert_int_equal(place, 0);
    }
}

static void nobody_gives_no_moves(void **unused)
{
    struct reveal_move moves[1];

    (void)unused;
    assert_int_equal(reveal_walk(arena, NULL, 0, moves), 0);
}

/* ---- In a contest ---- */

static const int64_t branches[] = {10, 10, 20};
static const int64_t judges[3] = {0};
static const struct cast cast = {branches, 3, judges, 3};

#define JUDGED_ONLY                                                                    \
    "{\"id\":\"judged\",\"kind\":\"judged\",\"title\":\"x\",\"weight\":"               \
    "\"1\"," ONE_CRITERION ",\"panel\":" PANEL(0, 0, "mean", "wait", "total") "}"

static void mark(int64_t contestant, const char *value)
{
    STEP("call", contestant);
    for (int64_t judge = 1; judge <= 3; judge++)
        hand_in(judge, contestant, value);
    STEP("close", contestant);
    STEP("release", contestant);
}

static const char *screen(const char *view)
{
    struct viewing viewing = {
        .db = stand.reader,
        .journal = stand.feature->journal,
        .presence = stand.feature->presence,
        .contest = stand.contest,
    };
    struct step step = step_of("show");
    struct writer writer;
    int64_t number;

    step.view = view;
    assert_fine(take(&step));
    writer_init(&writer, arena, 256 * 1024);
    assert_fine(view_screen(&viewing, &writer, &number));
    return writer.text.bytes;
}

static void assert_hidden(const char *secret)
{
    static const char *const views[] = {"cover",       "draw",     "stage", "marks",
                                        "leaderboard", "branches", "black"};
    struct contest_view view = {0};

    for (size_t i = 0; i < COUNT_OF(views); i++)
        if (strstr(screen(views[i]), secret))
            fail_msg("the screen's %s shows %s", views[i], secret);
    assert_fine(contest_view_load_public(stand.reader, stand.contest, 1, &view));
    if (strstr(standings_document(arena, &view.standings), secret))
        fail_msg("the public ranking shows %s", secret);
}

/* 1: 70, 2: 90 and later 60, 3: 80. */
static void begin_frozen(void)
{
    stand_begin(
        (struct rule_parts){
            .rounds = JUDGED_ONLY,
            .ties = "{\"key\":\"total\",\"direction\":\"desc\"}"},
        cast);
    stand_drawn();
    assert_refused(try_step("reveal", 0), "step_not_allowed");
    assert_refused(try_step("unfreeze", 0), "step_not_allowed");
    mark(1, "71");
    STEP("freeze", 0);
    assert_refused(try_step("freeze", 0), "step_not_allowed");
    mark(2, "92");
}

static void nothing_leaks_through_a_freeze(void **unused)
{
    (void)unused;
    begin_frozen();
    assert_non_null(strstr(screen("leaderboard"), "\"total\":\"71.00\""));
    assert_non_null(strstr(screen("marks"), "\"score\":\"71.00\""));
    assert_hidden("92.00");
    assert_refused(try_step("reveal", 0), "reveal_too_early"); /* 3 is to come */
    mark(3, "83");
    struct step step = step_of("deduct");
    step.contestant = 1;
    step.points = "9";
    assert_fine(take(&step));
    assert_hidden("62.00");
    assert_hidden("83.00");
    STEP("finish", 0);
    assert_hidden("92.00");
    assert_null(strstr(screen("leaderboard"), "\"final\":true"));
    STEP("unfreeze", 0);
    assert_non_null(strstr(screen("leaderboard"), "\"total\":\"92.00\""));
    assert_non_null(strstr(screen("leaderboard"), "\"final\":true"));
    stand_end();
}

static void the_reveal_tells_one_thing_at_a_time(void **unused)
{
    static const struct {
        int64_t contestant;
        bool place; /* only that */
    } steps[] = {
        {1, false}, /* corrected since the freeze: 71 - 9 */
        {3, false}, /* both hidden ones stand last with nothing; 3 has the lower place
                     */
        {2, false}, {1, true}, {3, true}, {2, true},
    };

    (void)unused;
    begin_frozen();
    mark(3, "83");
    struct step step = step_of("deduct");
    step.contestant = 1;
    step.points = "9";
    assert_fine(take(&step));
    STEP("finish", 0);
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        struct reveal plan;
        assert_fine(reveal_plan(arena, stand_state()->frozen, stand_state(), &plan));
        assert_int_equal(plan.step_count, COUNT_OF(steps));
        assert_int_equal(plan.steps[i].row->contestant->id, steps[i].contestant);
        assert_int_equal(plan.steps[i].round == CONTEST_NONE, steps[i].place);
        assert_int_equal(plan.steps[i].correction, i == 0);
        if (i < 3)
            assert_hidden("92.00");
        STEP("reveal", 0);
        assert_int_equal(stand_state()->revealed, i + 1);
        if (i == 0)
            assert_non_null(strstr(screen("leaderboard"), "\"total\":\"62.00\""));
        if (i == 1)
            assert_non_null(strstr(screen("leaderboard"), "\"total\":\"83.00\""));
    }
    assert_non_null(strstr(screen("leaderboard"), "\"total\":\"92.00\""));
    assert_refused(try_step("reveal", 0), "step_not_allowed");
    STEP("unfreeze", 0);
    stand_end();
}

/* Judge 3 gave 2 only 32: without her sheet it is 92, also when it is told. */
static void an_exclusion_since_the_freeze_counts_when_told(void **unused)
{
    struct contest_state *state = begin(
        rules_of((struct rule_parts){
            .rounds = JUDGED_ONLY,
            .ties = "{\"key\":\"total\",\"direction\":\"desc\"}"}),
        cast_of(branches, 3, 3));

    (void)unused;
    event(state, HOST, "frozen", "{}");
    PERFORM(state, 2, "92", "92", "32");
    event(
        state, HOST, "judge_excluded",
        "{\"contestant\":2,\"judge\":3,\"reason\":\"x\"}");
    event(
        state, HOST, "revealed", "{\"step\":1,\"contestant\":2,\"round\":\"judged\"}");
    struct standings standings = compute(contest_public(state), STANDINGS_PUBLIC);
    assert_string_equal(row_of(&standings, 2)->total, "92.00");
}

static void what_hangs_on_an_entry_stays_as_it_was(void **unused)
{
    struct contest_state *state =
        begin(rules_of((struct rule_parts){0}), cast_of(branches, 3, 3));
    static const char deduction[] =
        "{\"contestant\":1,\"round\":\"judged\",\"points\":\"1\",\"reason\":\"x\"}";

    (void)unused;
    about(state, "called", 1);
    event(state, HOST, "deducted", "%s", deduction);
    event(state, HOST, "frozen", "{}");
    event(state, HOST, "deducted", "%s", deduction);
    event(
        state, JUDGE + 1, "mark",
        "{\"contestant\":1,\"round\":\"judged\",\"criterion\":\"c1\",\"value\":\"1\"}");
    const struct contest_entry *entry =
        &contest_public(state)->contestants[0].entries[1];
    assert_int_equal(entry->deducted, 1000);
    assert_null(entry->deductions->next);
    assert_int_equal(entry->sheets[0].marks[0], CONTEST_NO_MARK);
    assert_int_equal(state->contestants[0].entries[1].sheets[0].marks[0], 1000);
    assert_non_null(state->contestants[0].entries[1].deductions->next);
}

static void events_of_a_freeze_are_checked(void **unused)
{
    struct contest_state *state =
        begin(rules_of((struct rule_parts){0}), cast_of(branches, 3, 3));

    (void)unused;
    event(state, HOST, "frozen", "{}");
    assert_code(try_event(state, HOST, "frozen", "{}"), "event_impossible");
    static const char *const bad[] = {
        "{\"step\":2,\"contestant\":1,\"round\":null}",
        "{\"step\":1,\"contestant\":9,\"round\":null}",
        "{\"step\":1,\"contestant\":1,\"round\":\"final\"}",
    };
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_code(
            try_event(state, HOST, "revealed", "%s", bad[i]), "event_impossible");
    event(state, HOST, "unfrozen", "{}");
    assert_code(try_event(state, HOST, "unfrozen", "{}"), "event_impossible");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_is_told_in_exact_reverse_order),
        cmocka_unit_test(nobody_gives_no_moves),
        cmocka_unit_test(nothing_leaks_through_a_freeze),
        cmocka_unit_test(the_reveal_tells_one_thing_at_a_time),
        cmocka_unit_test(an_exclusion_since_the_freeze_counts_when_told),
        cmocka_unit_test(what_hangs_on_an_entry_stays_as_it_was),
        cmocka_unit_test(events_of_a_freeze_are_checked),
    };

    return RUN_STAND("reveal", tests);
}
