#include "contest/presence.h"

#include "check.h"

static void presence_forgets_the_most_silent(void **unused)
{
    struct presence *presence = presence_new();
    int64_t at;
    int64_t unsent;

    (void)unused;
    assert_false(presence_last(presence, 1, 1, &at, &unsent));
    for (int64_t i = 1; i <= 1025; i++)
        presence_note(presence, 1, i, 1000 + i, i);
    assert_false(presence_last(presence, 1, 1, &at, &unsent));
    assert_true(presence_last(presence, 1, 2, &at, &unsent));
    assert_true(presence_last(presence, 1, 1025, &at, &unsent));
    assert_int_equal(at, 2025);
    assert_int_equal(unsent, 1025);
    assert_false(presence_last(presence, 2, 1025, &at, &unsent));
    presence_note(presence, 1, 2, 5000, 0);
    assert_true(presence_last(presence, 1, 2, &at, &unsent));
    assert_int_equal(unsent, 0);
    presence_free(presence);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(presence_forgets_the_most_silent),
    };

    return cmocka_run_group_tests_name("presence", tests, NULL, NULL);
}
