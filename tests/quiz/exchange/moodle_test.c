#include "quiz/exchange/moodle.h"

#include <stdlib.h>

#include "format/findings_fixture.h"

static const char schema[] = "quizzes/schema/questions.rng";
static struct moodle_bank bank;

static bool read_text(const char *questions)
{
    struct source source;
    const char *text = arena_format(
        arena, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n%s</quiz>\n",
        questions);

    findings_begin(NULL);
    assert_true(source_check(&findings, "questions.xml", text, strlen(text), &source));
    return moodle_read(&findings, &source, schema, &bank);
}

/* A question whose <question> is on line `1 + what stands before`, its parts on lines
 * of their own. */
static const char *
question(const char *type, const char *id, const char *stem, const char *answers)
{
    return arena_format(
        arena,
        "<question type=\"%s\">\n<name><text>n</text></name>\n"
        "<questiontext format=\"markdown\"><text>%s</text></questiontext>\n"
        "<generalfeedback format=\"markdown\"><text>因为</text></generalfeedback>\n"
        "<idnumber>%s</idnumber>\n"
        "<tags><tag><text>lesson:01-a</text></tag><tag><text>fact:F1-01</text></tag>"
        "<tag><text>fact:F1-02</text></tag><tag><text>difficulty:3</text></tag>"
        "<tag><text>point:要点</text></tag></tags>\n%s</question>\n",
        type, stem, id, answers);
}

static const char *answer(const char *fraction, const char *text)
{
    return arena_format(
        arena, "<answer fraction=\"%s\"><text>%s</text></answer>\n", fraction, text);
}

/* Three answers in one string; NULL for fewer. */
static const char *answers(const char *a, const char *b, const char *c)
{
    return arena_format(arena, "%s%s%s", a, b, c ? c : "");
}

static const char single[] = "<single>true</single>\n";
static const char multiple[] = "<single>false</single>\n";

static const char *choice(const char *kind, const char *options)
{
    return question(
        "multichoice", "q-1", "题干？", arena_format(arena, "%s%s", kind, options));
}

static const struct paper_question *only(void)
{
    assert_int_equal(bank.count, 1);
    return &bank.questions[0].question;
}

static void a_single_choice_is_read(void **state)
{
    (void)state;
    assert_true(read_text(choice(
        "<single>1</single><shuffleanswers>false</shuffleanswers>\n",
        answers(answer("0", "甲 &lt;b&gt;"), answer("100", " *乙* "), NULL))));
    const struct paper_question *read = only();
    assert_int_equal(bank.questions[0].line, 3);
    assert_string_equal(read->id, "q-1");
    assert_int_equal(read->type, PAPER_SINGLE);
    assert_string_equal(read->stem_html, "<p>题干？</p>\n");
    assert_string_equal(read->explanation_html, "<p>因为</p>\n");
    assert_true(read->fixed_order);
    assert_int_equal(read->points, 0);
    assert_int_equal(read->option_count, 2);
    assert_string_equal(read->options[0].id, "a");
    /* Without a format an answer is plain text. */
    assert_string_equal(read->options[0].html, "甲 &lt;b&gt;");
    assert_false(read->options[0].right);
    assert_string_equal(read->options[1].id, "b");
    assert_string_equal(read->options[1].html, "*乙*");
    assert_true(read->options[1].right);
    assert_string_equal(read->lesson, "01-a");
    assert_int_equal(read->fact_count, 2);
    assert_string_equal(read->facts[1], "F1-02");
    assert_int_equal(read->difficulty, 3);
    assert_string_equal(read->point, "要点");
    assert_ptr_equal(moodle_find(&bank, "q-1"), &bank.questions[0]);
    assert_null(moodle_find(&bank, "q-2"));
}

