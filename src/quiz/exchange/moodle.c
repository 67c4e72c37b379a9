#include "quiz/exchange/moodle.h"

#include <string.h>

#include "format/xml.h"
#include "quiz/exchange/moodle_answer.h"
#include "quiz/exchange/moodle_text.h"

static const char *
read_text(struct moodle_reading *reading, const char *name, const char *when_empty)
{
    struct xml_node *node = xml_child(reading->node, name);
    const char *html = moodle_text_block(reading->findings, reading->file, node);

    if (html && *html == '\0')
        moodle_refuse(reading, node, when_empty);
    return html ? html : "";
}

static void refuse_repeated(
    struct findings *findings, const char *file, const struct moodle_bank *bank,
    const struct moodle_question *made)
{
    for (size_t i = 0; i < bank->case_count; i++) {
        if (strcmp(bank->cases[i].body.id, made->question.id) == 0)
            findings_add(
                findings, file, made->line, "题目编号 %s 重复，第 %d 行已有。",
                made->question.id, bank->cases[i].line);
    }
    for (size_t i = 0; i < bank->count; i++) {
        const struct moodle_question *other = &bank->questions[i];
        if (strcmp(other->question.id, made->question.id) == 0)
            findings_add(
                findings, file, made->line, "题目编号 %s 重复，第 %d 行已有。",
                made->question.id, other->line);
        /* Below another case the same words ask something else. */
        else if (
            strcmp(other->question.stem_html, made->question.stem_html) == 0 &&
            strcmp(other->question.case_id, made->question.case_id) == 0)
            findings_add(
                findings, file, made->line, "题目 %s 的题干与 %s（第 %d 行）完全相同。",
                made->question.id, other->question.id, other->line);
    }
}

static const struct {
    const char *type; /* of Moodle */
    void (*read)(struct moodle_reading *reading);
} readers[] = {
    {"multichoice", moodle_answer_choice}, {"truefalse", moodle_answer_true_false},
    {"shortanswer", moodle_answer_blank},  {"numerical", moodle_answer_numeric},
    {"ordering", moodle_answer_ordering},  {"matching", moodle_answer_matching},
    {"essay", moodle_answer_essay},
};

static void read_answers(struct moodle_reading *reading, const char *type)
{
    struct paper_question *question = reading->question;

    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        if (strcmp(type, readers[i].type) == 0)
            readers[i].read(reading);
    }
    if (reading->is_case || reading->within_minutes || reading->call_count)
        moodle_refuse(
            reading, reading->node,
            "标签 kind:case、within: 和 call: 只用于 description。");
    if (*question->case_id && !paper_type_is_automatic(question->type))
        moodle_refuse(reading, reading->node, "案例的小题只能是自动判分的题型。");
}

static void check_description(struct moodle_reading *reading)
{
    if (!reading->is_case)
        moodle_refuse(reading, reading->node, "description 要有标签 kind:case。");
    if (*reading->question->case_id)
        moodle_refuse(reading, reading->node, "案例里不能再有案例。");
}

/* One <question> into the bank, unless there is something wrong with it. */
static void read_question(
    struct findings *findings, const char *file, struct xml_node *node,
    struct moodle_bank *bank)
{
    size_t findings_before = findings->count;
    struct moodle_question made = {
        .question = {.case_id = "", .course = "", .guide_html = ""},
        .line = xml_line(node),
    };
    struct paper_question *question = &made.question;
    struct moodle_reading reading = {
        .arena = findings->arena,
        .findings = findings,
        .file = file,
        .node = node,
        .question = question,
    };
    const char *type = xml_attribute(findings->arena, node, "type");
    bool is_description = strcmp(type, "description") == 0;

    question->id = xml_token(findings->arena, xml_child(node, "idnumber"));
    question->stem_html = read_text(&reading, "questiontext", "题干是空的。");
    question->explanation_html =
        read_text(&reading, "generalfeedback", "缺少解析（generalfeedback）。");
    moodle_tags(&reading);
    if (is_description)
        check_description(&reading);
    else
        read_answers(&reading, type);
    if (findings->count > findings_before)
        return;
    refuse_repeated(findings, file, bank, &made);
    if (is_description)
        bank->cases[bank->case_count++] = (struct moodle_case){
            {
                .id = question->id,
                .html = question->stem_html,
                .solution_html = question->explanation_html,
                .within_minutes = reading.within_minutes,
                .calls = reading.calls,
                .call_count = reading.call_count,
            },
            made.line};
    else
        bank->questions[bank->count++] = made;
}

/* Only in a file that is good otherwise: a question that is missing because of a
 * finding of its own must not cause others. */
static void
check_cases(struct findings *findings, const char *file, const struct moodle_bank *bank)
{
    for (size_t i = 0; i < bank->count; i++) {
        const struct moodle_question *one = &bank->questions[i];
        if (*one->question.case_id && !moodle_find_case(bank, one->question.case_id))
            findings_add(
                findings, file, one->line, "题目 %s：没有案例 %s。", one->question.id,
                one->question.case_id);
    }
    for (size_t c = 0; c < bank->case_count; c++) {
        const char *id = bank->cases[c].body.id;
        size_t count = 0;
        for (size_t i = 0; i < bank->count; i++)
            count += strcmp(bank->questions[i].question.case_id, id) == 0;
        if (count < 2)
            findings_add(
                findings, file, bank->cases[c].line,
                "案例 %s 至少要有两道小题（标签 case:%s）。", id, id);
    }
}

bool moodle_read(
    struct findings *findings, const struct source *source, const char *schema,
    struct moodle_bank *result)
{
    size_t findings_before = findings->count;
    struct xml_node *root = xml_read(findings, source, schema);
    size_t count = 0;

    *result = (struct moodle_bank){0};
    if (!root)
        return false;
    for (struct xml_node *node = xml_child(root, NULL); node;
         node = xml_next(node, NULL))
        count++;
    if (count > MOODLE_QUESTIONS) {
        findings_add(findings, source->file, 0, "题目太多：一个文件最多 10000 道。");
        return false;
    }
    result->questions =
        arena_alloc(findings->arena, count * sizeof result->questions[0]);
    result->cases = arena_alloc(findings->arena, count * sizeof result->cases[0]);
    for (struct xml_node *node = xml_child(root, NULL); node;
         node = xml_next(node, NULL)) {
        /* A category is Moodle's way to name folders of questions. */
        if (!xml_child(node, "category"))
            read_question(findings, source->file, node, result);
    }
    if (findings->count == findings_before)
        check_cases(findings, source->file, result);
    return findings->count == findings_before;
}

const struct moodle_question *
moodle_find(const struct moodle_bank *bank, const char *id)
{
    for (size_t i = 0; i < bank->count; i++) {
        if (strcmp(bank->questions[i].question.id, id) == 0)
            return &bank->questions[i];
    }
    return NULL;
}

const struct moodle_case *
moodle_find_case(const struct moodle_bank *bank, const char *id)
{
    for (size_t i = 0; i < bank->case_count; i++) {
        if (strcmp(bank->cases[i].body.id, id) == 0)
            return &bank->cases[i];
    }
    return NULL;
}
