/* One panel computed by hand: who counts, what is dropped, what goes off. */
#include "contest_fixture.h"

/* Judge 1 is of contestant 1's branch: four marks, 70 and 90 go, (80 + 81) / 2. */
static void a_recused_judge_does_not_count(void **unused)
{
    static const int64_t contestants[] = {10, 20};
    static const int64_t judges[] = {10, 0, 0, 0, 0};
    struct contest_state *state = begin(
        rules_of((struct rule_parts){0}), (struct cast){contestants, 2, judges, 5});

    (void)unused;
    written(state, 1, "80");
    written(state, 2, "80");
    PERFORM(state, 1, NULL, "70", "80", "81", "90");
    PERFORM(state, 2, "0", "70", "80", "81", "90");
    struct standings standings = compute(state, STANDINGS_ALL);
    assert_row(&standings, 1, "80.50", "80.35", "1");
    assert_row(&standings, 2, "77.00", "77.90", "2");
    assert_int_equal(row_of(&standings, 1)->rounds[1].mark_count, 4);
    assert_int_equal(row_of(&standings, 1)->rounds[1].marks[0].judge->number, 2);
}

/* Five judges, one sheet missing of 90, 80, 70, 60. Present: (80 + 70) / 2. Imputed:
 * the missing one is 75, (80 + 75 + 70) / 3. Wait: no score. */
static void a_missing_judge(void **unused)
{
    static const struct {
        const char *panel;
        const char *score;
    } cases[] = {
        {PANEL(1, 1, "mean", "present", "total"), "75.00"},
        {PANEL(2, 1, "mean", "present", "total"), "80.00"},
        {PANEL(1, 1, "mean", "impute", "total"), "75.00"},
        {PANEL(2, 1, "mean", "impute", "total"), "77.50"},
        {PANEL(1, 1, "mean", "wait", "total"), NULL},
        {PANEL(2, 2, "mean", "present", "total"), NULL}, /* nothing would be left */
    };

    (void)unused;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct contest_state *state = begin(
            rules_of((struct rule_parts){.panel = cases[i].panel}),
            cast_of(no_branches, 1, 5));
        written(state, 1, "80");
        PERFORM(state, 1, "90", "80", NULL, "70", "60");
        struct standings standings = compute(state, STANDINGS_ALL);
        const struct standings_row *row = row_of(&standings, 1);
        assert_int_equal(row->rounds[1].sheet_count, 4);
        assert_int_equal(
            row->status, cases[i].score ? STANDINGS_RANKED : STANDINGS_PENDING);
        if (cases[i].score)
            assert_string_equal(row->rounds[1].score, cases[i].score);
        else
            assert_null(row->rounds[1].score);
    }
}

/* Sheets (50, 30), (40, 40), (45, 20). Totals 80, 80, 65: judge 1's is the highest, 3's
 * the lowest, 80 remains. By criterion: 45 and 30 remain. */
static void trimming_the_total_is_not_trimming_each_criterion(void **unused)
{
    static const char *const panels[] = {
        PANEL(1, 1, "mean", "wait", "total"), PANEL(1, 1, "mean", "wait", "criterion")};
    static const char *const marks[3][2] = {{"50", "30"}, {"40", "40"}, {"45", "20"}};
    static const char *const totals[] = {"80", "80", "65"};
    static const char *const scores[] = {"80.00", "75.00"};

    (void)unused;
    for (size_t i = 0; i < 2; i++) {
        struct contest_state *state = begin(
            rules_of((struct rule_parts){.judged = TWO_CRITERIA, .panel = panels[i]}),
            cast_of(no_branches, 1, 3));
        about(state, "called", 1);
        for (int64_t judge = 0; judge < 3; judge++)
            event(
                state, JUDGE + judge + 1, "sheet",
                "{\"contestant\":1,\"round\":\"judged\",\"marks\":{\"c1\":\"%s\","
                "\"c2\":\"%s\"},\"total\":\"%s\"}",
                marks[judge][0], marks[judge][1], totals[judge]);
        about(state, "closed", 1);
        struct standings standings = compute(state, STANDINGS_ALL);
        const struct standings_round *round = &row_of(&standings, 1)->rounds[1];
        assert_string_equal(round->score, scores[i]);
        if (i == 0) {
            assert_int_equal(round->marks[0].dropped, STANDINGS_DROPPED_HIGH);
            assert_int_equal(round->marks[2].dropped, STANDINGS_DROPPED_LOW);
            assert_null(round->marks[0].criteria);
            continue;
        }
        static const enum standings_drop drops[3][2] = {
            {STANDINGS_DROPPED_HIGH, STANDINGS_KEPT},
            {STANDINGS_DROPPED_LOW, STANDINGS_DROPPED_HIGH},
            {STANDINGS_KEPT, STANDINGS_DROPPED_LOW}};
        for (size_t j = 0; j < 3; j++)
            for (size_t c = 0; c < 2; c++)
                assert_int_equal(round->marks[j].criteria[c], drops[j][c]);
    }
}

/* 80 + 70 + 60 of 300 possible: 70 %; with 90 written .3*90 + .7*70 = 76. */
static void a_sum_counts_against_its_own_full_mark(void **unused)
{
    struct contest_state *state = begin(
        rules_of((struct rule_parts){.panel = PANEL(1, 1, "sum", "wait", "total")}),
        cast_of(no_branches, 1, 5));

    (void)unused;
    written(state, 1, "90");
    PERFORM(state, 1, "90", "80", "70", "60", "50");
    struct standings standings = compute(state, STANDINGS_ALL);
    assert_row(&standings, 1, "210.00", "76.00", "1");
}

static void deductions_add_up_and_never_go_below_nought(void **unused)
{
    static const struct {
        const char *points;
        const char *score;
    } steps[] = {{"0.5", "9.50"}, {"-0.2", "9.70"}, {"9.71", "0.00"}, {"-9", "8.99"}};
    struct contest_state *state = begin(
        rules_of((struct rule_parts){.panel = PANEL(0, 0, "mean", "wait", "total")}),
        cast_of(no_branches, 1, 1));

    (void)unused;
    written(state, 1, "80");
    PERFORM(state, 1, "10");
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        event(
            state, HOST, "deducted",
            "{\"contestant\":1,\"round\":\"judged\",\"points\":\"%s\",\"reason\":"
            "\"x\"}",
            steps[i].points);
        struct standings standings = compute(state, STANDINGS_ALL);
        const struct standings_round *round = &row_of(&standings, 1)->rounds[1];
        assert_string_equal(round->score, steps[i].score);
        assert_string_equal(round->panel, "10.00");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_recused_judge_does_not_count),
        cmocka_unit_test(a_missing_judge),
        cmocka_unit_test(trimming_the_total_is_not_trimming_each_criterion),
        cmocka_unit_test(a_sum_counts_against_its_own_full_mark),
        cmocka_unit_test(deductions_add_up_and_never_go_below_nought),
    };

    return RUN_GROUP("standings_judge", tests);
}
