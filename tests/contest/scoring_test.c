#include "contest_store.h"

static const int64_t branches[] = {10, 20, 20};
static const int64_t judges[] = {10, 0, 0, 0};

/* 2 is on stage; 1 and 3 were never called. */
static void begin_open(void)
{
    stand_begin(
        (struct rule_parts){
            .judged = TWO_CRITERIA, .panel = PANEL(1, 1, "mean", "wait", "total")},
        (struct cast){branches, 3, judges, 4});
    stand_drawn();
    STEP("call", 2);
}

static struct scoring sheet_by(int64_t judge, const char *first, const char *second)
{
    struct scoring scoring = scoring_by(judge, 2, "1");

    scoring.marks = json_pack("{s:s, s:s}", "c1", first, "c2", second);
    arena_defer(arena, (void (*)(void *))json_decref, scoring.marks);
    return scoring;
}

static void a_mark_is_kept_and_may_change(void **unused)
{
    (void)unused;
    begin_open();
    struct scoring scoring = scoring_by(2, 2, "50.50");
    assert_fine(send_mark(&scoring));
    assert_int_equal(scoring.event.number, stand_state()->number);
    assert_int_equal(scoring.event.at, 6000);
    assert_string_equal(scoring.event.device, "tablet-2");
    const int64_t *marks = stand_state()->contestants[1].entries[1].sheets[1].marks;
    assert_int_equal(marks[0], 50500);
    assert_int_equal(marks[1], CONTEST_NO_MARK);
    scoring = scoring_by(2, 2, "0");
    assert_fine(send_mark(&scoring));
    marks = stand_state()->contestants[1].entries[1].sheets[1].marks;
    assert_int_equal(marks[0], 0);
    stand_end();
}

static void a_mark_off_the_rules_is_refused(void **unused)
{
    static const struct {
        int64_t judge;
        int64_t contestant;
        const char *criterion;
        const char *value;
        const char *code;
    } cases[] = {
        {2, 2, "c1", "60.5", "mark_off_scale"},
        {2, 2, "c1", "99999", "mark_off_scale"},
        {2, 2, "c1", "50.25", "mark_off_step"},
        {2, 2, "c1", "0.001", "mark_off_step"},
        {2, 2, "c1", "-0.5", "mark_invalid"},
        {2, 2, "c1", "1,5", "mark_invalid"},
        {2, 2, "c1", "５", "mark_invalid"},
        {2, 2, "c1", "1e1", "mark_invalid"},
        {2, 2, "c1", " 1", "mark_invalid"},
        {2, 2, "c1", "+1", "mark_invalid"},
        {2, 2, "c1", "", "mark_invalid"},
        {2, 2, "c1", "1.0000", "mark_invalid"},
        {2, 2, "c1", "999999999999999999999999", "mark_invalid"},
        {2, 2, "c3", "1", "mark_invalid"},
        {5, 2, "c1", "1", "not_on_panel"},
        {-100, 2, "c1", "1", "not_on_panel"},
        {2, 1, "c1", "1", "not_your_contestant"}, /* never called */
        {1, 1, "c1", "1", "not_your_contestant"}, /* recused */
        {2, 99, "c1", "1", "not_your_contestant"},
    };

    (void)unused;
    begin_open();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct scoring scoring = scoring_by(
            cases[i].judge < 0 ? 4 : cases[i].judge, cases[i].contestant,
            cases[i].value);
        scoring.judge = JUDGE + cases[i].judge;
        scoring.criterion = cases[i].criterion;
        assert_refused(send_mark(&scoring), cases[i].code);
    }
    STEP("call", 1); /* sheets of 2 are missing: allowed */
    struct scoring own = scoring_by(1, 1, "1");
    assert_refused(send_mark(&own), "not_your_contestant");
    stand_end();
}

static void a_sheet_holds_every_criterion_once(void **unused)
{
    static const char *const bad[] = {
        "{}",
        "{\"c1\":\"50\"}",
        "{\"c1\":\"50\",\"c3\":\"1\"}",
        "{\"c1\":\"50\",\"c2\":\"1\",\"c3\":\"1\"}",
        "{\"c1\":\"50\",\"c2\":1}",
        "{\"c1\":\"50\",\"c2\":null}",
        "{\"c1\":\"50\",\"c2\":\"x\"}",
    };

    (void)unused;
    begin_open();
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct scoring scoring = sheet_by(2, "1", "1");
        assert_fine(input_parse(arena, bad[i], strlen(bad[i]), &scoring.marks));
        assert_refused(send_sheet(&scoring), "mark_invalid");
    }
    struct scoring scoring = sheet_by(2, "50", "40.5");
    assert_refused(send_sheet(&scoring), "mark_off_scale");
    scoring = sheet_by(2, "50", "39.9");
    assert_refused(send_sheet(&scoring), "mark_off_step");
    scoring = sheet_by(2, "50.50", "40.0");
    assert_fine(send_sheet(&scoring));
    assert_string_equal(scoring.total, "90.50");
    const struct contest_sheet *sheet =
        &stand_state()->contestants[1].entries[1].sheets[1];
    assert_true(sheet->submitted);
    assert_int_equal(sheet->total, 90500);
    assert_string_equal(sheet->hash, scoring.event.hash);
    stand_end();
}

