/* Streets and people over the years: split, joined and renamed twice, moves in the
 * wrong order, people who were away. */
#include "history/reorganise.h"

#include <string.h>

#include "base/input.h"
#include "history/branch_record.h"
#include "history/erase.h"
#include "history/record.h"
#include "report/district.h"
#include "report/publication.h"
#include "report/ranking.h"

enum {
    ORGANISER = 901,
    AUDITOR = 902,
    FIRST_YEAR = DISTRICT_CLOSE + 1000,
    SECOND_YEAR = DISTRICT_CLOSE + 2000,
    THIRD_YEAR = DISTRICT_CLOSE + 3000,
    NOW = DISTRICT_CLOSE + 9000,
};

static const struct moves_actor actor = {ORGANISER, "organiser", NOW};

static struct district *two_streets(void)
{
    static const char *const streets[] = {"甲街道", "乙街道", NULL};
    struct district *district = district_new(streets);

    for (int64_t id = 1; id <= 4; id++)
        district_add(
            district,
            (struct district_person){
                .id = id,
                .staff_number = arena_format(district->arena, "zy%03d", (int)id),
                .name = arena_format(district->arena, "专员%d", (int)id),
                .branch = id <= 2 ? 1 : 2,
                .roles = DISTRICT_LEARNER,
                .state = "submitted",
                .grade = 9000 - id * 1000,
                .used_ms = 60000,
            });
    district_add(
        district,
        (struct district_person){ORGANISER, "zz01", "组织者", 0, 128, NULL, 0, 0});
    district_add(
        district, (struct district_person){AUDITOR, "jd01", "监督", 0, 32, NULL, 0, 0});
    return district;
}

/* The streets' names in the ranking of the quiz, and whose street is which. */
static const char *streets_of_the_quiz(struct district *district)
{
    struct ranking ranking;
    const char *names = "";

    db_use_arena(district->reader, district->arena);
    assert_fine(ranking_load(district->reader, RANKING_QUIZ, 1, NOW, &ranking));
    for (size_t i = 0; i < ranking.person_count; i++)
        names = arena_format(
            district->arena, "%s%s%s", names, i ? " " : "",
            ranking.branches[ranking.people[i].branch].name);
    return names;
}

static struct error *carry_out(struct district *district, struct reorganisation *plan)
{
    plan->actor = actor;
    return store_write(district->store, district->arena, reorganise, plan);
}

/* `from` becomes a new street with everybody in it. */
static struct error *
rename_street(struct district *district, int64_t from, const char *name, int64_t at)
{
    struct reorganise_begin begin = {name, 9, 0};
    const struct reorganise_successor successor = {from, {0, name}};
    const struct reorganise_move move = {REORGANISE_BRANCH, from, {0, name}};
    struct reorganisation plan = {
        .at = at,
        .ends = &from,
        .end_count = 1,
        .begins = &begin,
        .begin_count = 1,
        .successors = &successor,
        .successor_count = 1,
        .moves = &move,
        .move_count = 1,
    };

    return carry_out(district, &plan);
}

static int64_t number(struct district *district, const char *sql)
{
    return check_number(district->store, district->arena, sql);
}

static const char *record_of(struct district *district, int64_t branch)
{
    struct writer writer;

    db_use_arena(district->reader, district->arena);
    writer_init(&writer, district->arena, BRANCH_RECORD_LIMIT);
    writer_object(&writer, NULL);
    assert_fine(branch_record_write(district->reader, &writer, branch, NOW));
    writer_end(&writer);
    return writer.text.bytes;
}

static void renamed_twice_the_old_result_keeps_its_name(void **state)
{
    struct district *district = two_streets();
    const char *before = streets_of_the_quiz(district);

    (void)state;
    assert_string_equal(before, "甲街道 甲街道 乙街道 乙街道");
    assert_fine(rename_street(district, 1, "丙街道", FIRST_YEAR));
    assert_fine(rename_street(district, 3, "丁街道", SECOND_YEAR));
    assert_string_equal(streets_of_the_quiz(district), before);
    assert_code(rename_street(district, 4, "甲街道", THIRD_YEAR), "branch_name_taken");
    assert_code(rename_street(district, 1, "戊街道", THIRD_YEAR), "branch_unknown");
    /* The youngest follows both. */
    const char *record = record_of(district, 4);
    assert_non_null(strstr(record, "\"predecessors\":[{\"id\":1,"));
    assert_non_null(strstr(record, "{\"id\":3,"));
    assert_non_null(strstr(record, "\"predecessor\":true"));
    assert_non_null(strstr(record, "\"mean_expected\":\"75.00\""));
    district_free(district);
}

static void joined_streets_are_both_predecessors(void **state)
{
    static const int64_t ends[] = {1, 2};
    static const struct reorganise_successor successors[] = {
        {1, {0, "合街道"}}, {2, {0, "合街道"}}};
    static const struct reorganise_move moves[] = {
        {REORGANISE_BRANCH, 1, {0, "合街道"}}, {REORGANISE_BRANCH, 2, {0, "合街道"}}};
    struct reorganise_begin begin = {"合街道", 1, 0};
    struct reorganisation plan = {
        .at = FIRST_YEAR,
        .ends = ends,
        .end_count = 2,
        .begins = &begin,
        .begin_count = 1,
        .successors = successors,
        .successor_count = 2,
        .moves = moves,
        .move_count = 2,
    };
    struct district *district = two_streets();

    (void)state;
    assert_fine(carry_out(district, &plan));
    assert_int_equal(plan.moved, 4);
    assert_string_equal(streets_of_the_quiz(district), "甲街道 甲街道 乙街道 乙街道");
    const char *record = record_of(district, begin.id);
    assert_non_null(strstr(record, "\"mean_expected\":\"75.00\""));
    assert_non_null(strstr(record, "\"mean_expected\":\"55.00\""));
    district_free(district);
}