static void the_other_types_are_read(void **state)
{
    (void)state;
    assert_true(read_text(arena_format(
        arena, "%s%s%s%s",
        "<question type=\"category\"><category><text>x</text></category></question>\n",
        question(
            "multichoice", "q-1", "多？",
            arena_format(
                arena, "%s%s%s%s", multiple,
                answers(
                    answer("33.33333", "甲"), answer("33.33333", "乙"),
                    answer("33.33333", "丙")),
                answer("-50", "丁"),
                "<answer fraction=\"0\" format=\"markdown\"><text>*戊*"
                "</text></answer>")),
        question(
            "truefalse", "q-2", "判？",
            answers(answer("0", "true"), answer("100", "false"), NULL)),
        question(
            "shortanswer", "q-3", "过____。",
            arena_format(
                arena, "<usecase>1</usecase>%s",
                answers(answer("100", " 三分之二 "), answer("100", "2/3"), NULL))))));
    assert_int_equal(bank.count, 3);
    const struct paper_question *read = &bank.questions[0].question;
    assert_int_equal(read->type, PAPER_MULTIPLE);
    assert_false(read->fixed_order);
    assert_int_equal(read->option_count, 5);
    assert_true(read->options[2].right);
    assert_false(read->options[3].right);
    assert_string_equal(read->options[4].html, "<em>戊</em>");
    read = &bank.questions[1].question;
    assert_int_equal(read->type, PAPER_TRUE_FALSE);
    assert_true(read->fixed_order);
    assert_string_equal(read->options[0].id, "t");
    assert_string_equal(read->options[0].html, "对");
    assert_false(read->options[0].right);
    assert_string_equal(read->options[1].id, "f");
    assert_true(read->options[1].right);
    read = &bank.questions[2].question;
    assert_int_equal(read->type, PAPER_BLANK);
    assert_true(read->case_sensitive);
    assert_int_equal(read->option_count, 0);
    assert_int_equal(read->alternative_count, 2);
    assert_string_equal(read->alternatives[0], "三分之二");
}

static void refuse(const char *text, int line, const char *words)
{
    if (read_text(text))
        print_message("was let in: %s\n", text);
    assert_true(found(line, words));
}

static void a_key_that_makes_no_sense_is_refused(void **state)
{
    const char *right = answer("100", "甲");
    const char *wrong = answer("0", "乙");
    const char *half = answer("50", "丙");

    (void)state;
    refuse(choice(single, answers(wrong, answer("0", "丁"), NULL)), 3, "只有一个");
    refuse(choice(single, answers(right, answer("100", "丁"), wrong)), 3, "只有一个");
    refuse(choice(single, answers(right, half, wrong)), 11, "应为 100");
    refuse(choice(single, right), 3, "2 到 20 个");
    refuse(choice(multiple, answers(right, wrong, NULL)), 3, "两个正确");
    refuse(choice(multiple, answers(half, answer("50", "丁"), NULL)), 3, "所有选项");
    refuse(choice(multiple, answers(half, answer("30", "丁"), wrong)), 3, "合计");
    refuse(choice(multiple, answers(half, answer("50.02", "丁"), wrong)), 3, "合计");
    assert_true(
        read_text(choice(multiple, answers(half, answer("50.005", "丁"), wrong))));
    refuse(
        choice(single, answers(right, answer("0.12345678", "丁"), wrong)), 11,
        "七位小数");

    struct text many;
    text_init(&many, arena, 10000);
    for (int i = 0; i < 20; i++)
        text_add(&many, answer("0", arena_format(arena, "%d", i)));
    refuse(choice(single, answers(right, many.bytes, NULL)), 3, "2 到 20 个");
}

static void options_are_told_apart(void **state)
{
    (void)state;
    refuse(
        choice(single, answers(answer("100", "甲"), answer("0", " 甲 "), NULL)), 3,
        "内容相同");
    refuse(
        choice(single, answers(answer("100", "甲"), answer("0", " "), NULL)), 11,
        "选项是空的");
    refuse(
        choice(
            single, answers(
                        answer("100", "甲"),
                        "<answer fraction=\"0\"><text>乙</text><feedback>"
                        "<text>提示</text></feedback></answer>\n",
                        NULL)),
        11, "反馈");
    refuse(
        choice(
            single, answers(
                        answer("100", "甲"),
                        "<answer fraction=\"0\" format=\"html\"><text>&lt;b&gt;"
                        "</text></answer>\n",
                        NULL)),
        11, "不接受 HTML");
}

