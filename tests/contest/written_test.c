#include "contest_store.h"

static const int64_t branches[] = {10, 20, 0, 0};
static const int64_t none[3] = {0};
static const struct cast cast = {branches, 4, none, 3};

/* One essay: it counts only for those who have answered it. */
static const char paper_body[] =
    "{\"course\":\"a\",\"instructions\":\"i\",\"minutes\":1,\"pass_percent\":60,"
    "\"points\":10000,\"policy\":\"cn_partial_prop\",\"policy_fixed\":0,"
    "\"shuffle_options\":true,\"shuffle_questions\":true,\"slug\":\"s\",\"title\":"
    "\"t\","
    "\"parts\":[{\"title\":\"p\",\"questions\":[{\"id\":\"e\",\"type\":\"essay\","
    "\"points\":10000,\"stem_html\":\"s\",\"fixed_order\":false,\"options\":[],"
    "\"right\":[],\"alternatives\":[],\"case_sensitive\":false,"
    "\"explanation_html\":\"e\",\"lesson\":\"x\",\"facts\":[],\"difficulty\":1,"
    "\"point\":\"k\",\"guide_html\":\"g\"}]}]}";

static struct error *add_quiz(struct db *db, void *context)
{
    (void)context;
    TRY(db_run(
        db,
        "INSERT INTO paper (revision, slug, title, body, published_at) "
        "VALUES ('r', 's', 't', $1, 0)",
        TEXT(paper_body)));
    return db_run(
        db,
        "INSERT INTO quiz (id, paper, mode, start_at, base_ms, window_open, review) "
        "VALUES (1, 'r', 'rolling', 0, 1, 0, 'submit')");
}

struct attempt {
    int64_t id;
    int64_t person;
    const char *state;
    int64_t grade; /* 1/100 point */
    int64_t points;
};

static struct error *add_attempt(struct db *db, void *context)
{
    const struct attempt *attempt = context;

    return db_run(
        db,
        "INSERT INTO attempt (id, quiz, person, state, started_at, factor_numerator, "
        "factor_denominator, planned_ms, deadline, deadline_rev, epoch, device, "
        "layout, "
        "submitted_at, receipt, grade, points) VALUES "
        "($1, 1, $2, $3, 0, 1, 1, 0, 1, 1, 1, 'd', '[]', 1, 'RECEIPT', $4, $5)",
        INT(attempt->id), INT(attempt->person), TEXT(attempt->state),
        INT(attempt->grade), INT(attempt->points));
}

static struct error *regrade(struct db *db, void *context)
{
    (void)context;
    return db_run(db, "UPDATE attempt SET grade = 9100 WHERE person = 1");
}

static struct error *answer_essay(struct db *db, void *context)
{
    return db_run(
        db,
        "INSERT INTO answer (attempt, item, epoch, seq, answer, received_at) "
        "VALUES (51, 'e', 1, 1, $1, 1)",
        TEXT(context));
}

static struct error *forget_essay(struct db *db, void *context)
{
    (void)context;
    return db_run(db, "DELETE FROM answer");
}

static struct error *change_points(struct db *db, void *context)
{
    (void)context;
    return db_run(db, "UPDATE attempt SET points = 12000 WHERE person = 1");
}

static void begin_with_attempts(void)
{
    struct attempt attempts[] = {
        {51, 1, "submitted", 9050, 10000},
        {52, 2, "auto_submitted", 0, 10000},
        {53, 3, "in_progress", 7000, 10000},
    };

    stand_begin((struct rule_parts){0}, cast);
    check_write(stand.store, arena, add_quiz, NULL);
    for (size_t i = 0; i < COUNT_OF(attempts); i++)
        check_write(stand.store, arena, add_attempt, &attempts[i]);
}

static struct written written_now(void)
{
    return (struct written){
        .journal = stand.feature->journal,
        .contest = stand.contest,
        .actor = 9,
        .at = 7000,
    };
}

static struct error *take_written(struct written *written)
{
    return store_write(stand.store, arena, written_take, written);
}

static const struct contest_entry *entry_of(size_t contestant)
{
    return &stand_state()->contestants[contestant].entries[0];
}

