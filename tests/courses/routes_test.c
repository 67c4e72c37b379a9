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
        "{\"id\":\"s1\",\"title\":\"丙\",\"read\":false}]}],"
        "\"summary\":false,\"resume\":null}");
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

static void a_figure_is_kept_by_its_hash_and_opens_nothing(void **state)
{
    static const char address[] = "/api/courses/01-a/figures/a.svg";
    const struct course_figure *figure =
        &catalogue_view(catalogue, arena)->courses[0].course->figures[0];

    (void)state;
    struct reply plain = get(address);
    assert_int_equal(plain.status, 200);
    assert_string_equal(plain.content_type, "image/svg+xml");
    assert_string_equal(plain.body, figure->svg);
    assert_string_equal(plain.cache_control, "private, no-cache");
    assert_string_equal(plain.etag, arena_format(arena, "\"%s\"", figure->hash));
    assert_memory_equal(plain.policy, "default-src 'none';", 19);

    struct request request = request_of("GET", address, "");
    request.query = arena_format(arena, "v=%s", figure->hash);
    assert_fine(answer(&request));
    assert_string_equal(
        request.reply.cache_control, "private, max-age=31536000, immutable");
    request.query = "v=0123456789abcdef";
    request.if_none_match = plain.etag;
    assert_fine(answer(&request));
    assert_int_equal(request.reply.status, 304);
    assert_string_equal(request.reply.cache_control, "private, no-cache");
}

static void summary_handbook_and_search_answer(void **state)
{
    (void)state;
    assert_non_null(strstr(get("/api/courses/01-a").body, "\"summary\":true"));
    assert_string_equal(
        get("/api/courses/01-a/summary").body,
        "{\"course\":\"01-a\",\"course_title\":\"课程 01-a\","
        "\"title\":\"一页纸\",\"html\":\"<p>短</p>\\n\"}");
    assert_non_null(strstr(get("/api/handbook").body, "\"slug\":\"form-a\""));
    assert_string_equal(
        get("/api/handbook/form-a").body,
        "{\"slug\":\"form-a\",\"kind\":\"form\",\"title\":\"表\",\"html\":"
        "\"<h2 id=\\\"s1\\\">填</h2>\\n<p>某月某日</p>\\n\","
        "\"sections\":[{\"id\":\"s1\",\"title\":\"填\"}],\"lessons\":[]}");
    struct request request = request_of("GET", "/api/search", "");
    request.query = "q=%E6%9F%90%E6%97%A5";
    assert_fine(answer(&request));
    assert_string_equal(
        request.reply.body,
        "{\"query\":\"某日\",\"total\":1,\"hits\":[{\"kind\":\"handbook\","
        "\"course\":null,\"course_title\":null,\"slug\":\"form-a\","
        "\"handbook_kind\":\"form\",\"title\":\"表\",\"section\":\"s1\","
        "\"section_title\":\"填\",\"excerpt\":[{\"text\":\"某月\",\"hit\":false},"
        "{\"text\":\"某日\",\"hit\":true}]}]}");
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
        {"GET", "/api/courses/03-c/summary", "", "course_unknown"},
        {"GET", "/api/courses/02-b/summary", "", "summary_unknown"},
        {"GET", "/api/courses/03-c/figures/a.svg", "", "course_unknown"},
        {"GET", "/api/courses/01-a/figures/b.svg", "", "figure_unknown"},
        {"GET", "/api/courses/02-b/figures/a.svg", "", "figure_unknown"},
        {"GET", "/api/courses/01-a/figures/a", "", "route_unknown"},
        {"GET", "/api/courses/01-a/figures/a.png", "", "route_unknown"},
        {"GET", "/api/courses/01-a/figures/a.svg.svg", "", "route_unknown"},
        {"GET", "/api/courses/01-a/figures/../course.yml", "", "route_unknown"},
        {"GET", "/api/handbook/form-b", "", "entry_unknown"},
        {"GET", "/api/search", "", "search_empty"},
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
    assert_int_equal(mkdir(arena_format(arena, "%s/01-a/figures", root), 0700), 0);
    write_file(
        "01-a/figures", "a.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 "
        "3\"><title>图</title>"
        "</svg>");
    write_file("01-a", "summary.md", "# 一页纸\n\n短\n");
    assert_int_equal(mkdir(arena_format(arena, "%s/handbook", root), 0700), 0);
    write_file("handbook", "form-a.md", "# 表\n\n## 填\n\n某月某日\n");
    assert_fine(catalogue_load(catalogue, arena, root, &findings));
    assert_int_equal(findings.count, 0);
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
        TEST(a_figure_is_kept_by_its_hash_and_opens_nothing),
        TEST(summary_handbook_and_search_answer),
        TEST(what_does_not_exist_is_not_found),
        TEST(courses_are_for_who_is_signed_in),
    };

    BE_THE_CHILD(argc, argv);
    return cmocka_run_group_tests_name("courses routes", tests, NULL, NULL);
}
