/* Publishing a ranking: two people, versions, names apart from the digest. */
#include "report/publication.h"

#include <string.h>

#include "base/input.h"
#include "quiz/status.h"
#include "report/district.h"
#include "report/training.h"

enum { ORGANISER = 901, AUDITOR = 902, LATER = DISTRICT_CLOSE + 1000 };

static const char *const two_streets[] = {"甲街道", "乙街道", NULL};

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
                      .used_ms = 60000 + id,
                  });
}

static struct district *small_district(void)
{
    struct district *district = district_new(two_streets);

    add(district, 1, 1, 9000);
    add(district, 2, 1, -1);
    add(district, 3, 2, 8000);
    district_add(
        district,
        (struct district_person){ORGANISER, "zz01", "组织者", 0, 128, NULL, 0, 0});
    district_add(
        district, (struct district_person){AUDITOR, "jd01", "监督", 0, 32, NULL, 0, 0});
    return district;
}

static struct error *
propose(struct district *district, const char *reason, int64_t at, int64_t *id)
{
    struct publication_proposal proposal = {
        .kind = RANKING_QUIZ,
        .subject = 1,
        .reason = reason,
        .actor = ORGANISER,
        .role = "organiser",
        .at = at,
    };
    struct error *error =
        store_write(district->store, district->arena, publication_propose, &proposal);

    *id = proposal.id;
    return error;
}

static struct error *
decide(struct district *district, int64_t id, bool release, int64_t actor)
{
    struct publication_decision decision = {
        .id = id, .release = release, .actor = actor, .role = "auditor", .at = LATER};

    return store_write(district->store, district->arena, publication_decide, &decision);
}

static struct error *
set_status(struct district *district, int64_t person, const char *status)
{
    struct status_decision decision = {
        .quiz = 1,
        .person = person,
        .status = status,
        .reason = "因公外出",
        .actor = ORGANISER,
        .role = "organiser",
        .at = LATER,
    };

    return store_write(district->store, district->arena, status_decide, &decision);
}

static int64_t number(struct district *district, const char *sql)
{
    return check_number(district->store, district->arena, sql);
}

static const char *
document(struct district *district, int64_t id, enum publication_eyes eyes)
{
    struct writer writer;

    writer_init(&writer, district->arena, 1024 * 1024);
    writer_object(&writer, NULL);
    assert_fine(publication_write(district->reader, &writer, id, eyes));
    writer_end(&writer);
    return writer.text.bytes;
}

static void before_the_end_nothing_is_published(void **state)
{
    struct district *district = small_district();
    int64_t id;

    (void)state;
    assert_code(propose(district, "", DISTRICT_CLOSE - 1, &id), "ranking_not_final");
    assert_int_equal(number(district, "SELECT count(*) FROM publication"), 0);
    assert_int_equal(number(district, "SELECT count(*) FROM event"), 0);
    district_free(district);
}

static void two_people_publish(void **state)
{
    struct district *district = small_district();
    int64_t id;
    int64_t other;

    (void)state;
    assert_fine(propose(district, "", LATER, &id));
    assert_code(propose(district, "再来", LATER, &other), "publication_open");
    assert_code(decide(district, id, true, ORGANISER), "publication_same_person");
    assert_code(decide(district, id + 1, true, AUDITOR), "publication_unknown");
    /* Nobody outside sees a proposal. */
    const char *body;
    const char *digest;
    assert_code(
        publication_read_body(district->reader, id, &body, &digest),
        "publication_unknown");
    assert_fine(decide(district, id, true, AUDITOR));
    assert_code(decide(district, id, false, AUDITOR), "publication_decided");
    assert_fine(publication_read_body(district->reader, id, &body, &digest));
    /* Two events: proposed and published, both with the digest. */
    assert_int_equal(
        number(
            district,
            "SELECT count(*) FROM event, publication WHERE event.subject = 'quiz/1' "
            "AND instr(event.body, digest) > 0"),
        2);
    district_free(district);
}

static void the_body_names_nobody(void **state)
{
    struct district *district = small_district();
    int64_t id;
    const char *body;
    const char *digest;

    (void)state;
    assert_fine(propose(district, "", LATER, &id));
    assert_fine(decide(district, id, true, AUDITOR));
    assert_fine(publication_read_body(district->reader, id, &body, &digest));
    assert_null(strstr(body, "专员"));
    assert_null(strstr(body, "zy0"));
    const char *shown = document(district, id, PUBLICATION_PUBLIC);
    assert_non_null(strstr(shown, "\"names\":{\"1\":\"专员1\""));
    assert_non_null(strstr(shown, body));
    assert_non_null(strstr(shown, digest));
    assert_null(strstr(shown, "zy001"));
    assert_null(strstr(shown, "组织者"));
    assert_non_null(strstr(document(district, id, PUBLICATION_ALL), "组织者"));
    district_free(district);
}