static void grades_are_taken_once_and_changes_again(void **unused)
{
    struct written written;

    (void)unused;
    begin_with_attempts();
    stand_drawn();
    written = written_now();
    assert_fine(take_written(&written));
    assert_int_equal(written.taken, 2);
    assert_int_equal(written.absent, 2);
    assert_int_equal(written.number, stand_state()->number);
    assert_int_equal(stand_state()->number, 7); /* three steps, four grades */
    assert_int_equal(entry_of(0)->grade, 90500);
    assert_int_equal(entry_of(0)->attempt, 51);
    assert_string_equal(entry_of(0)->receipt, "RECEIPT");
    assert_true(entry_of(1)->written_present);
    assert_int_equal(entry_of(1)->grade, 0);
    assert_false(entry_of(2)->written_present); /* still writing */
    assert_true(entry_of(2)->written_taken);
    assert_false(entry_of(3)->written_present);

    written = written_now();
    assert_fine(take_written(&written));
    assert_int_equal(written.taken, 2);
    assert_int_equal(written.number, 7);
    assert_int_equal(stand_state()->number, 7);
    check_write(stand.store, arena, regrade, NULL);
    written = written_now();
    assert_fine(take_written(&written));
    assert_int_equal(written.number, 8);
    assert_int_equal(stand_state()->number, 8);
    assert_int_equal(entry_of(0)->grade, 91000);
    stand_end();
}

static void only_between_seal_and_end(void **unused)
{
    struct written written;

    (void)unused;
    begin_with_attempts();
    written = written_now();
    assert_refused(take_written(&written), "step_not_allowed");
    stand_drawn();
    for (int64_t id = 1; id <= 4; id++)
        STEP("absent", id);
    STEP("finish", 0);
    written = written_now();
    assert_refused(take_written(&written), "step_not_allowed");
    stand_end();
}

static void a_paper_with_another_full_mark_is_refused_whole(void **unused)
{
    struct written written;

    (void)unused;
    begin_with_attempts();
    stand_drawn();
    check_write(stand.store, arena, change_points, NULL);
    written = written_now();
    assert_refused(take_written(&written), "written_full_differs");
    stand_end();
}

static void the_end_waits_for_the_grades(void **unused)
{
    struct written written;

    (void)unused;
    begin_with_attempts();
    stand_drawn();
    for (int64_t id = 2; id <= 4; id++)
        STEP("absent", id);
    STEP("call", 1);
    for (int64_t judge = 1; judge <= 3; judge++)
        hand_in(judge, 1, "80");
    STEP("close", 1);
    STEP("release", 1);
    assert_refused(try_step("finish", 0), "step_not_allowed");
    written = written_now();
    assert_fine(take_written(&written));
    STEP("finish", 0);
    struct standings standings = compute(stand_state(), STANDINGS_ALL);
    assert_string_equal(row_of(&standings, 1)->total, "83.15"); /* .3*90.5 + .7*80 */
    stand_end();
}

static void without_a_written_round_there_is_nothing_to_take(void **unused)
{
    struct written written;

    (void)unused;
    stand_begin(
        (struct rule_parts){
            .rounds = "{\"id\":\"judged\",\"kind\":\"judged\",\"title\":\"x\","
                      "\"weight\":\"1\"," ONE_CRITERION
                      ",\"panel\":" PANEL(0, 0, "mean", "wait", "total") "}",
            .ties = "{\"key\":\"total\",\"direction\":\"desc\"}"},
        cast);
    STEP("seal", 0);
    written = written_now();
    assert_refused(take_written(&written), "step_not_allowed");
    stand_end();
}

static void grades_that_wait_for_marking_are_not_taken(void **unused)
{
    static char cleared[] = "\"\"";
    static char answered[] = "\"先核实\"";
    struct written written;

    (void)unused;
    begin_with_attempts();
    stand_drawn();
    check_write(stand.store, arena, answer_essay, cleared);
    written = written_now();
    assert_fine(take_written(&written));
    check_write(stand.store, arena, forget_essay, NULL);
    check_write(stand.store, arena, answer_essay, answered);
    written = written_now();
    assert_refused(take_written(&written), "written_pending");
    stand_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grades_are_taken_once_and_changes_again),
        cmocka_unit_test(only_between_seal_and_end),
        cmocka_unit_test(a_paper_with_another_full_mark_is_refused_whole),
        cmocka_unit_test(grades_that_wait_for_marking_are_not_taken),
        cmocka_unit_test(the_end_waits_for_the_grades),
        cmocka_unit_test(without_a_written_round_there_is_nothing_to_take),
    };

    return RUN_STAND("written", tests);
}
