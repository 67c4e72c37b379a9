/* Who may see which ranking, and what a download says it is. */
#include "report/routes.h"

#include <string.h>

#include "files/file.h"
#include "files/routes.h"
#include "http/request.h"
#include "report/stage.h"

static struct request
request_of(struct district *district, const char *path, unsigned roles, int64_t branch)
{
    return (struct request){
        .arena = district->arena,
        .store = district->store,
        .reader = district->reader,
        .method = "GET",
        .path = path,
        .query = "",
        .body = "",
        .content_type = "",
        .cookie = "",
        .origin = "",
        .fetch_site = "",
        .host = "",
        .scheme = "https",
        .if_none_match = "",
        .received_at = DISTRICT_OPEN,
        .person = 99,
        .branch = branch,
        .roles = roles,
    };
}

static struct error *answer(struct request *request)
{
    const struct route_table tables[] = {
        {report_routes, report_route_count, NULL},
        {files_routes, files_route_count, NULL},
    };

    return route_answer(tables, 2, request);
}

static struct reply
get(struct district *district, const char *path, unsigned roles, int64_t branch)
{
    struct request request = request_of(district, path, roles, branch);

    assert_fine(answer(&request));
    assert_int_equal(request.reply.status, 200);
    return request.reply;
}

static void a_proctor_sees_the_own_street_only(void **state)
{
    static const char ranking[] = "/api/rankings/quiz/1";
    struct district *district = stage_new();

    (void)state;
    const char *body = get(district, ranking, ROLE_PROCTOR, 2).body;
    assert_null(strstr(body, "zy0101"));
    assert_null(strstr(body, "米市巷街道"));
    assert_non_null(strstr(body, "zy0201"));
    /* Her best is second in the district. */
    assert_non_null(strstr(body, "\"people\":[{\"rank\":2,"));
    body = get(district, ranking, ROLE_PROCTOR, 0).body;
    assert_non_null(strstr(body, "\"people\":[],\"branches\":[],"));
    /* A file without a street would be one of all streets. */
    struct request file =
        request_of(district, "/api/rankings/quiz/1/export.csv", ROLE_PROCTOR, 0);
    assert_code(answer(&file), "no_street");
    struct request report = request_of(
        district, "/api/rankings/quiz/1/branches/2/report.pdf", ROLE_PROCTOR, 0);
    assert_code(answer(&report), "no_street");
    district_free(district);
}

static void organiser_and_auditor_see_all_streets(void **state)
{
    static const unsigned roles[] = {
        ROLE_ORGANISER, ROLE_AUDITOR, ROLE_PROCTOR | ROLE_ORGANISER};
    struct district *district = stage_new();

    (void)state;
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        const char *body = get(district, "/api/rankings/quiz/1", roles[i], 2).body;
        assert_non_null(strstr(body, "zy0101"));
        assert_non_null(strstr(body, "zy0201"));
        assert_non_null(strstr(body, "米市巷街道"));
    }
    district_free(district);
}

static void nobody_else_sees_anything(void **state)
{
    static const char *const paths[] = {
        "/api/rankings/quiz/1",
        "/api/rankings/quiz/1/export.xlsx",
        "/api/rankings/quiz/1/export.csv",
        "/api/contests/1/export.xlsx",
        "/api/contests/1/export.csv",
    };
    static const char *const jobs[] = {
        "/api/exports",
        "/api/exports/1",
        "/api/exports/1/file",
        "/api/exports/1/file.sha256",
        "/api/rankings/quiz/1/branches/1/report.pdf",
    };
    const unsigned others =
        ROLE_SIGNED_IN & ~(unsigned)(ROLE_ORGANISER | ROLE_AUDITOR | ROLE_PROCTOR);
    struct district *district = stage_new();

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct request request = request_of(district, paths[i], others, 1);
        assert_code(answer(&request), "role_needed");
    }
    for (size_t i = 0; i < sizeof jobs / sizeof jobs[0]; i++) {
        struct request request = request_of(district, jobs[i], others, 1);
        assert_code(answer(&request), "role_needed");
    }
    for (size_t i = 3; i < sizeof paths / sizeof paths[0]; i++) {
        struct request proctor = request_of(district, paths[i], ROLE_PROCTOR, 1);
        assert_code(answer(&proctor), "role_needed");
    }
    district_free(district);
}

static void a_file_has_a_chinese_name(void **state)
{
    struct district *district = stage_new();
    struct file_source source;

    (void)state;
    assert_fine(
        file_load(district->reader, RANKING_QUIZ, 1, 0, DISTRICT_OPEN, &source));
    assert_string_equal(
        file_name(district->arena, &source, FILE_XLSX),
        "测验 &D 演练 排名（非最终成绩）.xlsx");
    source.ranking.title = "a/b\\c:\n\u202ed";
    source.ranking.final = true;
    assert_string_equal(
        file_name(district->arena, &source, FILE_PDF), "a-b-c--d 排名.pdf");
    district_free(district);
}

static void what_is_not_there_is_not_found(void **state)
{
    struct district *district = stage_new();
    struct request quiz =
        request_of(district, "/api/rankings/quiz/7/export.xlsx", ROLE_ORGANISER, 0);
    struct request contest =
        request_of(district, "/api/contests/7/export.csv", ROLE_ORGANISER, 0);

    (void)state;
    assert_code(answer(&quiz), "quiz_unknown");
    assert_code(answer(&contest), "contest_unknown");
    district_free(district);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_proctor_sees_the_own_street_only),
        cmocka_unit_test(organiser_and_auditor_see_all_streets),
        cmocka_unit_test(nobody_else_sees_anything),
        cmocka_unit_test(a_file_has_a_chinese_name),
        cmocka_unit_test(what_is_not_there_is_not_found),
    };

    return cmocka_run_group_tests_name("report routes", tests, NULL, NULL);
}
