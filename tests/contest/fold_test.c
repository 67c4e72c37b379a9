#include "contest_fixture.h"

static const int64_t branches[] = {10, 20, 0};
static const int64_t judges[] = {10, 0, 0};
static const struct cast cast = {branches, 3, judges, 3};

#define PLACE(id) "{\"contestant\":" #id ",\"round\":\"judged\"}"
#define MARK(id, value)                                                                \
    "{\"contestant\":" #id                                                             \
    ",\"round\":\"judged\",\"criterion\":\"c1\",\"value\":\"" value "\"}"
#define SHEET(id, value, total)                                                        \
    "{\"contestant\":" #id ",\"round\":\"judged\",\"marks\":{\"c1\":\"" value          \
    "\"},\"total\":\"" total "\"}"

static struct contest_state *fresh(void)
{
    return begin(rules_of((struct rule_parts){0}), cast);
}

static void the_state_follows_the_events(void **unused)
{
    struct contest_state *state = fresh();

    (void)unused;
    assert_int_equal(state->contest, 1);
    assert_int_equal(state->phase, CONTEST_DRAWN);
    assert_int_equal(state->view, CONTEST_DRAW);
    assert_int_equal(
        state->contestants[0].position + state->contestants[1].position +
            state->contestants[2].position,
        6);
    about(state, "called", 2);
    assert_int_equal(state->phase, CONTEST_RUNNING);
    assert_int_equal(state->view, CONTEST_STAGE);
    assert_int_equal(state->on_stage.contestant, 1);
    int64_t called = state->number;
    event(state, JUDGE + 1, "mark", "%s", MARK(2, "80.5"));
    assert_int_equal(state->contestants[1].entries[1].sheets[0].marks[0], 80500);
    assert_false(state->contestants[1].entries[1].sheets[0].submitted);
    event(state, JUDGE + 1, "sheet", "%s", SHEET(2, "81", "81.00"));
    assert_true(state->contestants[1].entries[1].sheets[0].submitted);
    assert_int_equal(state->contestants[1].entries[1].sheets[0].total, 81000);
    assert_int_equal(contest_count_sheets(state, 1, 1), 1);
    assert_int_equal(state->moved_at, called);
    event(state, HOST, "shown", "{\"view\":\"black\"}");
    written(state, 1, "95.00");
    assert_int_equal(state->moved_at, called);
    assert_int_equal(state->view, CONTEST_BLACK);
    assert_int_equal(state->contestants[0].entries[0].grade, 95000);
    about(state, "closed", 2);
    assert_int_equal(state->moved_at, state->number);
    about(state, "released", 2);
    assert_int_equal(state->view, CONTEST_MARKS);
    assert_int_equal(state->released.contestant, 1);
    absence(state, "absent", 1);
    assert_true(state->contestants[0].absent);
    absence(state, "present", 1);
    assert_false(state->contestants[0].absent);
    event(state, HOST, "finished", "{}");
    event(state, HOST, "shown", "{\"view\":\"leaderboard\"}");
    assert_int_equal(state->phase, CONTEST_FINISHED);
    assert_int_equal(state->view, CONTEST_LEADERBOARD);
}

static void a_judge_of_the_same_branch_is_recused(void **unused)
{
    struct contest_state *state = fresh();

    (void)unused;
    assert_true(contest_is_recused(state, 0, 0));
    assert_false(contest_is_recused(state, 0, 1));
    assert_false(contest_is_recused(state, 1, 0));
    assert_false(contest_is_recused(state, 1, 2)); /* no branch is no common branch */
    assert_int_equal(contest_count_eligible(state, 0), 2);
    assert_int_equal(contest_count_eligible(state, 1), 3);
    about(state, "called", 1);
    assert_code(
        try_event(state, JUDGE + 1, "sheet", "%s", SHEET(1, "80", "80")),
        "event_impossible");
}

/* Each stands alone before a contest in which 2 is on stage, 3 is absent, and 1 is
 * closed. */
