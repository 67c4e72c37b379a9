/* The tables of a contest's export, checked against scores worked out by hand. */
#include "report/contest_view.h"

#include <string.h>

#include "report/contest_changes.h"
#include "report/contest_judges.h"
#include "report/contest_marks.h"
#include "report/contest_notes.h"
#include "report/contest_people.h"
#include "report/stage.h"

static struct contest_view load(struct district *district)
{
    struct contest_view view;

    assert_fine(contest_view_load(district->reader, 1, 5, &view));
    return view;
}

/* The cell of a row under the column with this title. */
static struct table_cell cell(const struct table *table, size_t row, const char *title)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].title, title) == 0)
            return table_cells(table, row, table->arena)[i];
    fail_msg("no column %s", title);
    return (struct table_cell){0};
}

static void assert_cell(
    const struct table *table, size_t row, const char *title, enum table_kind kind,
    const char *text)
{
    struct table_cell found = cell(table, row, title);

    assert_int_equal(found.kind, kind);
    if (text)
        assert_string_equal(found.text, text);
    else
        assert_null(found.text);
}

static const char *note(const struct table *table, const char *item)
{
    for (size_t i = 0; i < table->row_count; i++)
        if (strcmp(table_cells(table, i, table->arena)[0].text, item) == 0)
            return table_cells(table, i, table->arena)[1].text;
    fail_msg("no note %s", item);
    return NULL;
}

static void each_row_tells_how_its_total_came_about(void **state)
{
    struct district *district = stage_new();
    struct table table;

    (void)state;
    stage_play(district);
    struct contest_view view = load(district);
    assert_fine(contest_people_fill(&table, district->arena, &view));
    assert_int_equal(table.row_count, 3);
    /* 85.00 is left of 80, 90.5, 85; less 0.50; 0.3 * 95 + 0.7 * 84.5 = 87.65. */
    assert_cell(&table, 0, "名次（非最终）", TABLE_NUMBER, "1");
    assert_cell(&table, 0, "工号", TABLE_TEXT, "zy0101");
    assert_cell(&table, 0, "姓名", TABLE_TEXT, "=1+1");
    assert_cell(&table, 0, "街道", TABLE_TEXT, "米市巷街道");
    assert_cell(&table, 0, "状态", TABLE_TEXT, "已完成");
    assert_cell(&table, 0, "理论测验得分（占30%）", TABLE_NUMBER, "95.00");
    assert_cell(&table, 0, "现场评审 1号评委", TABLE_DROPPED, "80.00");
    assert_cell(&table, 0, "现场评审 2号评委", TABLE_DROPPED, "90.50");
    assert_cell(&table, 0, "现场评审 3号评委", TABLE_NUMBER, "85.00");
    assert_cell(&table, 0, "现场评审 4号评委", TABLE_TEXT, "回避");
    assert_cell(&table, 0, "现场评审 评委组得分", TABLE_NUMBER, "85.00");
    assert_cell(&table, 0, "现场评审 扣分", TABLE_NUMBER, "0.50");
    assert_cell(&table, 0, "现场评审 扣分事由", TABLE_TEXT, "超时 0.50");
    assert_cell(&table, 0, "现场评审得分（占70%）", TABLE_NUMBER, "84.50");
    assert_cell(&table, 0, "总分", TABLE_NUMBER, "87.65");
    assert_cell(&table, 0, "并列时依据", TABLE_EMPTY, NULL);
    /* Of two equal lowest, the highest judge number is dropped; 0.7 * 79 = 55.30. */
    assert_cell(&table, 1, "理论测验得分（占30%）", TABLE_EMPTY, NULL);
    assert_cell(&table, 1, "现场评审 1号评委", TABLE_NUMBER, "70.00");
    assert_cell(&table, 1, "现场评审 2号评委", TABLE_DROPPED, "70.00");
    assert_cell(&table, 1, "现场评审 4号评委", TABLE_DROPPED, "92.50");
    assert_cell(&table, 1, "现场评审 扣分", TABLE_EMPTY, NULL);
    assert_cell(&table, 1, "总分", TABLE_NUMBER, "55.30");
    assert_cell(&table, 2, "状态", TABLE_TEXT, "弃权");
    assert_cell(&table, 2, "名次（非最终）", TABLE_EMPTY, NULL);
    assert_cell(&table, 2, "总分", TABLE_EMPTY, NULL);
    district_free(district);
}