static void a_refused_plan_leaves_nothing(void **state)
{
    /* Of the two people of the street only one is given a place. */
    static const struct reorganise_move move = {REORGANISE_PERSON, 1, {0, "丙街道"}};
    static const struct reorganise_successor successor = {1, {0, "丙街道"}};
    struct reorganise_begin begin = {"丙街道", 1, 0};
    struct reorganisation plan = {
        .at = FIRST_YEAR,
        .ends = (const int64_t[]){1},
        .end_count = 1,
        .begins = &begin,
        .begin_count = 1,
        .successors = &successor,
        .successor_count = 1,
        .moves = &move,
        .move_count = 1,
    };
    struct district *district = two_streets();

    (void)state;
    assert_code(carry_out(district, &plan), "people_left_behind");
    assert_int_equal(number(district, "SELECT count(*) FROM branch"), 2);
    assert_int_equal(number(district, "SELECT count(*) FROM former_branch"), 0);
    assert_int_equal(number(district, "SELECT branch FROM person WHERE id = 1"), 1);
    assert_int_equal(number(district, "SELECT count(*) FROM event"), 0);
    district_free(district);
}

static struct error *
change(struct district *district, store_change *what, int64_t branch, int64_t at)
{
    struct moves_change one = {
        .person = 1, .branch = branch, .at = at, .reason = "调动", .actor = actor};

    return store_write(district->store, district->arena, what, &one);
}

/* Where person 1 stands in a training held then, "-" when she is not expected. */
static const char *street_at(struct district *district, int64_t at)
{
    struct ranking ranking = {.held_at = at};

    db_use_arena(district->reader, district->arena);
    assert_fine(ranking_load_people(district->reader, &ranking));
    for (size_t i = 0; i < ranking.person_count; i++)
        if (ranking.people[i].id == 1)
            return ranking.branches[ranking.people[i].branch].name;
    return "-";
}

static void a_person_is_where_she_was(void **state)
{
    struct district *district = two_streets();

    (void)state;
    assert_fine(change(district, moves_move, 2, FIRST_YEAR));
    assert_code(change(district, moves_move, 1, FIRST_YEAR), "moved_later");
    assert_fine(change(district, moves_leave, 0, SECOND_YEAR));
    assert_code(change(district, moves_move, 1, THIRD_YEAR), "person_left");
    assert_code(change(district, moves_rejoin, 1, SECOND_YEAR), "moved_later");
    assert_fine(change(district, moves_rejoin, 1, THIRD_YEAR));
    assert_string_equal(street_at(district, FIRST_YEAR - 1), "甲街道");
    assert_string_equal(street_at(district, FIRST_YEAR), "乙街道");
    assert_string_equal(street_at(district, SECOND_YEAR - 1), "乙街道");
    assert_string_equal(street_at(district, SECOND_YEAR), "-");
    assert_string_equal(street_at(district, THIRD_YEAR - 1), "-");
    assert_string_equal(street_at(district, THIRD_YEAR), "甲街道");
    assert_code(change(district, moves_move, 2, NOW + 1), "time_future");
    district_free(district);
}

static void who_is_forgotten_is_still_counted(void **state)
{
    struct district *district = two_streets();
    struct publication_proposal proposal = {RANKING_QUIZ, 1,   "", ORGANISER,
                                            "organiser",  NOW, 0};
    struct erasure erasure = {1, "本人要求", actor};
    struct record record;

    (void)state;
    check_write(district->store, district->arena, publication_propose, &proposal);
    struct publication_decision decision = {proposal.id, true, AUDITOR, "auditor", NOW};
    check_write(district->store, district->arena, publication_decide, &decision);
    check_write(district->store, district->arena, erase_person, &erasure);
    assert_string_equal(streets_of_the_quiz(district), "甲街道 甲街道 乙街道 乙街道");
    assert_int_equal(
        number(
            district, "SELECT count(*) FROM publication_name WHERE person = 1 "
                      "AND name = '" PUBLICATION_HIDDEN "'"),
        1);
    /* A correction afterwards does not bring her name back. */
    struct publication_proposal again = {RANKING_QUIZ, 1,   "更正", ORGANISER,
                                         "organiser",  NOW, 0};
    assert_code(
        store_write(district->store, district->arena, publication_propose, &again),
        "publication_unchanged");
    assert_fine(record_load(district->reader, 1, NOW, &record));
    assert_int_equal(record.count, 1);
    assert_string_equal(record.results[0].rank, "1");
    assert_string_equal(record.results[0].branch_name, "甲街道");
    district_free(district);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(renamed_twice_the_old_result_keeps_its_name),
        cmocka_unit_test(joined_streets_are_both_predecessors),
        cmocka_unit_test(a_refused_plan_leaves_nothing),
        cmocka_unit_test(a_person_is_where_she_was),
        cmocka_unit_test(who_is_forgotten_is_still_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
