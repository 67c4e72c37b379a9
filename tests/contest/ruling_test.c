/* What the chief judge and the auditor may decide, and when. */
#include "ruling_fixture.h"

static const int64_t branches[] = {10, 20, 0};
static const int64_t judges[3] = {0};
static const struct cast cast = {branches, 3, judges, 3};

static void a_disqualification_can_be_taken_back(void **unused)
{
    (void)unused;
    stand_begin((struct rule_parts){0}, cast);
    assert_refused(try_ruling("disqualify", 1), "step_not_allowed"); /* not sealed */
    stand_drawn();
    assert_refused(try_ruling("reinstate", 1), "step_not_allowed");
    assert_fine(try_ruling("disqualify", 1));
    assert_string_equal(stand_state()->contestants[0].disqualified, "经核实");
    assert_refused(try_ruling("disqualify", 1), "step_not_allowed");
    assert_refused(try_step("call", 1), "step_not_allowed");
    assert_fine(try_ruling("reinstate", 1));
    assert_null(stand_state()->contestants[0].disqualified);
    STEP("call", 1);
    stand_end();
}

static void a_ruling_is_checked(void **unused)
{
    (void)unused;
    stand_begin((struct rule_parts){0}, cast);
    stand_drawn();
    assert_refused(try_ruling("pardon", 1), "action_unknown");
    assert_refused(try_ruling("disqualify", 9), "contestant_unknown");
    assert_refused(try_ruling("disqualify", 0), "contestant_unknown");
    struct ruling ruling = ruling_of("disqualify", 1);
    ruling.reason = NULL;
    assert_refused(rule(&ruling), "reason_missing");
    ruling = ruling_of("disqualify", 1);
    ruling.chief_judge = false;
    ruling.auditor = true;
    assert_refused(rule(&ruling), "role_needed");
    ruling = ruling_of("disqualify", 1);
    ruling.expected = stand_state()->number - 1;
    assert_refused(rule(&ruling), "contest_moved_on");
    ruling.expected++;
    assert_fine(rule(&ruling));
    assert_string_equal(ruling.event.role, "chief_judge");
    stand_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_disqualification_can_be_taken_back),
        cmocka_unit_test(a_ruling_is_checked),
    };

    return RUN_STAND("ruling", tests);
}
