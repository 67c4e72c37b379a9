/* What a correction would change: the same as if it were recorded, and nothing else. */
#include "contest/impact.h"

#include "contest_fixture.h"

#define JUDGED_ONLY                                                                    \
    "{\"id\":\"judged\",\"kind\":\"judged\",\"title\":\"x\",\"weight\":"               \
    "\"1\"," ONE_CRITERION ",\"panel\":" PANEL(0, 0, "mean", "wait", "total") "}"

/* 1: 90, 2: 85, 3: 80 (10: 87.5; 20: 80, and 4 to come). */
static struct contest_state *three(void)
{
    struct contest_state *state = begin(
        rules_of((struct rule_parts){
            .rounds = JUDGED_ONLY,
            .ties = "{\"key\":\"total\",\"direction\":\"desc\"}"}),
        cast_of(two_branches, 4, 2));
    static const char *const values[] = {"90", "85", "80"};

    for (int64_t i = 0; i < 3; i++) {
        about(state, "called", i + 1);
        sheet(state, 1, i + 1, values[i]);
        sheet(state, 2, i + 1, values[i]);
        about(state, "closed", i + 1);
        about(state, "released", i + 1);
    }
    absence(state, "absent", 4);
    return state;
}

static struct impact ask(const struct contest_state *state, struct impact_case as_if)
{
    struct impact impact;

    assert_fine(impact_compute(arena, state, &as_if, &impact));
    return impact;
}

/* 3 with 100 from one judge: (80 + 100) / 2 = 90, level with 1. */
static void a_sheet_that_changes_ranks(void **unused)
{
    struct contest_state *state = three();
    const int64_t marks[] = {100000};
    const char *before = arena_copy(arena, state->hash);
    struct impact impact = ask(state, (struct impact_case){{2, 0}, 1, marks, 0});

    (void)unused;
    assert_int_equal(impact.change_count, 2);
    assert_int_equal(impact.ranks_changed, 2);
    assert_int_equal(impact.changes[0].after->contestant->id, 3);
    assert_string_equal(impact.changes[0].before->rank, "3");
    assert_string_equal(impact.changes[0].after->rank, "1");
    assert_string_equal(impact.changes[0].after->total, "90.00");
    assert_int_equal(impact.changes[1].after->contestant->id, 2);
    assert_string_equal(impact.changes[1].before->rank, "2");
    assert_string_equal(impact.changes[1].after->rank, "3");
    assert_int_equal(impact.branch_count, 1);
    assert_string_equal(impact.branches[0].before->mean_registered, "40.00");
    assert_string_equal(impact.branches[0].after->mean_registered, "45.00");
    /* The state itself is untouched. */
    assert_string_equal(state->hash, before);
    assert_int_equal(state->contestants[2].entries[0].sheets[1].total, 80000);
    struct standings now = compute(state, STANDINGS_ALL);
    assert_string_equal(row_of(&now, 3)->rank, "3");
}

static void a_deduction_that_changes_a_total_only(void **unused)
{
    struct impact impact =
        ask(three(), (struct impact_case){{0, 0}, CONTEST_NONE, NULL, 1000});

    (void)unused;
    assert_int_equal(impact.change_count, 1);
    assert_int_equal(impact.ranks_changed, 0);
    assert_string_equal(impact.changes[0].after->total, "89.00");
}

static void nothing_changes_nothing(void **unused)
{
    const int64_t marks[] = {80000};
    struct impact impact = ask(three(), (struct impact_case){{2, 0}, 1, marks, 0});

    (void)unused;
    assert_int_equal(impact.change_count, 0);
    assert_int_equal(impact.branch_count, 0);
}

static void what_cannot_be_is_refused(void **unused)
{
    const int64_t off[] = {80050};
    struct contest_state *state = three();
    struct impact impact;
    struct impact_case as_if = {{2, 0}, 1, off, 0};

    (void)unused;
    assert_code(impact_compute(arena, state, &as_if, &impact), "mark_off_step");
    as_if = (struct impact_case){{2, 0}, CONTEST_NONE, NULL, -1};
    assert_code(impact_compute(arena, state, &as_if, &impact), "points_invalid");
    as_if.points = 100001;
    assert_code(impact_compute(arena, state, &as_if, &impact), "points_invalid");
}

/* For random changes the preview says what recording them then does. */
static void the_preview_is_what_then_happens(void **unused)
{
    uint64_t seed = 41;

    (void)unused;
    for (int round = 0; round < 60; round++) {
        struct contest_state *state = three();
        int64_t contestant = 1 + next_random(&seed, 3);
        int64_t judge = 1 + next_random(&seed, 2);
        int64_t marks[] = {next_random(&seed, 1001) * 100};
        struct impact impact =
            ask(state, (struct impact_case){
                           {(size_t)contestant - 1, 0}, (size_t)judge - 1, marks, 0});
        event(
            state, JUDGE + judge, "correction_asked",
            "{\"contestant\":%" PRId64 ",\"round\":\"judged\",\"reason\":\"x\"}",
            contestant);
        event(
            state, HOST, "correction_granted",
            "{\"contestant\":%" PRId64 ",\"round\":\"judged\",\"judge\":%" PRId64
            ",\"reason\":\"x\"}",
            contestant, judge);
        sheet(state, judge, contestant, decimal_text(arena, marks[0], RULES_PLACES));
        struct standings then = compute(state, STANDINGS_ALL);
        for (size_t i = 0; i < 3; i++) {
            const struct standings_row *row = &impact.after.rows[i];
            assert_string_equal(row->rank, row_of(&then, row->contestant->id)->rank);
            assert_string_equal(row->total, row_of(&then, row->contestant->id)->total);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sheet_that_changes_ranks),
        cmocka_unit_test(a_deduction_that_changes_a_total_only),
        cmocka_unit_test(nothing_changes_nothing),
        cmocka_unit_test(what_cannot_be_is_refused),
        cmocka_unit_test(the_preview_is_what_then_happens),
    };

    return RUN_GROUP("impact", tests);
}