static void what_changed_meanwhile_is_not_released(void **state)
{
    struct district *district = small_district();
    int64_t id;

    (void)state;
    assert_fine(propose(district, "", LATER, &id));
    assert_fine(set_status(district, 3, "voided"));
    assert_code(decide(district, id, true, AUDITOR), "publication_outdated");
    assert_fine(decide(district, id, false, AUDITOR));
    assert_fine(propose(district, "", LATER, &id));
    assert_fine(decide(district, id, true, AUDITOR));
    /* The rejected one keeps its number. */
    assert_int_equal(number(district, "SELECT max(version) FROM publication"), 2);
    district_free(district);
}

static void a_correction_is_a_new_version_that_names_the_old(void **state)
{
    struct district *district = small_district();
    int64_t first;
    int64_t second;

    (void)state;
    assert_fine(propose(district, "", LATER, &first));
    assert_fine(decide(district, first, true, AUDITOR));
    assert_code(propose(district, "", LATER, &second), "reason_needed");
    assert_fine(set_status(district, 1, "voided"));
    assert_fine(propose(district, "查实替考", LATER, &second));
    assert_fine(decide(district, second, true, AUDITOR));
    const char *shown = document(district, second, PUBLICATION_PUBLIC);
    assert_non_null(
        strstr(shown, arena_format(district->arena, "\"supersedes\":%d", (int)first)));
    assert_non_null(strstr(shown, "查实替考"));
    assert_non_null(strstr(shown, "\"compared\":\"《测验 &D 演练》第 1 版\""));
    /* She was first, the street too. */
    assert_non_null(strstr(shown, "\"previous_rank\":1"));
    assert_non_null(strstr(
        document(district, first, PUBLICATION_PUBLIC),
        arena_format(district->arena, "\"superseded_by\":%d", (int)second)));
    district_free(district);
}

static struct error *change_body(struct db *db, void *unused)
{
    (void)unused;
    return db_run(db, "UPDATE publication SET body = '{}', state = 'published'");
}

static struct error *change_title(struct db *db, void *unused)
{
    (void)unused;
    return db_run(db, "UPDATE publication SET title = 'x'");
}

static struct error *remove_name(struct db *db, void *unused)
{
    (void)unused;
    return db_run(db, "UPDATE publication_name SET name = '' WHERE person = 1");
}

static void a_publication_stays_as_it_is(void **state)
{
    struct district *district = small_district();
    int64_t id;
    const char *before;
    const char *after;
    const char *digest;

    (void)state;
    assert_fine(propose(district, "", LATER, &id));
    assert_non_null(store_write(district->store, district->arena, change_body, NULL));
    assert_fine(decide(district, id, true, AUDITOR));
    assert_non_null(store_write(district->store, district->arena, change_title, NULL));
    assert_fine(publication_read_body(district->reader, id, &before, &digest));
    /* A name can go, and nothing else changes. */
    check_write(district->store, district->arena, remove_name, NULL);
    assert_fine(publication_read_body(district->reader, id, &after, &digest));
    assert_string_equal(before, after);
    assert_null(strstr(document(district, id, PUBLICATION_PUBLIC), "专员1"));
    district_free(district);
}

static void the_same_again_is_no_correction(void **state)
{
    struct district *district = small_district();
    int64_t id;

    (void)state;
    assert_fine(propose(district, "", LATER, &id));
    assert_fine(decide(district, id, true, AUDITOR));
    assert_code(propose(district, "再发一次", LATER, &id), "publication_unchanged");
    district_free(district);
}

static void decisions_about_persons_count_and_can_be_taken_back(void **state)
{
    struct district *district = small_district();
    struct ranking ranking;

    (void)state;
    assert_code(set_status(district, 2, "normal"), "status_unchanged");
    assert_code(set_status(district, 2, "ill"), "status_invalid");
    assert_code(set_status(district, 77, "deferred"), "person_unknown");
    assert_fine(set_status(district, 2, "deferred"));
    assert_fine(ranking_load(district->reader, RANKING_QUIZ, 1, LATER, &ranking));
    assert_string_equal(ranking.branches[0].name, "甲街道");
    assert_int_equal(ranking.branches[0].deferred, 1);
    assert_int_equal(ranking.branches[0].absent, 0);
    assert_string_equal(ranking.branches[0].mean_expected, "90.00");
    assert_fine(set_status(district, 2, "normal"));
    assert_fine(set_status(district, 1, "deferred"));
    assert_fine(set_status(district, 3, "voided"));
    assert_fine(ranking_load(district->reader, RANKING_QUIZ, 1, LATER, &ranking));
    /* Who was deferred and has a result keeps it. */
    assert_int_equal(ranking.people[0].id, 1);
    assert_int_equal(ranking.people[0].status, RANKING_DONE);
    assert_string_equal(ranking.branches[0].mean_expected, "45.00");
    assert_int_equal(ranking.branches[1].voided, 1);
    assert_string_equal(ranking.branches[1].mean_expected, "0.00");
    district_free(district);
}

