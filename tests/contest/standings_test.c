/* Contests computed by hand; the arithmetic stands beside each. */
#include "contest_fixture.h"

static enum standings_drop drop_of(const struct standings_row *row, size_t judge)
{
    return row->rounds[1].marks[judge - 1].dropped;
}

/* 1: 90.0 91.5 92.5 without 88.0 and 95.0: 274/3 = 91.33; .3*95 + .7*91.33 = 92.431
 * 2: all 85.0, minus 0.5: 84.50; .3*80 + .7*84.5 = 83.15
 * 3: 70.3; not at the quiz: .7*70.3 = 49.21
 * 4: 弃权 */
static struct contest_state *november(void)
{
    struct contest_state *state =
        begin(rules_of((struct rule_parts){0}), cast_of(two_branches, 4, 5));

    written(state, 1, "95.00");
    written(state, 2, "80.00");
    written(state, 3, NULL);
    written(state, 4, "99.00");
    PERFORM(state, 1, "90", "91.5", "92.5", "88", "95");
    about(state, "called", 2);
    for (int64_t judge = 1; judge <= 5; judge++)
        sheet(state, judge, 2, "85");
    event(
        state, HOST, "deducted",
        "{\"contestant\":2,\"round\":\"judged\",\"points\":\"0.5\",\"reason\":"
        "\"超时\"}");
    about(state, "closed", 2);
    about(state, "released", 2);
    PERFORM(state, 3, "70.1", "70.2", "70.3", "70.4", "70.5");
    absence(state, "absent", 4);
    return state;
}

static void a_whole_contest(void **unused)
{
    struct contest_state *state = november();
    struct standings standings = compute(state, STANDINGS_ALL);

    (void)unused;
    assert_false(standings.final);
    assert_int_equal(standings.row_count, 4);
    assert_row(&standings, 1, "91.33", "92.43", "1");
    assert_row(&standings, 2, "84.50", "83.15", "2");
    assert_row(&standings, 3, "70.30", "49.21", "3");
    assert_row(&standings, 4, NULL, NULL, NULL);
    assert_int_equal(row_of(&standings, 4)->status, STANDINGS_ABSENT);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(standings.rows[i].contestant->id, i + 1);

    const struct standings_row *first = row_of(&standings, 1);
    assert_string_equal(first->rounds[0].score, "95.00");
    assert_int_equal(drop_of(first, 4), STANDINGS_DROPPED_LOW);
    assert_int_equal(drop_of(first, 5), STANDINGS_DROPPED_HIGH);
    assert_int_equal(drop_of(first, 1), STANDINGS_KEPT);
    /* All equal: the first judge's is the highest, the last one's the lowest. */
    const struct standings_row *second = row_of(&standings, 2);
    assert_int_equal(drop_of(second, 1), STANDINGS_DROPPED_HIGH);
    assert_int_equal(drop_of(second, 5), STANDINGS_DROPPED_LOW);
    assert_string_equal(second->rounds[1].panel, "85.00");

    event(state, HOST, "finished", "{}");
    assert_true(compute(state, STANDINGS_ALL).final);
}

/* 10: (92.43 + 83.15) / 2 = 87.79. 20: 49.21 / 2 = 24.605, half up; or 49.21 / 1. */
static void branches_by_both_means(void **unused)
{
    struct standings standings = compute(november(), STANDINGS_ALL);

    (void)unused;
    assert_int_equal(standings.branch_count, 2);
    const struct standings_branch *best = &standings.branches[0];
    const struct standings_branch *other = &standings.branches[1];
    assert_int_equal(best->branch, 10);
    assert_int_equal(best->registered, 2);
    assert_int_equal(best->present, 2);
    assert_int_equal(best->absent, 0);
    assert_string_equal(best->mean_registered, "87.79");
    assert_string_equal(best->mean_present, "87.79");
    assert_string_equal(best->rank, "1");
    assert_int_equal(other->registered, 2);
    assert_int_equal(other->present, 1);
    assert_int_equal(other->absent, 1);
    assert_string_equal(other->mean_registered, "24.61");
    assert_string_equal(other->mean_present, "49.21");
    assert_string_equal(other->rank, "2");
}

