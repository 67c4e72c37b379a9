/* Rankings from a real database, checked by hand. */
#include "report/ranking.h"

#include <string.h>

#include "report/district.h"

static const char *const two_streets[] = {"甲街道", "乙街道", NULL};
static const char *const four_streets[] = {
    "甲街道", "乙街道", "丙街道", "丁街道", NULL};

/* A specialist of a street with a submitted attempt; absent with grade -1. */
static void add(struct district *district, int64_t id, int64_t branch, int64_t grade)
{
    district_add(
        district, (struct district_person){
                      .id = id,
                      .staff_number = arena_format(district->arena, "zy%03d", (int)id),
                      .name = arena_format(district->arena, "专员%d", (int)id),
                      .branch = branch,
                      .roles = DISTRICT_LEARNER,
                      .state = grade < 0 ? NULL : "submitted",
                      .grade = grade,
                      .used_ms = 60000,
                  });
}

/* 0: no rank. */
static void assert_rank(const char *rank, int64_t expected)
{
    assert_int_equal(rank ? strtoll(rank, NULL, 10) : 0, expected);
}

static struct ranking load(struct district *district, int64_t now)
{
    struct ranking ranking;

    assert_fine(ranking_load(district->reader, RANKING_QUIZ, 1, now, &ranking));
    return ranking;
}

static void equal_grades_share_a_rank_and_the_next_is_skipped(void **state)
{
    static const int64_t order[] = {2, 3, 4, 1, 5};
    static const int64_t ranks[] = {1, 2, 2, 4, 5};
    struct district *district = district_new(two_streets);

    (void)state;
    add(district, 1, 1, 8000);
    add(district, 2, 1, 9950);
    add(district, 3, 1, 9000);
    add(district, 4, 2, 9000);
    add(district, 5, 2, 0);
    struct ranking ranking = load(district, DISTRICT_CLOSE);
    assert_int_equal(ranking.person_count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(ranking.people[i].id, order[i]);
        assert_rank(ranking.people[i].rank, ranks[i]);
        assert_int_equal(ranking.people[i].status, RANKING_DONE);
    }
    /* 60 % of 100 points is the line. */
    assert_true(ranking.people[3].passed);
    assert_false(ranking.people[4].passed);
    assert_true(ranking.final);
    district_free(district);
}

static void the_pass_line_itself_is_a_pass(void **state)
{
    struct district *district = district_new(two_streets);

    (void)state;
    add(district, 1, 1, 6000);
    add(district, 2, 1, 5999);
    struct ranking ranking = load(district, DISTRICT_CLOSE);
    assert_true(ranking.people[0].passed);
    assert_false(ranking.people[1].passed);
    assert_int_equal(ranking.branches[0].passed, 1);
    assert_string_equal(ranking.branches[0].pass_percent, "50.0");
    district_free(district);
}

static void the_absent_count_zero_in_one_mean_and_not_in_the_other(void **state)
{
    struct district *district = district_new(two_streets);

    (void)state;
    /* 92.5 + 90 + 88 + 70 = 340.5: /5 = 68.10, /4 = 85.125 -> 85.13 */
    add(district, 1, 1, 9250);
    add(district, 2, 1, 9000);
    add(district, 3, 1, 8800);
    add(district, 4, 1, 7000);
    add(district, 5, 1, -1);
    /* 91 + 90.5 + 89 = 270.5: /3 = 90.1666... -> 90.17 */
    add(district, 6, 2, 9100);
    add(district, 7, 2, 9050);
    add(district, 8, 2, 8900);
    struct ranking ranking = load(district, DISTRICT_CLOSE);
    const struct ranking_branch *best = &ranking.branches[0];
    const struct ranking_branch *other = &ranking.branches[1];
    assert_string_equal(best->name, "乙街道");
    assert_string_equal(best->mean_expected, "90.17");
    assert_string_equal(best->mean_attended, "90.17");
    assert_string_equal(best->pass_percent, "100.0");
    assert_string_equal(other->mean_expected, "68.10");
    assert_string_equal(other->mean_attended, "85.13");
    assert_string_equal(other->pass_percent, "80.0");
    assert_int_equal(other->expected, 5);
    assert_int_equal(other->attended, 4);
    assert_int_equal(other->absent, 1);
    assert_rank(best->rank, 1);
    assert_rank(other->rank, 2);
    /* The absent one stands last, without a rank. */
    assert_int_equal(ranking.people[7].id, 5);
    assert_rank(ranking.people[7].rank, 0);
    assert_int_equal(ranking.people[7].status, RANKING_ABSENT);
    /* People follow their street to its new place. */
    for (size_t i = 0; i < ranking.person_count; i++)
        assert_string_equal(
            ranking.branches[ranking.people[i].branch].name,
            ranking.people[i].id <= 5 ? "甲街道" : "乙街道");
    district_free(district);
}

