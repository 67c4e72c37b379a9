/* From a paper's document to the paper. */
#include <string.h>

#include "base/input.h"
#include "quiz/paper.h"
#include "quiz/paper_check.h"

enum {
    LONGEST_LINE = 2000,
    MOST_FACTS = 100,
    MOST_MINUTES = 9999,
    MOST_POINTS = 100 * 1000 * 1000,
};

static struct error *
read_texts(struct arena *arena, json_t *array, const char ***texts, size_t *count)
{
    *count = json_array_size(array);
    *texts = arena_alloc(arena, *count * sizeof **texts);
    for (size_t i = 0; i < *count; i++) {
        const char *text = json_string_value(json_array_get(array, i));
        if (!text)
            return paper_invalid(arena, "列表里应是文字");
        (*texts)[i] = text;
    }
    return NULL;
}

static struct error *
read_options(struct arena *arena, json_t *array, struct paper_question *question)
{
    size_t count = json_array_size(array);

    question->options = arena_alloc(arena, count * sizeof question->options[0]);
    for (size_t i = 0; i < count; i++) {
        struct paper_option option = {NULL, NULL, false};
        TRY(INPUT_FIELDS(
            arena, json_array_get(array, i),
            {"id", INPUT_TEXT, false, &option.id, 1, 8},
            {"html", INPUT_TEXT, false, &option.html, 1, PAPER_LIMIT}));
        if (paper_question_option(question, option.id))
            return paper_invalid(arena, "选项编号重复");
        question->options[i] = option;
        question->option_count = i + 1;
    }
    return NULL;
}

/* Of a choice: some of the options; of an ordering: all of them, in their order. */
static struct error *
read_right(struct arena *arena, json_t *array, struct paper_question *question)
{
    size_t count = json_array_size(array);

    question->order = arena_alloc(arena, (count + 1) * sizeof(struct paper_option *));
    for (size_t i = 0; i < count; i++) {
        const char *id = json_string_value(json_array_get(array, i));
        const struct paper_option *option =
            id ? paper_question_option(question, id) : NULL;
        if (!option || option->right)
            return paper_invalid(arena, "正确选项不存在或重复");
        question->options[option - question->options].right = true;
        question->order[i] = option;
    }
    return NULL;
}

static struct error *
read_values(struct arena *arena, json_t *array, struct paper_question *question)
{
    question->value_count = json_array_size(array);
    question->values =
        arena_alloc(arena, question->value_count * sizeof question->values[0]);
    for (size_t i = 0; i < question->value_count; i++) {
        struct paper_value *value = &question->values[i];
        struct decimal number;
        TRY(INPUT_FIELDS(
            arena, json_array_get(array, i),
            {"value", INPUT_TEXT, false, &value->value, 1, 32},
            {"tolerance", INPUT_TEXT, false, &value->tolerance, 1, 32}));
        if (decimal_read(arena, value->value, paper_decimal, &number) != NULL)
            return paper_invalid(arena, "数值不是数");
        if (decimal_read(arena, value->tolerance, paper_decimal, &number) != NULL ||
            number.units < 0)
            return paper_invalid(arena, "误差应是不小于 0 的数");
    }
    return NULL;
}

static bool is_taken(const struct paper_question *question, const char *option)
{
    for (size_t i = 0; i < question->prompt_count; i++)
        if (strcmp(question->prompts[i].option->id, option) == 0)
            return true;
    return false;
}

static struct error *
read_prompts(struct arena *arena, json_t *array, struct paper_question *question)
{
    size_t count = json_array_size(array);

    question->prompts = arena_alloc(arena, count * sizeof question->prompts[0]);
    for (size_t i = 0; i < count; i++) {
        struct paper_prompt prompt = {0};
        const char *option;
        TRY(INPUT_FIELDS(
            arena, json_array_get(array, i),
            {"id", INPUT_TEXT, false, &prompt.id, 1, 8},
            {"html", INPUT_TEXT, false, &prompt.html, 1, PAPER_LIMIT},
            {"option", INPUT_TEXT, false, &option, 1, 8}));
        prompt.option = paper_question_option(question, option);
        if (!prompt.option || is_taken(question, option) ||
            paper_question_prompt(question, prompt.id))
            return paper_invalid(arena, "匹配题的各对前后不符");
        question->prompts[i] = prompt;
        question->prompt_count = i + 1;
    }
    return NULL;
}

