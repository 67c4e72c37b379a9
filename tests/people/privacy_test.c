/* Which facts about a person are shown to whom: every role against every street. */
#include "check.h"

#include "http/role.h"
#include "people/privacy.h"

enum { HERSELF = 7, OTHER = 8, STREET = 3, ELSEWHERE = 4 };

static void expect(
    struct privacy_viewer viewer, int64_t person, int64_t branch, bool number,
    bool phone)
{
    struct privacy_view may = privacy_of(&viewer, person, branch);

    assert_int_equal(may.staff_number, number);
    assert_int_equal(may.phone, phone);
    assert_int_equal(may.service, number);
}

static void herself_sees_all_of_herself(void **state)
{
    (void)state;
    for (unsigned role = ROLE_LEARNER; role < ROLE_ANYONE; role *= 2)
        expect(
            (struct privacy_viewer){role, HERSELF, STREET}, HERSELF, ELSEWHERE, true,
            true);
}

static void roles_see_what_they_need(void **state)
{
    (void)state;
    expect(
        (struct privacy_viewer){ROLE_ORGANISER, OTHER, 0}, HERSELF, STREET, true, true);
    expect(
        (struct privacy_viewer){ROLE_AUDITOR, OTHER, 0}, HERSELF, STREET, true, false);
    expect((struct privacy_viewer){ROLE_MACHINE, 0, 0}, HERSELF, STREET, true, false);
    const unsigned none[] = {0,          ROLE_LEARNER, ROLE_LECTURER,
                             ROLE_JUDGE, ROLE_HOST,    ROLE_CHIEF_JUDGE};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        expect(
            (struct privacy_viewer){none[i], OTHER, STREET}, HERSELF, STREET, false,
            false);
}

static void a_proctor_sees_the_own_street(void **state)
{
    const struct privacy_viewer proctor = {ROLE_PROCTOR, OTHER, STREET};
    const struct privacy_viewer homeless = {ROLE_PROCTOR, OTHER, 0};

    (void)state;
    expect(proctor, HERSELF, STREET, true, true);
    expect(proctor, HERSELF, ELSEWHERE, false, false);
    /* Without a street nobody is one's own. */
    expect(proctor, HERSELF, 0, false, false);
    expect(homeless, HERSELF, 0, false, false);
}

/* A machine is nobody: person 0 is not "herself". */
static void nobody_is_not_herself(void **state)
{
    (void)state;
    expect((struct privacy_viewer){0, 0, 0}, 0, 0, false, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(herself_sees_all_of_herself),
        cmocka_unit_test(roles_see_what_they_need),
        cmocka_unit_test(a_proctor_sees_the_own_street),
        cmocka_unit_test(nobody_is_not_herself),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
