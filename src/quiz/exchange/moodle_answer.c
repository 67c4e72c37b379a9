#include "quiz/exchange/moodle_answer.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "quiz/exchange/moodle_text.h"
#include "quiz/normalise.h"

/* Moodle writes shares of 100 with up to seven decimals: three right options have
 * 33.33333 each. Here they are integers, 1/10^7 percent. */
enum { FRACTION_PLACES = 7 };
static const int64_t whole = MOODLE_WHOLE;
static const int64_t rounding_slack = 100000; /* 0.01 percent */

void moodle_refuse(
    struct moodle_reading *reading, struct xml_node *node, const char *message)
{
    const char *id = reading->question->id ? reading->question->id : "?";

    findings_add(
        reading->findings, reading->file, xml_line(node), "题目 %s：%s", id, message);
}

int64_t moodle_fraction(struct moodle_reading *reading, struct xml_node *answer)
{
    const struct decimal_limits limits = {
        .whole = 3, .places = FRACTION_PLACES, .negative = true};
    const char *text = xml_attribute(reading->arena, answer, "fraction");
    int64_t fraction = 0;

    if (!text || decimal_parse(reading->arena, text, limits, &fraction) != NULL)
        moodle_refuse(reading, answer, "fraction 要写成 100、0 或最多七位小数的数。");
    return fraction;
}

void moodle_refuse_feedback(struct moodle_reading *reading, struct xml_node *answer)
{
    struct xml_node *feedback = xml_child(answer, "feedback");

    if (feedback && *xml_token(reading->arena, feedback))
        moodle_refuse(
            reading, feedback, "不支持单个选项的反馈，请写进 generalfeedback。");
}

size_t moodle_count(struct moodle_reading *reading, const char *name)
{
    size_t count = 0;

    for (struct xml_node *child = xml_child(reading->node, name); child;
         child = xml_next(child, name))
        count++;
    return count;
}

void moodle_refuse_repeated(struct moodle_reading *reading)
{
    const struct paper_question *question = reading->question;

    for (size_t i = 0; i < question->option_count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (strcmp(question->options[i].html, question->options[j].html) != 0)
                continue;
            moodle_refuse(reading, reading->node, "有两个选项内容相同。");
            return;
        }
    }
}

/* Fills in the options; `*sum`: the fractions of the right ones. */
static void read_options(struct moodle_reading *reading, int64_t *sum)
{
    struct paper_question *question = reading->question;
    size_t count = moodle_count(reading, "answer");

    *sum = 0;
    if (count < 2 || count > PAPER_OPTIONS) {
        moodle_refuse(reading, reading->node, "选项应有 2 到 20 个。");
        return;
    }
    question->options =
        arena_alloc(reading->arena, count * sizeof question->options[0]);
    for (struct xml_node *answer = xml_child(reading->node, "answer"); answer;
         answer = xml_next(answer, "answer")) {
        struct paper_option *option = &question->options[question->option_count];
        int64_t fraction = moodle_fraction(reading, answer);
        const char *html = moodle_text_line(reading->findings, reading->file, answer);
        moodle_refuse_feedback(reading, answer);
        if (html && *html == '\0')
            moodle_refuse(reading, answer, "有一个选项是空的。");
        *option = (struct paper_option){
            .id = arena_format(
                reading->arena, "%c", (char)('a' + question->option_count)),
            .html = html ? html : "",
            .right = fraction > 0,
        };
        question->option_count++;
        *sum += fraction > 0 ? fraction : 0;
        if (question->type == PAPER_SINGLE && fraction > 0 && fraction != whole)
            moodle_refuse(reading, answer, "单选题的正确选项 fraction 应为 100。");
    }
    moodle_refuse_repeated(reading);
}

static size_t count_right(const struct paper_question *question)
{
    size_t right = 0;

    for (size_t i = 0; i < question->option_count; i++)
        right += question->options[i].right;
    return right;
}

bool moodle_has_fixed_order(struct moodle_reading *reading)
{
    struct xml_node *shuffle = xml_child(reading->node, "shuffleanswers");
    const char *shuffled = shuffle ? xml_token(reading->arena, shuffle) : "true";

    return strcmp(shuffled, "false") == 0 || strcmp(shuffled, "0") == 0;
}

void moodle_answer_choice(struct moodle_reading *reading)
{
    struct paper_question *question = reading->question;
    const char *single = xml_token(reading->arena, xml_child(reading->node, "single"));
    int64_t sum;

    question->fixed_order = moodle_has_fixed_order(reading);
    question->type = strcmp(single, "true") == 0 || strcmp(single, "1") == 0
                         ? PAPER_SINGLE
                         : PAPER_MULTIPLE;
    read_options(reading, &sum);
    size_t right = count_right(question);
    if (question->option_count == 0)
        return;
    if (question->type == PAPER_SINGLE && right != 1)
        moodle_refuse(
            reading, reading->node, "单选题要有且只有一个 fraction=\"100\" 的选项。");
    if (question->type == PAPER_SINGLE)
        return;
    if (right < 2)
        moodle_refuse(reading, reading->node, "多选题至少要有两个正确选项。");
    if (right == question->option_count)
        moodle_refuse(reading, reading->node, "多选题不能所有选项都正确。");
    if (llabs(sum - whole) > rounding_slack)
        moodle_refuse(
            reading, reading->node, "多选题正确选项的 fraction 合计应为 100。");
}

