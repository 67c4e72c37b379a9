#include "courses/routes.h"

#include "courses/catalogue.h"
#include "courses/course_files.h"
#include "courses/progress.h"

static struct store *store;
static struct db *reader;
static struct catalogue *catalogue;

static struct error *add_person(struct db *db, void *context)
{
    return db_run(
        db, "INSERT INTO person (id, staff_number, name) VALUES ($1, $2, $3)",
        INT(*(int64_t *)context), TEXT("a1"), TEXT("甲"));
}

static struct request request_of(const char *method, const char *path, const char *body)
{
    return (struct request){
        .arena = arena,
        .store = store,
        .reader = reader,
        .method = method,
        .path = path,
        .query = "",
        .body = body,
        .body_size = strlen(body),
        .content_type = "application/json",
        .cookie = "",
        .origin = "",
        .fetch_site = "",
        .host = "",
        .scheme = "https",
        .if_none_match = "",
        .person = 1,
        .roles = ROLE_LEARNER,
    };
}

static struct error *answer(struct request *request)
{
    const struct route_table table = {courses_routes, courses_route_count, catalogue};

    return route_answer(&table, 1, request);
}

static struct reply get(const char *path)
{
    struct request request = request_of("GET", path, "");

    assert_fine(answer(&request));
    return request.reply;
}

static void note(const char *lesson, const char *section, int64_t at)
{
    struct progress progress = {1, "01-a", lesson, section, at};

    check_write(store, arena, progress_record, &progress);
}

static void the_list_shows_ones_own_progress(void **state)
{
    (void)state;
    assert_string_equal(
        get("/api/courses").body,
        "{\"courses\":["
        "{\"slug\":\"01-a\",\"title\":\"课程 "
        "01-a\",\"order\":1,\"origin\":\"yearbook\","
        "\"minutes\":60,\"lessons\":2,\"sections\":3,\"read\":0},"
        "{\"slug\":\"02-b\",\"title\":\"课程 "
        "02-b\",\"order\":2,\"origin\":\"yearbook\","
        "\"minutes\":60,\"lessons\":2,\"sections\":3,\"read\":0}]}");
    note("01-a", "s1", 5);
    note("01-a", "s9", 6);
    assert_non_null(strstr(get("/api/courses").body, "\"sections\":3,\"read\":1},"));
}

static void a_course_says_where_to_go_on(void **state)
{
    (void)state;
    assert_string_equal(
        get("/api/courses/02-b").body,
        "{\"slug\":\"02-b\",\"title\":\"课程 "
        "02-b\",\"order\":2,\"origin\":\"yearbook\","
        "\"lecturer\":\"讲师\",\"minutes\":60,\"why\":\"为\",\"what\":\"抓\","
        "\"how\":\"怎\",\"objectives\":[\"能够一\",\"能够二\"],\"lessons\":["
        "{\"slug\":\"01-a\",\"title\":\"第一课\",\"characters\":7,\"sections\":["
        "{\"id\":\"s1\",\"title\":\"甲\",\"read\":false},"
        "{\"id\":\"s2\",\"title\":\"乙\",\"read\":false}]},"
        "{\"slug\":\"02-b\",\"title\":\"第二课\",\"characters\":6,\"sections\":["
        "{\"id\":\"s1\",\"title\":\"丙\",\"read\":false}]}],\"resume\":null}");
    note("01-a", "s1", 5);
    const char *body = get("/api/courses/01-a").body;
    assert_non_null(strstr(body, "{\"id\":\"s1\",\"title\":\"甲\",\"read\":true}"));
    assert_non_null(
        strstr(body, "\"resume\":{\"lesson\":\"01-a\",\"section\":\"s2\"}"));
}

static void what_the_client_has_is_not_sent_again(void **state)
{
    static const char *const paths[] = {
        "/api/courses", "/api/courses/01-a", "/api/courses/01-a/lessons/02-b"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        struct reply first = get(paths[i]);
        assert_int_equal(first.status, 200);
        assert_string_equal(first.cache_control, "private, no-cache");
        struct request again = request_of("GET", paths[i], "");
        again.if_none_match = first.etag;
        assert_fine(answer(&again));
        assert_int_equal(again.reply.status, 304);
        assert_int_equal(again.reply.body_size, 0);
    }
    /* New progress is a new answer. */
    const char *before = get("/api/courses/01-a").etag;
    note("02-b", "s1", 7);
    assert_string_not_equal(get("/api/courses/01-a").etag, before);
}

