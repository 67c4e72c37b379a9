/* A result becomes final when nothing is open and two persons have signed. */
#include "contest/agenda.h"
#include "contest/conditions.h"

#include "ruling_fixture.h"

static const int64_t branches[] = {10, 20};
static const int64_t judges[3] = {0};
static const struct cast cast = {branches, 2, judges, 3};

static struct rule_parts sign_off(void)
{
    return (struct rule_parts){
        .rounds = "{\"id\":\"judged\",\"kind\":\"judged\",\"title\":\"现场\","
                  "\"weight\":\"1\"," ONE_CRITERION
                  ",\"panel\":" PANEL(0, 0, "mean", "wait", "total") "}",
        .ties = "{\"key\":\"total\",\"direction\":\"desc\"}",
        .total = ROUNDING2 ",\"sign_off\":true",
    };
}

static struct error *act(const char *action, bool chief, int64_t actor)
{
    struct ruling ruling = ruling_of(action, 0);

    ruling.chief_judge = chief;
    ruling.auditor = !chief;
    ruling.actor = actor;
    ruling.checked = 1;
    return rule(&ruling);
}

/* The codes of what is open, separated by blanks. */
static const char *open_codes(void)
{
    struct conditions open;
    struct text text;

    assert_fine(conditions_check(arena, stand_state(), 0, &open));
    text_init(&text, arena, 1024);
    for (size_t i = 0; i < open.count; i++)
        text_add_format(&text, "%s%s", i ? " " : "", open.list[i].code);
    return text.size ? text.bytes : "";
}

static void mark(int64_t contestant)
{
    STEP("call", contestant);
    for (int64_t judge = 1; judge <= 3; judge++)
        hand_in(judge, contestant, "80");
    STEP("close", contestant);
    STEP("release", contestant);
}

static void each_open_condition_is_named(void **unused)
{
    (void)unused;
    stand_begin(sign_off(), cast);
    stand_drawn();
    assert_string_equal(
        open_codes(), "not_released not_released spot_check unsigned unsigned");
    STEP("call", 1);
    assert_string_equal(
        open_codes(),
        "on_stage sheets_missing not_released spot_check unsigned unsigned");
    for (int64_t judge = 1; judge <= 3; judge++)
        hand_in(judge, 1, "80");
    STEP("close", 1);
    STEP("release", 1);
    mark(2);
    struct scoring_correction correction = {
        .journal = stand.feature->journal,
        .contest = stand.contest,
        .judge = JUDGE + 1,
        .contestant = 2,
        .reason = "看错",
    };
    assert_fine(store_write(stand.store, arena, scoring_ask_correction, &correction));
    assert_string_equal(open_codes(), "held_up spot_check unsigned unsigned");
    assert_fine(try_ruling("refuse_correction", 2));
    assert_fine(act("spot_check", false, AUDITOR));
    assert_string_equal(open_codes(), "unsigned unsigned");
    stand_end();
}

static void two_persons_sign_and_then_it_is_final(void **unused)
{
    (void)unused;
    stand_begin(sign_off(), cast);
    stand_drawn();
    mark(1);
    mark(2);
    assert_refused(try_step("finish", 0), "step_not_allowed");
    assert_int_equal(agenda_next(stand_state()).action, AGENDA_NONE);
    assert_refused(act("finalise", true, CHIEF), "conditions_open");
    assert_fine(act("spot_check", false, AUDITOR));
    assert_fine(act("sign", true, CHIEF));
    assert_refused(act("sign", true, CHIEF), "step_not_allowed");
    assert_refused(act("sign", false, CHIEF), "step_not_allowed"); /* the same person */
    assert_refused(act("finalise", true, CHIEF), "conditions_open");
    assert_refused(act("finalise", false, AUDITOR), "role_needed");
    assert_fine(act("sign", false, AUDITOR));
    struct ruling ruling = ruling_of("finalise", 0);
    ruling.unsent = 2;
    assert_refused(rule(&ruling), "conditions_open");
    assert_fine(act("finalise", true, CHIEF));
    assert_int_equal(stand_state()->phase, CONTEST_FINISHED);
    assert_true(compute(stand_state(), STANDINGS_ALL).final);
    STEP("show", 0);
    stand_end();
}

static void whatever_can_change_a_result_voids_the_signatures(void **unused)
{
    (void)unused;
    stand_begin(sign_off(), cast);
    stand_drawn();
    mark(1);
    mark(2);
    assert_fine(act("spot_check", true, CHIEF));
    assert_fine(act("sign", true, CHIEF));
    assert_fine(act("sign", false, AUDITOR));
    STEP("show", 0);
    STEP("freeze", 0);
    assert_string_equal(open_codes(), "");
    STEP("deduct", 1);
    assert_string_equal(open_codes(), "unsigned unsigned");
    stand_end();
}

/* 20 contestants: 3 are 15 %; one error in 3 is more than 5 %. */
static void a_spot_check_with_errors_asks_for_all(void **unused)
{
    static const struct {
        int checked;
        int errors;
        bool enough;
    } cases[] = {{2, 0, false},  {3, 0, true},  {3, 1, false},
                 {19, 1, false}, {20, 1, true}, {20, 9, true}};
    static const int64_t none[20] = {0};

    (void)unused;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct contest_state *state =
            begin(rules_of(sign_off()), (struct cast){none, 20, judges, 3});
        struct conditions open;
        bool found = false;
        event(
            state, HOST, "spot_checked", "{\"checked\":%d,\"errors\":%d}",
            cases[i].checked, cases[i].errors);
        assert_fine(conditions_check(arena, state, 0, &open));
        for (size_t j = 0; j < open.count; j++)
            found = found || strcmp(open.list[j].code, "spot_check") == 0;
        if (found == cases[i].enough)
            fail_msg("%d with %d errors", cases[i].checked, cases[i].errors);
    }
}

static void one_way_to_the_end_for_each_contest(void **unused)
{
    struct contest_state *with = begin(rules_of(sign_off()), cast_of(branches, 2, 3));
    struct contest_state *without =
        begin(rules_of((struct rule_parts){0}), cast_of(branches, 2, 3));

    (void)unused;
    assert_code(try_event(with, HOST, "finished", "{}"), "event_impossible");
    assert_code(try_event(with, HOST, "finalised", "{}"), "event_impossible");
    assert_code(
        try_event(with, HOST, "signed", "{}"), "event_impossible"); /* the host */
    assert_code(try_event(without, HOST, "finalised", "{}"), "event_impossible");
    event(without, HOST, "finished", "{}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_open_condition_is_named),
        cmocka_unit_test(two_persons_sign_and_then_it_is_final),
        cmocka_unit_test(whatever_can_change_a_result_voids_the_signatures),
        cmocka_unit_test(a_spot_check_with_errors_asks_for_all),
        cmocka_unit_test(one_way_to_the_end_for_each_contest),
    };

    return RUN_STAND("conditions", tests);
}
