#include "quiz/response.h"

#include "arena_fixture.h"

enum { POLICIES = RESPONSE_EACH_OPTION + 1 };

/* 5 options, A C D are right (bits 0 2 3), 4 points. */
static int64_t points(enum response_policy policy, uint64_t response)
{
    return response_points(policy, 5, 0x0d, response, 400, 200);
}

static void each_policy_pays_as_announced(void **state)
{
    static const struct {
        uint64_t response;
        int64_t points[POLICIES]; /* in the order of the enum */
    } cases[] = {
        /*         none, prop, fixed, net, balanced, each */
        {0x0d, {400, 400, 400, 400, 400, 400}}, /* A C D */
        {0x05, {0, 266, 200, 266, 266, 320}},   /* A C */
        {0x01, {0, 133, 200, 133, 133, 240}},   /* A */
        {0x0f, {0, 0, 0, 266, 200, 320}},       /* A B C D */
        {0x03, {0, 0, 0, 0, 0, 160}},           /* A B */
        {0x12, {0, 0, 0, 0, 0, 0}},             /* B E */
        {0x1f, {0, 0, 0, 133, 0, 240}},         /* all */
        {0x07, {0, 0, 0, 133, 66, 240}},        /* A B C */
        {0x00, {0, 0, 0, 0, 0, 0}},             /* blank */
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        for (int policy = 0; policy < POLICIES; policy++)
            assert_int_equal(
                points((enum response_policy)policy, cases[i].response),
                cases[i].points[policy]);
}

/* Every key and every response of up to six options. */
static void results_stay_between_nothing_and_everything(void **state)
{
    (void)state;
    for (int options = 1; options <= 6; options++)
        for (uint64_t key = 1; key < UINT64_C(1) << options; key++)
            for (uint64_t response = 0; response < UINT64_C(1) << options; response++)
                for (int policy = 0; policy < POLICIES; policy++) {
                    int64_t earned = response_points(
                        (enum response_policy)policy, options, key, response, 333, 150);
                    assert_in_range(earned, 0, 333);
                    if (!response)
                        assert_int_equal(earned, 0);
                    if (response == key)
                        assert_int_equal(earned, 333);
                }
}

static void without_wrong_options_there_is_no_penalty(void **state)
{
    (void)state;
    assert_int_equal(response_points(RESPONSE_BALANCED, 3, 0x7, 0x3, 400, 0), 266);
}

static void a_fixed_amount_stays_below_the_maximum(void **state)
{
    (void)state;
    assert_int_equal(
        response_points(RESPONSE_CN_PARTIAL_FIXED, 3, 0x3, 0x1, 100, 500), 100);
    assert_int_equal(
        response_points(RESPONSE_CN_PARTIAL_FIXED, 3, 0x3, 0x1, 100, -1), 0);
}

static void sixty_four_options_fit(void **state)
{
    (void)state;
    assert_int_equal(
        response_points(
            RESPONSE_CN_PARTIAL_PROP, 64, UINT64_MAX, UINT64_MAX >> 1,
            INT64_C(1000000000000000), 0),
        984375000000000);
}

static void a_single_choice_may_accept_several_keys(void **state)
{
    (void)state;
    assert_int_equal(response_single_points(0x5, 0x1, 200), 200); /* A or C: A */
    assert_int_equal(response_single_points(0x5, 0x4, 200), 200);
    assert_int_equal(response_single_points(0x5, 0x2, 200), 0);
    assert_int_equal(response_single_points(0x5, 0x5, 200), 0); /* both: not single */
    assert_int_equal(response_single_points(0x5, 0x0, 200), 0);
}

static void policies_have_names(void **state)
{
    enum response_policy found;

    (void)state;
    for (int policy = 0; policy < POLICIES; policy++) {
        const char *name = response_policy_name((enum response_policy)policy);
        assert_true(response_policy_find(name, &found));
        assert_int_equal(found, policy);
    }
    assert_string_equal(
        response_policy_name(RESPONSE_CN_PARTIAL_PROP), "cn_partial_prop");
    assert_string_equal(
        response_policy_name(RESPONSE_CN_PARTIAL_FIXED), "cn_partial_fixed");
    assert_string_equal(response_policy_name(RESPONSE_NET_CORRECT), "net_correct");
    assert_string_equal(response_policy_name(RESPONSE_BALANCED), "balanced");
    assert_string_equal(response_policy_name(RESPONSE_EACH_OPTION), "each_option");
    assert_string_equal(
        response_policy_name(RESPONSE_ALL_OR_NOTHING), "all_or_nothing");
    assert_false(response_policy_find("half", &found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_policy_pays_as_announced),
        cmocka_unit_test(results_stay_between_nothing_and_everything),
        cmocka_unit_test(without_wrong_options_there_is_no_penalty),
        cmocka_unit_test(a_fixed_amount_stays_below_the_maximum),
        cmocka_unit_test(sixty_four_options_fit),
        cmocka_unit_test(a_single_choice_may_accept_several_keys),
        cmocka_unit_test(policies_have_names),
    };

    return RUN_GROUP("response", tests);
}
