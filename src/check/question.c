#include "check/question.h"

#include <string.h>

#include "format/xml.h"

enum { MOST_REFERENCES = 2000 }; /* no paper has more questions */

static const struct {
    const char *word; /* of Moodle */
    enum question_type type;
} types[] = {
    {"multichoice", QUESTION_SINGLE}, {"truefalse", QUESTION_TRUE_FALSE},
    {"shortanswer", QUESTION_BLANK},  {"numerical", QUESTION_NUMERIC},
    {"ordering", QUESTION_ORDERING},  {"matching", QUESTION_MATCHING},
    {"essay", QUESTION_ESSAY},        {"description", QUESTION_CASE},
};

static const char *after(const char *text, const char *beginning)
{
    size_t size = strlen(beginning);

    return strncmp(text, beginning, size) == 0 ? text + size : NULL;
}

static const char *token(struct arena *arena, struct xml_node *node)
{
    return node ? xml_token(arena, node) : "";
}

static enum question_type
read_type(struct arena *arena, struct xml_node *node, const char *word)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(types[i].word, word) != 0)
            continue;
        if (types[i].type != QUESTION_SINGLE)
            return types[i].type;
        const char *single = token(arena, xml_child(node, "single"));
        return strcmp(single, "true") == 0 || strcmp(single, "1") == 0
                   ? QUESTION_SINGLE
                   : QUESTION_MULTIPLE;
    }
    return QUESTION_OTHER;
}

static const char *
read_text(struct arena *arena, struct xml_node *node, const char *name, int *line)
{
    struct xml_node *block = xml_child(node, name);
    struct xml_node *text = block ? xml_child(block, "text") : NULL;

    *line = xml_line(text ? text : block ? block : node);
    return text ? xml_text(arena, text) : "";
}

static void read_tag(struct question *question, const char *tag)
{
    const char *value;

    if ((value = after(tag, "lesson:")) && *value)
        question->lesson = value;
    else if ((value = after(tag, "course:")) && *value)
        question->course = value;
    else if ((value = after(tag, "difficulty:")) && *value)
        question->difficulty = value;
    else if ((value = after(tag, "point:")) && *value)
        question->point = value;
    else if ((value = after(tag, "case:")) && *value)
        question->of_case = value;
    else if ((value = after(tag, "fact:")) && *value)
        question->fact_count++;
}

static void read_tags(struct arena *arena, struct xml_node *node, struct question *made)
{
    struct xml_node *tags = xml_child(node, "tags");

    if (!tags)
        return;
    for (struct xml_node *tag = xml_child(tags, "tag"); tag; tag = xml_next(tag, "tag"))
        read_tag(made, xml_token(arena, tag));
}

static size_t count_children(struct xml_node *node, const char *name)
{
    size_t count = 0;

    for (struct xml_node *child = xml_child(node, name); child;
         child = xml_next(child, name))
        count++;
    return count;
}

static void add_option(struct question *question, const char *text, bool right)
{
    if (*text)
        question->options[question->option_count++] =
            (struct question_option){text, right};
}

/* fraction="100", "50", "33.33333": whatever is no zero and not below it. */
static bool is_right(const char *fraction)
{
    return fraction && fraction[0] != '-' && fraction[strspn(fraction, "0.")] != '\0';
}

static void
read_options(struct arena *arena, struct xml_node *node, struct question *question)
{
    size_t most =
        count_children(node, "answer") + 2 * count_children(node, "subquestion");

    question->options = arena_alloc(arena, (most + 1) * sizeof question->options[0]);
    for (struct xml_node *answer = xml_child(node, "answer"); answer;
         answer = xml_next(answer, "answer"))
        add_option(
            question, token(arena, xml_child(answer, "text")),
            is_right(xml_attribute(arena, answer, "fraction")));
    for (struct xml_node *pair = xml_child(node, "subquestion"); pair;
         pair = xml_next(pair, "subquestion")) {
        struct xml_node *answer = xml_child(pair, "answer");
        const char *left = token(arena, xml_child(pair, "text"));
        add_option(question, left, *left != '\0');
        if (answer)
            add_option(
                question, token(arena, xml_child(answer, "text")), *left != '\0');
    }
}

static struct question
read_question(struct arena *arena, const char *file, struct xml_node *node)
{
    const char *word = xml_attribute(arena, node, "type");
    struct xml_node *number = xml_child(node, "idnumber");
    struct question question = {
        .file = file,
        .id = token(arena, number),
        .line = xml_line(number ? number : node),
        .type = read_type(arena, node, word ? word : ""),
    };

    question.stem = read_text(arena, node, "questiontext", &question.stem_line);
    question.explanation =
        read_text(arena, node, "generalfeedback", &question.explanation_line);
    read_tags(arena, node, &question);
    read_options(arena, node, &question);
    return question;
}

bool question_read(
    struct findings *findings, const struct source *source,
    struct question_file *result)
{
    struct xml_node *root = xml_parse(findings, source);

    if (!root)
        return false;
    result->file = source->file;
    result->count = 0;
    result->questions = arena_alloc(
        findings->arena,
        (count_children(root, "question") + 1) * sizeof result->questions[0]);
    for (struct xml_node *node = xml_child(root, "question"); node;
         node = xml_next(node, "question")) {
        if (!xml_child(node, "category"))
            result->questions[result->count++] =
                read_question(findings->arena, source->file, node);
    }
    return true;
}

/* Adds the numbers that <question> and <case> below name. */
static void
add_references(struct arena *arena, struct xml_node *node, struct question_file *result)
{
    for (struct xml_node *child = xml_child(node, NULL); child;
         child = xml_next(child, NULL)) {
        const char *number = xml_attribute(arena, child, "ref");
        if (number && result->paper_count < MOST_REFERENCES)
            result->paper[result->paper_count++] = number;
        if (strcmp(xml_name(child), "case") == 0)
            add_references(arena, child, result);
    }
}

bool question_read_paper(
    struct findings *findings, const struct source *source,
    struct question_file *result)
{
    struct arena *arena = findings->arena;
    struct xml_node *root = xml_parse(findings, source);

    if (!root)
        return false;
    const char *course = token(arena, xml_child(root, "course"));
    if (*course)
        result->course = course;
    result->paper = arena_alloc(arena, MOST_REFERENCES * sizeof(const char *));
    result->paper_count = 0;
    for (struct xml_node *part = xml_child(root, "part"); part;
         part = xml_next(part, "part"))
        add_references(arena, part, result);
    return true;
}

const struct question *
question_find(const struct question_file *file, const char *number)
{
    for (size_t i = 0; i < file->count; i++) {
        if (strcmp(file->questions[i].id, number) == 0)
            return &file->questions[i];
    }
    return NULL;
}

const char *
question_course(const struct question_file *file, const struct question *question)
{
    return question->course ? question->course : file->course;
}

const char *question_type_name(enum question_type type)
{
    static const char *const names[] = {
        [QUESTION_SINGLE] = "单选题",     [QUESTION_MULTIPLE] = "多选题",
        [QUESTION_TRUE_FALSE] = "判断题", [QUESTION_BLANK] = "填空题",
        [QUESTION_NUMERIC] = "数值题",    [QUESTION_ORDERING] = "排序题",
        [QUESTION_MATCHING] = "匹配题",   [QUESTION_ESSAY] = "简答题",
        [QUESTION_CASE] = "案例",         [QUESTION_OTHER] = "其他题",
    };

    return names[type];
}
