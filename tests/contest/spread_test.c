/* Sheets that are too far apart: when a flag is raised, and how it is settled. */
#include "contest/spread.h"

#include "ruling_fixture.h"

static const int64_t branches[] = {10, 20};
static const int64_t judges[5] = {0};
static const struct cast cast = {branches, 2, judges, 5};

/* One contestant in state `closed`, with these sheets (NULL: none). */
static struct contest_state *
closed(struct rule_parts parts, const char *const *values, size_t count)
{
    struct contest_state *state = begin(rules_of(parts), cast_of(branches, 2, 5));

    about(state, "called", 1);
    for (size_t i = 0; i < count; i++)
        if (values[i])
            sheet(state, (int64_t)i + 1, 1, values[i]);
    about(state, "closed", 1);
    return state;
}

static void limits_are_exact(void **unused)
{
    static const struct {
        const char *spread;
        const char *values[5];
        bool over;
        const char *outliers; /* judge numbers */
    } cases[] = {
        {"{\"maximum\":\"5\"}", {"80", "82", "85"}, false, ""},
        {"{\"maximum\":\"5\"}", {"80", "82", "85.1"}, true, "13"},
        {"{\"maximum\":\"5%\"}", {"80", "82", "85"}, false, ""},
        {"{\"maximum\":\"4.999%\"}", {"80", "82", "85"}, true, "13"},
        {"{\"median\":\"3\"}", {"80", "82", "85"}, false, ""},
        {"{\"median\":\"3\"}", {"80", "82", "85.1"}, true, "3"},
        {"{\"median\":\"3\"}", {"78.9", "82", "85"}, true, "1"},
        /* Of four the median is the mean of the two in the middle: 82.5. */
        {"{\"median\":\"2.5\"}", {"80", "82", "83", "85"}, false, ""},
        {"{\"median\":\"2.4\"}", {"80", "82", "83", "85"}, true, "14"},
        {"{\"maximum\":\"1\",\"median\":\"50\"}", {"80", "80", "81.1"}, true, "123"},
        {"{\"maximum\":\"0\"}", {"80", "80", "80"}, false, ""},
        {"{\"maximum\":\"0\"}", {"80", "80", "80.1"}, true, "123"},
    };

    (void)unused;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct contest_state *state = closed(
            (struct rule_parts){
                .panel = arena_format(arena, SPREAD("%s"), cases[i].spread)},
            cases[i].values, 5);
        struct contest_place place = {0, 1};
        struct spread spread;
        char outliers[8] = "";
        spread_measure(arena, state, place, &spread);
        for (size_t j = 0; j < 5; j++)
            if (spread.outliers[j])
                outliers[strlen(outliers)] = (char)('1' + j);
        if (spread.over != cases[i].over || strcmp(outliers, cases[i].outliers) != 0)
            fail_msg("case %zu: over %d, outliers %s", i, spread.over, outliers);
        assert_int_equal(spread_is_open(state, place), cases[i].over);
    }
}

/* Each aspect may differ by one step: totals that agree can hide a disagreement. */
static void criteria_are_compared_one_by_one(void **unused)
{
    struct contest_state *state = begin(
        rules_of((struct rule_parts){
            .judged = "\"full\":\"6\",\"criteria\":[{\"id\":\"a\",\"title\":\"a\","
                      "\"maximum\":\"3\",\"step\":\"1\"},{\"id\":\"b\",\"title\":"
                      "\"b\",\"maximum\":\"3\",\"step\":\"1\"}]",
            .panel = SPREAD("{\"by\":\"criterion\",\"maximum\":\"1\"}"),
        }),
        cast_of(branches, 2, 3));
    static const char *const marks[][2] = {{"3", "1"}, {"2", "2"}, {"2", "3"}};
    struct spread spread;

    (void)unused;
    about(state, "called", 1);
    for (int64_t i = 0; i < 3; i++)
        event(
            state, JUDGE + 1 + i, "sheet",
            "{\"contestant\":1,\"round\":\"judged\",\"marks\":{\"a\":\"%s\",\"b\":"
            "\"%s\"},\"total\":\"%d\"}",
            marks[i][0], marks[i][1], atoi(marks[i][0]) + atoi(marks[i][1]));
    assert_false(spread_is_open(state, (struct contest_place){0, 1})); /* still open */
    about(state, "closed", 1);
    spread_measure(arena, state, (struct contest_place){0, 1}, &spread);
    assert_true(spread.over);
    assert_int_equal(spread.criterion, 1);
    assert_int_equal(spread.range, 2000);
    assert_true(spread.outliers[0] && !spread.outliers[1] && spread.outliers[2]);
}