static void streets_are_ranked_by_the_number_that_is_published(void **state)
{
    struct district *district = district_new(two_streets);

    (void)state;
    /* 90.0133... and 90.01 are both published as 90.01. */
    add(district, 1, 1, 9001);
    add(district, 2, 2, 9001);
    add(district, 3, 2, 9001);
    add(district, 4, 2, 9002);
    struct ranking ranking = load(district, DISTRICT_CLOSE);
    assert_string_equal(ranking.branches[0].mean_expected, "90.01");
    assert_string_equal(ranking.branches[1].mean_expected, "90.01");
    assert_rank(ranking.branches[0].rank, 1);
    assert_rank(ranking.branches[1].rank, 1);
    assert_string_equal(ranking.branches[0].name, "甲街道");
    district_free(district);
}

static void streets_of_one_person_of_nobody_and_of_absent_only(void **state)
{
    struct district *district = district_new(four_streets);

    (void)state;
    add(district, 1, 2, 7500);
    add(district, 2, 4, -1);
    struct ranking ranking = load(district, DISTRICT_CLOSE);
    assert_int_equal(ranking.branch_count, 4);
    assert_string_equal(ranking.branches[0].name, "乙街道");
    assert_string_equal(ranking.branches[0].mean_expected, "75.00");
    assert_string_equal(ranking.branches[1].name, "丁街道");
    assert_string_equal(ranking.branches[1].mean_expected, "0.00");
    assert_null(ranking.branches[1].mean_attended);
    assert_string_equal(ranking.branches[1].pass_percent, "0.0");
    assert_rank(ranking.branches[1].rank, 2);
    /* Nobody expected: shown, but without a rank or a mean. */
    assert_string_equal(ranking.branches[2].name, "甲街道");
    assert_rank(ranking.branches[2].rank, 0);
    assert_null(ranking.branches[2].mean_expected);
    assert_null(ranking.branches[2].pass_percent);
    district_free(district);
}

static void nobody_attended(void **state)
{
    struct district *district = district_new(two_streets);

    (void)state;
    add(district, 1, 1, -1);
    add(district, 2, 2, -1);
    struct ranking ranking = load(district, DISTRICT_OPEN);
    assert_int_equal(ranking.person_count, 2);
    assert_rank(ranking.branches[0].rank, 1);
    assert_rank(ranking.branches[1].rank, 1);
    assert_string_equal(ranking.branches[0].mean_expected, "0.00");
    assert_false(ranking.final);
    district_free(district);
}

static void only_learners_of_a_street_are_expected(void **state)
{
    struct district *district = district_new(two_streets);

    (void)state;
    add(district, 1, 1, 9000);
    district_add(
        district, (struct district_person){
                      2, "pw01", "评委", 1, DISTRICT_JUDGE, "submitted", 9900, 1});
    district_add(
        district, (struct district_person){
                      3, "qz01", "区直", 0, DISTRICT_LEARNER, "submitted", 9900, 1});
    struct ranking ranking = load(district, DISTRICT_CLOSE);
    assert_int_equal(ranking.person_count, 1);
    assert_int_equal(ranking.branches[0].expected, 1);
    assert_string_equal(ranking.branches[0].mean_expected, "90.00");
    district_free(district);
}