static void impossible_events_are_refused(void **unused)
{
    static const struct {
        int64_t actor;
        const char *kind;
        const char *body;
        const char *says;
    } cases[] = {
        {HOST, "applause", "{}", "没有这种记录"},
        {HOST, "sealed", "{}", "第一条且只有第一条应为封存"},
        {HOST, "draw_committed", "{\"commit\":\"" SEED "\"}", "现在不能公布抽签承诺"},
        {HOST, "drawn", "{\"seed\":\"" SEED "\",\"spoken\":\"8\",\"order\":[1,2,3]}",
         "还没有公布抽签承诺"},
        {HOST, "called", PLACE(2), "现在不能上台"},
        {HOST, "called", PLACE(3), "现在不能上台"},
        {HOST, "called", PLACE(4), "没有这位选手"},
        {HOST, "called", "{\"contestant\":1,\"round\":\"written\"}", "没有这一轮"},
        {HOST, "called", "{\"contestant\":1,\"round\":\"\"}", "没有这一轮"},
        {HOST, "called", "{\"contestant\":1}", "缺少字段“round”"},
        {HOST, "called", "{\"contestant\":\"1\",\"round\":\"judged\"}",
         "字段“contestant”应为整数"},
        {HOST, "called", "[]", "应为一个对象"},
        {HOST, "closed", PLACE(1), "没有开放"},
        {HOST, "closed", PLACE(3), "没有开放"},
        {HOST, "released", PLACE(2), "还没有结束"},
        {HOST, "released", PLACE(99), "没有这位选手"},
        {HOST, "absent", "{\"contestant\":3}", "已经弃权"},
        {HOST, "absent", "{\"contestant\":-3}", "超出允许范围"},
        {HOST, "present", "{\"contestant\":2}", "没有弃权"},
        {HOST, "aborted", "{\"contestant\":3,\"reason\":\"x\"}", "已经弃权"},
        {HOST, "aborted", "{\"contestant\":2}", "缺少字段“reason”"},
        {HOST, "aborted", "{\"contestant\":2,\"reason\":\"\"}", "“reason”"},
        {HOST, "continued", "{\"contestant\":2}", "没有中止"},
        {HOST, "disqualified", "{\"contestant\":9,\"reason\":\"x\"}", "没有这位选手"},
        {HOST, "reinstated", "{\"contestant\":2,\"reason\":\"x\"}", "没有取消资格"},
        {HOST, "deducted",
         "{\"contestant\":3,\"round\":\"judged\",\"points\":\"1\",\"reason\":\"x\"}",
         "不能扣分"},
        {HOST, "deducted",
         "{\"contestant\":2,\"round\":\"judged\",\"points\":\"-1\",\"reason\":\"x\"}",
         "不能扣分"},
        {HOST, "deducted",
         "{\"contestant\":2,\"round\":\"judged\",\"points\":\"100.1\",\"reason\":"
         "\"x\"}",
         "不能扣分"},
        {HOST, "deducted",
         "{\"contestant\":2,\"round\":\"judged\",\"points\":\"much\",\"reason\":"
         "\"x\"}",
         "“much”"},
        {HOST, "shown", "{\"view\":\"everything\"}", "没有这个画面"},
        {HOST, "mark", MARK(2, "80"), "不是这位选手的评委"},
        {JUDGE + 4, "mark", MARK(2, "80"), "不是这位选手的评委"},
        {JUDGE + 2, "mark", MARK(1, "80"), "没有开放"},
        {JUDGE + 2, "mark", MARK(3, "80"), "没有开放"},
        {JUDGE + 2, "mark", MARK(2, "80.05"), "不在评分档上"},
        {JUDGE + 2, "mark", MARK(2, "100.1"), "不在评分档上"},
        {JUDGE + 2, "mark", MARK(2, "-1"), "“-1”"},
        {JUDGE + 2, "mark", MARK(2, ""), "“”"},
        {JUDGE + 2, "mark",
         "{\"contestant\":2,\"round\":\"judged\",\"criterion\":\"c2\",\"value\":"
         "\"1\"}",
         "没有这个评分项"},
        {JUDGE + 2, "sheet", SHEET(2, "80", "81"), "合计与各项之和不符"},
        {JUDGE + 2, "sheet",
         "{\"contestant\":2,\"round\":\"judged\",\"marks\":{},\"total\":\"0\"}",
         "评分项不齐"},
        {JUDGE + 2, "sheet",
         "{\"contestant\":2,\"round\":\"judged\",\"marks\":{\"c1\":80},\"total\":"
         "\"80\"}",
         "评分项不齐"},
        {JUDGE + 2, "sheet",
         "{\"contestant\":2,\"round\":\"judged\",\"marks\":{\"c1\":\"80\",\"c9\":\"0\"}"
         ","
         "\"total\":\"80\"}",
         "评分项不齐"},
        {JUDGE + 1, "sheet", SHEET(2, "80", "80"), "已经提交"}, /* handed in already */
        {9, "written",
         "{\"contestant\":1,\"round\":\"judged\",\"grade\":\"9\",\"full\":\"100\"}",
         "没有这一轮"},
        {9, "written",
         "{\"contestant\":1,\"round\":\"written\",\"grade\":\"9\",\"full\":\"90\"}",
         "与满分不符"},
        {9, "written",
         "{\"contestant\":1,\"round\":\"written\",\"grade\":\"100.01\",\"full\":"
         "\"100\"}",
         "与满分不符"},
        {HOST, "finished", "{\"really\":true}", "内容应为空"},
    };

    (void)unused;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct contest_state *state = fresh();
        PERFORM(state, 1, NULL, "80", "80");
        about(state, "called", 2);
        sheet(state, 1, 2, "70");
        absence(state, "absent", 3);
        const struct error *error =
            try_event(state, cases[i].actor, cases[i].kind, "%s", cases[i].body);
        if (!error)
            fail_msg("%s %s was accepted", cases[i].kind, cases[i].body);
        assert_non_null(error);
        assert_string_equal(error->code, "event_impossible");
        if (!strstr(error->message, cases[i].says))
            fail_msg("\"%s\" does not say \"%s\"", error->message, cases[i].says);
    }
}