static struct error *
read_grading(struct arena *arena, const char *name, struct paper_question *question)
{
    static const enum paper_grading all[] = {
        PAPER_GRADING_NONE, PAPER_ABSOLUTE_POSITION, PAPER_ALL_OR_NOTHING};

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (strcmp(paper_grading_name(all[i]), name) == 0) {
            question->grading = all[i];
            return NULL;
        }
    }
    return paper_invalid(arena, "排序题计分办法不认识");
}

/* The lists of a question, as found in its object. */
struct lists {
    json_t *options;
    json_t *right;
    json_t *alternatives;
    json_t *facts;
    json_t *values; /* NULL in an old document, as the next two */
    json_t *units;
    json_t *prompts;
};

static struct error *read_lists(
    struct arena *arena, const struct lists *lists, struct paper_question *question)
{
    TRY(read_options(arena, lists->options, question));
    TRY(read_right(arena, lists->right, question));
    TRY(read_texts(
        arena, lists->alternatives, &question->alternatives,
        &question->alternative_count));
    TRY(read_texts(arena, lists->facts, &question->facts, &question->fact_count));
    TRY(read_values(arena, lists->values, question));
    TRY(read_texts(arena, lists->units, &question->units, &question->unit_count));
    TRY(read_prompts(arena, lists->prompts, question));
    return paper_check_question(arena, question, json_array_size(lists->right));
}

static struct error *
read_question(struct arena *arena, json_t *object, struct paper_question *question)
{
    const char *type;
    const char *grading = "";
    int64_t difficulty;
    struct lists lists = {0};

    question->case_id = question->guide_html = "";
    TRY(INPUT_FIELDS(
        arena, object, {"id", INPUT_TEXT, false, &question->id, 1, 64},
        {"type", INPUT_TEXT, false, &type, 1, 16},
        {"stem_html", INPUT_TEXT, false, &question->stem_html, 1, PAPER_LIMIT},
        {"points", INPUT_INT, false, &question->points, 1, MOST_POINTS},
        {"fixed_order", INPUT_BOOL, false, &question->fixed_order, 0, 0},
        {"options", INPUT_ARRAY, false, &lists.options, 0, PAPER_OPTIONS},
        {"right", INPUT_ARRAY, false, &lists.right, 0, PAPER_OPTIONS},
        {"alternatives", INPUT_ARRAY, false, &lists.alternatives, 0,
         PAPER_ALTERNATIVES},
        {"values", INPUT_ARRAY, true, &lists.values, 0, PAPER_ALTERNATIVES},
        {"units", INPUT_ARRAY, true, &lists.units, 0, PAPER_UNITS},
        {"prompts", INPUT_ARRAY, true, &lists.prompts, 0, PAPER_PROMPTS},
        {"grading", INPUT_TEXT, true, &grading, 0, 32},
        {"guide_html", INPUT_TEXT, true, &question->guide_html, 0, PAPER_LIMIT},
        {"case", INPUT_TEXT, true, &question->case_id, 0, 64},
        {"course", INPUT_TEXT, true, &question->course, 0, 64},
        {"case_sensitive", INPUT_BOOL, false, &question->case_sensitive, 0, 0},
        {"explanation_html", INPUT_TEXT, false, &question->explanation_html, 1,
         PAPER_LIMIT},
        {"lesson", INPUT_TEXT, false, &question->lesson, 1, 64},
        {"facts", INPUT_ARRAY, false, &lists.facts, 0, MOST_FACTS},
        {"difficulty", INPUT_INT, false, &difficulty, 1, 5},
        {"point", INPUT_TEXT, false, &question->point, 1, LONGEST_LINE}));
    question->difficulty = (int)difficulty;
    if (!paper_type_find(type, &question->type))
        return paper_invalid(arena, "题型不认识");
    TRY(read_grading(arena, grading, question));
    return read_lists(arena, &lists, question);
}

static struct error *read_part(struct arena *arena, json_t *object, struct paper *paper)
{
    struct paper_part *part = &paper->parts[paper->part_count++];
    json_t *questions;