static void a_running_attempt_keeps_the_ranking_open(void **state)
{
    struct district *district = district_new(two_streets);

    (void)state;
    add(district, 1, 1, 9000);
    add(district, 2, 1, -1);
    district_add(
        district, (struct district_person){
                      3, "zy003", "专员3", 1, DISTRICT_LEARNER, "in_progress", 0, 0});
    struct ranking ranking = load(district, DISTRICT_CLOSE);
    assert_false(ranking.final);
    assert_non_null(strstr(ranking.formula_text, "尚未结束"));
    assert_int_equal(ranking.people[1].status, RANKING_IN_PROGRESS);
    assert_rank(ranking.people[1].rank, 0);
    assert_int_equal(ranking.people[2].status, RANKING_ABSENT);
    assert_int_equal(ranking.branches[0].attended, 1);
    assert_int_equal(ranking.branches[0].absent, 2);
    district_free(district);
}

static void the_ranking_is_final_when_the_window_closes(void **state)
{
    struct district *district = district_new(two_streets);

    (void)state;
    add(district, 1, 1, 9000);
    assert_false(load(district, DISTRICT_CLOSE - 1).final);
    struct ranking ranking = load(district, DISTRICT_CLOSE);
    assert_true(ranking.final);
    assert_null(strstr(ranking.formula_text, "尚未结束"));
    district_free(district);
}

static void one_street_keeps_the_ranks_of_the_district(void **state)
{
    struct district *district = district_new(two_streets);

    (void)state;
    add(district, 1, 1, 9500);
    add(district, 2, 2, 8800);
    add(district, 3, 1, 8500);
    struct ranking ranking = load(district, DISTRICT_CLOSE);
    ranking_keep_branch(&ranking, 1);
    assert_int_equal(ranking.person_count, 2);
    assert_rank(ranking.people[0].rank, 1);
    assert_rank(ranking.people[1].rank, 3);
    assert_int_equal(ranking.branch_count, 1);
    assert_string_equal(ranking.branches[ranking.people[1].branch].name, "甲街道");
    assert_rank(ranking.branches[0].rank, 1);
    ranking = load(district, DISTRICT_CLOSE);
    assert_string_equal(ranking.branches[1].name, "乙街道");
    ranking_keep_branch(&ranking, 2);
    assert_rank(ranking.people[0].rank, 2);
    assert_true(ranking.people[0].branch < ranking.branch_count);
    assert_string_equal(ranking.branches[ranking.people[0].branch].name, "乙街道");
    assert_rank(ranking.branches[0].rank, 2);
    /* Someone without a street sees nobody. */
    ranking_keep_branch(&ranking, 0);
    assert_int_equal(ranking.person_count, 0);
    assert_int_equal(ranking.branch_count, 0);
    district_free(district);
}

static void the_document_says_null_for_what_is_not_known(void **state)
{
    struct district *district = district_new(two_streets);
    struct writer writer;

    (void)state;
    add(district, 1, 1, 9050);
    add(district, 2, 1, -1);
    struct ranking ranking = load(district, DISTRICT_CLOSE);
    ranking_keep_branch(&ranking, 1);
    ranking.formula_text = "…";
    writer_init(&writer, district->arena, 65536);
    writer_object(&writer, NULL);
    ranking_write(&writer, &ranking, RANKING_INSIDE);
    writer_end(&writer);
    const char *text = writer.text.bytes;
    assert_non_null(strstr(
        text,
        "{\"rank\":1,\"person\":{\"id\":1,\"staff_number\":\"zy001\",\"name\":"
        "\"专员1\"},\"branch\":{\"id\":1,\"name\":\"甲街道\"},\"community\":\"\","
        "\"cohort\":\"\",\"status\":\"done\",\"score\":\"90.50\",\"used_ms\":60000,"
        "\"passed\":true,\"tie\":null,\"previous_rank\":null}"));
    assert_non_null(strstr(
        text,
        "\"status\":\"absent\",\"score\":null,\"used_ms\":null,\"passed\":null,"));
    assert_non_null(strstr(
        text, "\"expected\":2,\"attended\":1,\"absent\":1,\"deferred\":0,\"voided\":0,"
              "\"passed\":1,\"mean_expected\":\"45.25\",\"mean_attended\":\"90.50\","
              "\"median\":\"90.50\",\"best\":\"90.50\",\"top_mean\":\"90.50\","
              "\"pass_percent\":\"50.0\",\"value\":\"45.25\",\"tie\":null,"
              "\"note\":\"人数较少，平均分仅供参考\",\"previous_rank\":null}"));
    assert_non_null(strstr(
        text, "\"formula\":{\"countback\":false,\"street\":\"mean_expected\","
              "\"time\":false},\"formula_text\":\"…\"}"));
    district_free(district);
}