/* 10 has 60 and an absence, 20 has 50 and 50, 30 only an absence. */
static void the_formula_decides_the_rank_of_branches(void **unused)
{
    static const int64_t branches[] = {10, 10, 20, 20, 30};
    static const struct {
        const char *formula;
        int64_t first;
        const char *last_rank;
    } cases[] = {
        {"{\"formula\":\"mean_registered\",\"dp\":1,\"rounding\":\"half_up\"}", 20,
         "3"},
        {"{\"formula\":\"mean_present\",\"dp\":1,\"rounding\":\"half_up\"}", 10, NULL},
    };

    (void)unused;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct contest_state *state = begin(
            rules_of((struct rule_parts){
                .branch = cases[i].formula,
                .panel = PANEL(0, 0, "mean", "wait", "total"),
                .rounds = "{\"id\":\"judged\",\"kind\":\"judged\",\"title\":\"x\","
                          "\"weight\":\"1\"," ONE_CRITERION
                          ",\"panel\":" PANEL(0, 0, "mean", "wait", "total") "}",
                .ties = "{\"key\":\"total\",\"direction\":\"desc\"}",
            }),
            cast_of(branches, 5, 1));
        PERFORM(state, 1, "60");
        PERFORM(state, 3, "50");
        struct standings early = compute(state, STANDINGS_ALL);
        for (size_t j = 0; j < early.branch_count; j++) {
            assert_null(early.branches[j].rank);
            assert_null(early.branches[j].mean_registered);
        }
        absence(state, "absent", 2);
        absence(state, "absent", 5);
        PERFORM(state, 4, "50");
        struct standings standings = compute(state, STANDINGS_ALL);
        assert_int_equal(standings.branches[0].branch, cases[i].first);
        assert_int_equal(standings.branches[2].branch, 30);
        assert_null(standings.branches[2].mean_present);
        assert_string_equal(standings.branches[2].mean_registered, "0.0");
        if (cases[i].last_rank)
            assert_string_equal(standings.branches[2].rank, cases[i].last_rank);
        else
            assert_null(standings.branches[2].rank);
    }
}

/* 1: .3*83 + .7*83 = 83; 2 and 3: .3*90 + .7*80 = 83; 4: less. The judged round decides
 * for 1; nothing parts 2 and 3. */
static void ties_go_down_the_chain(void **unused)
{
    struct contest_state *state =
        begin(rules_of((struct rule_parts){0}), cast_of(two_branches, 4, 3));

    (void)unused;
    written(state, 1, "83.00");
    written(state, 2, "90.00");
    written(state, 3, "90.00");
    written(state, 4, "60.00");
    PERFORM(state, 1, "83", "83", "83");
    PERFORM(state, 2, "80", "79", "81");
    PERFORM(state, 3, "80", "80", "80");
    PERFORM(state, 4, "80", "80", "80");
    struct standings standings = compute(state, STANDINGS_ALL);
    assert_row(&standings, 1, "83.00", "83.00", "1");
    assert_row(&standings, 2, "80.00", "83.00", "2");
    assert_row(&standings, 3, "80.00", "83.00", "2");
    assert_row(&standings, 4, "80.00", "74.00", "4");
    assert_string_equal(row_of(&standings, 1)->tie_key, "round:judged");
    assert_string_equal(row_of(&standings, 2)->tie_key, "round:judged");
    assert_null(row_of(&standings, 4)->tie_key);
}

/* The same, parted further: by the best sheet (2 has an 81), by the mean of all sheets
 * in ascending order (2: 80, 3: 80.3), or shared as 2.5. */
static void other_ties_and_styles(void **unused)
{
    static const struct {
        const char *key;
        const char *direction;
        const char *style;
        const char *ranks[2];
    } cases[] = {
        {"highest:judged", "desc", "1224", {"1", "2"}},
        {"highest:judged", "asc", "1224", {"2", "1"}},
        {"untrimmed:judged", "desc", "1224", {"2", "1"}},
        {"untrimmed:judged", "asc", "1224", {"1", "2"}},
        {"round:written", "desc", "fractional", {"1.5", "1.5"}},
        {"round:written", "desc", "1334", {"2", "2"}},
    };

    (void)unused;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct contest_state *state = begin(
            rules_of((struct rule_parts){
                .style = cases[i].style,
                .ties = arena_format(
                    arena,
                    "{\"key\":\"total\",\"direction\":\"desc\"},{\"key\":\"%s\","
                    "\"direction\":\"%s\"}",
                    cases[i].key, cases[i].direction),
            }),
            cast_of(no_branches, 2, 3));
        written(state, 1, "90");
        written(state, 2, "90");
        PERFORM(state, 1, "80", "79", "81");
        PERFORM(state, 2, "80.9", "80", "80");
        struct standings standings = compute(state, STANDINGS_ALL);
        assert_row(&standings, 1, "80.00", "83.00", cases[i].ranks[0]);
        assert_row(&standings, 2, "80.00", "83.00", cases[i].ranks[1]);
    }
}

