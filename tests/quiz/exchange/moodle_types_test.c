/* Numbers, orderings, matchings, essays and cases as Moodle XML has them. */
#include <stdlib.h>

#include "format/findings_fixture.h"
#include "quiz/exchange/moodle.h"

static const char schema[] = "quizzes/schema/questions.rng";
static struct moodle_bank bank;

static bool read_text(const char *questions)
{
    struct source source;
    const char *text = arena_format(arena, "<quiz>\n%s</quiz>\n", questions);

    findings_begin(NULL);
    assert_true(source_check(&findings, "questions.xml", text, strlen(text), &source));
    return moodle_read(&findings, &source, schema, &bank);
}

/* <question> on line 2, its tags on line 7, its answers from line 8 on. */
static const char *tagged(
    const char *type, const char *id, const char *tags, const char *stem,
    const char *answers)
{
    return arena_format(
        arena,
        "<question type=\"%s\">\n<name><text>n</text></name>\n"
        "<questiontext format=\"markdown\"><text>%s</text></questiontext>\n"
        "<generalfeedback format=\"markdown\"><text>因为</text></generalfeedback>\n"
        "<idnumber>%s</idnumber>\n<tags><tag><text>lesson:01-a</text></tag>"
        "<tag><text>difficulty:3</text></tag><tag><text>point:要点</text></tag>%s"
        "</tags>\n%s</question>\n",
        type, stem, id, tags, answers);
}

static const char *question(const char *type, const char *stem, const char *answers)
{
    return tagged(type, "q-1", "", stem, answers);
}

static void refuse(const char *text, int line, const char *words)
{
    if (read_text(text))
        print_message("was let in: %s\n", text);
    assert_true(found(line, words));
}

static const struct paper_question *only(void)
{
    assert_int_equal(bank.count, 1);
    return &bank.questions[0].question;
}

/* ---- numbers ---- */

static const char *value(const char *text, const char *tolerance)
{
    return arena_format(
        arena,
        "<answer fraction=\"100\"><text>%s</text><tolerance>%s</tolerance></answer>\n",
        text, tolerance);
}

static const char *units(const char *multiplier, const char *name)
{
    return arena_format(
        arena,
        "<units><unit><multiplier>%s</multiplier><unit_name>%s</unit_name></unit>"
        "</units>\n",
        multiplier, name);
}

static const char *numeric(const char *answers, const char *more)
{
    return question(
        "numerical", "多少天？____", arena_format(arena, "%s%s", answers, more));
}

static void a_number_is_read(void **state)
{
    (void)state;
    assert_true(read_text(numeric(
        value(" 60 ", "0.5"),
        "<answer fraction=\"100\"><text>-1.25</text></answer>\n"
        "<units><unit><multiplier>1.0</multiplier><unit_name>天</unit_name></unit>"
        "<unit><multiplier>1</multiplier><unit_name>日</unit_name></unit></units>")));
    const struct paper_question *read = only();
    assert_int_equal(read->type, PAPER_NUMERIC);
    assert_int_equal(read->option_count, 0);
    assert_int_equal(read->alternative_count, 0);
    assert_int_equal(read->value_count, 2);
    assert_string_equal(read->values[0].value, "60");
    assert_string_equal(read->values[0].tolerance, "0.5");
    assert_string_equal(read->values[1].value, "-1.25");
    assert_string_equal(read->values[1].tolerance, "0");
    assert_int_equal(read->unit_count, 2);
    assert_string_equal(read->units[1], "日");
}

static void a_number_that_cannot_be_marked_is_refused(void **state)
{
    static const char *const no_numbers[] = {"六十", "60天", "1e3",
                                             "",     "*",    "1234567890"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(no_numbers); i++)
        refuse(numeric(value(no_numbers[i], "0"), ""), 8, "应是一个数");
    refuse(numeric(value("60", "-1"), ""), 8, "不能是负数");
    refuse(
        numeric("<answer fraction=\"50\"><text>60</text></answer>\n", ""), 8,
        "应为 100");
    refuse(numeric(value("60", "0"), value("60", "1")), 9, "重复");
    refuse(numeric(value("60", "0"), units("24", "小时")), 9, "只能是 1");
    refuse(numeric(value("60", "0"), units("1.000000001", "天")), 9, "只能是 1");
    refuse(numeric(value("60", "0"), units("1", "。")), 9, "单位不能");
    refuse(numeric(value("60", "0"), units("1", "0天")), 9, "单位不能");
    refuse(question("numerical", "多少天？", value("60", "0")), 2, "只有一处 ____");
}

/* ---- orderings ---- */

