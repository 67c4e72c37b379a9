/* A paper's document and its form in C. How it is made from files: paper_build.c. */
#include "quiz/paper.h"

#include <string.h>

#include "base/input.h"
#include "base/writer.h"

enum { LONGEST_LINE = 2000, MOST_FACTS = 100, MOST_POINTS = 100 * 1000 * 1000 };

static const char *const type_names[] = {
    [PAPER_SINGLE] = "single",
    [PAPER_MULTIPLE] = "multiple",
    [PAPER_TRUE_FALSE] = "true_false",
    [PAPER_BLANK] = "blank",
};

const char *paper_type_name(enum paper_type type)
{
    return type_names[type];
}

const struct paper_question *paper_find(const struct paper *paper, const char *id)
{
    for (size_t p = 0; p < paper->part_count; p++) {
        const struct paper_part *part = &paper->parts[p];
        for (size_t q = 0; q < part->question_count; q++) {
            if (strcmp(part->questions[q].id, id) == 0)
                return &part->questions[q];
        }
    }
    return NULL;
}

static struct paper_option *
find_option(const struct paper_question *question, const char *id)
{
    for (size_t i = 0; i < question->option_count; i++) {
        if (strcmp(question->options[i].id, id) == 0)
            return &question->options[i];
    }
    return NULL;
}

const struct paper_option *
paper_question_option(const struct paper_question *question, const char *id)
{
    return find_option(question, id);
}

/* ---- reading ---- */

static struct error *invalid(struct arena *arena, const char *what)
{
    return error_make(
        arena, ERROR_INVALID, "paper_invalid", "试卷内容前后不一致：%s。", what);
}

static struct error *
read_texts(struct arena *arena, json_t *array, const char ***texts, size_t *count)
{
    *count = json_array_size(array);
    *texts = arena_alloc(arena, *count * sizeof **texts);
    for (size_t i = 0; i < *count; i++) {
        const char *text = json_string_value(json_array_get(array, i));
        if (!text)
            return invalid(arena, "列表里应是文字");
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
        if (find_option(question, option.id))
            return invalid(arena, "选项编号重复");
        question->options[i] = option;
        question->option_count = i + 1;
    }
    return NULL;
}

static struct error *
read_right(struct arena *arena, json_t *array, struct paper_question *question)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *id = json_string_value(json_array_get(array, i));
        struct paper_option *option = id ? find_option(question, id) : NULL;
        if (!option || option->right)
            return invalid(arena, "正确选项不存在或重复");
        option->right = true;
    }
    return NULL;
}

static struct error *
read_type(struct arena *arena, const char *name, enum paper_type *result)
{
    for (size_t i = 0; i < sizeof type_names / sizeof type_names[0]; i++) {
        if (strcmp(type_names[i], name) == 0) {
            *result = (enum paper_type)i;
            return NULL;
        }
    }
    return invalid(arena, "题型不认识");
}

static struct error *
check_question(struct arena *arena, const struct paper_question *question, size_t right)
{
    bool is_blank = question->type == PAPER_BLANK;
    size_t options = question->option_count;

    if (is_blank != (question->alternative_count > 0) || is_blank != (options == 0))
        return invalid(arena, "题型与选项不符");
    if (question->type == PAPER_TRUE_FALSE && options != 2)
        return invalid(arena, "判断题应有两个选项");
    if (question->type == PAPER_MULTIPLE && (right < 2 || right == options))
        return invalid(arena, "多选题的正确选项数不对");
    if (right != 1 &&
        (question->type == PAPER_SINGLE || question->type == PAPER_TRUE_FALSE))
        return invalid(arena, "单选题应有一个正确选项");
    return NULL;
}

/* The lists of a question, as found in its object. */
struct lists {
    json_t *options;
    json_t *right;
    json_t *alternatives;
    json_t *facts;
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
    return check_question(arena, question, json_array_size(lists->right));
}