static void who_comes_back_has_the_same_score(void **unused)
{
    struct contest_state *state = november();

    (void)unused;
    absence(state, "absent", 1);
    struct standings standings = compute(state, STANDINGS_ALL);
    assert_row(&standings, 1, "91.33", NULL, NULL);
    assert_row(&standings, 2, "84.50", "83.15", "1");
    absence(state, "present", 1);
    standings = compute(state, STANDINGS_ALL);
    assert_row(&standings, 1, "91.33", "92.43", "1");
    assert_row(&standings, 2, "84.50", "83.15", "2");
}

/* 3 is out as well: 中止 before 弃权, and 取消资格 last, though all keep their marks.
 */
static void who_is_out_stands_last_without_a_rank(void **unused)
{
    static const struct {
        const char *out;
        const char *back;
        enum standings_status status;
        size_t place; /* in the list of four, 4 being absent */
    } cases[] = {
        {"aborted", "continued", STANDINGS_ABORTED, 2},
        {"disqualified", "reinstated", STANDINGS_DISQUALIFIED, 3},
    };

    (void)unused;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct contest_state *state = november();
        event(state, HOST, cases[i].out, "{\"contestant\":1,\"reason\":\"身体不适\"}");
        struct standings standings = compute(state, STANDINGS_ALL);
        assert_row(&standings, 1, "91.33", NULL, NULL);
        assert_row(&standings, 2, "84.50", "83.15", "1");
        assert_int_equal(row_of(&standings, 1)->status, cases[i].status);
        assert_int_equal(standings.rows[cases[i].place].contestant->id, 1);
        assert_int_equal(standings.branches[0].absent, 1);
        assert_int_equal(standings.branches[0].pending, 0);
        assert_non_null(
            strstr(standings_document(arena, &standings), "\"reason\":\"身体不适\""));
        assert_int_equal(compute(state, STANDINGS_PUBLIC).row_count, 2);
        if (i == 1)
            event(
                state, HOST, cases[i].back,
                "{\"contestant\":1,\"reason\":\"申诉成立\"}");
        else
            absence(state, cases[i].back, 1);
        standings = compute(state, STANDINGS_ALL);
        assert_row(&standings, 1, "91.33", "92.43", "1");
        assert_row(&standings, 2, "84.50", "83.15", "2");
    }
}

static void a_missing_grade_is_nought_or_no_rank(void **unused)
{
    static const struct {
        const char *missing;
        enum standings_status status;
        const char *total;
    } cases[] = {
        {"absent_as_zero", STANDINGS_RANKED, "56.00"},
        {"not_ranked", STANDINGS_UNRANKED, NULL},
    };

    (void)unused;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct contest_state *state = begin(
            rules_of((struct rule_parts){.missing = cases[i].missing}),
            cast_of(two_branches, 1, 3));
        PERFORM(state, 1, "80", "80", "80");
        struct standings standings = compute(state, STANDINGS_ALL);
        assert_int_equal(row_of(&standings, 1)->status, STANDINGS_PENDING);
        written(state, 1, NULL);
        standings = compute(state, STANDINGS_ALL);
        assert_int_equal(row_of(&standings, 1)->status, cases[i].status);
        assert_row(&standings, 1, "80.00", cases[i].total, cases[i].total ? "1" : NULL);
        assert_int_equal(standings.branches[0].absent, cases[i].total ? 0 : 1);
        assert_int_equal(standings.branches[0].present, cases[i].total ? 1 : 0);
        written(state, 1, "100.00");
        standings = compute(state, STANDINGS_ALL);
        assert_row(&standings, 1, "80.00", "86.00", "1");
    }
}

