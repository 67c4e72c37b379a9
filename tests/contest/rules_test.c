#include "contest_fixture.h"

#define PANEL_OK PANEL(1, 1, "mean", "wait", "total")
#define JUDGED(weight, body)                                                           \
    "{\"id\":\"judged\",\"kind\":\"judged\",\"title\":\"现场评审\",\"weight\":"    \
    "\"" weight "\"," body ",\"panel\":" PANEL_OK "}"

static struct error *read(const char *text)
{
    const struct rules *rules;

    return rules_read(arena, text, strlen(text), &rules);
}

static void a_rule_set_is_read(void **state)
{
    const struct rules *rules = rules_of((struct rule_parts){.judged = TWO_CRITERIA});

    (void)state;
    assert_string_equal(rules->title, "技能大赛");
    assert_int_equal(rules->round_count, 2);
    assert_int_equal(rules->rounds[0].kind, RULES_WRITTEN);
    assert_int_equal(rules->rounds[0].quiz, 1);
    const struct rules_round *judged = &rules->rounds[1];
    assert_int_equal(judged->full, 100000);
    assert_int_equal(judged->criterion_count, 2);
    assert_int_equal(judged->criteria[1].maximum, 40000);
    assert_int_equal(judged->criteria[1].step, 500);
    assert_string_equal(judged->criteria[0].hint, "");
    assert_string_equal(judged->criteria[1].hint, "清楚");
    assert_int_equal(judged->panel.drop_high, 1);
    assert_int_equal(judged->panel.rounding.dp, 2);
    assert_int_equal(rules->tie_count, 3);
    assert_int_equal(rules->ties[2].round, 0);
    assert_false(rules->ascending[1]);
    assert_int_equal(rules_find_round(rules, "judged"), 1);
    assert_int_equal(rules_find_round(rules, "x"), rules->round_count);
    assert_int_equal(rules_find_criterion(judged, "c2"), 1);
}

/* The hash is of the values: the order of keys and spaces say nothing. */
static void the_hash_is_of_the_canonical_bytes(void **state)
{
    const char *text = rules_text((struct rule_parts){0});
    const char *moved = arena_format(
        arena, "{ \"title\" : \"技能大赛\",%s",
        strchr(text + sizeof "{\"version\":1", '"') + sizeof "\"title\":\"技能大赛\"");
    const struct rules *one;
    const struct rules *other;

    (void)state;
    moved =
        arena_format(arena, "%.*s,\n \"version\": 1}", (int)(strlen(moved) - 1), moved);
    assert_fine(rules_read(arena, text, strlen(text), &one));
    assert_fine(rules_read(arena, moved, strlen(moved), &other));
    assert_string_not_equal(text, moved);
    assert_string_equal(one->canonical, other->canonical);
    assert_string_equal(one->hash, other->hash);
    const struct rules *changed = rules_of((struct rule_parts){.style = "1223"});
    assert_string_not_equal(one->hash, changed->hash);
}

#define TOTAL "{\"key\":\"total\",\"direction\":\"desc\"}"