void moodle_answer_true_false(struct moodle_reading *reading)
{
    static const char *const ids[] = {"t", "f"};
    static const char *const words[] = {"对", "错"};
    struct paper_question *question = reading->question;
    int seen[2] = {0, 0};
    int64_t fractions[2] = {0, 0};

    for (struct xml_node *answer = xml_child(reading->node, "answer"); answer;
         answer = xml_next(answer, "answer")) {
        const char *word = xml_token(reading->arena, xml_child(answer, "text"));
        bool is_false = strcmp(word, "false") == 0;
        moodle_refuse_feedback(reading, answer);
        if (!is_false && strcmp(word, "true") != 0)
            moodle_refuse(reading, answer, "判断题的选项只能是 true 和 false。");
        seen[is_false]++;
        fractions[is_false] = moodle_fraction(reading, answer);
    }
    bool is_true = fractions[0] == whole && fractions[1] == 0;
    if (seen[0] != 1 || seen[1] != 1 ||
        (!is_true && (fractions[0] != 0 || fractions[1] != whole)))
        moodle_refuse(
            reading, reading->node,
            "判断题要有 true 和 false 各一个，一个 fraction 为 100，另一个为 0。");
    question->type = PAPER_TRUE_FALSE;
    question->fixed_order = true;
    question->option_count = 2;
    question->options = arena_alloc(reading->arena, 2 * sizeof question->options[0]);
    for (size_t i = 0; i < 2; i++)
        question->options[i] =
            (struct paper_option){ids[i], words[i], is_true == (i == 0)};
}

/* Runs of underscores are blanks; one that is not four long is a slip. */
void moodle_check_blank(struct moodle_reading *reading)
{
    const char *html = reading->question->stem_html;
    const char *stem = xml_text(
        reading->arena, xml_child(xml_child(reading->node, "questiontext"), "text"));
    int blanks = 0;
    bool all_are_four = true;

    for (const char *c = stem; *c; c++) {
        size_t run = strspn(c, "_");
        if (run < 2)
            continue;
        blanks++;
        all_are_four &= run == 4;
        c += run - 1;
    }
    if (blanks != 1 || !all_are_four)
        moodle_refuse(
            reading, reading->node, "题干要有且只有一处 ____（四个下划线）。");
    else if (html && !strstr(html, "____"))
        moodle_refuse(reading, reading->node, "填空的 ____ 不能单独成行，也不能成对。");
}

static void check_alternative(
    struct moodle_reading *reading, struct xml_node *answer, const char *alternative)
{
    struct paper_question *question = reading->question;
    const struct normalise_options options = {
        .case_sensitive = question->case_sensitive};
    const char *normal = "";

    /* In Moodle a * stands for anything, and would accept every answer. */
    if (strchr(alternative, '*'))
        moodle_refuse(reading, answer, "不支持通配符 *。");
    if (normalise(reading->arena, alternative, options, &normal) != NULL ||
        *normal == '\0')
        moodle_refuse(reading, answer, "填空题有一个答案是空的（或者只有标点）。");
    for (size_t i = 0; i < question->alternative_count; i++) {
        if (strcmp(question->alternatives[i], alternative) == 0)
            moodle_refuse(reading, answer, "填空题的答案重复。");
    }
}

void moodle_answer_blank(struct moodle_reading *reading)
{
    struct paper_question *question = reading->question;
    struct xml_node *usecase = xml_child(reading->node, "usecase");
    size_t count = moodle_count(reading, "answer");

    question->type = PAPER_BLANK;
    question->case_sensitive =
        usecase && strcmp(xml_token(reading->arena, usecase), "1") == 0;
    moodle_check_blank(reading);
    if (count > PAPER_ALTERNATIVES) {
        moodle_refuse(reading, reading->node, "填空题的答案最多 50 个。");
        return;
    }
    question->alternatives =
        arena_alloc(reading->arena, count * sizeof question->alternatives[0]);
    for (struct xml_node *answer = xml_child(reading->node, "answer"); answer;
         answer = xml_next(answer, "answer")) {
        const char *alternative = xml_token(reading->arena, xml_child(answer, "text"));
        moodle_refuse_feedback(reading, answer);
        if (moodle_fraction(reading, answer) != whole)
            moodle_refuse(reading, answer, "填空题的每个答案 fraction 都应为 100。");
        check_alternative(reading, answer, alternative);
        question->alternatives[question->alternative_count++] = alternative;
    }
}