static void an_open_or_closed_contestant_is_not_public(void **unused)
{
    struct contest_state *state =
        begin(rules_of((struct rule_parts){0}), cast_of(two_branches, 4, 3));

    (void)unused;
    for (int64_t i = 1; i <= 4; i++)
        written(state, i, "80");
    PERFORM(state, 1, "80", "80", "80");
    about(state, "called", 2);
    sheet(state, 1, 2, "99");
    sheet(state, 2, 2, "99");
    sheet(state, 3, 2, "99");
    /* Open: no score from sheets, even when all are in. */
    struct standings all = compute(state, STANDINGS_ALL);
    assert_row(&all, 2, NULL, NULL, NULL);
    assert_int_equal(row_of(&all, 2)->rounds[1].marks[0].dropped, STANDINGS_KEPT);
    about(state, "closed", 2);
    all = compute(state, STANDINGS_ALL);
    assert_row(&all, 2, "99.00", "93.30", "1");
    struct standings seen = compute(state, STANDINGS_PUBLIC);
    assert_int_equal(seen.row_count, 1);
    assert_row(&seen, 1, "80.00", "80.00", "1");
    for (size_t i = 0; i < seen.branch_count; i++)
        assert_null(seen.branches[i].mean_registered);
    about(state, "released", 2);
    absence(state, "absent", 3);
    seen = compute(state, STANDINGS_PUBLIC);
    assert_int_equal(seen.row_count, 2);
    assert_row(&seen, 1, "80.00", "80.00", "2");
    assert_int_equal(seen.branches[0].branch, 10);
    assert_string_equal(seen.branches[0].mean_registered, "86.65");
    assert_null(seen.branches[1].rank);
    assert_int_equal(seen.branches[1].pending, 1);
    assert_int_equal(seen.branches[1].absent, 1);
}

#define ROUND(id, weight)                                                              \
    "{\"id\":\"" id "\",\"kind\":\"judged\",\"title\":\"" id "\",\"weight\":\"" weight \
    "\",\"full\":\"50\",\"criteria\":[{\"id\":\"c1\",\"title\":\"x\",\"maximum\":"     \
    "\"50\",\"step\":\"1\"}],\"panel\":" PANEL(0, 0, "mean", "wait", "total") "}"

static void round_event(
    struct contest_state *state, const char *kind, int64_t contestant,
    const char *round)
{
    event(
        state, HOST, kind, "{\"contestant\":%" PRId64 ",\"round\":\"%s\"}", contestant,
        round);
}

static void perform_in(
    struct contest_state *state, int64_t contestant, const char *round,
    const char *value)
{
    round_event(state, "called", contestant, round);
    event(
        state, JUDGE + 1, "sheet",
        "{\"contestant\":%" PRId64 ",\"round\":\"%s\",\"marks\":{\"c1\":\"%s\"},"
        "\"total\":\"%s\"}",
        contestant, round, value, value);
    round_event(state, "closed", contestant, round);
    round_event(state, "released", contestant, round);
}

/* .4*100*40/50 + .6*100*30/50 = 32 + 36. */
static void two_judged_rounds_count_each_by_its_full_mark(void **unused)
{
    struct contest_state *state = begin(
        rules_of((struct rule_parts){
            .rounds = ROUND("a", "0.4") "," ROUND("b", "0.6"),
            .ties = "{\"key\":\"total\",\"direction\":\"desc\"}",
        }),
        cast_of(no_branches, 3, 1));

    (void)unused;
    absence(state, "absent", 3); /* holds nobody up */
    assert_int_equal(contest_current_round(state), 0);
    perform_in(state, 1, "a", "40");
    assert_int_equal(compute(state, STANDINGS_PUBLIC).row_count, 0);
    assert_int_equal(contest_current_round(state), 0);
    perform_in(state, 2, "a", "50");
    assert_int_equal(contest_current_round(state), 1);
    perform_in(state, 1, "b", "30");
    struct standings seen = compute(state, STANDINGS_PUBLIC);
    assert_int_equal(seen.row_count, 1);
    assert_string_equal(seen.rows[0].total, "68.00");
    perform_in(state, 2, "b", "50");
    assert_string_equal(
        row_of((seen = compute(state, STANDINGS_PUBLIC), &seen), 2)->total, "100.00");
    assert_int_equal(contest_current_round(state), 1);
}