static struct error *move_people(struct db *db, void *unused)
{
    (void)unused;
    TRY(db_run(
        db, "INSERT INTO former_branch (person, until_at, branch) VALUES (1, $1, 2)",
        INT(LATER)));
    TRY(db_run(db, "UPDATE person SET joined_at = $1 WHERE id = 2", INT(LATER)));
    return db_run(
        db,
        "INSERT INTO branch (id, name, position, valid_from) "
        "VALUES (9, '新街道', 9, $1)",
        INT(LATER));
}

static void people_count_for_the_street_of_that_time(void **state)
{
    struct district *district = small_district();
    struct ranking ranking;

    (void)state;
    check_write(district->store, district->arena, move_people, NULL);
    assert_fine(ranking_load(district->reader, RANKING_QUIZ, 1, LATER, &ranking));
    /* Person 1 was of street 2 then, person 2 had not come yet, street 9 was not there.
     */
    assert_int_equal(ranking.person_count, 2);
    assert_int_equal(ranking.branch_count, 2);
    assert_string_equal(ranking.branches[0].name, "乙街道");
    assert_int_equal(ranking.branches[0].expected, 2);
    assert_string_equal(ranking.branches[0].mean_expected, "85.00");
    assert_int_equal(ranking.branches[1].expected, 0);
    district_free(district);
}

static struct error *
announce(struct district *district, enum ranking_kind kind, const char *formula)
{
    struct ranking_announcement announcement = {
        .kind = kind,
        .subject = 1,
        .formula = formula,
        .actor = ORGANISER,
        .role = "organiser",
        .at = 77,
    };

    return store_write(
        district->store, district->arena, ranking_formula_announce, &announcement);
}

static void an_announced_formula_is_used_and_told(void **state)
{
    static const char formula[] =
        "{\"best\":1,\"countback\":false,\"street\":\"best\",\"time\":true}";
    struct district *district = small_district();
    struct ranking ranking;

    (void)state;
    add(district, 4, 2, 9000);
    assert_code(announce(district, RANKING_CONTEST, formula), "formula_sealed");
    assert_code(announce(district, RANKING_YEAR, formula), "ranking_unknown");
    assert_fine(announce(district, RANKING_QUIZ, formula));
    assert_fine(ranking_load(district->reader, RANKING_QUIZ, 1, LATER, &ranking));
    assert_int_equal(ranking.announced_at, 77);
    /* Both need 60 whole seconds: the rank is shared. */
    assert_string_equal(ranking.people[1].rank, "1");
    assert_string_equal(ranking.branches[1].value, "90.00");
    assert_string_equal(ranking.branches[1].rank, "1");
    assert_non_null(strstr(ranking.formula_text, "前 1 名成绩之和"));
    assert_non_null(strstr(ranking.formula_text, "用时"));
    assert_int_equal(
        number(
            district, "SELECT count(*) FROM event WHERE kind = 'formula_announced' "
                      "AND instr(body, '\"begun\":true') > 0"),
        1);
    district_free(district);
}

static void refuse_formula(struct district *district, const char *text)
{
    struct ranking_formula formula;
    json_t *json;

    assert_fine(input_parse(district->arena, text, strlen(text), &json));
    struct error *error = ranking_formula_read(district->arena, json, &formula);
    if (!error)
        fail_msg("taken: %s", text);
    assert_true(error->kind == ERROR_INVALID || error->kind == ERROR_MALFORMED);
}

static void a_formula_that_means_nothing_is_refused(void **state)
{
    static const char *const texts[] = {
        "{\"time\":true,\"street\":\"sum\",\"countback\":true}",
        "{\"time\":true,\"street\":\"best\",\"countback\":true}",
        "{\"time\":true,\"street\":\"mean_expected\",\"best\":3,\"countback\":true}",
        "{\"time\":true,\"street\":\"composite\",\"mean\":50,\"attendance\":40,"
        "\"countback\":true}",
        "{\"time\":true,\"street\":\"composite\",\"mean\":50,\"attendance\":40,"
        "\"excellent\":10,\"countback\":true}",
        "{\"time\":true,\"street\":\"mean_expected\",\"mean\":100,\"countback\":true}",
        "{\"time\":true,\"street\":\"places\",\"countback\":true}",
        "{\"time\":true,\"street\":\"places\",\"places\":[1,2],\"countback\":true}",
        "{\"time\":true,\"street\":\"places\",\"places\":[1.5],\"countback\":true}",
        "{\"time\":true,\"street\":\"mean_expected\",\"countback\":true,\"compare\":"
        "{\"kind\":\"month\",\"subject\":1}}",
        "{\"time\":1,\"street\":\"mean_expected\",\"countback\":true}",
        "{\"street\":\"mean_expected\",\"countback\":true}",
        "{\"time\":true,\"street\":\"mean_expected\",\"countback\":true,\"x\":1}",
    };
    struct district *district = district_new(two_streets);

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        refuse_formula(district, texts[i]);
    district_free(district);
}

