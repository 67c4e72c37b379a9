/* What parts equals: keys of the chain, one more digit, lots, play-offs; and awards. */
#include "ruling_fixture.h"

#define TOTAL "{\"key\":\"total\",\"direction\":\"desc\"}"
#define KEY(key, direction) ",{\"key\":\"" key "\",\"direction\":\"" direction "\"}"
#define ROUND(dp)                                                                      \
    "{\"id\":\"judged\",\"kind\":\"judged\",\"title\":\"x\",\"weight\":"               \
    "\"1\"," ONE_CRITERION ",\"time\":{\"limit_s\":480},\"panel\":{\"drop_low\":0,"    \
    "\"drop_high\":0,\"mode\":\"mean\",\"dp\":" dp                                     \
    ",\"rounding\":\"half_up\",\"missing\":\"wait\",\"trim\":\"total\"}}"
#define AWARDS(awards, ties) "1224\",\"awards\":[" awards "],\"award_ties\":\"" ties

static struct contest_state *start(struct rule_parts parts, size_t contestants)
{
    if (!parts.rounds)
        parts.rounds = ROUND("2");
    return begin(rules_of(parts), cast_of(no_branches, contestants, 3));
}

static void assert_ranks(const struct contest_state *state, const char *const *ranks)
{
    struct standings standings = compute(state, STANDINGS_ALL);

    for (size_t i = 0; i < standings.row_count; i++)
        if (strcmp(row_of(&standings, (int64_t)i + 1)->rank, ranks[i]) != 0)
            fail_msg(
                "%zu has rank %s, not %s", i + 1,
                row_of(&standings, (int64_t)i + 1)->rank, ranks[i]);
}

#define RANKS(state, ...) assert_ranks(state, (const char *const[]){__VA_ARGS__})

/* All 80 on average. Places by the three judges, among all: 1: 2 1 4, 2: 1 4 3,
 * 3: 4 2 1, 4: 3 3 2. First places: one each, but for 4; second places: 1 and 3 one. */
static void countback_compares_first_places_first(void **unused)
{
    struct contest_state *state =
        start((struct rule_parts){.ties = TOTAL KEY("countback:judged", "desc")}, 4);

    (void)unused;
    PERFORM(state, 1, "80", "90", "70");
    PERFORM(state, 2, "90", "70", "80");
    PERFORM(state, 3, "70", "80", "90");
    PERFORM(state, 4, "79", "79", "82");
    RANKS(state, "1", "3", "1", "4");
    /* 1 first twice, 2 once but never last, 3 never first: 1 2 3. */
    state =
        start((struct rule_parts){.ties = TOTAL KEY("countback:judged", "desc")}, 3);
    PERFORM(state, 1, "90", "90", "60");
    PERFORM(state, 2, "75", "75", "90");
    PERFORM(state, 3, "80", "80", "80");
    RANKS(state, "1", "2", "3");
    struct standings standings = compute(state, STANDINGS_ALL);
    assert_string_equal(row_of(&standings, 2)->tie_key, "countback:judged");
}

static void the_quicker_one_in_whole_seconds(void **unused)
{
    static const int64_t ms[] = {300900, 300100, 299999};
    struct contest_state *state =
        start((struct rule_parts){.ties = TOTAL KEY("time:judged", "asc")}, 3);

    (void)unused;
    for (int64_t i = 1; i <= 3; i++) {
        PERFORM(state, i, "80", "80", "80");
        event(
            state, HOST, "timer_set",
            "{\"contestant\":%" PRId64 ",\"round\":\"judged\",\"ms\":%" PRId64
            ",\"reason\":\"x\"}",
            i, ms[i - 1]);
    }
    RANKS(state, "2", "2", "1");
}

/* 80.333 and 80.3: shown and compared as 80.3 both, then as 80.33 and 80.30; 70 alone
 * keeps one digit. */
static void one_more_digit_parts_equals_and_is_shown(void **unused)
{
    static const char *const totals[] = {
        "{\"dp\":1,\"rounding\":\"half_up\"}",
        "{\"dp\":1,\"rounding\":\"half_up\",\"extend_dp_on_tie\":true}",
    };

    (void)unused;
    for (size_t i = 0; i < 2; i++) {
        struct contest_state *state = start(
            (struct rule_parts){
                .ties = TOTAL, .total = totals[i], .rounds = ROUND("3")},
            3);
        PERFORM(state, 1, "80.3", "80.3", "80.3");
        PERFORM(state, 2, "80.3", "80.3", "80.4");
        PERFORM(state, 3, "70", "70", "70");
        struct standings standings = compute(state, STANDINGS_ALL);
        if (i == 0)
            RANKS(state, "1", "1", "3");
        else
            RANKS(state, "2", "1", "3");
        assert_string_equal(row_of(&standings, 1)->total, i ? "80.30" : "80.3");
        assert_string_equal(row_of(&standings, 2)->total, i ? "80.33" : "80.3");
        assert_string_equal(row_of(&standings, 3)->total, "70.0");
    }
}

static void equals(struct contest_state *state, int64_t count)
{
    for (int64_t i = 1; i <= count; i++)
        PERFORM(state, i, "80", "80", "80");
}

static void a_lot_or_a_playoff_decides_among_those_in_it(void **unused)
{
    static const char *const kinds[] = {"lot_drawn", "playoff"};

    (void)unused;
    for (size_t i = 0; i < 2; i++) {
        struct contest_state *state = start(
            (struct rule_parts){
                .ties = TOTAL KEY("playoff", "desc") KEY("draw", "desc")
                    KEY("shared", "desc")},
            3);
        equals(state, 3);
        RANKS(state, "1", "1", "1");
        event(state, HOST, kinds[i], "{\"order\":[3,1,2],\"reason\":\"同分\"}");
        RANKS(state, "2", "3", "1");
        assert_code(
            try_event(state, HOST, kinds[i], "{\"order\":[3,3],\"reason\":\"同分\"}"),
            "event_impossible");
    }
}