static struct error *
read_question(struct arena *arena, json_t *object, struct paper_question *question)
{
    const char *type;
    int64_t difficulty;
    struct lists lists;

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
        {"case_sensitive", INPUT_BOOL, false, &question->case_sensitive, 0, 0},
        {"explanation_html", INPUT_TEXT, false, &question->explanation_html, 1,
         PAPER_LIMIT},
        {"lesson", INPUT_TEXT, false, &question->lesson, 1, 64},
        {"facts", INPUT_ARRAY, false, &lists.facts, 0, MOST_FACTS},
        {"difficulty", INPUT_INT, false, &difficulty, 1, 5},
        {"point", INPUT_TEXT, false, &question->point, 1, LONGEST_LINE}));
    question->difficulty = (int)difficulty;
    TRY(read_type(arena, type, &question->type));
    return read_lists(arena, &lists, question);
}

static struct error *
read_part(struct arena *arena, json_t *object, struct paper_part *part)
{
    json_t *questions;

    TRY(INPUT_FIELDS(
        arena, object, {"title", INPUT_TEXT, false, &part->title, 1, LONGEST_LINE},
        {"questions", INPUT_ARRAY, false, &questions, 1, PAPER_QUESTIONS}));
    size_t count = json_array_size(questions);
    part->questions = arena_alloc(arena, count * sizeof part->questions[0]);
    for (size_t i = 0; i < count; i++) {
        TRY(read_question(arena, json_array_get(questions, i), &part->questions[i]));
        part->question_count = i + 1;
    }
    return NULL;
}

static struct error *check_paper(struct arena *arena, const struct paper *paper)
{
    int64_t points = 0;

    for (size_t p = 0; p < paper->part_count; p++) {
        const struct paper_part *part = &paper->parts[p];
        for (size_t q = 0; q < part->question_count; q++) {
            const struct paper_question *question = &part->questions[q];
            points += question->points;
            if (paper_find(paper, question->id) != question)
                return invalid(arena, "题目编号重复");
        }
    }
    if (points != paper->points)
        return invalid(arena, "各题分值之和不等于总分");
    return NULL;
}

static struct error *read_parts(struct arena *arena, json_t *parts, struct paper *paper)
{
    paper->part_count = json_array_size(parts);
    paper->parts = arena_alloc(arena, paper->part_count * sizeof paper->parts[0]);
    for (size_t i = 0; i < paper->part_count; i++) {
        TRY(read_part(arena, json_array_get(parts, i), &paper->parts[i]));
        paper->question_count += paper->parts[i].question_count;
    }
    if (paper->question_count > PAPER_QUESTIONS)
        return invalid(arena, "题目太多");
    return check_paper(arena, paper);
}

struct error *paper_read(struct arena *arena, const char *json, struct paper **result)
{
    struct paper *paper = arena_alloc(arena, sizeof *paper);
    json_t *document;
    json_t *parts;
    const char *policy;

    TRY(input_parse(arena, json, strlen(json), &document));
    TRY(INPUT_FIELDS(
        arena, document, {"slug", INPUT_TEXT, false, &paper->slug, 1, 64},
        {"title", INPUT_TEXT, false, &paper->title, 1, LONGEST_LINE},
        {"course", INPUT_TEXT, false, &paper->course, 1, 64},
        {"minutes", INPUT_INT, false, &paper->minutes, 1, 480},
        {"pass_percent", INPUT_INT, false, &paper->pass_percent, 0, 100},
        {"shuffle_questions", INPUT_BOOL, false, &paper->shuffle_questions, 0, 0},
        {"shuffle_options", INPUT_BOOL, false, &paper->shuffle_options, 0, 0},
        {"policy", INPUT_TEXT, false, &policy, 1, 32},
        {"policy_fixed", INPUT_INT, false, &paper->policy_fixed, 0, MOST_POINTS},
        {"instructions", INPUT_TEXT, false, &paper->instructions, 1, LONGEST_LINE},
        {"points", INPUT_INT, false, &paper->points, 1, MOST_POINTS},
        {"parts", INPUT_ARRAY, false, &parts, 1, PAPER_PARTS}));
    if (!response_policy_find(policy, &paper->policy))
        return invalid(arena, "多选计分办法不认识");
    TRY(read_parts(arena, parts, paper));
    *result = paper;
    return NULL;
}