static void a_sheet_is_handed_in_once(void **unused)
{
    (void)unused;
    begin_open();
    struct scoring first = sheet_by(2, "50", "30");
    assert_fine(send_sheet(&first));
    struct scoring second = sheet_by(2, "51", "30");
    assert_refused(send_sheet(&second), "sheet_submitted");
    struct scoring mark = scoring_by(2, 2, "1");
    assert_refused(send_mark(&mark), "sheet_submitted");
    struct scoring other = sheet_by(3, "51", "30");
    assert_fine(send_sheet(&other));
    stand_end();
}

/* The reply was lost, and the tablet sends again, once the contest is further. */
static void a_repeat_gets_the_first_receipt_whatever_happened_since(void **unused)
{
    (void)unused;
    begin_open();
    struct scoring mark = scoring_by(2, 2, "12.50");
    assert_fine(send_mark(&mark));
    struct scoring first = sheet_by(2, "50", "30");
    assert_fine(send_sheet(&first));
    for (int64_t judge = 1; judge <= 4; judge++) {
        struct scoring other = sheet_by(judge, "50", "30");
        if (judge != 2)
            assert_fine(send_sheet(&other));
    }
    STEP("close", 2);
    STEP("release", 2);
    int64_t before = count_events();
    struct scoring again = first;
    again.at = 99999;
    again.event = (struct chain_event){0};
    assert_fine(send_sheet(&again));
    assert_string_equal(again.event.hash, first.event.hash);
    assert_int_equal(again.event.number, first.event.number);
    assert_int_equal(again.event.at, 6000);
    assert_string_equal(again.total, "80.00");
    struct scoring mark_again = mark;
    mark_again.value = "12.5"; /* the same number */
    assert_fine(send_mark(&mark_again));
    assert_string_equal(mark_again.event.hash, mark.event.hash);
    assert_int_equal(count_events(), before);
    stand_end();
}

static void a_device_number_is_not_used_for_something_else(void **unused)
{
    (void)unused;
    begin_open();
    struct scoring mark = scoring_by(2, 2, "12");
    assert_fine(send_mark(&mark));
    struct scoring other = mark;
    other.value = "13";
    assert_refused(send_mark(&other), "device_number_reused");
    other = mark;
    other.criterion = "c2";
    assert_refused(send_mark(&other), "device_number_reused");
    other = mark;
    other.judge = JUDGE + 3; /* another judge on the same tablet */
    assert_refused(send_mark(&other), "device_number_reused");
    other = sheet_by(2, "50", "30");
    other.device_number = mark.device_number;
    assert_refused(send_sheet(&other), "device_number_reused");
    other = scoring_by(3, 2, "13");
    other.device_number = mark.device_number; /* another tablet */
    assert_fine(send_mark(&other));
    stand_end();
}

static void after_the_close_or_in_absence_no_mark_is_taken(void **unused)
{
    (void)unused;
    begin_open();
    STEP("absent", 2);
    struct scoring mark = scoring_by(2, 2, "12");
    assert_refused(send_mark(&mark), "scoring_closed");
    STEP("present", 2);
    assert_fine(send_mark(&mark));
    for (int64_t judge = 1; judge <= 4; judge++) {
        struct scoring sheet = sheet_by(judge, "50", "30");
        assert_fine(send_sheet(&sheet));
    }
    STEP("close", 2);
    struct scoring late = sheet_by(2, "60", "40");
    assert_refused(send_sheet(&late), "sheet_submitted");
    STEP("call", 3);
    struct scoring none = scoring_by(2, 3, "12");
    assert_fine(send_mark(&none));
    stand_end();
}

static void with_present_a_late_sheet_is_too_late(void **unused)
{
    (void)unused;
    stand_begin(
        (struct rule_parts){.panel = PANEL(0, 0, "mean", "present", "total")},
        (struct cast){branches, 3, judges, 4});
    stand_drawn();
    STEP("call", 2);
    hand_in(1, 2, "80");
    STEP("close", 2);
    struct scoring late = scoring_by(2, 2, "80");
    assert_refused(send_sheet(&late), "scoring_closed");
    assert_refused(send_mark(&late), "scoring_closed");
    stand_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mark_is_kept_and_may_change),
        cmocka_unit_test(a_mark_off_the_rules_is_refused),
        cmocka_unit_test(a_sheet_holds_every_criterion_once),
        cmocka_unit_test(a_sheet_is_handed_in_once),
        cmocka_unit_test(a_repeat_gets_the_first_receipt_whatever_happened_since),
        cmocka_unit_test(a_device_number_is_not_used_for_something_else),
        cmocka_unit_test(after_the_close_or_in_absence_no_mark_is_taken),
        cmocka_unit_test(with_present_a_late_sheet_is_too_late),
    };

    return RUN_STAND("scoring", tests);
}