static struct error *second_quiz(struct db *db, void *unused)
{
    (void)unused;
    TRY(db_run(
        db,
        "INSERT INTO quiz (id, paper, mode, start_at, base_ms, window_open, "
        "window_close, review) SELECT 2, paper, mode, start_at, base_ms, window_open, "
        "window_close, review FROM quiz"));
    return db_run(
        db,
        "INSERT INTO attempt (quiz, person, state, started_at, factor_numerator, "
        "factor_denominator, planned_ms, deadline, deadline_rev, epoch, device, "
        "layout, submitted_at, grade, points) SELECT 2, person, state, started_at, 1, "
        "1, 0, deadline, 1, 1, 'd', '[]', submitted_at, 7000, points FROM attempt "
        "WHERE person = 1");
}

static struct error *
create_training(struct district *district, bool skips, int64_t other, int64_t *id)
{
    const struct training_part parts[] = {
        {RANKING_QUIZ, 1, 3}, {RANKING_QUIZ, other, 1}};
    struct training_creation creation = {
        .kind = RANKING_TRAINING,
        .title = "八月培训",
        .held_at = LATER - 1,
        .skips = skips,
        .parts = parts,
        .part_count = 2,
        .actor = ORGANISER,
        .role = "organiser",
        .at = LATER,
    };
    struct error *error =
        store_write(district->store, district->arena, training_create, &creation);

    *id = creation.id;
    return error;
}

static void a_training_is_a_weighted_mean(void **state)
{
    struct district *district = small_district();
    struct ranking ranking;
    int64_t id;

    (void)state;
    assert_code(create_training(district, false, 2, &id), "training_part_unknown");
    assert_code(create_training(district, false, 1, &id), "training_parts");
    check_write(district->store, district->arena, second_quiz, NULL);
    assert_fine(create_training(district, false, 2, &id));
    assert_fine(ranking_load(district->reader, RANKING_TRAINING, id, LATER, &ranking));
    assert_true(ranking.final);
    /* (3 * 90 + 70) / 4 = 85; (3 * 80 + 0) / 4 = 60. */
    assert_int_equal(ranking.people[0].id, 1);
    assert_int_equal(ranking.people[0].score, 8500);
    assert_int_equal(ranking.people[1].score, 6000);
    assert_int_equal(ranking.people[2].status, RANKING_ABSENT);
    assert_fine(create_training(district, true, 2, &id));
    assert_fine(ranking_load(district->reader, RANKING_TRAINING, id, LATER, &ranking));
    assert_int_equal(ranking.people[1].score, 8000);
    /* A training is not a year. */
    assert_code(
        ranking_load(district->reader, RANKING_YEAR, id, LATER, &ranking),
        "ranking_unknown");
    /* What was taken away counts 0 even where gaps are left out. */
    assert_fine(set_status(district, 1, "voided"));
    assert_fine(ranking_load(district->reader, RANKING_TRAINING, id, LATER, &ranking));
    assert_int_equal(ranking.people[1].id, 1);
    assert_int_equal(ranking.people[1].score, 1750);
    district_free(district);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_the_end_nothing_is_published),
        cmocka_unit_test(two_people_publish),
        cmocka_unit_test(the_body_names_nobody),
        cmocka_unit_test(what_changed_meanwhile_is_not_released),
        cmocka_unit_test(a_correction_is_a_new_version_that_names_the_old),
        cmocka_unit_test(a_publication_stays_as_it_is),
        cmocka_unit_test(the_same_again_is_no_correction),
        cmocka_unit_test(decisions_about_persons_count_and_can_be_taken_back),
        cmocka_unit_test(people_count_for_the_street_of_that_time),
        cmocka_unit_test(an_announced_formula_is_used_and_told),
        cmocka_unit_test(a_formula_that_means_nothing_is_refused),
        cmocka_unit_test(a_training_is_a_weighted_mean),
    };

    return cmocka_run_group_tests_name("publication", tests, NULL, NULL);
}
