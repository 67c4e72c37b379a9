#include "contest/views.h"

#include "contest_store.h"

static const int64_t branches[] = {10, 20, 10};
static const int64_t judges[] = {0, 20, 0, 0};
static const char *const views[] = {"cover",       "draw",     "stage", "marks",
                                    "leaderboard", "branches", "black"};

typedef struct error *
view(const struct viewing *viewing, struct writer *writer, int64_t *number);

static struct viewing viewing_by(int64_t person)
{
    return (struct viewing){
        .db = stand.reader,
        .journal = stand.feature->journal,
        .presence = stand.feature->presence,
        .contest = stand.contest,
        .person = person,
    };
}

/* The bytes; *json the same read back. */
static const char *see(view *write, int64_t person, json_t **json)
{
    struct viewing viewing = viewing_by(person);
    struct writer writer;
    int64_t number;

    writer_init(&writer, arena, 1024 * 1024);
    assert_fine(write(&viewing, &writer, &number));
    assert_int_equal(writer.depth, 0);
    assert_fine(input_parse(arena, writer.text.bytes, writer.text.size, json));
    assert_int_equal(json_integer_value(json_object_get(*json, "number")), number);
    assert_int_equal(number, stand_state()->number);
    return writer.text.bytes;
}

static const char *text_at(json_t *json, const char *key)
{
    const char *text = json_string_value(json_object_get(json, key));

    return text ? text : "(null)";
}

static void show(const char *name)
{
    struct step step = step_of("show");

    step.view = name;
    assert_fine(take(&step));
}

static void begin_drawn(void)
{
    stand_begin(
        (struct rule_parts){.panel = PANEL(1, 0, "mean", "wait", "total")},
        (struct cast){branches, 3, judges, 4});
    stand_drawn();
}

static const char *marks_of(int64_t judge)
{
    static const char *const marks[] = {"", "81.1", "82.2", "83.3", "84.4"};

    return marks[judge];
}

static void perform_for_real(int64_t contestant)
{
    STEP("call", contestant);
    for (int64_t judge = 1; judge <= 4; judge++)
        if (contestant != 2 || judge != 2) /* recused */
            hand_in(judge, contestant, marks_of(judge));
    STEP("close", contestant);
}

/* No view may tell a mark, a score or a judge's name before the release. */
static void the_screen_tells_nothing_too_early(void **unused)
{
    static const char *const secrets[] = {
        "81.1", "82.2", "83.3", "84.4", "83.30", "人101", "人102", "\"total\"", "超时"};
    json_t *json;

    (void)unused;
    begin_drawn();
    STEP("call", 1);
    STEP("deduct", 1);
    struct scoring draft = scoring_by(1, 1, "81.1");
    assert_fine(send_mark(&draft));
    for (int64_t judge = 1; judge <= 4; judge++)
        hand_in(judge, 1, marks_of(judge));
    for (int closed = 0; closed < 2; closed++) {
        if (closed)
            STEP("close", 1);
        for (size_t i = 0; i < COUNT_OF(views); i++) {
            show(views[i]);
            const char *bytes = see(view_screen, 0, &json);
            assert_string_equal(text_at(json, "view"), views[i]);
            for (size_t j = 0; j < COUNT_OF(secrets); j++)
                if (strstr(bytes, secrets[j]))
                    fail_msg("%s shows %s", views[i], secrets[j]);
        }
    }
    stand_end();
}

static void the_stage_shows_who_has_handed_in(void **unused)
{
    json_t *json;

    (void)unused;
    begin_drawn();
    STEP("call", 2);
    hand_in(3, 2, "83.3");
    (void)see(view_screen, 0, &json);
    assert_string_equal(text_at(json, "view"), "stage");
    assert_string_equal(text_at(json_object_get(json, "now"), "name"), "人2");
    assert_string_equal(text_at(json_object_get(json, "now"), "branch"), "第20街道");
    json_t *dots = json_object_get(json, "dots");
    char *written_dots = input_canonical(arena, dots); /* judge 2 is recused */
    assert_string_equal(
        written_dots, "[{\"judge\":1,\"submitted\":false},{\"judge\":3,\"submitted\":"
                      "true},{\"judge\":4,\"submitted\":false}]");
    STEP("absent", 2);
    (void)see(view_screen, 0, &json);
    assert_true(json_is_null(json_object_get(json, "now")));
    assert_int_equal(json_array_size(json_object_get(json, "dots")), 0);
    stand_end();
}