static void nothing_comes_before_the_seal_or_after_the_end(void **unused)
{
    struct contest_state *state = contest_new(arena, rules_of((struct rule_parts){0}));

    (void)unused;
    assert_code(
        try_event(state, HOST, "shown", "{\"view\":\"cover\"}"), "event_impossible");
    state = fresh();
    event(state, HOST, "finished", "{}");
    assert_code(try_event(state, HOST, "called", "%s", PLACE(1)), "event_impossible");
    assert_code(try_event(state, HOST, "finished", "{}"), "event_impossible");
}

static void a_seal_of_other_rules_is_refused(void **unused)
{
    struct contest_state *state = contest_new(arena, rules_of((struct rule_parts){0}));
    const struct rules *other = rules_of((struct rule_parts){.style = "1223"});

    (void)unused;
    assert_code(
        try_event(
            state, HOST, "sealed",
            "{\"rules\":\"%s\",\"contestants\":[{\"id\":1,\"branch\":null}],"
            "\"judges\":[{\"id\":2,\"number\":1,\"branch\":null}]}",
            other->hash),
        "event_impossible");
}

static void a_seal_with_somebody_twice_is_refused(void **unused)
{
    static const char *const lists[] = {
        "\"contestants\":[{\"id\":1,\"branch\":null},{\"id\":1,\"branch\":3}],"
        "\"judges\":[{\"id\":2,\"number\":1,\"branch\":null}]",
        "\"contestants\":[{\"id\":1,\"branch\":null}],\"judges\":[{\"id\":2,\"number\":"
        "1,\"branch\":null},{\"id\":2,\"number\":2,\"branch\":null}]",
        "\"contestants\":[{\"id\":1,\"branch\":null}],\"judges\":[{\"id\":2,\"number\":"
        "1,\"branch\":null},{\"id\":3,\"number\":1,\"branch\":null}]",
        "\"contestants\":[],\"judges\":[{\"id\":2,\"number\":1,\"branch\":null}]",
        "\"contestants\":[{\"id\":1,\"branch\":null}],\"judges\":[]",
    };
    const struct rules *rules = rules_of((struct rule_parts){0});

    (void)unused;
    for (size_t i = 0; i < COUNT_OF(lists); i++)
        assert_code(
            try_event(
                contest_new(arena, rules), HOST, "sealed", "{\"rules\":\"%s\",%s}",
                rules->hash, lists[i]),
            "event_impossible");
}

