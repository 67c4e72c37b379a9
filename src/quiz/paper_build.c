/* From a folder quizzes/NN-slug/ to a paper. */
#include <string.h>

#include "base/decimal.h"
#include "format/sandbox.h"
#include "format/slug.h"
#include "format/xml.h"
#include "quiz/exchange/moodle.h"
#include "quiz/paper.h"

enum { FILE_LIMIT = XML_LIMIT };

/* One folder while it is read. */
struct building {
    struct arena *arena;
    struct findings *findings;
    const char *file; /* quiz.xml */
    struct moodle_bank bank;
    struct paper paper;
};

static const char *
token(struct building *building, struct xml_node *root, const char *name)
{
    return xml_token(building->arena, xml_child(root, name));
}

/* The schema says digits only, 480 at most. */
static int64_t
number(struct building *building, struct xml_node *root, const char *name)
{
    const struct decimal_limits limits = {.whole = 6, .places = 0, .negative = false};
    int64_t value = 0;
    struct error *error =
        decimal_parse(building->arena, token(building, root, name), limits, &value);

    if (error)
        findings_add(
            building->findings, building->file, xml_line(xml_child(root, name)), "%s",
            error->message);
    return value;
}

static bool truth(struct building *building, struct xml_node *node, const char *name)
{
    const char *value = xml_attribute(building->arena, node, name);

    return value && (strcmp(value, "true") == 0 || strcmp(value, "1") == 0);
}

/* 1/100 point; -1 after a finding. */
static int64_t
points(struct building *building, struct xml_node *node, const char *name)
{
    const struct decimal_limits limits = {.whole = 3, .places = 2, .negative = false};
    const char *text = xml_attribute(building->arena, node, name);
    int64_t value = 0;
    struct error *error = decimal_parse(building->arena, text, limits, &value);

    if (!error && value > 0)
        return value;
    findings_add(
        building->findings, building->file, xml_line(node), "%s",
        error ? error->message : "分值应大于 0。");
    return -1;
}

static void read_policy(struct building *building, struct xml_node *root)
{
    struct xml_node *node = xml_child(root, "multiple-response");
    struct paper *paper = &building->paper;
    const char *name = xml_attribute(building->arena, node, "policy");
    const char *fixed = xml_attribute(building->arena, node, "fixed");

    if (!response_policy_find(name, &paper->policy)) {
        findings_add(
            building->findings, building->file, xml_line(node),
            "多选计分办法“%s”不认识。", name);
        return;
    }
    bool needs_fixed = paper->policy == RESPONSE_CN_PARTIAL_FIXED;
    if (needs_fixed != (fixed != NULL))
        findings_add(
            building->findings, building->file, xml_line(node),
            "fixed（少选得的固定分）只在 policy 为 cn_partial_fixed 时写，也必须写。");
    else if (needs_fixed)
        paper->policy_fixed = points(building, node, "fixed");
}

static void read_head(struct building *building, struct xml_node *root)
{
    struct paper *paper = &building->paper;
    struct xml_node *shuffle = xml_child(root, "shuffle");

    paper->title = token(building, root, "title");
    paper->course = token(building, root, "course");
    paper->minutes = number(building, root, "minutes");
    paper->pass_percent = number(building, root, "pass");
    paper->shuffle_questions = truth(building, shuffle, "questions");
    paper->shuffle_options = truth(building, shuffle, "options");
    paper->instructions = token(building, root, "instructions");
    read_policy(building, root);
}

static size_t count_children(struct xml_node *node, const char *name)
{
    size_t count = 0;

    for (struct xml_node *child = xml_child(node, name); child;
         child = xml_next(child, name))
        count++;
    return count;
}

static void read_reference(
    struct building *building, struct xml_node *node, struct paper_part *part)
{
    struct paper *paper = &building->paper;
    const char *id = xml_attribute(building->arena, node, "ref");
    const struct moodle_question *found = moodle_find(&building->bank, id);
    int line = xml_line(node);

