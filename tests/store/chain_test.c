/* The chain of events, its mirror, and what a dishonest hand would do to them. */
#include "store/chain.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

struct fixture {
    struct arena *arena;
    const char *folder;
    struct store *store;
};

static int open_fixture(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);

    fixture->arena = arena_new();
    fixture->folder = check_folder_new(fixture->arena);
    fixture->store = check_store(fixture->arena, fixture->folder);
    *state = fixture;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *fixture = *state;

    if (fixture->store)
        store_close(fixture->store);
    check_folder_remove(fixture->folder);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

struct order {
    const char *subject;
    const char *device;
    int64_t device_number;
    int value;
    struct chain_event event;
    bool repeated;
};

static struct error *append(struct db *db, void *context)
{
    struct order *order = context;
    json_t *body = json_pack("{s:i}", "value", order->value);

    arena_defer(db_arena(db), (void (*)(void *))json_decref, body);
    order->event = (struct chain_event){
        .subject = order->subject,
        .at = 1600000000000,
        .actor = 9,
        .role = "judge",
        .device = order->device,
        .device_number = order->device_number,
        .kind = "mark",
        .body = body,
    };
    return chain_append(db, &order->event, &order->repeated);
}

static void fill(struct fixture *fixture)
{
    for (int i = 1; i <= 5; i++) {
        struct order order = {
            i == 3 ? "quiz/1" : "contest/1", "tablet-1", i, i, {0}, false};
        check_write(fixture->store, fixture->arena, append, &order);
    }
}

static const struct error *verify(struct fixture *fixture, int64_t *checked)
{
    struct db *reader;

    assert_fine(store_reader_open(fixture->store, fixture->arena, &reader));
    const struct error *error = chain_verify(reader, checked);
    store_reader_close(reader);
    return error;
}

static void events_of_a_subject_are_linked(void **state)
{
    struct fixture *fixture = *state;
    int64_t checked;

    fill(fixture);
    assert_fine(verify(fixture, &checked));
    assert_int_equal(checked, 5);
    assert_int_equal(
        check_number(
            fixture->store, fixture->arena,
            "SELECT max(number) FROM event WHERE subject = 'contest/1'"),
        4);
}

static void a_repeat_gives_the_first_event_again(void **state)
{
    struct fixture *fixture = *state;
    struct order first = {"contest/1", "tablet-1", 1, 7, {0}, false};
    struct order again = first;

    check_write(fixture->store, fixture->arena, append, &first);
    check_write(fixture->store, fixture->arena, append, &again);
    assert_false(first.repeated);
    assert_true(again.repeated);
    assert_string_equal(first.event.hash, again.event.hash);
    assert_int_equal(
        check_number(fixture->store, fixture->arena, "SELECT count(*) FROM event"), 1);
}

static void a_number_used_for_something_else_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct order first = {"contest/1", "tablet-1", 1, 7, {0}, false};
    struct order other = {"contest/1", "tablet-1", 1, 8, {0}, false};

    check_write(fixture->store, fixture->arena, append, &first);
    assert_code(
        store_write(fixture->store, fixture->arena, append, &other),
        "device_number_reused");
}

/* Opens the file behind the program's back, as someone with the disk could. */
static void tamper(struct fixture *fixture, const char *sql)
{
    sqlite3 *handle;
    char *failure = NULL;

    store_close(fixture->store);
    assert_int_equal(
        sqlite3_open(
            arena_format(fixture->arena, "%s/test.db", fixture->folder), &handle),
        SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(
            handle, "DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete;", NULL,
            NULL, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_exec(handle, sql, NULL, NULL, &failure), SQLITE_OK);
    assert_int_equal(sqlite3_close(handle), SQLITE_OK);
    /* The mirror would already stop the program: here only the chain is asked. */
    assert_int_equal(
        unlink(arena_format(fixture->arena, "%s/events.ndjson", fixture->folder)), 0);
    fixture->store = check_store(fixture->arena, fixture->folder);
}

static void every_way_of_changing_an_event_is_seen(void **state)
{
    static const char *const ways[] = {
        "UPDATE event SET body = '{\"value\":99}' WHERE seq = 2",
        "UPDATE event SET at = at + 1 WHERE seq = 2",
        "UPDATE event SET actor = 8 WHERE seq = 2",
        "UPDATE event SET role = 'host' WHERE seq = 2",
        "UPDATE event SET kind = 'sheet' WHERE seq = 2",
        "UPDATE event SET device = 'x' WHERE seq = 2",
        "UPDATE event SET device_number = 88 WHERE seq = 2",
        "UPDATE event SET previous = hash WHERE seq = 2",
        "UPDATE event SET hash = previous WHERE seq = 5",
        "UPDATE event SET seal = hash WHERE seq = 5",
        "UPDATE event SET number = 9 WHERE seq = 5",
        "DELETE FROM event WHERE seq = 2",
        "DELETE FROM event WHERE subject = 'quiz/1'",
    };

    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        int64_t checked;
        assert_int_equal(open_fixture(state), 0);
        struct fixture *fixture = *state;
        fill(fixture);
        tamper(fixture, ways[i]);
        assert_code(verify(fixture, &checked), "chain_broken");
        assert_int_equal(close_fixture(state), 0);
    }
}

static void update_and_delete_are_refused_by_the_database(void **state)
{
    struct fixture *fixture = *state;

    fill(fixture);
    sqlite3 *handle;
    assert_int_equal(
        sqlite3_open(
            arena_format(fixture->arena, "%s/test.db", fixture->folder), &handle),
        SQLITE_OK);
    assert_int_not_equal(
        sqlite3_exec(handle, "UPDATE event SET actor = 1", NULL, NULL, NULL),
        SQLITE_OK);
    assert_int_not_equal(
        sqlite3_exec(handle, "DELETE FROM event", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(handle), SQLITE_OK);
}

static const char *mirror_path(struct fixture *fixture)
{
    return arena_format(fixture->arena, "%s/events.ndjson", fixture->folder);
}

static long file_size(const char *path)
{
    FILE *file = fopen(path, "rb");

    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    assert_int_equal(fclose(file), 0);
    return size;
}

static void a_mirror_cut_off_by_a_crash_is_completed(void **state)
{
    struct fixture *fixture = *state;

    fill(fixture);
    store_close(fixture->store);
    fixture->store = NULL;
    long whole = file_size(mirror_path(fixture));
    assert_true(whole > 0);
    assert_int_equal(truncate(mirror_path(fixture), whole * 2 / 3), 0);
    fixture->store = check_store(fixture->arena, fixture->folder);
    assert_int_equal(file_size(mirror_path(fixture)), whole);
}

static void an_older_database_beside_a_newer_mirror_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct store_options options = {
        .database = arena_format(fixture->arena, "%s/older.db", fixture->folder),
        .journal = mirror_path(fixture),
    };
    struct store *store;

    fill(fixture);
    store_close(fixture->store);
    fixture->store = NULL;
    const struct error *error = store_open(fixture->arena, &options, &store);
    assert_non_null(error);
    assert_non_null(strstr(error->message, "the database lacks"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            events_of_a_subject_are_linked, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(
            a_repeat_gives_the_first_event_again, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(
            a_number_used_for_something_else_is_refused, open_fixture, close_fixture),
        cmocka_unit_test(every_way_of_changing_an_event_is_seen),
        cmocka_unit_test_setup_teardown(
            update_and_delete_are_refused_by_the_database, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(
            a_mirror_cut_off_by_a_crash_is_completed, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(
            an_older_database_beside_a_newer_mirror_is_refused, open_fixture,
            close_fixture),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