    TRY(INPUT_FIELDS(
        arena, object, {"title", INPUT_TEXT, false, &part->title, 1, LONGEST_LINE},
        {"questions", INPUT_ARRAY, false, &questions, 1, PAPER_QUESTIONS}));
    size_t count = json_array_size(questions);
    part->questions = arena_alloc(arena, count * sizeof part->questions[0]);
    for (size_t i = 0; i < count; i++) {
        struct paper_question *question = &part->questions[i];
        question->course = paper->course;
        TRY(read_question(arena, json_array_get(questions, i), question));
        part->question_count = i + 1;
    }
    paper->question_count += count;
    return NULL;
}

static struct error *read_cases(struct arena *arena, json_t *array, struct paper *paper)
{
    size_t count = json_array_size(array);

    paper->cases = arena_alloc(arena, count * sizeof paper->cases[0]);
    for (size_t i = 0; i < count; i++) {
        struct paper_case made = {0};
        json_t *calls = NULL;
        TRY(INPUT_FIELDS(
            arena, json_array_get(array, i), {"id", INPUT_TEXT, false, &made.id, 1, 64},
            {"html", INPUT_TEXT, false, &made.html, 1, PAPER_LIMIT},
            {"solution_html", INPUT_TEXT, false, &made.solution_html, 1, PAPER_LIMIT},
            {"within_minutes", INPUT_INT, true, &made.within_minutes, 0, MOST_MINUTES},
            {"calls", INPUT_ARRAY, true, &calls, 0, PAPER_CALLS}));
        TRY(read_texts(arena, calls, &made.calls, &made.call_count));
        if (paper_find_case(paper, made.id))
            return paper_invalid(arena, "案例编号重复");
        paper->cases[i] = made;
        paper->case_count = i + 1;
    }
    return NULL;
}

static struct error *read_parts(struct arena *arena, json_t *parts, struct paper *paper)
{
    size_t count = json_array_size(parts);

    paper->parts = arena_alloc(arena, count * sizeof paper->parts[0]);
    for (size_t i = 0; i < count; i++)
        TRY(read_part(arena, json_array_get(parts, i), paper));
    return paper_check(arena, paper);
}

static struct error *
read_kind(struct arena *arena, const char *name, struct paper *paper)
{
    paper->kind = strcmp(name, "buzzer") == 0 ? PAPER_BUZZER : PAPER_QUIZ;
    if (paper->kind == PAPER_QUIZ && strcmp(name, "quiz") != 0)
        return paper_invalid(arena, "试卷种类不认识");
    return NULL;
}

struct error *paper_read(struct arena *arena, const char *json, struct paper **result)
{
    struct paper *paper = arena_alloc(arena, sizeof *paper);
    json_t *document;
    json_t *parts;
    json_t *cases = NULL;
    const char *policy;
    const char *kind = "quiz";

    paper->seed = "";
    TRY(input_parse(arena, json, strlen(json), &document));
    TRY(INPUT_FIELDS(
        arena, document, {"slug", INPUT_TEXT, false, &paper->slug, 1, 64},
        {"title", INPUT_TEXT, false, &paper->title, 1, LONGEST_LINE},
        {"course", INPUT_TEXT, false, &paper->course, 0, 64},
        {"kind", INPUT_TEXT, true, &kind, 1, 16},
        {"seed", INPUT_TEXT, true, &paper->seed, 0, LONGEST_LINE},
        {"cases", INPUT_ARRAY, true, &cases, 0, PAPER_CASES},
        {"minutes", INPUT_INT, false, &paper->minutes, 0, 480},
        {"pass_percent", INPUT_INT, false, &paper->pass_percent, 0, 100},
        {"shuffle_questions", INPUT_BOOL, false, &paper->shuffle_questions, 0, 0},
        {"shuffle_options", INPUT_BOOL, false, &paper->shuffle_options, 0, 0},
        {"policy", INPUT_TEXT, false, &policy, 1, 32},
        {"policy_fixed", INPUT_INT, false, &paper->policy_fixed, 0, MOST_POINTS},
        {"instructions", INPUT_TEXT, false, &paper->instructions, 1, LONGEST_LINE},
        {"points", INPUT_INT, false, &paper->points, 1, MOST_POINTS},
        {"parts", INPUT_ARRAY, false, &parts, 1, PAPER_PARTS}));
    if (!response_policy_find(policy, &paper->policy))
        return paper_invalid(arena, "多选计分办法不认识");
    TRY(read_kind(arena, kind, paper));
    TRY(read_cases(arena, cases, paper));
    TRY(read_parts(arena, parts, paper));
    *result = paper;
    return NULL;
}
