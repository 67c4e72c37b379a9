/* Real SQLite in a temporary folder: what a commit promises. */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

enum { THREADS = 16, WRITES_EACH = 50 };

struct fixture {
    struct arena *arena;
    const char *folder;
    struct store *store;
};

static struct error *make_table(struct db *db, void *unused)
{
    (void)unused;
    return db_run(
        db, "CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT");
}

static int open_fixture(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);

    fixture->arena = arena_new();
    fixture->folder = check_folder_new(fixture->arena);
    fixture->store = check_store(fixture->arena, fixture->folder);
    check_write(fixture->store, fixture->arena, make_table, NULL);
    *state = fixture;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *fixture = *state;

    store_close(fixture->store);
    check_folder_remove(fixture->folder);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

static int64_t count_notes(struct fixture *fixture)
{
    return check_number(fixture->store, fixture->arena, "SELECT count(*) FROM note");
}

static struct error *insert_note(struct db *db, void *body)
{
    return db_run(db, "INSERT INTO note (body) VALUES ($1)", TEXT(body));
}

static struct error *insert_then_refuse(struct db *db, void *unused)
{
    (void)unused;
    TRY(db_run(db, "INSERT INTO note (body) VALUES ('too late')"));
    db_notify(db, "note", 1);
    db_mirror(db, "refused");
    return error_new(db_arena(db), ERROR_CONFLICT, "round_over", "本轮已结束。");
}

static void a_refused_change_leaves_nothing_behind(void **state)
{
    struct fixture *fixture = *state;

    assert_code(
        store_write(fixture->store, fixture->arena, insert_then_refuse, NULL),
        "round_over");
    assert_int_equal(count_notes(fixture), 0);
}

static struct error *insert_twice(struct db *db, void *unused)
{
    (void)unused;
    TRY(db_run(db, "INSERT INTO note (id, body) VALUES (7, 'first')"));
    return db_run(db, "INSERT INTO note (id, body) VALUES (7, 'second')");
}

static void a_broken_constraint_is_a_conflict(void **state)
{
    struct fixture *fixture = *state;

    assert_code(
        store_write(fixture->store, fixture->arena, insert_twice, NULL),
        "already_recorded");
    assert_int_equal(count_notes(fixture), 0);
}

static void a_reader_cannot_write(void **state)
{
    struct fixture *fixture = *state;
    struct db *reader;

    assert_fine(store_reader_open(fixture->store, fixture->arena, &reader));
    const struct error *error = db_run(reader, "DELETE FROM note");
    assert_non_null(error);
    assert_int_equal(error->kind, ERROR_BROKEN);
    store_reader_close(reader);
}

static void *write_many(void *argument)
{
    struct store *store = argument;
    struct arena *arena = arena_new();

    for (int i = 0; i < WRITES_EACH; i++) {
        /* Every other change is refused: neighbours of a batch must not suffer. */
        struct error *error =
            i % 2 ? store_write(store, arena, insert_then_refuse, NULL)
                  : store_write(store, arena, insert_note, (char[]){"kept"});
        if ((i % 2 == 1) != (error != NULL))
            abort();
        arena_reset(arena);
    }
    arena_free(arena);
    return NULL;
}

static void writes_from_many_threads_are_all_kept(void **state)
{
    struct fixture *fixture = *state;
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++)
        assert_int_equal(
            pthread_create(&threads[i], NULL, write_many, fixture->store), 0);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    assert_int_equal(count_notes(fixture), THREADS * WRITES_EACH / 2);
}

struct heard {
    pthread_mutex_t lock;
    int count;
    int64_t number;
};

static void hear(void *context, const struct notice *notices, size_t count)
{
    struct heard *heard = context;

    pthread_mutex_lock(&heard->lock);
    for (size_t i = 0; i < count; i++) {
        heard->count++;
        heard->number = notices[i].number;
    }
    pthread_mutex_unlock(&heard->lock);
}

static struct error *insert_and_notify(struct db *db, void *unused)
{
    (void)unused;
    TRY(db_run(db, "INSERT INTO note (body) VALUES ('heard')"));
    db_notify(db, "note", 42);
    return NULL;
}