    if (!found) {
        findings_add(
            building->findings, building->file, line, "questions.xml 里没有题目 %s。",
            id);
        return;
    }
    if (paper_find(paper, id)) {
        findings_add(
            building->findings, building->file, line, "题目 %s 在试卷里出现两次。", id);
        return;
    }
    int64_t worth = points(building, node, "points");
    if (worth < 0)
        return;
    if (found->question.type == PAPER_MULTIPLE && paper->policy_fixed >= worth)
        findings_add(
            building->findings, building->file, line,
            "题目 %s 的分值应大于少选得的固定分。", id);
    struct paper_question *question = &part->questions[part->question_count++];
    *question = found->question;
    question->points = worth;
    paper->points += worth;
    paper->question_count++;
}

static void read_parts(struct building *building, struct xml_node *root)
{
    struct paper *paper = &building->paper;
    size_t count = count_children(root, "part");

    if (count > PAPER_PARTS) {
        findings_add(
            building->findings, building->file, 0, "大题太多：一份试卷最多 %d 个。",
            PAPER_PARTS);
        return;
    }
    paper->parts = arena_alloc(building->arena, count * sizeof paper->parts[0]);
    for (struct xml_node *node = xml_child(root, "part"); node;
         node = xml_next(node, "part")) {
        struct paper_part *part = &paper->parts[paper->part_count++];
        size_t most = count_children(node, "question");
        const char *title = xml_attribute(building->arena, node, "title");
        *part = (struct paper_part){
            .title = title ? title : "",
            .questions = arena_alloc(building->arena, most * sizeof part->questions[0]),
        };
        for (struct xml_node *child = xml_child(node, "question"); child;
             child = xml_next(child, "question"))
            read_reference(building, child, part);
    }
    if (paper->question_count > PAPER_QUESTIONS)
        findings_add(
            building->findings, building->file, 0, "题目太多：一份试卷最多 %d 道。",
            PAPER_QUESTIONS);
}

static struct xml_node *
open_paper(struct building *building, const char *directory, struct source *source)
{
    const char *schema =
        arena_format(building->arena, "%s/../schema/paper.rng", directory);

    if (!source_read(building->findings, building->file, FILE_LIMIT, source))
        return NULL;
    return xml_read(building->findings, source, schema);
}

static bool open_questions(struct building *building, const char *directory)
{
    const char *file = arena_format(building->arena, "%s/questions.xml", directory);
    const char *schema =
        arena_format(building->arena, "%s/../schema/questions.rng", directory);
    struct source source;

    return source_read(building->findings, file, FILE_LIMIT, &source) &&
           moodle_read(building->findings, &source, schema, &building->bank);
}

const char *
paper_build(struct arena *arena, const char *directory, struct findings *findings)
{
    size_t findings_before = findings->count;
    struct building building = {
        .arena = arena,
        .findings = findings,
        .file = arena_format(arena, "%s/quiz.xml", directory),
        .paper.slug = slug_of_path(arena, directory),
    };
    struct source source;

    if (!building.paper.slug) {
        findings_add(
            findings, directory, 0,
            "文件夹名只能用小写字母、数字和 -，例如 01-yijian-jiedu。");
        return NULL;
    }
    bool questions_are_good = open_questions(&building, directory);
    struct xml_node *root = open_paper(&building, directory, &source);
    if (!root)
        return NULL;
    read_head(&building, root);
    /* Without the questions every reference would be a finding of its own. */
    if (questions_are_good)
        read_parts(&building, root);
    if (findings->count > findings_before)
        return NULL;
    const char *json = paper_write(arena, &building.paper);
    if (!json)
        findings_add(findings, building.file, 0, "试卷内容过大：上限 4 MiB。");
    return json;
}

/* `answer`: what the child wrote: a paper, or what is wrong with the files. A child
 * that was taken over could write anything, so it is read like any input. */
static struct error *take_answer(
    struct arena *arena, const char *answer, struct findings *findings,
    const char **json)
{
    struct paper *paper;
    json_t *document;

    TRY(input_parse(arena, answer, strlen(answer), &document));
    if (!json_object_get(document, "error")) {
        TRY(paper_read(arena, answer, &paper));
        *json = input_canonical(arena, document);
        return NULL;
    }
    TRY(findings_read(findings, document));
    return error_new(
        arena, ERROR_INVALID, "paper_refused", findings_line(arena, findings->first));
}

struct error *paper_load(
    struct arena *arena, const char *directory, struct findings *findings,
    const char **json)
{
    const char *answer;

    TRY(sandbox_run(arena, "paper", directory, PAPER_LIMIT, &answer));
    return take_answer(arena, answer, findings, json);
}