/* 81.1 is dropped; (82.2 + 83.3 + 84.4) / 3 = 83.30, minus 0.5. */
static void the_release_shows_marks_and_score(void **unused)
{
    json_t *json;

    (void)unused;
    begin_drawn();
    perform_for_real(1);
    STEP("deduct", 1);
    STEP("release", 1);
    (void)see(view_screen, 0, &json);
    assert_string_equal(text_at(json, "view"), "marks");
    assert_string_equal(text_at(json, "score"), "82.80");
    assert_string_equal(
        input_canonical(arena, json_object_get(json, "marks")),
        "[{\"dropped\":\"low\",\"judge\":1,\"total\":\"81.10\"},{\"dropped\":null,"
        "\"judge\":2,\"total\":\"82.20\"},{\"dropped\":null,\"judge\":3,\"total\":"
        "\"83.30\"},{\"dropped\":null,\"judge\":4,\"total\":\"84.40\"}]");
    assert_string_equal(
        input_canonical(arena, json_object_get(json, "deductions")),
        "[{\"points\":\"0.50\",\"reason\":\"超时\"}]");
    STEP("call", 2);
    show("marks"); /* still the one released last, not the one on stage */
    (void)see(view_screen, 0, &json);
    assert_string_equal(text_at(json_object_get(json, "now"), "name"), "人1");
    show("stage");
    (void)see(view_screen, 0, &json);
    assert_int_equal(json_array_size(json_object_get(json, "marks")), 0);
    assert_int_equal(json_array_size(json_object_get(json, "deductions")), 0);
    assert_true(json_is_null(json_object_get(json, "score")));
    stand_end();
}