static const char *steps(const char *grading, int count)
{
    struct text text;

    text_init(&text, arena, 10000);
    text_add(
        &text, "<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype>"
               "<selectcount>0</selectcount>");
    if (grading)
        text_add_format(&text, "<gradingtype>%s</gradingtype>", grading);
    text_add(
        &text, "<showgrading>SHOW</showgrading>"
               "<numberingstyle>none</numberingstyle>\n");
    for (int i = 0; i < count; i++)
        text_add_format(
            &text, "<answer fraction=\"1.0000000\"><text>第%d步</text></answer>\n", i);
    return text.bytes;
}

static void an_ordering_is_read_and_its_ids_say_nothing(void **state)
{
    (void)state;
    assert_true(read_text(question("ordering", "排序", steps("ABSOLUTE_POSITION", 6))));
    const struct paper_question *read = only();
    bool in_file_order = true;

    assert_int_equal(read->type, PAPER_ORDERING);
    assert_int_equal(read->grading, PAPER_ABSOLUTE_POSITION);
    assert_int_equal(read->option_count, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(read->order[i]->html, arena_format(arena, "第%zu步", i));
        assert_string_equal(
            read->options[i].id, arena_format(arena, "%c", (int)('a' + i)));
        in_file_order &= read->order[i] == &read->options[i];
    }
    assert_false(in_file_order);
    assert_true(read_text(question("ordering", "排序", steps("ALL_OR_NOTHING", 3))));
    assert_int_equal(only()->grading, PAPER_ALL_OR_NOTHING);
    assert_true(read_text(question("ordering", "排序", steps(NULL, 10))));
    assert_int_equal(only()->grading, PAPER_ABSOLUTE_POSITION);
}

static void an_ordering_that_makes_no_sense_is_refused(void **state)
{
    (void)state;
    refuse(question("ordering", "排序", steps(NULL, 2)), 2, "3 到 10 项");
    refuse(question("ordering", "排序", steps(NULL, 11)), 2, "3 到 10 项");
    refuse(
        question("ordering", "排序", steps("RELATIVE_NEXT_EXCLUDE_LAST", 4)), 8,
        "gradingtype");
    refuse(
        question(
            "ordering", "排序",
            arena_format(
                arena, "%s<answer fraction=\"1\"><text>第1步</text></answer>",
                steps(NULL, 3))),
        2, "内容相同");
    refuse(
        question(
            "ordering", "排序",
            arena_format(
                arena, "%s<answer fraction=\"1\"><text> </text></answer>",
                steps(NULL, 3))),
        12, "空的");
}

/* ---- matchings ---- */

static const char *pair(const char *left, const char *right)
{
    return arena_format(
        arena,
        "<subquestion "
        "format=\"markdown\"><text>%s</text><answer><text>%s</text></answer>"
        "</subquestion>\n",
        left, right);
}

static const char *matching(const char *a, const char *b, const char *c)
{
    return question(
        "matching", "匹配",
        arena_format(arena, "<shuffleanswers>true</shuffleanswers>\n%s%s%s", a, b, c));
}

static void a_matching_is_read_with_its_distractors(void **state)
{
    (void)state;
    assert_true(
        read_text(matching(pair("**甲**", "子"), pair("", "多余"), pair("乙", "丑"))));
    const struct paper_question *read = only();
    assert_int_equal(read->type, PAPER_MATCHING);
    assert_false(read->fixed_order);
    assert_int_equal(read->option_count, 3);
    assert_int_equal(read->prompt_count, 2);
    assert_string_equal(read->prompts[0].id, "1");
    assert_string_equal(read->prompts[0].html, "<strong>甲</strong>");
    assert_string_equal(read->prompts[0].option->html, "子");
    assert_string_equal(read->prompts[1].id, "2");
    assert_string_equal(read->prompts[1].option->html, "丑");
    assert_true(read_text(question(
        "matching", "匹配",
        arena_format(
            arena, "<shuffleanswers>0</shuffleanswers>%s%s", pair("甲", "子"),
            pair("乙", "丑")))));
    assert_true(only()->fixed_order);
}

static void a_matching_that_makes_no_sense_is_refused(void **state)
{
    struct text many;

    (void)state;
    refuse(matching(pair("甲", "子"), pair("", "多余"), ""), 2, "2 到 10 个左项");
    refuse(matching(pair("甲", "子"), pair("乙", "子"), ""), 2, "内容相同");
    refuse(matching(pair("甲", "子"), pair("乙", "丑"), pair("", "丑")), 2, "内容相同");
    refuse(matching(pair("甲", "子"), pair("甲", "丑"), ""), 10, "左项相同");
    refuse(matching(pair("甲", "子"), pair("乙", " "), ""), 10, "右项是空的");
    text_init(&many, arena, 10000);
    for (int i = 0; i < 11; i++)
        text_add(
            &many,
            pair(arena_format(arena, "左%d", i), arena_format(arena, "右%d", i)));
    refuse(matching(many.bytes, "", ""), 2, "2 到 10 个左项");
    for (int i = 0; i < 10; i++)
        text_add(&many, pair("", arena_format(arena, "多%d", i)));
    refuse(matching(many.bytes, "", ""), 2, "最多 20 个");
}