static void streets_show_expected_present_and_absent(void **state)
{
    struct district *district = stage_new();
    struct table table;

    (void)state;
    stage_play(district);
    struct contest_view view = load(district);
    contest_people_branches(&table, district->arena, &view);
    assert_int_equal(table.row_count, 2);
    assert_cell(&table, 0, "街道", TABLE_TEXT, "米市巷街道");
    assert_cell(&table, 0, "名次（非最终）", TABLE_NUMBER, "1");
    assert_cell(&table, 0, "应参平均分", TABLE_NUMBER, "87.65");
    assert_cell(&table, 1, "街道", TABLE_TEXT, "=湖墅街道");
    assert_cell(&table, 1, "应参", TABLE_NUMBER, "2");
    assert_cell(&table, 1, "实参", TABLE_NUMBER, "1");
    assert_cell(&table, 1, "缺考（弃权）", TABLE_NUMBER, "1");
    assert_cell(&table, 1, "应参平均分", TABLE_NUMBER, "27.65");
    assert_cell(&table, 1, "实参平均分", TABLE_NUMBER, "55.30");
    district_free(district);
}

static void every_mark_of_every_judge_is_there_with_its_receipt(void **state)
{
    struct district *district = stage_new();
    struct table table;

    (void)state;
    stage_play(district);
    struct contest_view view = load(district);
    contest_marks_fill(&table, district->arena, &view);
    assert_int_equal(table.row_count, 3 * 4 * 2);
    /* First contestant: second judge, second criterion. */
    assert_cell(&table, 3, "选手", TABLE_TEXT, "=1+1");
    assert_cell(&table, 3, "评委号", TABLE_NUMBER, "2");
    assert_cell(&table, 3, "评委", TABLE_TEXT, "王二");
    assert_cell(&table, 3, "评分项", TABLE_TEXT, "情景处置");
    assert_cell(&table, 3, "上限", TABLE_NUMBER, "60.00");
    assert_cell(&table, 3, "评分", TABLE_NUMBER, "55.00");
    assert_cell(&table, 3, "评分表合计", TABLE_DROPPED, "90.50");
    assert_cell(&table, 3, "提交时间（北京时间）", TABLE_TEXT, "2020-09-13 20:26:40");
    assert_int_equal(strlen(cell(&table, 3, "回执").text), CHAIN_RECEIPT);
    /* The judge of her own street, and a contestant who never came. */
    assert_cell(&table, 6, "评委", TABLE_TEXT, "王四");
    assert_cell(&table, 6, "评分表", TABLE_TEXT, "回避");
    assert_cell(&table, 6, "评分", TABLE_EMPTY, NULL);
    assert_cell(&table, 16, "评分表", TABLE_TEXT, "未提交");
    assert_cell(&table, 16, "回执", TABLE_EMPTY, NULL);
    district_free(district);
}

static void a_sheet_not_handed_in_shows_no_marks(void **state)
{
    struct district *district = stage_new();
    struct table table;

    (void)state;
    stage_seal(district);
    stage_draw(district);
    stage_step(district, "called", 1);
    stage_say(
        district, "mark", 21,
        json_pack(
            "{s:i, s:s, s:s, s:s}", "contestant", 1, "round", "judged", "criterion",
            "c1", "value", "30"));
    stage_sheet(district, 22, 1, "35.5", "55", "90.5");
    struct contest_view view = load(district);
    size_t row = 0;
    while (view.standings.rows[row].contestant->id != 1)
        row++;
    assert_fine(contest_people_fill(&table, district->arena, &view));
    assert_cell(&table, row, "现场评审 1号评委", TABLE_EMPTY, NULL);
    assert_cell(&table, row, "现场评审 2号评委", TABLE_NUMBER, "90.50");
    assert_cell(&table, row, "现场评审 评委组得分", TABLE_EMPTY, NULL);
    contest_marks_fill(&table, district->arena, &view);
    assert_cell(&table, 8 * row, "评分表", TABLE_TEXT, "未提交");
    assert_cell(&table, 8 * row, "评分", TABLE_EMPTY, NULL);
    assert_cell(&table, 8 * row + 2, "评分", TABLE_NUMBER, "35.50");
    district_free(district);
}

static void extremes_of_each_criterion_are_marked_there(void **state)
{
    struct table table;

    (void)state;
    stage_trim = "criterion";
    struct district *district = stage_new();
    stage_play(district);
    stage_trim = "total";
    struct contest_view view = load(district);
    /* 情景处置: 50, 55, 50: of the equal lowest the third judge's goes. */
    contest_marks_fill(&table, district->arena, &view);
    assert_cell(&table, 1, "评分", TABLE_NUMBER, "50.00");
    assert_cell(&table, 3, "评分", TABLE_DROPPED, "55.00");
    assert_cell(&table, 5, "评分", TABLE_DROPPED, "50.00");
    assert_cell(&table, 5, "评分表合计", TABLE_NUMBER, "85.00");
    assert_fine(contest_people_fill(&table, district->arena, &view));
    assert_cell(&table, 0, "现场评审 2号评委", TABLE_NUMBER, "90.50");
    assert_fine(contest_notes_fill(&table, district->arena, &view, ""));
    assert_non_null(strstr(note(&table, "现场评审"), "按每个评分项去"));
    district_free(district);
}