/* ---- writing ---- */

static void write_texts(
    struct writer *writer, const char *key, const char *const *texts, size_t count)
{
    writer_array(writer, key);
    for (size_t i = 0; i < count; i++)
        writer_text(writer, NULL, texts[i]);
    writer_end(writer);
}

static void write_options(struct writer *writer, const struct paper_question *question)
{
    writer_array(writer, "options");
    for (size_t i = 0; i < question->option_count; i++) {
        writer_object(writer, NULL);
        writer_text(writer, "id", question->options[i].id);
        writer_text(writer, "html", question->options[i].html);
        writer_end(writer);
    }
    writer_end(writer);
    writer_array(writer, "right");
    for (size_t i = 0; i < question->option_count; i++) {
        if (question->options[i].right)
            writer_text(writer, NULL, question->options[i].id);
    }
    writer_end(writer);
}

static void write_question(struct writer *writer, const struct paper_question *question)
{
    writer_object(writer, NULL);
    writer_text(writer, "id", question->id);
    writer_text(writer, "type", paper_type_name(question->type));
    writer_text(writer, "stem_html", question->stem_html);
    writer_int(writer, "points", question->points);
    writer_bool(writer, "fixed_order", question->fixed_order);
    write_options(writer, question);
    write_texts(
        writer, "alternatives", question->alternatives, question->alternative_count);
    writer_bool(writer, "case_sensitive", question->case_sensitive);
    writer_text(writer, "explanation_html", question->explanation_html);
    writer_text(writer, "lesson", question->lesson);
    write_texts(writer, "facts", question->facts, question->fact_count);
    writer_int(writer, "difficulty", question->difficulty);
    writer_text(writer, "point", question->point);
    writer_end(writer);
}

static void write_parts(struct writer *writer, const struct paper *paper)
{
    writer_array(writer, "parts");
    for (size_t p = 0; p < paper->part_count; p++) {
        const struct paper_part *part = &paper->parts[p];
        writer_object(writer, NULL);
        writer_text(writer, "title", part->title);
        writer_array(writer, "questions");
        for (size_t q = 0; q < part->question_count; q++)
            write_question(writer, &part->questions[q]);
        writer_end(writer);
        writer_end(writer);
    }
    writer_end(writer);
}

const char *paper_write(struct arena *arena, const struct paper *paper)
{
    struct writer writer;
    json_t *document;

    writer_init(&writer, arena, PAPER_LIMIT);
    writer_object(&writer, NULL);
    writer_text(&writer, "slug", paper->slug);
    writer_text(&writer, "title", paper->title);
    writer_text(&writer, "course", paper->course);
    writer_int(&writer, "minutes", paper->minutes);
    writer_int(&writer, "pass_percent", paper->pass_percent);
    writer_bool(&writer, "shuffle_questions", paper->shuffle_questions);
    writer_bool(&writer, "shuffle_options", paper->shuffle_options);
    writer_text(&writer, "policy", response_policy_name(paper->policy));
    writer_int(&writer, "policy_fixed", paper->policy_fixed);
    writer_text(&writer, "instructions", paper->instructions);
    writer_int(&writer, "points", paper->points);
    write_parts(&writer, paper);
    writer_end(&writer);
    if (writer.text.overflowed ||
        input_parse(arena, writer.text.bytes, writer.text.size, &document) != NULL)
        return NULL;
    return input_canonical(arena, document);
}