static void fewer_than_two_are_never_far_apart(void **unused)
{
    static const char *const none[1] = {NULL};
    struct contest_state *state =
        closed((struct rule_parts){.panel = SPREAD("{\"maximum\":\"0\"}")}, none, 1);

    (void)unused;
    assert_false(spread_is_open(state, (struct contest_place){0, 1}));
}

/* ---- Settling ---- */

static struct error *reenter(const char *numbers, const char *reason)
{
    struct ruling ruling = ruling_of("ask_reentry", 2);

    assert_fine(input_parse(arena, numbers, strlen(numbers), &ruling.judges));
    ruling.reason = reason;
    return rule(&ruling);
}

static void begin_flagged(void)
{
    static const char *const values[] = {"80", "81", "82", "83", "95"};

    stand_begin((struct rule_parts){.panel = SPREAD("{\"maximum\":\"5\"}")}, cast);
    stand_drawn();
    STEP("call", 2);
    for (int64_t judge = 1; judge <= 5; judge++)
        hand_in(judge, 2, values[judge - 1]);
    assert_refused(try_ruling("accept_spread", 2), "step_not_allowed"); /* open */
    STEP("close", 2);
    assert_refused(try_step("release", 2), "step_not_allowed");
}

static void named_judges_enter_their_sheet_anew(void **unused)
{
    (void)unused;
    begin_flagged();
    assert_refused(reenter("[]", "分差过大"), "judge_unknown");
    assert_refused(reenter("[6]", "分差过大"), "judge_unknown");
    assert_refused(reenter("[5,5]", "分差过大"), "judge_unknown");
    assert_refused(reenter("[5]", ""), "reason_missing");
    assert_fine(reenter("[5]", "分差过大"));
    assert_refused(try_step("release", 2), "step_not_allowed");
    assert_refused(try_ruling("accept_spread", 2), "step_not_allowed"); /* waits */
    hand_in(5, 2, "94"); /* hardly better: flagged again */
    assert_refused(try_step("release", 2), "step_not_allowed");
    assert_fine(reenter("[5,1]", "仍然过大"));
    hand_in(5, 2, "85");
    assert_refused(try_step("release", 2), "step_not_allowed");
    hand_in(1, 2, "80");
    const struct contest_sheet *sheet =
        &stand_state()->contestants[1].entries[1].sheets[4];
    assert_int_equal(sheet->earlier->total, 94000);
    assert_int_equal(sheet->earlier->earlier->total, 95000);
    STEP("release", 2);
    stand_end();
}

static void a_spread_is_accepted_until_a_sheet_changes(void **unused)
{
    (void)unused;
    begin_flagged();
    struct ruling ruling = ruling_of("accept_spread", 2);
    ruling.reason = "";
    assert_refused(rule(&ruling), "reason_missing");
    assert_refused(try_ruling("accept_spread", 1), "step_not_allowed");
    assert_fine(try_ruling("accept_spread", 2));
    assert_refused(try_ruling("accept_spread", 2), "step_not_allowed");
    STEP("release", 2);
    struct scoring_correction correction = {
        .journal = stand.feature->journal,
        .contest = stand.contest,
        .judge = JUDGE + 5,
        .contestant = 2,
        .reason = "看错",
    };
    assert_fine(store_write(stand.store, arena, scoring_ask_correction, &correction));
    ruling = ruling_of("grant_correction", 2);
    ruling.judge = 5;
    assert_fine(rule(&ruling));
    hand_in(5, 2, "99");
    assert_true(spread_is_open(stand_state(), (struct contest_place){1, 1}));
    stand_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_exact),
        cmocka_unit_test(criteria_are_compared_one_by_one),
        cmocka_unit_test(fewer_than_two_are_never_far_apart),
        cmocka_unit_test(named_judges_enter_their_sheet_anew),
        cmocka_unit_test(a_spread_is_accepted_until_a_sheet_changes),
    };

    return RUN_STAND("spread", tests);
}
