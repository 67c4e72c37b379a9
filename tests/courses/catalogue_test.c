#include "courses/catalogue.h"

#include <pthread.h>

#include "courses/course_files.h"

enum { READERS = 4, RELOADS = 20 };

static struct catalogue *catalogue;

static void load(void)
{
    findings_init(&findings, arena);
    assert_fine(catalogue_load(catalogue, arena, root, &findings));
}

static const struct catalogue_view *view(void)
{
    return catalogue_view(catalogue, arena);
}

static void courses_stand_in_their_order(void **state)
{
    (void)state;
    assert_int_equal(view()->count, 0);
    write_course("01-late", 9);
    write_course("02-early", 1);
    write_course("03-late", 9);
    write_file(".", "README.md", "no folder");
    assert_int_equal(mkdir(arena_format(arena, "%s/.git", root), 0700), 0);
    load();
    assert_int_equal(findings.count, 0);
    assert_int_equal(view()->count, 3);
    assert_string_equal(view()->courses[0].course->slug, "02-early");
    assert_string_equal(view()->courses[1].course->slug, "01-late");
    assert_string_equal(view()->courses[2].course->slug, "03-late");
    assert_int_equal(view()->courses[0].section_count, 3);
    assert_null(catalogue_find(view(), "04-none"));
    const struct course *course = catalogue_find(view(), "03-late")->course;
    assert_int_equal(catalogue_lesson(course, "02-b"), 1);
    assert_int_equal(catalogue_lesson(course, "02"), -1);
    assert_int_equal(catalogue_section(&course->lessons[0], "s2"), 1);
    assert_int_equal(catalogue_section(&course->lessons[0], "s3"), -1);
}

static void a_lesson_is_ready_to_send(void **state)
{
    (void)state;
    write_course("01-a", 1);
    load();
    const struct catalogue_page *pages = view()->courses[0].pages;
    assert_string_equal(
        pages[0].bytes,
        "{\"course\":\"01-a\",\"slug\":\"01-a\",\"title\":\"第一课\",\"html\":"
        "\"<h2 id=\\\"s1\\\">甲</h2>\\n<p>文</p>\\n<h2 id=\\\"s2\\\">乙</h2>\\n"
        "<p>文</p>\\n\",\"sections\":[{\"id\":\"s1\",\"title\":\"甲\"},"
        "{\"id\":\"s2\",\"title\":\"乙\"}],\"previous\":null,\"next\":\"02-b\"}");
    assert_int_equal(pages[0].size, strlen(pages[0].bytes));
    assert_non_null(strstr(pages[1].bytes, "\"previous\":\"01-a\",\"next\":null}"));
    assert_int_equal(strlen(pages[0].etag), 34);
    assert_string_not_equal(pages[0].etag, pages[1].etag);

    const char *etag = pages[0].etag;
    load();
    assert_string_equal(view()->courses[0].pages[0].etag, etag);
    write_file("01-a", "01-a.md", "# 第一课\n\n## 甲\n\n改了\n");
    load();
    assert_string_not_equal(view()->courses[0].pages[0].etag, etag);
}

static void a_bad_folder_keeps_its_last_good_form(void **state)
{
    (void)state;
    write_course("01-a", 1);
    write_course("02-b", 2);
    write_file("02-b", "01-a.md", "no title");
    load();
    /* 02-b was never good, so there is none. */
    assert_int_equal(view()->count, 1);
    assert_int_equal(findings.count, 2);

    write_file("01-a", "01-a.md", "# 新\n\n## 甲\n\n> [!什么]\n");
    write_file("02-b", "01-a.md", "# 好\n\n## 甲\n");
    load();
    assert_int_equal(view()->count, 2);
    assert_true(found(arena_format(arena, "%s/01-a/01-a.md", root), 5, "提示框"));
    assert_string_equal(view()->courses[0].course->lessons[0].text.title, "第一课");
    assert_string_equal(view()->courses[1].course->lessons[0].text.title, "好");
    load();
    assert_string_equal(view()->courses[0].course->lessons[0].text.title, "第一课");

    write_file("01-a", "01-a.md", "# 新\n\n## 甲\n");
    load();
    assert_int_equal(findings.count, 0);
    assert_string_equal(view()->courses[0].course->lessons[0].text.title, "新");
    check_folder_remove(arena_format(arena, "%s/01-a", root));
    load();
    assert_int_equal(view()->count, 1);
}

static void who_reads_keeps_what_she_reads(void **state)
{
    struct arena *reader = arena_new();

    (void)state;
    write_course("01-a", 1);
    load();
    const struct catalogue_view *held = catalogue_view(catalogue, reader);
    check_folder_remove(arena_format(arena, "%s/01-a", root));
    load();
    assert_int_equal(view()->count, 0);
    assert_int_equal(held->count, 1);
    assert_string_equal(held->courses[0].course->lessons[1].text.title, "第二课");
    arena_free(reader);
}

static void a_folder_that_cannot_be_read_changes_nothing(void **state)
{
    (void)state;
    write_course("01-a", 1);
    load();
    assert_code(
        catalogue_load(catalogue, arena, "/nothing/there", &findings),
        "courses_unreadable");
    assert_int_equal(view()->count, 1);
}

static void a_view_outlives_its_catalogue(void **state)
{
    (void)state;
    write_course("01-a", 1);
    load();
    struct catalogue *own = catalogue_new();
    assert_fine(catalogue_load(own, arena, root, &findings));
    const struct catalogue_view *held = catalogue_view(own, arena);
    catalogue_free(own);
    assert_string_equal(held->courses[0].course->slug, "01-a");
}

static void *read_all_the_time(void *stop)
{
    struct arena *own = arena_new();
    size_t lessons = 0;

    while (!__atomic_load_n((bool *)stop, __ATOMIC_RELAXED)) {
        const struct catalogue_view *seen = catalogue_view(catalogue, own);
        for (size_t i = 0; i < seen->count; i++)
            lessons += strlen(seen->courses[i].pages[0].bytes) ==
                       seen->courses[i].pages[0].size;
        arena_reset(own);
    }
    arena_free(own);
    return lessons > 0 ? stop : NULL;
}

static void reloading_disturbs_no_reader(void **state)
{
    pthread_t readers[READERS];
    bool stop = false;
    void *result;

    (void)state;
    write_course("01-a", 1);
    load();
    for (int i = 0; i < READERS; i++)
        assert_int_equal(
            pthread_create(&readers[i], NULL, read_all_the_time, &stop), 0);
    for (int i = 0; i < RELOADS; i++)
        load();
    __atomic_store_n(&stop, true, __ATOMIC_RELAXED);
    for (int i = 0; i < READERS; i++) {
        assert_int_equal(pthread_join(readers[i], &result), 0);
        assert_non_null(result);
    }
}

static int begin(void **state)
{
    (void)arena_begin(state);
    catalogue = catalogue_new();
    return files_begin(state);
}

static int end(void **state)
{
    (void)files_end(state);
    (void)arena_end(state);
    catalogue_free(catalogue);
    return 0;
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        TEST(courses_stand_in_their_order),
        TEST(a_lesson_is_ready_to_send),
        TEST(a_bad_folder_keeps_its_last_good_form),
        TEST(who_reads_keeps_what_she_reads),
        TEST(a_folder_that_cannot_be_read_changes_nothing),
        TEST(a_view_outlives_its_catalogue),
        TEST(reloading_disturbs_no_reader),
    };

    BE_THE_CHILD(argc, argv);
    return cmocka_run_group_tests_name("catalogue", tests, NULL, NULL);
}
