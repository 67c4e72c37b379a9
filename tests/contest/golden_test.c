/* A contest that was sealed, held and exported before rule sets and events learnt
 * anything new: its rules keep their bytes and hash, its journal its standings. */
#include <stdio.h>

#include "contest/replay.h"
#include "contest_fixture.h"

#define FOLDER "tests/data/contests/november/"

static const char *read_file(const char *path, size_t *size)
{
    char *bytes = arena_alloc(arena, 64 * 1024);
    FILE *file = fopen(path, "rbe");

    assert_non_null(file);
    *size = fread(bytes, 1, 64 * 1024 - 1, file);
    assert_int_equal(fclose(file), 0);
    assert_true(*size > 0);
    return bytes;
}

static void an_old_rule_set_keeps_its_bytes_and_hash(void **unused)
{
    const struct rules *rules;
    size_t size;
    const char *text = read_file(FOLDER "rules.json", &size);

    (void)unused;
    assert_fine(rules_read(arena, text, size, &rules));
    assert_string_equal(rules->canonical, text);
    assert_string_equal(
        rules->hash,
        "75617b04c82a0c2fd92fd27065ad9665b64533cbbbff0981a04c2e8e22b3f245");
}

static void an_old_journal_gives_its_standings_byte_for_byte(void **unused)
{
    const struct contest_state *state;
    size_t rules_size;
    size_t events_size;
    size_t size;
    const char *rules = read_file(FOLDER "rules.json", &rules_size);
    const char *events = read_file(FOLDER "events.ndjson", &events_size);

    (void)unused;
    assert_fine(replay_read(arena, rules, rules_size, events, events_size, &state));
    struct standings standings = compute(state, STANDINGS_ALL);
    assert_string_equal(
        standings_document(arena, &standings),
        read_file(FOLDER "standings.json", &size));
}

static int begin_tests(void **state)
{
    token_start();
    return arena_begin(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_old_rule_set_keeps_its_bytes_and_hash),
        cmocka_unit_test(an_old_journal_gives_its_standings_byte_for_byte),
    };

    return cmocka_run_group_tests_name("golden", tests, begin_tests, arena_end);
}