static struct error *insert_other_quiz(struct db *db, void *unused)
{
    (void)unused;
    TRY(db_run(
        db,
        "INSERT INTO quiz (id, paper, mode, start_at, base_ms, window_open, review) "
        "SELECT 2, paper, mode, start_at, base_ms, window_open, review FROM quiz"));
    return db_run(db, "UPDATE attempt SET quiz = 2");
}

static void an_attempt_at_another_quiz_does_not_count(void **state)
{
    struct district *district = district_new(two_streets);

    (void)state;
    add(district, 1, 1, 9000);
    check_write(district->store, district->arena, insert_other_quiz, NULL);
    struct ranking ranking = load(district, DISTRICT_CLOSE);
    assert_int_equal(ranking.person_count, 1);
    assert_int_equal(ranking.people[0].status, RANKING_ABSENT);
    district_free(district);
}

/* The paper of the district with an essay in place of its question. */
static struct error *ask_an_essay(struct db *db, void *context)
{
    const char *body = context;

    TRY(db_run(
        db,
        "INSERT INTO paper (revision, slug, title, body, published_at) "
        "VALUES ('essay', 'e', 't', $1, 2)",
        TEXT(body)));
    return db_run(db, "UPDATE quiz SET paper = 'essay'");
}

static void a_ranking_with_essays_is_not_final(void **state)
{
    struct district *district = district_new(two_streets);
    static const char choice[] =
        "\"options\":[{\"html\":\"对\",\"id\":\"a\"},{\"html\":"
        "\"错\",\"id\":\"b\"}]";
    static const char *const swaps[][2] = {
        {choice, "\"options\":[]"},
        {"\"right\":[\"a\"]", "\"right\":[]"},
        {"\"guide_html\":\"\"", "\"guide_html\":\"g\""},
        {"\"type\":\"single\"", "\"type\":\"essay\""},
    };
    char *body = arena_copy(district->arena, district_paper(district->arena));

    (void)state;
    for (size_t i = 0; i < sizeof swaps / sizeof swaps[0]; i++) {
        const char *at = strstr(body, swaps[i][0]);
        assert_non_null(at);
        body = arena_format(
            district->arena, "%.*s%s%s", (int)(at - body), body, swaps[i][1],
            at + strlen(swaps[i][0]));
    }
    add(district, 1, 1, 9000);
    struct ranking ranking = load(district, DISTRICT_CLOSE);
    assert_true(ranking.final);
    assert_false(ranking.pending);
    check_write(district->store, district->arena, ask_an_essay, body);
    ranking = load(district, DISTRICT_CLOSE);
    assert_false(ranking.final);
    assert_true(ranking.pending);
    district_free(district);
}

static void an_unknown_quiz_is_said_to_be_unknown(void **state)
{
    struct district *district = district_new(two_streets);
    struct ranking ranking;

    (void)state;
    assert_code(
        ranking_load(district->reader, RANKING_QUIZ, 7, 0, &ranking), "quiz_unknown");
    district_free(district);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_grades_share_a_rank_and_the_next_is_skipped),
        cmocka_unit_test(the_pass_line_itself_is_a_pass),
        cmocka_unit_test(the_absent_count_zero_in_one_mean_and_not_in_the_other),
        cmocka_unit_test(streets_are_ranked_by_the_number_that_is_published),
        cmocka_unit_test(streets_of_one_person_of_nobody_and_of_absent_only),
        cmocka_unit_test(nobody_attended),
        cmocka_unit_test(only_learners_of_a_street_are_expected),
        cmocka_unit_test(a_running_attempt_keeps_the_ranking_open),
        cmocka_unit_test(the_ranking_is_final_when_the_window_closes),
        cmocka_unit_test(one_street_keeps_the_ranks_of_the_district),
        cmocka_unit_test(the_document_says_null_for_what_is_not_known),
        cmocka_unit_test(an_attempt_at_another_quiz_does_not_count),
        cmocka_unit_test(a_ranking_with_essays_is_not_final),
        cmocka_unit_test(an_unknown_quiz_is_said_to_be_unknown),
    };

    return cmocka_run_group_tests_name("ranking", tests, NULL, NULL);
}