static void a_true_false_question_has_both(void **state)
{
    static const char *const pairs[][4] = {
        {"100", "true", "0", "true"},    {"100", "对", "0", "错"},
        {"100", "true", "100", "false"}, {"0", "true", "0", "false"},
        {"50", "true", "50", "false"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(pairs); i++)
        refuse(
            question(
                "truefalse", "q-1", "判？",
                answers(
                    answer(pairs[i][0], pairs[i][1]), answer(pairs[i][2], pairs[i][3]),
                    NULL)),
            3, "true 和 false");
}

static void a_fill_in_has_one_blank_and_real_answers(void **state)
{
    static const char *const stems[] = {
        "没有", "____和____", "三个___", "五个_____", "____、_____", "______",
    };
    static const char *const bad[][2] = {
        {"。", "空的"},
        {"《》", "空的"},
        {" ", "空的"},
        {"*", "通配符"},
        {"3*", "通配符"}};
    const char *good = answer("100", "三");

    (void)state;
    for (size_t i = 0; i < COUNT_OF(stems); i++)
        refuse(question("shortanswer", "q-1", stems[i], good), 3, "只有一处 ____");
    refuse(question("shortanswer", "q-1", "填：\n\n____\n", good), 3, "单独成行");
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        refuse(
            question(
                "shortanswer", "q-1", "____",
                answers(good, answer("100", bad[i][0]), NULL)),
            10, bad[i][1]);
    refuse(
        question(
            "shortanswer", "q-1", "是____", answers(good, answer("50", "四"), NULL)),
        10, "应为 100");
    refuse(
        question("shortanswer", "q-1", "是____", answers(good, good, NULL)), 10,
        "重复");
}

/* The question with one piece of its text exchanged. */
static const char *changed(const char *from, const char *to)
{
    const char *whole =
        choice(single, answers(answer("100", "甲"), answer("0", "乙"), NULL));
    const char *at = strstr(whole, from);

    assert_non_null(at);
    return arena_format(
        arena, "%.*s%s%s", (int)(at - whole), whole, to, at + strlen(from));
}

static void tags_and_texts_are_complete(void **state)
{
    static const char lesson[] = "<tag><text>lesson:01-a</text></tag>";
    static const char level[] = "difficulty:3";

    (void)state;
    refuse(changed(lesson, ""), 8, "lesson:、difficulty: 和 point:");
    refuse(changed(lesson, "<tag><text>lesson:A b</text></tag>"), 8, "课文文件名");
    refuse(changed("point:要点", "point:"), 8, "不认识");
    refuse(changed("fact:F1-01", "lesson:02-b"), 8, "重复");
    refuse(changed("fact:F1-01", "source:x"), 8, "不认识");
    refuse(changed(level, "difficulty:6"), 8, "1 到 5");
    refuse(changed(level, "difficulty:33"), 8, "1 到 5");
    refuse(changed("<text>因为</text>", "<text> </text>"), 6, "解析");
    refuse(changed("<text>题干？</text>", "<text></text>"), 5, "题干是空的");
    refuse(changed("<text>题干？</text>", "<text>一\n\n# 二</text>"), 7, "标题");
    refuse(changed("<text>题干？</text>", "<text>&lt;script&gt;</text>"), 5, "HTML");
}

static void names_are_used_once(void **state)
{
    const char *first =
        choice(single, answers(answer("100", "甲"), answer("0", "乙"), NULL));
    const char *other = changed("<idnumber>q-1", "<idnumber>q-2");

    (void)state;
    refuse(arena_format(arena, "%s%s", first, first), 13, "q-1 重复，第 3 行已有");
    refuse(
        arena_format(arena, "%s%s", first, other), 13, "题干与 q-1（第 3 行）完全相同");
}

static void what_the_schema_does_not_know_is_refused(void **state)
{
    (void)state;
    refuse(changed("type=\"multichoice\"", "type=\"essay\""), 3, "不符合格式定义");
    refuse(changed("<idnumber>q-1</idnumber>", ""), 3, "不符合格式定义");
    refuse(changed("fraction=\"100\"", "fraction=\"NaN\""), 10, "不符合格式定义");
    refuse(changed("fraction=\"100\"", "fraction=\"1e9\""), 10, "不符合格式定义");
    refuse(changed("fraction=\"100\"", "fraction=\"101\""), 10, "不符合格式定义");
    assert_int_equal(bank.count, 0);
}

static void good_questions_are_read_beside_a_bad_one(void **state)
{
    const char *bad =
        choice(single, answers(answer("0", "甲"), answer("0", "乙"), NULL));
    const char *good = question(
        "shortanswer", "q-2", "是____", answers(answer("100", "三"), "", NULL));

    (void)state;
    assert_false(read_text(arena_format(arena, "%s%s", bad, good)));
    assert_int_equal(findings.count, 1);
    assert_string_equal(only()->id, "q-2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FINDINGS(a_single_choice_is_read),
        WITH_FINDINGS(the_other_types_are_read),
        WITH_FINDINGS(a_key_that_makes_no_sense_is_refused),
        WITH_FINDINGS(options_are_told_apart),
        WITH_FINDINGS(a_true_false_question_has_both),
        WITH_FINDINGS(a_fill_in_has_one_blank_and_real_answers),
        WITH_FINDINGS(tags_and_texts_are_complete),
        WITH_FINDINGS(names_are_used_once),
        WITH_FINDINGS(what_the_schema_does_not_know_is_refused),
        WITH_FINDINGS(good_questions_are_read_beside_a_bad_one),
    };

    return RUN_GROUP("moodle", tests);
}