/* Whoever has the files can see a draw that was not drawn. */
static void a_draw_that_does_not_follow_from_its_seed_is_refused(void **unused)
{
    static const char other[] =
        "ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    const char *commit;

    (void)unused;
    token_start();
    assert_true(draw_commit(arena, SEED, &commit));
    int64_t ids[] = {1, 2, 3};
    assert_true(draw_order(arena, SEED, "8", ids, 3));
    const struct {
        const char *seed;
        const char *spoken;
        int64_t order[3];
        bool right;
    } cases[] = {
        {SEED, "8", {ids[0], ids[1], ids[2]}, true},
        {SEED, "8", {ids[1], ids[0], ids[2]}, false},
        {SEED, "8", {ids[0], ids[0], ids[2]}, false},
        {SEED, "8", {ids[0], ids[1], 99}, false},
        {other, "8", {ids[0], ids[1], ids[2]}, false},
        {SEED, "10", {ids[0], ids[1], ids[2]}, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct contest_state *state =
            contest_new(arena, rules_of((struct rule_parts){0}));
        seal(state, cast);
        event(state, HOST, "draw_committed", "{\"commit\":\"%s\"}", commit);
        const struct error *error = try_event(
            state, HOST, "drawn",
            "{\"seed\":\"%s\",\"spoken\":\"%s\",\"order\":[%" PRId64 ",%" PRId64
            ",%" PRId64 "]}",
            cases[i].seed, cases[i].spoken, cases[i].order[0], cases[i].order[1],
            cases[i].order[2]);
        assert_int_equal(!error, cases[i].right);
    }
}

static void events_must_follow_one_another(void **unused)
{
    struct contest_state *state = fresh();
    struct chain_event next = {
        .subject = "contest/1",
        .number = state->number + 1,
        .kind = "finished",
        .hash = SEED,
        .body = json_object(),
    };

    (void)unused;
    struct chain_event wrong = next;
    wrong.number++;
    assert_code(contest_apply(arena, state, &wrong), "event_impossible");
    wrong = next;
    wrong.subject = "contest/2";
    assert_code(contest_apply(arena, state, &wrong), "event_impossible");
    wrong.subject = "quiz/1";
    assert_code(contest_apply(arena, state, &wrong), "event_impossible");
    wrong.subject = "contest/x";
    assert_code(contest_apply(arena, state, &wrong), "event_impossible");
    wrong = next;
    wrong.hash = "ab";
    assert_code(contest_apply(arena, state, &wrong), "event_impossible");
    assert_fine(contest_apply(arena, state, &next));
    assert_string_equal(state->hash, SEED);
    json_decref(next.body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_state_follows_the_events),
        cmocka_unit_test(a_judge_of_the_same_branch_is_recused),
        cmocka_unit_test(impossible_events_are_refused),
        cmocka_unit_test(nothing_comes_before_the_seal_or_after_the_end),
        cmocka_unit_test(a_seal_of_other_rules_is_refused),
        cmocka_unit_test(a_seal_with_somebody_twice_is_refused),
        cmocka_unit_test(a_draw_that_does_not_follow_from_its_seed_is_refused),
        cmocka_unit_test(events_must_follow_one_another),
    };

    return RUN_GROUP("fold", tests);
}