static void notices_are_heard_only_of_what_was_committed(void **state)
{
    struct fixture *fixture = *state;
    struct heard heard = {.lock = PTHREAD_MUTEX_INITIALIZER};

    store_listen(fixture->store, hear, &heard);
    assert_code(
        store_write(fixture->store, fixture->arena, insert_then_refuse, NULL),
        "round_over");
    check_write(fixture->store, fixture->arena, insert_and_notify, NULL);
    assert_int_equal(heard.count, 1);
    assert_int_equal(heard.number, 42);
}

static void a_second_program_on_the_database_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct store_options options = {
        .database = arena_format(fixture->arena, "%s/test.db", fixture->folder)};
    struct store *second;
    const struct error *error = store_open(fixture->arena, &options, &second);

    assert_non_null(error);
    assert_non_null(strstr(error->message, "in use by another xunsai"));
}

static void a_newer_schema_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct arena *arena = fixture->arena;
    struct store_options options = {
        .database = arena_format(arena, "%s/newer.db", fixture->folder)};
    struct store *store;

    assert_fine(store_open(arena, &options, &store));
    store_close(store);
    /* The version is a big-endian number at byte 60 of the database file. */
    int file = open(options.database, O_RDWR);
    assert_int_equal(pwrite(file, (char[]){0, 0, 0, 99}, 4, 60), 4);
    assert_int_equal(close(file), 0);
    const struct error *error = store_open(arena, &options, &store);
    assert_non_null(error);
    assert_non_null(strstr(error->message, "schema 99"));
}

struct slow {
    sem_t go; /* the writer waits for it */
    atomic_int done;
};

static struct error *wait_for_go(struct db *db, void *context)
{
    struct slow *slow = context;

    (void)db;
    while (sem_wait(&slow->go) && errno == EINTR)
        ;
    return NULL;
}

static struct error *do_nothing(struct db *db, void *context)
{
    (void)db;
    (void)context;
    return NULL;
}

static void count_done(void *owner, struct error *error)
{
    struct slow *slow = owner;

    if (!error)
        atomic_fetch_add(&slow->done, 1);
}

static void a_full_queue_refuses_at_once_and_loses_nothing(void **state)
{
    enum { FAR_TOO_MANY = 100000 };
    struct fixture *fixture = *state;
    struct slow slow = {.done = 0};
    struct error *refusal = NULL;
    int taken = 1;

    assert_int_equal(sem_init(&slow.go, 0, 0), 0);
    assert_fine(store_write_later(
        fixture->store, fixture->arena, wait_for_go, &slow, count_done, &slow));
    while (store_queue_length(fixture->store)) /* until the writer stands in it */
        (void)usleep(1000);
    while (!refusal && taken < FAR_TOO_MANY) {
        refusal = store_write_later(
            fixture->store, fixture->arena, do_nothing, NULL, count_done, &slow);
        if (!refusal)
            taken++;
    }
    assert_non_null(refusal);
    assert_string_equal(refusal->code, "store_busy");
    assert_int_equal(refusal->kind, ERROR_UNAVAILABLE);
    assert_int_equal(sem_post(&slow.go), 0);
    while (store_queue_length(fixture->store)) /* until there is room again */
        (void)usleep(1000);
    check_write(fixture->store, fixture->arena, do_nothing, NULL);
    assert_int_equal(atomic_load(&slow.done), taken);
    assert_int_equal(sem_destroy(&slow.go), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_refused_change_leaves_nothing_behind, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(
            a_broken_constraint_is_a_conflict, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(
            a_reader_cannot_write, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(
            writes_from_many_threads_are_all_kept, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(
            notices_are_heard_only_of_what_was_committed, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(
            a_full_queue_refuses_at_once_and_loses_nothing, open_fixture,
            close_fixture),
        cmocka_unit_test_setup_teardown(
            a_second_program_on_the_database_is_refused, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(
            a_newer_schema_is_refused, open_fixture, close_fixture),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