static void a_lesson_comes_as_it_is_kept(void **state)
{
    struct reply reply = get("/api/courses/01-a/lessons/02-b");

    (void)state;
    const struct catalogue_page *page =
        &catalogue_view(catalogue, arena)->courses[0].pages[1];
    assert_ptr_equal(reply.body, page->bytes);
    assert_int_equal(reply.body_size, page->size);
    assert_string_equal(reply.content_type, "application/json");
    assert_string_equal(reply.etag, page->etag);
}

static void what_does_not_exist_is_not_found(void **state)
{
    static const struct {
        const char *method;
        const char *path;
        const char *body;
        const char *code;
    } cases[] = {
        {"GET", "/api/courses/03-c", "", "course_unknown"},
        {"GET", "/api/courses/01-a/lessons/03-c", "", "lesson_unknown"},
        {"GET", "/api/courses/03-c/lessons/01-a", "", "course_unknown"},
        {"POST", "/api/courses/03-c/lessons/01-a/progress", "{\"section\":\"s1\"}",
         "course_unknown"},
        {"POST", "/api/courses/01-a/lessons/03-c/progress", "{\"section\":\"s1\"}",
         "lesson_unknown"},
        {"POST", "/api/courses/01-a/lessons/02-b/progress", "{\"section\":\"s2\"}",
         "section_unknown"},
        {"POST", "/api/courses/01-a/lessons/02-b/progress", "{\"section\":\"\"}",
         "field_range"},
        {"POST", "/api/courses/01-a/lessons/02-b/progress", "{\"section\":1}",
         "field_type"},
        {"POST", "/api/courses/01-a/lessons/02-b/progress", "{}", "field_missing"},
        {"POST", "/api/courses/01-a/lessons/02-b/progress",
         "{\"section\":\"s1\",\"person\":2}", "field_unknown"},
        {"POST", "/api/courses/01-a/lessons/02-b/progress", "", "json_malformed"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct request request =
            request_of(cases[i].method, cases[i].path, cases[i].body);
        assert_code(answer(&request), cases[i].code);
    }
    assert_int_equal(check_number(store, arena, "SELECT count(*) FROM progress"), 0);
}

static void courses_are_for_who_is_signed_in(void **state)
{
    (void)state;
    for (size_t i = 0; i < courses_route_count; i++) {
        assert_int_equal(courses_routes[i].roles, ROLE_SIGNED_IN);
        struct request request = request_of("GET", "/api/courses", "");
        request.person = 0;
        request.roles = 0;
        assert_code(answer(&request), "login_needed");
    }
}

static int begin(void **state)
{
    static int64_t person = 1;

    (void)arena_begin(state);
    catalogue = catalogue_new();
    (void)files_begin(state);
    write_course("01-a", 1);
    write_course("02-b", 2);
    assert_fine(catalogue_load(catalogue, arena, root, &findings));
    store = check_store(arena, root);
    check_write(store, arena, add_person, &person);
    assert_fine(store_reader_open(store, arena, &reader));
    db_use_arena(reader, arena);
    return 0;
}

static int end(void **state)
{
    store_reader_close(reader);
    store_close(store);
    (void)files_end(state);
    (void)arena_end(state);
    catalogue_free(catalogue);
    return 0;
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        TEST(the_list_shows_ones_own_progress),
        TEST(a_course_says_where_to_go_on),
        TEST(what_the_client_has_is_not_sent_again),
        TEST(a_lesson_comes_as_it_is_kept),
        TEST(what_does_not_exist_is_not_found),
        TEST(courses_are_for_who_is_signed_in),
    };

    BE_THE_CHILD(argc, argv);
    return cmocka_run_group_tests_name("courses routes", tests, NULL, NULL);
}