/* ---- essays and cases ---- */

static const char *essay(const char *tags, const char *guide)
{
    return tagged(
        "essay", "q-1", tags, "怎么办？",
        arena_format(
            arena,
            "<responseformat>plain</responseformat><responserequired>1"
            "</responserequired><responsefieldlines>8</responsefieldlines>"
            "<attachments>0</attachments><attachmentsrequired>0</attachmentsrequired>\n"
            "<graderinfo format=\"markdown\"><text>%s</text></graderinfo>\n",
            guide));
}

static void an_essay_has_a_guide(void **state)
{
    (void)state;
    assert_true(read_text(essay("", "1. 先核实（2分）")));
    assert_int_equal(only()->type, PAPER_ESSAY);
    assert_non_null(strstr(only()->guide_html, "先核实（2分）"));
    refuse(essay("", " "), 9, "缺少评分要点");
    /* The schema passes over white space in an attribute. */
    assert_true(read_text(question(
        " essay\n", "怎么办？", "<graderinfo><text>先核实</text></graderinfo>")));
    assert_int_equal(only()->type, PAPER_ESSAY);
}

static const char *case_text(const char *tags)
{
    return tagged("description", "k1-c01", tags, "小区里发生了一件事。", "");
}

static const char *sub(const char *id, const char *of)
{
    return tagged(
        "truefalse", id, arena_format(arena, "<tag><text>case:%s</text></tag>", of),
        arena_format(arena, "对吗 %s？", id),
        "<answer fraction=\"100\"><text>true</text></answer>"
        "<answer fraction=\"0\"><text>false</text></answer>\n");
}

static const char *join(const char *a, const char *b, const char *c)
{
    return arena_format(arena, "%s%s%s", a, b, c);
}

static const char is_case[] = "<tag><text>kind:case</text></tag>";

static void a_case_has_its_questions(void **state)
{
    (void)state;
    assert_true(read_text(
        join(case_text(is_case), sub("k1-1", "k1-c01"), sub("k1-2", "k1-c01"))));
    assert_int_equal(bank.count, 2);
    assert_string_equal(bank.questions[0].question.case_id, "k1-c01");
    assert_string_equal(bank.questions[0].question.course, "");
    const struct moodle_case *read = moodle_find_case(&bank, "k1-c01");
    assert_int_equal(read->line, 2);
    assert_string_equal(read->body.html, "<p>小区里发生了一件事。</p>\n");
    assert_string_equal(read->body.solution_html, "<p>因为</p>\n");
    assert_null(moodle_find_case(&bank, "k1-1"));
    assert_null(moodle_find(&bank, "k1-c01"));
}

static void a_case_that_does_not_hold_together_is_refused(void **state)
{
    const char *one = sub("k1-1", "k1-c01");
    const char *two = sub("k1-2", "k1-c01");

    (void)state;
    refuse(join(case_text(is_case), one, ""), 2, "至少要有两道小题");
    refuse(join(case_text(is_case), one, sub("k1-2", "k1-c02")), 17, "没有案例 k1-c02");
    refuse(join(case_text(""), one, two), 2, "kind:case");
    refuse(
        join(case_text("<tag><text>kind:story</text></tag>"), one, two), 7, "不认识");
    refuse(essay("<tag><text>case:k1-c01</text></tag>", "1. 先"), 2, "自动判分");
    refuse(
        tagged("essay", "q-1", is_case, "x", "<graderinfo><text>g</text></graderinfo>"),
        2, "只用于 description");
    refuse(join(case_text(is_case), sub("k1-c01", "k1-c01"), two), 9, "重复");
}

static void a_course_is_named_by_a_tag(void **state)
{
    static const char course[] = "<tag><text>course:02-b</text></tag>";

    (void)state;
    assert_true(read_text(essay(course, "1. 先")));
    assert_string_equal(only()->course, "02-b");
    refuse(essay("<tag><text>course:B b</text></tag>", "g"), 7, "course");
    refuse(essay(arena_format(arena, "%s%s", course, course), "g"), 7, "重复");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FINDINGS(a_number_is_read),
        WITH_FINDINGS(a_number_that_cannot_be_marked_is_refused),
        WITH_FINDINGS(an_ordering_is_read_and_its_ids_say_nothing),
        WITH_FINDINGS(an_ordering_that_makes_no_sense_is_refused),
        WITH_FINDINGS(a_matching_is_read_with_its_distractors),
        WITH_FINDINGS(a_matching_that_makes_no_sense_is_refused),
        WITH_FINDINGS(an_essay_has_a_guide),
        WITH_FINDINGS(a_case_has_its_questions),
        WITH_FINDINGS(a_case_that_does_not_hold_together_is_refused),
        WITH_FINDINGS(a_course_is_named_by_a_tag),
    };

    return RUN_GROUP("moodle_types", tests);
}
