#include "courses/progress.h"

#include <string.h>

#include "arena_fixture.h"

static struct store *store;
static const char *folder;

static struct error *add_people(struct db *db, void *context)
{
    (void)context;
    TRY(db_run(
        db, "INSERT INTO person (id, staff_number, name) VALUES ($1, $2, $3)", INT(1),
        TEXT("a1"), TEXT("甲")));
    return db_run(
        db, "INSERT INTO person (id, staff_number, name) VALUES ($1, $2, $3)", INT(2),
        TEXT("a2"), TEXT("乙"));
}

static struct error *
record(int64_t person, const char *lesson, const char *section, int64_t at)
{
    struct progress progress = {person, "01-a", lesson, section, at};

    return store_write(store, arena, progress_record, &progress);
}

static struct db *reader(void)
{
    struct db *opened;

    assert_fine(store_reader_open(store, arena, &opened));
    db_use_arena(opened, arena);
    return opened;
}

static void a_section_is_noted_once_with_its_first_time(void **state)
{
    struct progress wanted = {1, "01-a", "02-b", "s1", 0};
    int64_t at;

    (void)state;
    assert_fine(record(1, "02-b", "s1", 500));
    assert_fine(record(1, "02-b", "s1", 900));
    struct db *db = reader();
    assert_fine(progress_find(db, &wanted, &at));
    assert_int_equal(at, 500);
    wanted.person = 2;
    assert_code(progress_find(db, &wanted, &at), "progress_unknown");
    wanted.person = 1;
    wanted.section = "s2";
    assert_code(progress_find(db, &wanted, &at), "progress_unknown");
    store_reader_close(db);
    assert_int_equal(check_number(store, arena, "SELECT count(*) FROM progress"), 1);
}

static void each_person_has_her_own_list(void **state)
{
    struct progress_list list;
    struct progress other = {2, "02-z", "01-a", "s1", 5};

    (void)state;
    assert_fine(record(2, "01-a", "s2", 300));
    assert_fine(record(2, "01-a", "s1", 400));
    assert_fine(record(2, "02-b", "s1", 200));
    assert_fine(store_write(store, arena, progress_record, &other));
    struct db *db = reader();
    assert_fine(progress_of_course(db, 2, "01-a", &list));
    assert_int_equal(list.count, 3);
    assert_string_equal(list.entries[0].lesson, "02-b");
    assert_string_equal(list.entries[1].section, "s2");
    assert_int_equal(list.entries[2].at, 400);
    assert_fine(progress_of_person(db, 2, &list));
    assert_int_equal(list.count, 4);
    assert_string_equal(list.entries[0].course, "02-z");
    assert_fine(progress_of_person(db, 3, &list));
    assert_int_equal(list.count, 0);
    store_reader_close(db);
}

static void a_long_list_is_whole(void **state)
{
    struct progress_list list;

    (void)state;
    for (int i = 1; i <= 150; i++)
        assert_fine(record(2, "99-z", arena_format(arena, "s%d", i), 1000 + i));
    struct db *db = reader();
    assert_fine(progress_of_course(db, 2, "01-a", &list));
    store_reader_close(db);
    assert_int_equal(list.count, 3 + 150);
    for (size_t i = 4; i < list.count; i++)
        assert_true(list.entries[i].at == list.entries[i - 1].at + 1);
}

static void nobody_unknown_has_progress(void **state)
{
    (void)state;
    assert_code(record(77, "01-a", "s1", 1), "already_recorded");
}

static int open_store(void **state)
{
    (void)arena_begin(state);
    folder = check_folder_new(arena);
    store = check_store(arena, folder);
    check_write(store, arena, add_people, NULL);
    return 0;
}

static int close_store(void **state)
{
    store_close(store);
    check_folder_remove(folder);
    return arena_end(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_section_is_noted_once_with_its_first_time),
        cmocka_unit_test(each_person_has_her_own_list),
        cmocka_unit_test(a_long_list_is_whole),
        cmocka_unit_test(nobody_unknown_has_progress),
    };

    return cmocka_run_group_tests_name("progress", tests, open_store, close_store);
}
