/* moodle_tags.c - what the tags of a question say about it. */
#include <string.h>

#include "base/decimal.h"
#include "format/slug.h"
#include "quiz/exchange/moodle_answer.h"

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

static bool
take_case(struct moodle_reading *reading, struct xml_node *tag, const char *value)
{
    if (*reading->question->case_id)
        return false;
    reading->question->case_id = value;
    if (!slug_is_valid(value))
        moodle_refuse(reading, tag, "标签 case 应是案例的编号，例如 case:k1-c01。");
    return true;
}

static bool
take_course(struct moodle_reading *reading, struct xml_node *tag, const char *value)
{
    if (*reading->question->course)
        return false;
    reading->question->course = value;
    if (!slug_is_valid(value))
        moodle_refuse(
            reading, tag,
            "标签 course 应是课程文件夹名，例如 course:01-yijian-jiedu。");
    return true;
}

static bool take_kind(struct moodle_reading *reading, const char *value)
{
    if (reading->is_case || strcmp(value, "case") != 0)
        return false;
    reading->is_case = true;
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

/* Minutes to the first answer that a report from a resident asks for. */
static bool
take_within(struct moodle_reading *reading, struct xml_node *tag, const char *value)
{
    static const struct decimal_limits whole = {4, 0, false};

    if (reading->within_minutes)
        return false;
    struct error *error =
        decimal_parse(reading->arena, value, whole, &reading->within_minutes);
    if (error || reading->within_minutes < 1)
        moodle_refuse(reading, tag, "标签 within 应是分钟数，例如 within:10。");
    return true;
}

static bool take_call(struct moodle_reading *reading, const char *value)
{
    if (reading->call_count == PAPER_CALLS || *value == '\0')
        return false;
    reading->calls[reading->call_count++] = value;
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
    if ((value = after(text, "case:")))
        return take_case(reading, tag, value);
    if ((value = after(text, "course:")))
        return take_course(reading, tag, value);
    if ((value = after(text, "kind:")))
        return take_kind(reading, value);
    if ((value = after(text, "within:")))
        return take_within(reading, tag, value);
    if ((value = after(text, "call:")))
        return take_call(reading, value);
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

void moodle_tags(struct moodle_reading *reading)
{
    struct paper_question *question = reading->question;
    struct xml_node *tags = xml_child(reading->node, "tags");

    question->facts =
        arena_alloc(reading->arena, MOST_FACTS * sizeof question->facts[0]);
    reading->calls =
        arena_alloc(reading->arena, PAPER_CALLS * sizeof reading->calls[0]);
    for (struct xml_node *tag = xml_child(tags, "tag"); tag; tag = xml_next(tag, "tag"))
        read_tag(reading, tag);
    if (!question->lesson || !question->point || !question->difficulty)
        moodle_refuse(
            reading, tags, "标签要有 lesson:、difficulty: 和 point: 各一个。");
    /* Absent ones have been refused; nobody has to ask for NULL. */
    question->lesson = question->lesson ? question->lesson : "";
    question->point = question->point ? question->point : "";
}