static void draw_leaderboard_and_branches(void **unused)
{
    json_t *json;

    (void)unused;
    begin_drawn();
    (void)see(view_screen, 0, &json);
    json_t *drawn = json_object_get(json, "draw");
    assert_string_equal(text_at(drawn, "seed"), SEED);
    json_t *order = json_object_get(drawn, "order");
    assert_int_equal(json_array_size(order), 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(
            json_integer_value(json_object_get(json_array_get(order, i), "position")),
            i + 1);
    struct written grades = {
        .journal = stand.feature->journal, .contest = stand.contest, .actor = 9};
    check_write(stand.store, arena, written_take, &grades);
    perform_for_real(1);
    STEP("release", 1);
    perform_for_real(2);
    show("leaderboard");
    (void)see(view_screen, 0, &json);
    json_t *rows = json_object_get(json, "leaderboard");
    assert_int_equal(json_array_size(rows), 1);
    json_t *row = json_array_get(rows, 0);
    assert_string_equal(text_at(row, "name"), "人1");
    assert_string_equal(text_at(row, "judged"), "83.30");
    assert_string_equal(text_at(row, "total"), "58.31");
    assert_string_equal(text_at(row, "written"), "(null)");
    assert_string_equal(text_at(json, "leaderboard_by"), "all");
    show("branches");
    (void)see(view_screen, 0, &json);
    assert_int_equal(json_array_size(json_object_get(json, "branches")), 0);
    STEP("absent", 3);
    (void)see(view_screen, 0, &json);
    assert_string_equal(
        input_canonical(arena, json_object_get(json, "branches")),
        "[{\"absent\":1,\"attended\":1,\"branch\":\"第10街道\",\"expected\":2,"
        "\"mean_attended\":\"58.31\",\"mean_expected\":\"29.16\",\"rank\":1}]");
    assert_int_equal(strlen(text_at(json, "chain")), 8);
    stand_end();
}

/* As long as no written grade was taken, the board goes by the judged round. */
static void the_board_before_the_written_grades_goes_by_the_judged_round(void **unused)
{
    json_t *json;

    (void)unused;
    begin_drawn();
    for (int64_t contestant = 1; contestant <= 3; contestant++) {
        STEP("call", contestant);
        for (int64_t judge = 1; judge <= 4; judge++)
            if (contestant != 2 || judge != 2) /* recused */
                hand_in(judge, contestant, marks_of(contestant == 3 ? 4 : judge));
        STEP("close", contestant);
        if (contestant == 1)
            STEP("deduct", 1);
        STEP("release", contestant);
    }
    show("leaderboard");
    (void)see(view_screen, 0, &json);
    assert_string_equal(text_at(json, "leaderboard_by"), "judged");
    json_t *rows = json_object_get(json, "leaderboard");
    assert_int_equal(json_array_size(rows), 3);
    assert_string_equal(text_at(json_array_get(rows, 0), "name"), "人3");
    for (size_t i = 0; i < 3; i++) {
        json_t *row = json_array_get(rows, i);
        assert_int_equal(json_integer_value(json_object_get(row, "rank")), i + 1);
        assert_true(json_is_null(json_object_get(row, "total")));
    }
    assert_string_equal(text_at(json_array_get(rows, 2), "name"), "人1");
    stand_end();
}

/* ---- The host ---- */

static void assert_next(const char *action, const char *label)
{
    json_t *json;

    (void)see(view_host, 0, &json);
    json_t *next = json_object_get(json, "next");
    if (!action) {
        assert_true(json_is_null(next));
        return;
    }
    assert_string_equal(text_at(next, "action"), action);
    if (!strstr(text_at(next, "label"), label))
        fail_msg("\"%s\" does not say \"%s\"", text_at(next, "label"), label);
    json_t *actions = json_object_get(json, "actions");
    for (size_t i = 0; i < json_array_size(actions); i++)
        if (strcmp(json_string_value(json_array_get(actions, i)), action) == 0)
            return;
    fail_msg("%s is next, but not allowed", action);
}

static void the_host_is_led_through_the_contest(void **unused)
{
    (void)unused;
    stand_begin(
        (struct rule_parts){.panel = PANEL(1, 0, "mean", "wait", "total")},
        (struct cast){branches, 2, judges, 4});
    assert_next("seal", "封存");
    STEP("seal", 0);
    assert_next("draw_commit", "承诺");
    STEP("draw_commit", 0);
    assert_next("draw", "观众");
    STEP("draw", 0);
    const struct contest_state *state = stand_state();
    int64_t first = state->contestants[0].position == 1 ? 1 : 2;
    int64_t second = 3 - first;
    assert_next("call", arena_format(arena, "请 1 号 人%" PRId64 " 上台（理论", first));
    struct written grades = {
        .journal = stand.feature->journal, .contest = stand.contest, .actor = 9};
    check_write(stand.store, arena, written_take, &grades);
    STEP("call", 0);
    assert_next(NULL, NULL); /* sheets are waited for */
    for (int64_t judge = 1; judge <= 4; judge++)
        if (first != 2 || judge != 2)
            hand_in(judge, first, "80");
    assert_next("close", arena_format(arena, "结束 1 号 人%" PRId64, first));
    STEP("close", 0);
    assert_next("release", "公布 1 号");
    STEP("release", 0);
    assert_next("call", arena_format(arena, "请 2 号 人%" PRId64 " 上台", second));
    STEP("absent", second);
    assert_next("finish", "定稿");
    STEP("finish", 0);
    assert_next(NULL, NULL);
    stand_end();
}

static void the_host_sees_marks_presence_and_scores(void **unused)
{
    json_t *json;

    (void)unused;
    begin_drawn();
    struct written grades = {
        .journal = stand.feature->journal, .contest = stand.contest, .actor = 9};
    check_write(stand.store, arena, written_take, &grades);
    assert_int_equal(stand_state()->contestants[1].position, 3);
    STEP("call", 2); /* soon the only one with a rank, and still the last in the list */
    struct scoring draft = scoring_by(1, 2, "50");
    assert_fine(send_mark(&draft));
    hand_in(3, 2, "83.3");
    presence_note(stand.feature->presence, stand.contest, JUDGE + 1, 777, 4);
    (void)see(view_host, 0, &json);
    json_t *list = json_object_get(json, "judges");
    assert_string_equal(
        input_canonical(arena, json_array_get(list, 0)),
        "{\"branch\":\"\",\"id\":101,\"last_seen\":777,\"marks\":1,\"name\":\"人101\","
        "\"number\":1,\"recused\":false,\"submitted\":false,\"unsent\":4}");
    assert_string_equal(
        input_canonical(arena, json_array_get(list, 1)),
        "{\"branch\":\"第20街道\",\"id\":102,\"last_seen\":null,\"marks\":0,\"name\":"
        "\"人102\",\"number\":2,\"recused\":true,\"submitted\":false,\"unsent\":null}");
    assert_true(json_is_true(json_object_get(json_array_get(list, 2), "submitted")));
    hand_in(1, 2, "81.1");
    hand_in(4, 2, "84.4");
    STEP("close", 2);
    (void)see(view_host, 0, &json);
    json_t *rows = json_object_get(json, "contestants");
    assert_int_equal(json_array_size(rows), 3);
    for (size_t i = 0; i < 3; i++) {
        json_t *row = json_array_get(rows, i);
        bool scored = json_integer_value(json_object_get(row, "id")) == 2;
        assert_int_equal(json_integer_value(json_object_get(row, "position")), i + 1);
        assert_string_equal(text_at(row, "status"), scored ? "closed" : "waiting");
        assert_string_equal(text_at(row, "judged"), scored ? "83.85" : "(null)");
        assert_int_equal(
            json_integer_value(json_object_get(row, "sheets")), scored ? 3 : 0);
        assert_int_equal(
            json_integer_value(json_object_get(row, "expected_sheets")),
            scored ? 3 : 4);
    }
    stand_end();
}

/* ---- The judge ---- */

static void a_judge_sees_only_the_own_marks(void **unused)
{
    json_t *json;

    (void)unused;
    begin_drawn();
    STEP("call", 1);
    struct scoring draft = scoring_by(1, 1, "77.7");
    assert_fine(send_mark(&draft));
    hand_in(2, 1, "82.2");
    hand_in(3, 1, "83.3");
    const char *bytes = see(view_judge, JUDGE + 1, &json);
    assert_null(strstr(bytes, "82.2"));
    assert_null(strstr(bytes, "83.3"));
    assert_string_equal(
        input_canonical(arena, json_object_get(json, "marks")),
        "{\"1\":{\"c1\":\"77.7\"}}");
    assert_int_equal(json_array_size(json_object_get(json, "sheets")), 0);
    assert_true(json_is_true(json_object_get(json_object_get(json, "now"), "open")));
    (void)see(view_judge, JUDGE + 3, &json);
    json_t *own = json_array_get(json_object_get(json, "sheets"), 0);
    assert_string_equal(text_at(own, "total"), "83.30");
    assert_string_equal(
        text_at(own, "receipt"),
        chain_receipt(arena, stand_state()->contestants[0].entries[1].sheets[2].hash));
    STEP("call", 2);
    (void)see(view_judge, JUDGE + 2, &json);
    assert_true(json_is_true(json_object_get(json_object_get(json, "now"), "recused")));
    stand_end();
}

static void strangers_have_no_tablet(void **unused)
{
    struct viewing viewing;
    struct writer writer;
    int64_t number;

    (void)unused;
    begin_drawn();
    viewing = viewing_by(HOST);
    writer_init(&writer, arena, 1024);
    assert_code(view_judge(&viewing, &writer, &number), "not_on_panel");
    viewing.contest = 99;
    assert_code(view_judge(&viewing, &writer, &number), "contest_unknown");
    assert_code(view_screen(&viewing, &writer, &number), "contest_unknown");
    assert_code(view_host(&viewing, &writer, &number), "contest_unknown");
    stand_end();
}

static struct error *spoil_rules(struct db *db, void *context)
{
    (void)context;
    return db_run(db, "UPDATE contest SET rules = '{}' WHERE id = 2");
}

static void the_list_holds_what_can_be_read(void **unused)
{
    struct viewing viewing;
    struct writer writer;

    (void)unused;
    begin_drawn();
    struct cast cast = {branches, 3, judges, 4};
    (void)stand_contest((struct rule_parts){0}, cast);
    (void)stand_contest((struct rule_parts){0}, cast);
    check_write(stand.store, arena, spoil_rules, NULL);
    viewing = viewing_by(0);
    writer_init(&writer, arena, 4096);
    assert_fine(view_list(&viewing, &writer));
    assert_string_equal(
        writer.text.bytes,
        "{\"contests\":[{\"id\":3,\"title\":\"十一月大赛\",\"state\":\"prepared\"},"
        "{\"id\":1,\"title\":\"十一月大赛\",\"state\":\"drawn\"}]}");
    stand_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_screen_tells_nothing_too_early),
        cmocka_unit_test(the_stage_shows_who_has_handed_in),
        cmocka_unit_test(the_release_shows_marks_and_score),
        cmocka_unit_test(draw_leaderboard_and_branches),
        cmocka_unit_test(the_board_before_the_written_grades_goes_by_the_judged_round),
        cmocka_unit_test(the_host_is_led_through_the_contest),
        cmocka_unit_test(the_host_sees_marks_presence_and_scores),
        cmocka_unit_test(a_judge_sees_only_the_own_marks),
        cmocka_unit_test(strangers_have_no_tablet),
        cmocka_unit_test(the_list_holds_what_can_be_read),
    };

    return RUN_STAND("views", tests);
}
