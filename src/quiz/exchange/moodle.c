#include "quiz/exchange/moodle.h"

#include <string.h>

#include "format/slug.h"
#include "format/xml.h"
#include "quiz/exchange/moodle_answer.h"
#include "quiz/exchange/moodle_text.h"

enum { MOST_FACTS = 20, LONGEST_TAG = 200 /* bytes */ };

static const char *after(const char *text, const char *beginning)
{
    size_t size = strlen(beginning);

    return strncmp(text, beginning, size) == 0 ? text + size : NULL;
}

static bool
take_lesson(struct moodle_reading *reading, struct xml_node *tag, const char *value)
{
    if (reading->question->lesson)
        return false;
    reading->question->lesson = value;
    if (!slug_is_valid(value))
        moodle_refuse(
            reading, tag, "标签 lesson 应是课文文件名，例如 lesson:01-zao-faxian。");
    return true;
}

static bool
take_difficulty(struct moodle_reading *reading, struct xml_node *tag, const char *value)
{
    if (reading->question->difficulty)
        return false;
    if (value[0] >= '1' && value[0] <= '5' && value[1] == '\0')
        reading->question->difficulty = value[0] - '0';
    else
        moodle_refuse(reading, tag, "标签 difficulty 应为 1 到 5。");
    return true;
}

static bool take_point(struct paper_question *question, const char *value)
{
    if (question->point || *value == '\0')
        return false;
    question->point = value;
    return true;
}

static bool take_fact(struct paper_question *question, const char *value)
{
    if (question->fact_count == MOST_FACTS || *value == '\0')
        return false;
    question->facts[question->fact_count++] = value;
    return true;
}

/* False when the tag is not known, stands twice or says nothing. */
static bool
take_tag(struct moodle_reading *reading, struct xml_node *tag, const char *text)
{
    const char *value;

    if ((value = after(text, "lesson:")))
        return take_lesson(reading, tag, value);
    if ((value = after(text, "difficulty:")))
        return take_difficulty(reading, tag, value);
    if ((value = after(text, "point:")))
        return take_point(reading->question, value);
    if ((value = after(text, "fact:")))
        return take_fact(reading->question, value);
    return false;
}

static void read_tag(struct moodle_reading *reading, struct xml_node *tag)
{
    const char *text = xml_token(reading->arena, tag);

    if (strlen(text) > LONGEST_TAG || !take_tag(reading, tag, text))
        findings_add(
            reading->findings, reading->file, xml_line(tag),
            "题目 %s：标签“%.60s”不认识、重复、太长或太多。", reading->question->id,
            text);
}

static void read_tags(struct moodle_reading *reading)
{
    struct paper_question *question = reading->question;
    struct xml_node *tags = xml_child(reading->node, "tags");

    question->facts =
        arena_alloc(reading->arena, MOST_FACTS * sizeof question->facts[0]);
    for (struct xml_node *tag = xml_child(tags, "tag"); tag; tag = xml_next(tag, "tag"))
        read_tag(reading, tag);
    if (!question->lesson || !question->point || !question->difficulty)
        moodle_refuse(
            reading, tags, "标签要有 lesson:、difficulty: 和 point: 各一个。");
    /* Absent ones have been refused; nobody has to ask for NULL. */
    question->lesson = question->lesson ? question->lesson : "";
    question->point = question->point ? question->point : "";
}

static const char *
read_text(struct moodle_reading *reading, const char *name, const char *when_empty)
{
    struct xml_node *node = xml_child(reading->node, name);
    const char *html = moodle_text_block(reading->findings, reading->file, node);

    if (html && *html == '\0')
        moodle_refuse(reading, node, when_empty);
    return html ? html : "";
}

static bool read_question(
    struct findings *findings, const char *file, struct xml_node *node,
    struct paper_question *question)
{
    size_t findings_before = findings->count;
    struct moodle_reading reading = {
        .arena = findings->arena,
        .findings = findings,
        .file = file,
        .node = node,
        .question = question,
    };
    const char *type = xml_attribute(findings->arena, node, "type");

    question->id = xml_token(findings->arena, xml_child(node, "idnumber"));
    question->stem_html = read_text(&reading, "questiontext", "题干是空的。");
    question->explanation_html =
        read_text(&reading, "generalfeedback", "缺少解析（generalfeedback）。");
    read_tags(&reading);
    if (strcmp(type, "multichoice") == 0)
        moodle_answer_choice(&reading);
    else if (strcmp(type, "truefalse") == 0)
        moodle_answer_true_false(&reading);
    else
        moodle_answer_blank(&reading);
    return findings->count == findings_before;
}

static void refuse_repeated(
    struct findings *findings, const char *file, const struct moodle_bank *bank,
    const struct moodle_question *made)
{
    for (size_t i = 0; i < bank->count; i++) {
        const struct moodle_question *other = &bank->questions[i];
        if (strcmp(other->question.id, made->question.id) == 0)
            findings_add(
                findings, file, made->line, "题目编号 %s 重复，第 %d 行已有。",
                made->question.id, other->line);
        else if (strcmp(other->question.stem_html, made->question.stem_html) == 0)
            findings_add(
                findings, file, made->line, "题目 %s 的题干与 %s（第 %d 行）完全相同。",
                made->question.id, other->question.id, other->line);
    }
}

bool moodle_read(
    struct findings *findings, const struct source *source, const char *schema,
    struct moodle_bank *result)
{
    size_t findings_before = findings->count;
    struct xml_node *root = xml_read(findings, source, schema);
    size_t count = 0;

    *result = (struct moodle_bank){NULL, 0};
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
    for (struct xml_node *node = xml_child(root, NULL); node;
         node = xml_next(node, NULL)) {
        struct moodle_question made = {.line = xml_line(node)};
        /* Moodle's way to name folders of questions. */
        if (xml_child(node, "category"))
            continue;
        if (!read_question(findings, source->file, node, &made.question))
            continue;
        refuse_repeated(findings, source->file, result, &made);
        result->questions[result->count++] = made;
    }
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