/* 90 80 80 80 70. */
static struct contest_state *five(const char *style, const char *ties)
{
    static const char *const values[] = {"90", "80", "80", "80", "70"};
    struct contest_state *state =
        start((struct rule_parts){.ties = ties, .style = style}, 5);

    for (int64_t i = 1; i <= 5; i++) {
        const char *value = values[i - 1];
        PERFORM(state, i, value, value, value);
    }
    return state;
}

/* One letter a contestant: the award's title, - none, d or p what it needs. */
static void assert_awards(const struct contest_state *state, const char *expected)
{
    struct standings standings = compute(state, STANDINGS_ALL);
    char awards[8] = "";

    for (size_t i = 0; i < standings.row_count; i++) {
        const struct standings_row *row = row_of(&standings, (int64_t)i + 1);
        awards[i] = '-';
        if (row->award)
            awards[i] = row->award[0];
        else if (row->award_needs)
            awards[i] = row->award_needs[0];
    }
    assert_string_equal(awards, expected);
}

#define ABC                                                                            \
    "{\"title\":\"A\",\"quota\":2},{\"title\":\"B\",\"quota\":1},"                     \
    "{\"title\":\"C\",\"quota\":2}"
#define AB_RANK "{\"title\":\"A\",\"rank\":1},{\"title\":\"B\",\"rank\":3}"

static void awards_and_the_tie_at_their_boundary(void **unused)
{
    static const struct {
        const char *style;
        const char *ties;
        const char *awards;
    } cases[] = {
        {AWARDS(ABC, "widen"), TOTAL, "AAAAC"}, /* no B: its place is taken */
        {AWARDS(AB_RANK, "widen"), TOTAL, "ABBB-"},
        {AWARDS(ABC, "draw"), TOTAL KEY("draw", "desc"), "AdddC"},
        {AWARDS(ABC, "playoff"), TOTAL KEY("playoff", "desc"), "ApppC"},
        {AWARDS("{\"title\":\"A\",\"quota\":1}", "playoff"),
         TOTAL KEY("playoff", "desc"), "A----"}, /* the tie crosses no boundary */
        {AWARDS("{\"title\":\"A\",\"quota\":4}", "playoff"),
         TOTAL KEY("playoff", "desc"), "AAAA-"},
        {AWARDS("{\"title\":\"A\",\"quota\":9}", "widen"), TOTAL, "AAAAA"},
    };

    (void)unused;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_awards(five(cases[i].style, cases[i].ties), cases[i].awards);
}

static void a_playoff_settles_the_boundary(void **unused)
{
    struct contest_state *state =
        five(AWARDS(ABC, "playoff"), TOTAL KEY("playoff", "desc"));

    (void)unused;
    event(state, HOST, "playoff", "{\"order\":[3,4,2],\"reason\":\"加赛\"}");
    assert_awards(state, "ACABC");
    struct standings standings = compute(state, STANDINGS_ALL);
    assert_non_null(strstr(
        standings_document(arena, &standings), "\"award\":\"A\",\"award_needs\":null"));
}

static void nothing_is_given_while_somebody_is_pending(void **unused)
{
    struct contest_state *state =
        start((struct rule_parts){.ties = TOTAL, .style = AWARDS(AB_RANK, "widen")}, 2);

    (void)unused;
    PERFORM(state, 1, "90", "90", "90");
    struct standings standings = compute(state, STANDINGS_ALL);
    assert_null(row_of(&standings, 1)->award);
    absence(state, "absent", 2);
    standings = compute(state, STANDINGS_ALL);
    assert_string_equal(row_of(&standings, 1)->award, "A");
    assert_null(row_of(&standings, 2)->award);
}

static struct error *record(const char *action, const char *order)
{
    struct ruling ruling = ruling_of(action, 0);

    if (order)
        assert_fine(input_parse(arena, order, strlen(order), &ruling.order));
    return rule(&ruling);
}

static void the_chief_judge_records_lots_by_the_rules(void **unused)
{
    stand_begin(
        (struct rule_parts){.ties = TOTAL KEY("draw", "desc"), .rounds = ROUND("2")},
        cast_of(no_branches, 3, 3));
    (void)unused;
    stand_drawn();
    assert_refused(record("record_playoff", "[1,2]"), "step_not_allowed");
    assert_refused(record("record_lot", NULL), "order_invalid");
    assert_refused(record("record_lot", "[1]"), "order_invalid");
    assert_refused(record("record_lot", "[1,1]"), "order_invalid");
    assert_refused(record("record_lot", "[1,9]"), "contestant_unknown");
    assert_refused(record("record_lot", "[1,\"2\"]"), "contestant_unknown");
    assert_fine(record("record_lot", "[2,1]"));
    assert_int_equal(stand_state()->contestants[1].lot, 1);
    stand_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(countback_compares_first_places_first),
        cmocka_unit_test(the_quicker_one_in_whole_seconds),
        cmocka_unit_test(one_more_digit_parts_equals_and_is_shown),
        cmocka_unit_test(a_lot_or_a_playoff_decides_among_those_in_it),
        cmocka_unit_test(awards_and_the_tie_at_their_boundary),
        cmocka_unit_test(a_playoff_settles_the_boundary),
        cmocka_unit_test(nothing_is_given_while_somebody_is_pending),
        cmocka_unit_test(the_chief_judge_records_lots_by_the_rules),
    };

    return RUN_STAND("ties", tests);
}