static void the_document_is_as_described(void **unused)
{
    struct contest_state *state = begin(
        rules_of((struct rule_parts){.panel = PANEL(0, 1, "mean", "wait", "total")}),
        cast_of(two_branches, 2, 2));

    (void)unused;
    written(state, 1, "95.5");
    about(state, "called", 1);
    sheet(state, 1, 1, "80");
    sheet(state, 2, 1, "90.5");
    event(
        state, HOST, "deducted",
        "{\"contestant\":1,\"round\":\"judged\",\"points\":\"0.25\",\"reason\":\"超时"
        "\\n\\\"1\\\" 分钟\"}");
    about(state, "closed", 1);
    struct standings standings = compute(state, STANDINGS_ALL);
    const char *receipts[] = {
        chain_receipt(arena, state->contestants[0].entries[1].sheets[0].hash),
        chain_receipt(arena, state->contestants[0].entries[1].sheets[1].hash)};
    const char *expected = arena_format(
        arena,
        "{\"contest\":1,\"title\":\"技能大赛\",\"rules\":\"%s\",\"final\":false,"
        "\"chain\":{\"number\":9,\"hash\":\"%s\"},\"draw\":{\"commit\":\"%s\",\"seed\":"
        "\"" SEED "\",\"spoken\":\"8\"},\"rounds\":[{\"id\":\"written\",\"kind\":"
        "\"written\",\"title\":\"理论测验\",\"weight\":\"0.3\",\"full\":\"100.00\"},"
        "{\"id\":\"judged\",\"kind\":\"judged\",\"title\":\"现场评审\",\"weight\":"
        "\"0.7\",\"full\":\"100.00\"}],\"contestants\":["
        "{\"id\":1,\"branch\":10,\"position\":%zu,\"status\":\"ranked\",\"rank\":1,"
        "\"tie_key\":null,\"total\":\"84.48\",\"rounds\":[{\"id\":\"written\","
        "\"score\":\"95.50\",\"attempt\":51,\"receipt\":\"R\"},{\"id\":\"judged\","
        "\"score\":\"79.75\",\"panel\":\"80.00\",\"deducted\":\"0.25\",\"deductions\":["
        "{\"points\":\"0.25\",\"reason\":\"超时\\n\\\"1\\\" 分钟\"}],\"marks\":["
        "{\"judge\":1,\"total\":\"80.00\",\"dropped\":null,\"criteria\":[{\"id\":"
        "\"c1\","
        "\"value\":\"80.00\",\"dropped\":null}],\"receipt\":\"%s\"},{\"judge\":2,"
        "\"total\":\"90.50\",\"dropped\":\"high\",\"criteria\":[{\"id\":\"c1\","
        "\"value\":\"90.50\",\"dropped\":null}],\"receipt\":\"%s\"}]}]},"
        "{\"id\":2,\"branch\":10,\"position\":%zu,\"status\":\"pending\",\"rank\":null,"
        "\"tie_key\":null,\"total\":null,\"rounds\":[{\"id\":\"written\",\"score\":"
        "null,"
        "\"attempt\":null,\"receipt\":null},{\"id\":\"judged\",\"score\":null,"
        "\"panel\":null,\"deducted\":\"0.00\",\"deductions\":[],\"marks\":[]}]}],"
        "\"branches\":[{\"branch\":10,\"registered\":2,\"present\":1,\"absent\":0,"
        "\"pending\":1,\"mean_registered\":null,\"mean_present\":null,\"rank\":null}]}"
        "\n",
        state->rules->hash, state->hash, state->commit, state->contestants[0].position,
        receipts[0], receipts[1], state->contestants[1].position);
    assert_string_equal(standings_document(arena, &standings), expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_contest),
        cmocka_unit_test(branches_by_both_means),
        cmocka_unit_test(the_formula_decides_the_rank_of_branches),
        cmocka_unit_test(ties_go_down_the_chain),
        cmocka_unit_test(other_ties_and_styles),
        cmocka_unit_test(who_comes_back_has_the_same_score),
        cmocka_unit_test(who_is_out_stands_last_without_a_rank),
        cmocka_unit_test(a_missing_grade_is_nought_or_no_rank),
        cmocka_unit_test(an_open_or_closed_contestant_is_not_public),
        cmocka_unit_test(two_judged_rounds_count_each_by_its_full_mark),
        cmocka_unit_test(the_document_is_as_described),
    };

    return RUN_GROUP("standings", tests);
}