static void what_does_not_fit_is_refused_with_its_place(void **state)
{
    const struct {
        struct rule_parts parts;
        const char *code;
        const char *says;
    } cases[] = {
        {{.judged = "\"full\":\"90\",\"criteria\":[{\"id\":\"c1\",\"title\":\"x\","
                    "\"maximum\":\"100\",\"step\":\"1\"}]"},
         "rules_invalid",
         "第 2 轮：各项满分之和 100 不等于本轮满分 90"},
        {{.judged = "\"full\":\"100\",\"criteria\":[{\"id\":\"c1\",\"title\":\"x\","
                    "\"maximum\":\"100\",\"step\":\"0.3\"}]"},
         "rules_invalid",
         "第 2 轮第 1 项：打分间隔 0.3 不能整除满分 100"},
        {{.judged = "\"full\":\"100\",\"criteria\":[{\"id\":\"c1\",\"title\":\"x\","
                    "\"maximum\":\"100\",\"step\":\"0\"}]"},
         "rules_invalid",
         "打分间隔应大于 0"},
        {{.judged = "\"full\":\"100\",\"criteria\":[{\"id\":\"C1\",\"title\":\"x\","
                    "\"maximum\":\"100\",\"step\":\"1\"}]"},
         "rules_invalid",
         "编号“C1”"},
        {{.judged = "\"full\":\"100\",\"criteria\":[{\"id\":\"c\",\"title\":\"x\","
                    "\"maximum\":\"50\",\"step\":\"1\"},{\"id\":\"c\",\"title\":\"y\","
                    "\"maximum\":\"50\",\"step\":\"1\"}]"},
         "rules_invalid",
         "编号“c”重复"},
        {{.judged = "\"full\":\"100\",\"criteria\":[]"}, "field_range", "criteria"},
        {{.judged = "\"full\":\"1e2\",\"criteria\":[]"}, "field_range", "criteria"},
        {{.judged = "\"full\":100,\"criteria\":[]"}, "field_type", "full"},
        {{.judged = ONE_CRITERION ",\"quiz\":1"}, "rules_invalid", "不得有试卷"},
        {{.panel = PANEL(1, 1, "median", "wait", "total")}, "rules_invalid", "median"},
        {{.panel = PANEL(1, 1, "mean", "forget", "total")}, "rules_invalid", "forget"},
        {{.panel = PANEL(1, 1, "mean", "wait", "middle")}, "rules_invalid", "middle"},
        {{.panel = PANEL(-1, 1, "mean", "wait", "total")}, "field_range", "drop_low"},
        {{.panel = "{}"}, "field_missing", "drop_low"},
        {{.panel = TABLE("sum", "{\"from\":3,\"drop_low\":1,\"drop_high\":1}")},
         "rules_invalid",
         "平均分"},
        {{.panel = TABLE("mean", "{\"from\":2,\"drop_low\":1,\"drop_high\":1}")},
         "rules_invalid",
         "第 2 轮评委规则人数表第 1 行：去掉的分数"},
        {{.panel = TABLE(
              "mean", "{\"from\":3,\"drop_low\":0,\"drop_high\":0},"
                      "{\"from\":3,\"drop_low\":1,\"drop_high\":1}")},
         "rules_invalid",
         "从多到少"},
        {{.panel = TABLE(
              "mean", "{\"from\":3,\"drop_low\":0,\"drop_high\":0,\"confirm\":"
                      "\"judge\"}")},
         "rules_invalid",
         "确认方式"},
        {{.panel = TABLE("mean", "")}, "field_range", "table"},
        {{.panel = SPREAD("{}")}, "rules_invalid", "maximum 或 median"},
        {{.panel = SPREAD("{\"maximum\":\"101%\"}")}, "rules_invalid", "100%"},
        {{.panel = SPREAD("{\"maximum\":\"%\"}")}, "decimal_malformed", "差距"},
        {{.panel = SPREAD("{\"median\":\"-1\"}")}, "decimal_range", "差距"},
        {{.panel = SPREAD("{\"maximum\":\"5\",\"by\":\"judge\"}")},
         "rules_invalid",
         "比较方式"},
        {{.judged = TIME("\"over\":[{\"from_s\":0,\"to_s\":10,\"points\":\"1\"}]")},
         "rules_invalid",
         "最后一行不应有终点"},
        {{.judged = TIME("\"over\":[{\"from_s\":0,\"to_s\":10,\"points\":\"1\"},"
                         "{\"from_s\":11,\"points\":\"2\"}]")},
         "rules_invalid",
         "第 2 轮计时第 2 行：起点"},
        {{.judged = TIME("\"over\":[{\"from_s\":9,\"to_s\":9,\"points\":\"1\"}]")},
         "rules_invalid",
         "终点应大于起点"},
        {{.judged = TIME("\"over\":[{\"from_s\":0,\"points\":\"0.125\"}]")},
         "decimal_places",
         "第 2 轮计时第 1 行"},
        {{.judged = TIME("\"minimum_s\":60")}, "rules_invalid", "minimum_s 和 under"},
        {{.judged = TIME("\"minimum_s\":481,\"under\":\"1\"")},
         "rules_invalid",
         "最短时间"},
        {{.judged = TIME("\"cap\":\"-1\"")}, "decimal_range", "计时"},
        {{.ties = TOTAL ",{\"key\":\"shared\",\"direction\":\"desc\"},"
                        "{\"key\":\"draw\",\"direction\":\"desc\"}"},
         "rules_invalid",
         "shared"},
        {{.ties = TOTAL ",{\"key\":\"countback:judged\",\"direction\":\"asc\"}"},
         "rules_invalid",
         "只能用 desc"},
        {{.ties = TOTAL ",{\"key\":\"time:written\",\"direction\":\"asc\"}"},
         "rules_invalid",
         "time:written"},
        {{.style = "1224\",\"award_ties\":\"widen"}, "rules_invalid", "应同时给出"},
        {{.style = "1224\",\"awards\":[{\"title\":\"a\",\"quota\":1,\"rank\":1}],"
                   "\"award_ties\":\"widen"},
         "rules_invalid",
         "第 1 个奖项"},
        {{.style = "1224\",\"awards\":[{\"title\":\"a\"}],\"award_ties\":\"widen"},
         "rules_invalid",
         "quota 或 rank"},
        {{.style = "1224\",\"awards\":[{\"title\":\"a\",\"rank\":1}],"
                   "\"award_ties\":\"draw"},
         "rules_invalid",
         "同分规则里应有“draw”"},
        {{.style = "1224\",\"awards\":[{\"title\":\"a\",\"rank\":1}],"
                   "\"award_ties\":\"duel"},
         "rules_invalid",
         "duel"},
        {{.missing = "carry_over"}, "rules_invalid", "carry_over"},
        {{.total = "{\"dp\":7,\"rounding\":\"half_up\"}"}, "field_range", "dp"},
        {{.total = "{\"dp\":2,\"rounding\":\"up\"}"}, "rules_invalid", "总分"},
        {{.ties = "{\"key\":\"round:judged\",\"direction\":\"desc\"}"},
         "rules_invalid",
         "第一条"},
        {{.ties = "{\"key\":\"total\",\"direction\":\"asc\"}"},
         "rules_invalid",
         "从高到低"},
        {{.ties = "{\"key\":\"total\",\"direction\":\"desc\"},"
                  "{\"key\":\"total\",\"direction\":\"desc\"}"},
         "rules_invalid",
         "重复"},
        {{.ties = "{\"key\":\"total\",\"direction\":\"desc\"},"
                  "{\"key\":\"round:other\",\"direction\":\"desc\"}"},
         "rules_invalid",
         "round:other"},
        {{.ties = "{\"key\":\"total\",\"direction\":\"desc\"},"
                  "{\"key\":\"highest:written\",\"direction\":\"desc\"}"},
         "rules_invalid",
         "highest:written"},
        {{.ties = "{\"key\":\"total\",\"direction\":\"down\"}"},
         "rules_invalid",
         "asc"},
        {{.style = "1233"}, "rules_invalid", "1233"},
        {{.branch = "{\"formula\":\"best\",\"dp\":2,\"rounding\":\"half_up\"}"},
         "rules_invalid",
         "best"},
        {{.rounds = WRITTEN}, "rules_invalid", "各轮权重之和为 0.3"},
        {{.rounds = WRITTEN "," JUDGED("0.7001", ONE_CRITERION)},
         "rules_invalid",
         "1.0001"},
        {{.rounds = WRITTEN "," JUDGED("0.70001", ONE_CRITERION)},
         "decimal_places",
         "第 2 轮"},
        {{.rounds = JUDGED("0", ONE_CRITERION)}, "rules_invalid", "权重应大于 0"},
        {{.rounds = JUDGED("0.5", ONE_CRITERION) "," JUDGED("0.5", ONE_CRITERION)},
         "rules_invalid",
         "编号“judged”重复"},
        {{.rounds = "{\"id\":\"w\",\"kind\":\"written\",\"title\":\"x\",\"weight\":"
                    "\"1\",\"full\":\"100\",\"quiz\":1}"},
         "rules_invalid",
         "至少要有一个评审轮"},
        {{.rounds = "{\"id\":\"w\",\"kind\":\"written\",\"title\":\"x\",\"weight\":"
                    "\"1\",\"full\":\"100\"}"},
         "rules_invalid",
         "须有试卷"},
        {{.rounds = "{\"id\":\"w\",\"kind\":\"vote\",\"title\":\"x\",\"weight\":"
                    "\"1\",\"full\":\"100\"}"},
         "rules_invalid",
         "vote"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct error *error = read(rules_text(cases[i].parts));
        assert_non_null(error);
        assert_string_equal(error->code, cases[i].code);
        if (!strstr(error->message, cases[i].says))
            fail_msg("\"%s\" does not say \"%s\"", error->message, cases[i].says);
    }
}

static void unknown_fields_and_other_versions_are_refused(void **state)
{
    const char *text = rules_text((struct rule_parts){0});

    (void)state;
    assert_code(
        read(arena_format(arena, "{\"comment\":1,%s", text + 1)), "field_unknown");
    assert_code(
        read(arena_format(
            arena, "{\"version\":2%s", text + sizeof "{\"version\":1" - 1)),
        "field_range");
    assert_code(read("[]"), "field_type");
    assert_code(read("{"), "json_malformed");
}

static void points_are_shown_with_two_places_or_three(void **state)
{
    (void)state;
    assert_string_equal(rules_points_text(arena, 92500), "92.50");
    assert_string_equal(rules_points_text(arena, 92125), "92.125");
    assert_string_equal(rules_points_text(arena, 92510), "92.51");
    assert_string_equal(rules_points_text(arena, 0), "0.00");
    assert_string_equal(rules_points_text(arena, -500), "-0.50");
}

static void an_excerpt_ends_with_a_whole_character(void **state)
{
    (void)state;
    assert_string_equal(rules_excerpt(arena, "短"), "短");
    assert_string_equal(
        rules_excerpt(arena, "一二三四五六七八九十一二三四五六七"),
        "一二三四五六七八九十一二三…");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_set_is_read),
        cmocka_unit_test(the_hash_is_of_the_canonical_bytes),
        cmocka_unit_test(what_does_not_fit_is_refused_with_its_place),
        cmocka_unit_test(unknown_fields_and_other_versions_are_refused),
        cmocka_unit_test(points_are_shown_with_two_places_or_three),
        cmocka_unit_test(an_excerpt_ends_with_a_whole_character),
    };

    return RUN_GROUP("rules", tests);
}
