/* The parts behind tokens and webhooks that need no network. */
#include "check.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "base/token.h"
#include "machines/address.h"
#include "machines/limit.h"
#include "machines/results.h"
#include "machines/webhook.h"
#include "report/district.h"
#include "report/publication.h"

static bool is_public(const char *text)
{
    struct sockaddr_storage storage = {0};
    struct sockaddr_in in4 = {.sin_family = AF_INET};
    struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};

    if (strchr(text, ':')) {
        assert_int_equal(inet_pton(AF_INET6, text, &in6.sin6_addr), 1);
        memcpy(&storage, &in6, sizeof in6);
    } else {
        assert_int_equal(inet_pton(AF_INET, text, &in4.sin_addr), 1);
        memcpy(&storage, &in4, sizeof in4);
    }
    return address_is_public((const struct sockaddr *)(const void *)&storage);
}

/* The first and last address of each block, and the neighbours outside. */
static void only_the_open_internet_is_called(void **state)
{
    static const char *const inside[] = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.0.0",
        "169.254.169.254",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.1.2.3",
        "::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:1ff:ffff::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:c0a8:101::1",
        "3fff::1",
        "fc00::1",
        "fdff::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "4000::1",
    };
    static const char *const outside[] = {
        "1.0.0.0",     "9.255.255.255",        "11.0.0.0",        "100.63.255.255",
        "100.128.0.0", "126.255.255.255",      "128.0.0.0",       "169.253.255.255",
        "169.255.0.0", "172.15.255.255",       "172.32.0.0",      "192.0.1.1",
        "192.0.3.1",   "192.167.255.255",      "192.169.0.0",     "198.17.255.255",
        "198.20.0.0",  "223.255.255.255",      "::ffff:8.8.8.8",  "64:ff9b::8.8.8.8",
        "2001:200::1", "2001:4860:4860::8888", "2002:808:808::1", "2400::1",
        "3ffe::1",
    };

    (void)state;
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++)
        if (is_public(inside[i]))
            fail_msg("%s is inside", inside[i]);
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++)
        if (!is_public(outside[i]))
            fail_msg("%s is outside", outside[i]);
    assert_false(address_is_public(&(struct sockaddr){.sa_family = AF_UNIX}));
}

static void each_token_has_its_own_minute(void **state)
{
    const int64_t minute = (int64_t)60 * 1000;
    struct arena *arena = arena_new();
    struct limit *limit = limit_new();

    (void)state;
    for (int i = 0; i < LIMIT_REQUESTS; i++)
        assert_fine(limit_count(limit, arena, 1, 5 * minute + i));
    assert_code(limit_count(limit, arena, 1, 6 * minute - 1), "token_too_often");
    assert_fine(limit_count(limit, arena, 2, 6 * minute - 1));
    assert_fine(limit_count(limit, arena, 1, 6 * minute));
    limit_free(limit);
    arena_free(arena);
}

static void cursors_are_two_numbers(void **state)
{
    static const char *const bad[] = {
        "",
        "-",
        "1",
        "1-",
        "-1",
        "1-2-",
        "1-2-3",
        " 1-2",
        "1-2 ",
        "1--2",
        "a-1",
        "1-a",
        "+1-2",
        "1234567890123456789-1",
        "1-1234567890123456789",
    };
    struct results_query query = {0};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (results_read_cursor(bad[i], &query))
            fail_msg("'%s' is no cursor", bad[i]);
    assert_true(results_read_cursor("12-0", &query));
    assert_int_equal(query.after_publication, 12);
    assert_int_equal(query.after_row, 0);
}

/* The digest as `openssl dgst -sha256 -hmac geheim` gives it for "1600000000.{}". */
static void signatures_are_those_of_others(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    token_start();
    assert_string_equal(
        webhook_signature(arena, "geheim", "1600000000", "{}"),
        "sha256=4a5ebb6b0ac2c39e91f1be9437cac93917029870df3d88d16865def42d75115f");
    arena_free(arena);
}

enum { ORGANISER = 901, AUDITOR = 902, LATER = DISTRICT_CLOSE + 1000 };

/* A published ranking and a webhook that is to be told of it. */
static struct district *told_district(void)
{
    static const char *const streets[] = {"甲街道", NULL};
    struct district *district = district_new(streets);
    struct webhook_creation hook = {
        .address = "https://receiver.example/x",
        .label = "接收",
        .secret = "s",
        .actor = ORGANISER,
        .at = LATER,
    };

    district_add(
        district,
        (struct district_person){
            1, "zy001", "专员", 1, DISTRICT_LEARNER, "submitted", 9000, 60000});
    district_add(
        district,
        (struct district_person){ORGANISER, "zz01", "组织者", 0, 128, NULL, 0, 0});
    district_add(
        district, (struct district_person){AUDITOR, "jd01", "监督", 0, 32, NULL, 0, 0});
    check_write(district->store, district->arena, webhook_create, &hook);
    struct publication_proposal proposal = {RANKING_QUIZ, 1,     "", ORGANISER,
                                            "organiser",  LATER, 0};
    check_write(district->store, district->arena, publication_propose, &proposal);
    struct publication_decision decision = {
        proposal.id, true, AUDITOR, "auditor", LATER};
    check_write(district->store, district->arena, publication_decide, &decision);
    return district;
}

static int64_t number(struct district *district, const char *sql)
{
    return check_number(district->store, district->arena, sql);
}

static void pauses_grow_and_end(void **state)
{
    static const int64_t minutes[] = {1, 5, 30, 120, 720};
    struct district *district = told_district();
    int64_t at = LATER;
    struct webhook_delivery due;

    (void)state;
    db_use_arena(district->reader, district->arena);
    for (size_t i = 0; i < WEBHOOK_ATTEMPTS; i++) {
        assert_fine(webhook_find_due(district->reader, at - 1, &due));
        assert_int_equal(due.id, 0);
        assert_fine(webhook_find_due(district->reader, at, &due));
        assert_int_equal(due.attempts, i);
        assert_string_equal(due.address, "https://receiver.example/x");
        struct webhook_outcome outcome = {due.id, false, "500", at};
        check_write(district->store, district->arena, webhook_note, &outcome);
        if (i + 1 < WEBHOOK_ATTEMPTS)
            at += minutes[i] * 60 * 1000;
    }
    assert_fine(webhook_find_due(district->reader, INT64_MAX, &due));
    assert_int_equal(due.id, 0);
    assert_int_equal(
        number(district, "SELECT attempts FROM webhook_delivery"), WEBHOOK_ATTEMPTS);
    district_free(district);
}

static void an_outcome_that_comes_after_the_stop_changes_nothing(void **state)
{
    struct district *district = told_district();
    struct webhook_action stop = {1, ORGANISER, LATER};
    struct webhook_outcome outcome = {1, true, "200", LATER};

    (void)state;
    check_write(district->store, district->arena, webhook_stop, &stop);
    check_write(district->store, district->arena, webhook_note, &outcome);
    assert_int_equal(
        number(
            district, "SELECT count(*) FROM webhook_delivery "
                      "WHERE delivered_at IS NULL AND next_at IS NULL"),
        1);
    assert_code(
        store_write(district->store, district->arena, webhook_send_again, &stop),
        "webhook_stopped");
    district_free(district);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_open_internet_is_called),
        cmocka_unit_test(each_token_has_its_own_minute),
        cmocka_unit_test(cursors_are_two_numbers),
        cmocka_unit_test(signatures_are_those_of_others),
        cmocka_unit_test(pauses_grow_and_end),
        cmocka_unit_test(an_outcome_that_comes_after_the_stop_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
