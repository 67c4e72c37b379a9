/* Clocks of pads, and properties of the arbitration over random presses. Its limits one
 * by one: tests/vectors/contest/buzzer.jsonl. */
#include "contest/buzzer.h"

#include <stdlib.h>
#include <string.h>

#include "arena_fixture.h"

enum { ARMED = 10000, MOST = 8 };

struct arbitration {
    struct buzzer_press presses[MOST];
    struct buzzer_ruling rulings[MOST];
    struct buzzer_result result;
    size_t count;
};

static void arbitrate(struct arbitration *arbitration)
{
    arbitration->result = (struct buzzer_result){.rulings = arbitration->rulings};
    buzzer_arbitrate(
        ARMED, arbitration->presses, arbitration->count, &arbitration->result);
}

static void make_random(uint64_t *seed, struct arbitration *arbitration)
{
    arbitration->count = 1 + (size_t)next_random(seed, MOST);
    for (size_t i = 0; i < arbitration->count; i++) {
        int64_t least = next_random(seed, 60);
        int64_t received = ARMED - 40 + next_random(seed, 500);
        arbitration->presses[i] = (struct buzzer_press){
            .pad = 1 + next_random(seed, 6),
            .claimed = received - next_random(seed, 150) + 5,
            .uncertainty = (least + 1) / 2,
            .rtt_least = least,
            .rtt_p95 = least + next_random(seed, 100),
            .received = received,
        };
    }
}

static void the_best_probe_sets_the_clock(void **unused)
{
    /* The pad is 1000 behind; the second probe took 10 there and 12 back. */
    static const struct buzzer_probe probes[] = {
        {0, 1050, 1055, 105},   {200, 1210, 1215, 227}, {400, 1440, 1441, 481},
        {600, 1590, 1580, 700}, {900, 1905, 1906, 890},
    };
    struct buzzer_clock clock;

    (void)unused;
    assert_true(buzzer_measure(probes, COUNT_OF(probes), &clock));
    assert_int_equal(clock.rtt_least, 22);
    assert_int_equal(clock.uncertainty, 11);
    assert_int_equal(clock.offset, 999); /* (1010 + 988) / 2: off by 1, within 11 */
    assert_int_equal(clock.rtt_p95, 100);
    assert_false(buzzer_measure(&probes[3], 2, &clock)); /* neither can be */
    assert_false(buzzer_measure(probes, 0, &clock));
}

/* With any delays there and back the offset is wrong by at most the uncertainty. */
static void the_offset_is_as_certain_as_it_says(void **unused)
{
    uint64_t seed = 3;

    (void)unused;
    for (int round = 0; round < 2000; round++) {
        struct buzzer_probe probes[8];
        struct buzzer_clock clock;
        int64_t behind = next_random(&seed, 2000000) - 1000000;
        for (size_t i = 0; i < 8; i++) {
            int64_t sent = 5000 + (int64_t)i * 1000;
            int64_t received = sent + behind + next_random(&seed, 80);
            int64_t answered = received + next_random(&seed, 5);
            probes[i] = (struct buzzer_probe){
                sent, received, answered, answered - behind + next_random(&seed, 80)};
        }
        assert_true(buzzer_measure(probes, 8, &clock));
        assert_true(llabs(clock.offset - behind) <= clock.uncertainty);
        assert_true(clock.rtt_p95 >= clock.rtt_least);
    }
}

static const struct buzzer_ruling *
ruling_on(const struct arbitration *arbitration, const struct buzzer_press *press)
{
    for (size_t i = 0; i < arbitration->count; i++)
        if (memcmp(&arbitration->presses[i], press, sizeof *press) == 0)
            return &arbitration->rulings[i];
    abort();
}

static void the_order_of_arrival_in_the_list_says_nothing(void **unused)
{
    uint64_t seed = 11;

    (void)unused;
    for (int round = 0; round < 3000; round++) {
        struct arbitration one;
        struct arbitration other;
        make_random(&seed, &one);
        other = one;
        for (size_t i = one.count; i-- > 1;) {
            size_t j = (size_t)next_random(&seed, (int64_t)i + 1);
            struct buzzer_press swap = other.presses[i];
            other.presses[i] = other.presses[j];
            other.presses[j] = swap;
        }
        arbitrate(&one);
        arbitrate(&other);
        assert_int_equal(one.result.closes_at, other.result.closes_at);
        assert_int_equal(one.result.tied_count, other.result.tied_count);
        for (size_t i = 0; i < one.count; i++) {
            const struct buzzer_ruling *ruling = ruling_on(&other, &one.presses[i]);
            assert_int_equal(one.rulings[i].verdict, ruling->verdict);
            assert_int_equal(one.rulings[i].tied, ruling->tied);
        }
    }
}

static void nobody_who_counts_was_before_the_first(void **unused)
{
    uint64_t seed = 12;
    int firsts = 0;
    int ties = 0;

    (void)unused;
    for (int round = 0; round < 3000; round++) {
        struct arbitration one;
        make_random(&seed, &one);
        arbitrate(&one);
        size_t first = one.result.first;
        for (size_t i = 0; i < one.count; i++) {
            const struct buzzer_ruling *ruling = &one.rulings[i];
            if (ruling->verdict != BUZZER_COUNTS) {
                assert_false(ruling->tied);
                continue;
            }
            assert_true(first < one.count);
            assert_true(ruling->time >= ARMED);
            assert_true(ruling->time <= one.presses[i].received);
            assert_true(ruling->time >= one.rulings[first].time);
            assert_true(one.presses[i].received <= one.result.closes_at);
            int64_t gap = ruling->time - one.rulings[first].time;
            int64_t unsure =
                one.presses[i].uncertainty + one.presses[first].uncertainty;
            if (i != first)
                assert_int_equal(ruling->tied, gap == 0 || gap < unsure);
        }
        firsts += first < one.count;
        ties += one.result.tied_count > 0;
        assert_true(one.result.tied_count != 1);
    }
    assert_true(firsts > 1000 && ties > 100);
}

/* Whatever a pad claims, it gains no more than the network can explain. */
static void a_lie_gains_no_more_than_the_network_explains(void **unused)
{
    uint64_t seed = 13;

    (void)unused;
    for (int round = 0; round < 3000; round++) {
        struct arbitration one;
        make_random(&seed, &one);
        one.presses[0].claimed = one.presses[0].received - next_random(&seed, 100000);
        arbitrate(&one);
        const struct buzzer_press *liar = &one.presses[0];
        assert_true(
            liar->received - one.rulings[0].time <= liar->rtt_p95 + BUZZER_GRACE_MS);
        /* Nor does a claim of the future turn a false start into a good one. */
        one.presses[0].received = ARMED - 1 - next_random(&seed, 100);
        one.presses[0].claimed = ARMED + next_random(&seed, 300);
        arbitrate(&one);
        assert_true(
            one.rulings[0].verdict == BUZZER_EARLY ||
            one.rulings[0].verdict == BUZZER_AGAIN);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_probe_sets_the_clock),
        cmocka_unit_test(the_offset_is_as_certain_as_it_says),
        cmocka_unit_test(the_order_of_arrival_in_the_list_says_nothing),
        cmocka_unit_test(nobody_who_counts_was_before_the_first),
        cmocka_unit_test(a_lie_gains_no_more_than_the_network_explains),
    };

    return RUN_GROUP("buzzer", tests);
}