static void the_notes_give_the_rules_and_the_hashes(void **state)
{
    struct district *district = stage_new();
    struct table table;

    (void)state;
    stage_play(district);
    struct contest_view view = load(district);
    assert_fine(contest_notes_fill(&table, district->arena, &view, "非最终成绩"));
    assert_string_equal(note(&table, "规则哈希（SHA-256）"), view.rules->hash);
    assert_string_equal(note(&table, "记录链末条哈希"), view.state->hash);
    assert_string_equal(note(&table, "记录链"), "contest/1 第 20 条");
    assert_string_equal(note(&table, "抽签种子"), STAGE_SEED);
    assert_string_equal(note(&table, "数据性质"), "非最终成绩");
    assert_string_equal(
        note(&table, "现场评审 评分项"),
        "政策理解（0–40，每 0.5 分一档）；情景处置（0–60，每 0.5 分一档）");
    assert_non_null(strstr(note(&table, "现场评审"), "去 1 个最高分、1 个最低分"));
    assert_non_null(strstr(note(&table, "现场评审"), "占 70%"));
    assert_non_null(strstr(note(&table, "软件版本"), XUNSAI_VERSION));
    district_free(district);
}

static void a_contest_not_yet_sealed_has_people_and_no_scores(void **state)
{
    struct district *district = stage_new();
    struct table table;

    (void)state;
    struct contest_view view = load(district);
    assert_fine(contest_people_fill(&table, district->arena, &view));
    assert_int_equal(table.row_count, 3);
    assert_cell(&table, 0, "状态", TABLE_TEXT, "未完成");
    assert_cell(&table, 0, "出场序号", TABLE_EMPTY, NULL);
    assert_cell(&table, 0, "总分", TABLE_EMPTY, NULL);
    contest_people_branches(&table, district->arena, &view);
    assert_cell(&table, 0, "未完成", TABLE_NUMBER, "1");
    assert_cell(&table, 0, "应参平均分", TABLE_EMPTY, NULL);
    assert_fine(contest_notes_fill(&table, district->arena, &view, ""));
    district_free(district);
}

static void a_finished_contest_is_final(void **state)
{
    struct district *district = stage_new();
    struct table table;

    (void)state;
    stage_play(district);
    stage_say(district, "finished", 0, json_object());
    struct contest_view view = load(district);
    assert_true(view.standings.final);
    assert_string_equal(export_marks(district->arena, &view.about, true), "");
    assert_fine(contest_people_fill(&table, district->arena, &view));
    assert_cell(&table, 0, "名次", TABLE_NUMBER, "1");
    district_free(district);
}

static void an_unknown_contest_is_said_to_be_unknown(void **state)
{
    struct district *district = stage_new();
    struct contest_view view;

    (void)state;
    assert_code(contest_view_load(district->reader, 9, 5, &view), "contest_unknown");
    district_free(district);
}

static void what_was_decided_beside_the_marks_is_listed(void **state)
{
    struct district *district = stage_new();
    struct table table;

    (void)state;
    stage_play(district);
    struct contest_view view = load(district);
    contest_changes_fill(&table, district->arena, &view);
    assert_int_equal(table.row_count, 2);
    assert_cell(&table, 0, "事项", TABLE_TEXT, "扣分");
    assert_cell(&table, 0, "选手", TABLE_TEXT, "=1+1");
    assert_cell(&table, 0, "环节", TABLE_TEXT, "现场评审");
    assert_cell(&table, 0, "分值", TABLE_NUMBER, "0.50");
    assert_cell(&table, 0, "原因", TABLE_TEXT, "超时");
    assert_cell(&table, 1, "事项", TABLE_TEXT, "弃权");
    assert_cell(&table, 1, "分值", TABLE_EMPTY, NULL);
    district_free(district);
}

static void the_draw_can_be_checked_from_its_page(void **state)
{
    struct district *district = stage_new();
    struct table table;

    (void)state;
    struct contest_view view = load(district);
    contest_changes_draw(&table, district->arena, &view);
    assert_int_equal(table.row_count, 1);
    assert_cell(&table, 0, "出场序号", TABLE_TEXT, "尚未抽签");
    stage_play(district);
    view = load(district);
    contest_changes_draw(&table, district->arena, &view);
    assert_int_equal(table.row_count, 4 + 3);
    assert_cell(&table, 1, "抽签依据", TABLE_TEXT, STAGE_SEED);
    assert_cell(&table, 2, "抽签依据", TABLE_TEXT, "7");
    for (size_t i = 0; i < 3; i++)
        assert_cell(
            &table, 4 + i, "出场序号", TABLE_NUMBER,
            arena_format(district->arena, "%d", (int)i + 1));
    district_free(district);
}

