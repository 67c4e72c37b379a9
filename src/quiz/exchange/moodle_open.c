/* Questions that are answered by writing, beside blanks: numbers and essays. */
#include <string.h>

#include "quiz/exchange/moodle_answer.h"
#include "quiz/exchange/moodle_text.h"
#include "quiz/normalise.h"

/* NULL after a finding. */
static const char *
read_decimal(struct moodle_reading *reading, struct xml_node *node, const char *message)
{
    const char *text = xml_token(reading->arena, node);
    struct decimal number;

    if (decimal_read(reading->arena, text, paper_decimal, &number) == NULL)
        return text;
    moodle_refuse(reading, node, message);
    return NULL;
}

static void read_value(struct moodle_reading *reading, struct xml_node *answer)
{
    struct paper_question *question = reading->question;
    struct xml_node *node = xml_child(answer, "tolerance");
    const char *value = read_decimal(
        reading, xml_child(answer, "text"),
        "数值题的答案应是一个数：整数部分最多九位，小数最多九位。");
    const char *tolerance =
        node ? read_decimal(reading, node, "误差（tolerance）应是一个数。") : "0";

    moodle_refuse_feedback(reading, answer);
    if (moodle_fraction(reading, answer) != MOODLE_WHOLE)
        moodle_refuse(reading, answer, "数值题的每个答案 fraction 都应为 100。");
    if (!value || !tolerance)
        return;
    if (*tolerance == '-')
        moodle_refuse(reading, answer, "误差（tolerance）不能是负数。");
    for (size_t i = 0; i < question->value_count; i++) {
        if (strcmp(question->values[i].value, value) == 0)
            moodle_refuse(reading, answer, "数值题的答案重复。");
    }
    question->values[question->value_count++] = (struct paper_value){value, tolerance};
}

/* A number and its unit must fall apart again. */
static bool can_be_told_from_a_number(struct arena *arena, const char *unit)
{
    const struct normalise_options options = {0};
    const char *even;

    return normalise(arena, unit, options, &even) == NULL && *even != '\0' &&
           !strchr("0123456789.-", *even);
}

static void read_unit(struct moodle_reading *reading, struct xml_node *unit)
{
    struct paper_question *question = reading->question;
    struct xml_node *multiplier = xml_child(unit, "multiplier");
    const struct decimal_limits limits = {
        .whole = 9, .places = DECIMAL_PLACES, .negative = false};
    const char *name = xml_token(reading->arena, xml_child(unit, "unit_name"));
    int64_t factor = 0;

    struct error *error = decimal_parse(
        reading->arena, xml_token(reading->arena, multiplier), limits, &factor);
    if (error || factor != decimal_power(DECIMAL_PLACES))
        moodle_refuse(reading, multiplier, "单位换算（multiplier）只能是 1。");
    if (!can_be_told_from_a_number(reading->arena, name))
        moodle_refuse(
            reading, unit, "单位不能是空的，也不能以数字、小数点或负号开头。");
    question->units[question->unit_count++] = name;
}

static void read_units(struct moodle_reading *reading)
{
    struct paper_question *question = reading->question;
    struct xml_node *units = xml_child(reading->node, "units");
    size_t count = 0;

    if (!units)
        return;
    for (struct xml_node *unit = xml_child(units, "unit"); unit;
         unit = xml_next(unit, "unit"))
        count++;
    if (count > PAPER_UNITS) {
        moodle_refuse(reading, units, "单位最多 20 个。");
        return;
    }
    question->units = arena_alloc(reading->arena, count * sizeof question->units[0]);
    for (struct xml_node *unit = xml_child(units, "unit"); unit;
         unit = xml_next(unit, "unit"))
        read_unit(reading, unit);
}

void moodle_answer_numeric(struct moodle_reading *reading)
{
    struct paper_question *question = reading->question;
    size_t count = moodle_count(reading, "answer");

    question->type = PAPER_NUMERIC;
    moodle_check_blank(reading);
    if (count > PAPER_ALTERNATIVES) {
        moodle_refuse(reading, reading->node, "数值题的答案最多 50 个。");
        return;
    }
    question->values = arena_alloc(reading->arena, count * sizeof question->values[0]);
    for (struct xml_node *answer = xml_child(reading->node, "answer"); answer;
         answer = xml_next(answer, "answer"))
        read_value(reading, answer);
    read_units(reading);
}

void moodle_answer_essay(struct moodle_reading *reading)
{
    struct xml_node *node = xml_child(reading->node, "graderinfo");
    const char *guide = moodle_text_block(reading->findings, reading->file, node);

    reading->question->type = PAPER_ESSAY;
    if (guide && *guide == '\0')
        moodle_refuse(reading, node, "缺少评分要点（graderinfo）。");
    reading->question->guide_html = guide ? guide : "";
}