static void each_judge_stands_beside_the_others(void **state)
{
    struct district *district = stage_new();
    struct table table;

    (void)state;
    stage_play(district);
    struct contest_view view = load(district);
    assert_fine(contest_judges_fill(&table, district->arena, &view));
    assert_int_equal(table.row_count, 4);
    /* 80 and 70. */
    assert_cell(&table, 0, "评分表", TABLE_NUMBER, "2");
    assert_cell(&table, 0, "平均给分", TABLE_NUMBER, "75.00");
    assert_cell(&table, 0, "作为最低分去掉", TABLE_NUMBER, "1");
    /* 90.5 and 70: once the highest, once the lowest. */
    assert_cell(&table, 1, "平均给分", TABLE_NUMBER, "80.25");
    assert_cell(&table, 1, "作为最高分去掉", TABLE_NUMBER, "1");
    assert_cell(&table, 1, "作为最低分去掉", TABLE_NUMBER, "1");
    /* Recused once. */
    assert_cell(&table, 3, "评分表", TABLE_NUMBER, "1");
    assert_cell(&table, 3, "比其他评委高（+）低（−）", TABLE_TEXT, "评分表太少");
    district_free(district);
}

/* Judge 1 gives 80 to five contestants, the others 82 and 84: she stands 3 below. */
static void a_difference_is_told_from_five_sheets_on(void **state)
{
    enum { JUDGES = 3, PEOPLE = 5 };
    struct arena *arena = arena_new();
    struct contest_judge judges[JUDGES] = {{31, 1, 0}, {32, 2, 0}, {33, 3, 0}};
    struct contest_state contest = {.judges = judges, .judge_count = JUDGES};
    struct rules_round rule = {.title = "评审", .kind = RULES_JUDGED};
    struct rules rules = {.rounds = &rule, .round_count = 1};
    struct contest_sheet sheets[JUDGES] = {
        {.submitted = true, .total = 80000},
        {.submitted = true, .total = 82000},
        {.submitted = true, .total = 84000},
    };
    struct standings_mark marks[JUDGES];
    struct standings_round rounds[PEOPLE];
    struct standings_row rows[PEOPLE];
    struct roster roster = {.title = ""};
    struct contest_view view = {.state = &contest, .rules = &rules, .roster = &roster};
    struct table table;

    (void)state;
    for (size_t j = 0; j < JUDGES; j++)
        marks[j] = (struct standings_mark){.judge = &judges[j], .sheet = &sheets[j]};
    for (size_t i = 0; i < PEOPLE; i++) {
        rounds[i] = (struct standings_round){
            .rule = &rule, .marks = marks, .mark_count = JUDGES};
        rows[i] = (struct standings_row){.rounds = &rounds[i]};
    }
    view.standings.rows = rows;
    view.standings.row_count = PEOPLE;
    assert_fine(contest_judges_fill(&table, arena, &view));
    assert_cell(&table, 0, "比其他评委高（+）低（−）", TABLE_NUMBER, "-3.0000");
    assert_cell(&table, 1, "比其他评委高（+）低（−）", TABLE_NUMBER, "0.0000");
    assert_cell(&table, 2, "比其他评委高（+）低（−）", TABLE_NUMBER, "3.0000");
    view.standings.row_count = PEOPLE - 1;
    assert_fine(contest_judges_fill(&table, arena, &view));
    assert_cell(&table, 0, "比其他评委高（+）低（−）", TABLE_TEXT, "评分表太少");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_tells_how_its_total_came_about),
        cmocka_unit_test(streets_show_expected_present_and_absent),
        cmocka_unit_test(every_mark_of_every_judge_is_there_with_its_receipt),
        cmocka_unit_test(a_sheet_not_handed_in_shows_no_marks),
        cmocka_unit_test(extremes_of_each_criterion_are_marked_there),
        cmocka_unit_test(the_notes_give_the_rules_and_the_hashes),
        cmocka_unit_test(a_contest_not_yet_sealed_has_people_and_no_scores),
        cmocka_unit_test(a_finished_contest_is_final),
        cmocka_unit_test(what_was_decided_beside_the_marks_is_listed),
        cmocka_unit_test(the_draw_can_be_checked_from_its_page),
        cmocka_unit_test(each_judge_stands_beside_the_others),
        cmocka_unit_test(a_difference_is_told_from_five_sheets_on),
        cmocka_unit_test(an_unknown_contest_is_said_to_be_unknown),
    };

    return cmocka_run_group_tests_name("contest_view", tests, NULL, NULL);
}
