/* From a folder quizzes/NN-slug/ to a paper. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "format/sandbox.h"
#include "format/slug.h"
#include "format/xml.h"
#include "quiz/paper_build.h"

enum { LONGEST_SENTENCE = 1000 };

void building_refuse(struct building *building, int line, const char *format, ...)
{
    char sentence[LONGEST_SENTENCE];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    findings_add(building->findings, building->file, line, "%s", sentence);
}

/* "" when there is no such element. */
static const char *
token(struct building *building, struct xml_node *root, const char *name)
{
    struct xml_node *node = xml_child(root, name);

    return node ? xml_token(building->arena, node) : "";
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

int64_t
building_points(struct building *building, struct xml_node *node, const char *name)
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
        paper->policy_fixed = building_points(building, node, "fixed");
}

static void read_kind(struct building *building, struct xml_node *root)
{
    struct paper *paper = &building->paper;
    const char *kind = xml_attribute(building->arena, root, "kind");

    paper->kind = kind && strcmp(kind, "buzzer") == 0 ? PAPER_BUZZER : PAPER_QUIZ;
    if (xml_child(root, "minutes"))
        paper->minutes = number(building, root, "minutes");
    else if (paper->kind == PAPER_QUIZ)
        building_refuse(building, 0, "测验要写明时间 <minutes>。");
}

static void read_head(struct building *building, struct xml_node *root)
{
    struct paper *paper = &building->paper;
    struct xml_node *shuffle = xml_child(root, "shuffle");

    paper->title = token(building, root, "title");
    paper->course = token(building, root, "course");
    paper->seed = token(building, root, "seed");
    paper->pass_percent = number(building, root, "pass");
    paper->shuffle_questions = truth(building, shuffle, "questions");
    paper->shuffle_options = truth(building, shuffle, "options");
    paper->instructions = token(building, root, "instructions");
    read_kind(building, root);
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

void building_add(
    struct building *building, struct paper_part *part,
    const struct moodle_question *question, int64_t points, int line)
{
    struct paper *paper = &building->paper;

    if (question->question.type == PAPER_MULTIPLE && paper->policy_fixed >= points)
        building_refuse(
            building, line, "题目 %s 的分值应大于少选得的固定分。",
            question->question.id);
    struct paper_question *added = &part->questions[part->question_count++];
    *added = question->question;
    added->points = points;
    paper->points += points;
    paper->question_count++;
}

/* `case_id`: of the case it stands in, "" for none. */
static void read_reference(
    struct building *building, struct xml_node *node, const char *case_id,
    struct paper_part *part)
{
    const char *id = xml_attribute(building->arena, node, "ref");
    const struct building_bank *bank;
    const struct moodle_question *found = building_find(building, id, &bank);
    int line = xml_line(node);

    if (!found) {
        building_refuse(building, line, "题库里没有题目 %s。", id);
        return;
    }
    if (paper_find(&building->paper, id)) {
        building_refuse(building, line, "题目 %s 在试卷里出现两次。", id);
        return;
    }
    const char *own = found->question.case_id;
    if (strcmp(own, case_id) != 0) {
        if (*own)
            building_refuse(
                building, line, "题目 %s 是案例 %s 的小题，要写在这个 <case> 里。", id,
                own);
        else
            building_refuse(
                building, line, "题目 %s 不是案例 %s 的小题。", id, case_id);
        return;
    }
    /* Questions of other folders may be of no course: a set for an evening. */
    if (building->bank_count == 1 && *found->question.course == '\0')
        building_refuse(
            building, line,
            "题目 %s 没有课程：在 quiz.xml 里写 <course>，或给题目加标签 course:。",
            id);
    int64_t worth = building_points(building, node, "points");
    if (worth > 0)
        building_add(building, part, found, worth, line);
}

static const struct moodle_case *
find_case(const struct building *building, const char *id)
{
    const struct moodle_case *found = NULL;

    for (size_t i = 0; i < building->bank_count && !found; i++)
        found = moodle_find_case(&building->banks[i].questions, id);
    return found;
}

static void
read_case(struct building *building, struct xml_node *node, struct paper_part *part)
{
    struct paper *paper = &building->paper;
    const char *id = xml_attribute(building->arena, node, "ref");
    const struct moodle_case *found = find_case(building, id);
    int line = xml_line(node);

    if (!found) {
        building_refuse(building, line, "题库里没有案例 %s。", id);
        return;
    }
    if (paper_find_case(paper, id)) {
        building_refuse(building, line, "案例 %s 在试卷里出现两次。", id);
        return;
    }
    if (paper->case_count == PAPER_CASES) {
        building_refuse(building, line, "案例太多：一份试卷最多 %d 个。", PAPER_CASES);
        return;
    }
    paper->cases[paper->case_count++] = found->body;
    for (struct xml_node *child = xml_child(node, "question"); child;
         child = xml_next(child, "question"))
        read_reference(building, child, id, part);
}

/* A part has no more questions than it names, and all of the banks when it draws. */
static size_t most_questions(const struct building *building, struct xml_node *node)
{
    size_t most = count_children(node, "question");

    for (struct xml_node *child = xml_child(node, "case"); child;
         child = xml_next(child, "case"))
        most += count_children(child, "question");
    return most + (xml_child(node, "draw") ? building_count(building) : 0);
}

static void read_part(struct building *building, struct xml_node *node)
{
    struct paper *paper = &building->paper;
    struct paper_part *part = &paper->parts[paper->part_count++];
    const char *title = xml_attribute(building->arena, node, "title");

    *part = (struct paper_part){
        .title = title ? title : "",
        .questions = arena_alloc(
            building->arena,
            most_questions(building, node) * sizeof part->questions[0]),
    };
    for (struct xml_node *child = xml_child(node, NULL); child;
         child = xml_next(child, NULL)) {
        if (strcmp(xml_name(child), "draw") == 0)
            building_draw(building, child, part);
        else if (strcmp(xml_name(child), "case") == 0)
            read_case(building, child, part);
        else
            read_reference(building, child, "", part);
    }
}

static void refuse_too_many(struct building *building)
{
    const struct paper *paper = &building->paper;
    size_t essays = 0;

    for (size_t p = 0; p < paper->part_count; p++)
        for (size_t q = 0; q < paper->parts[p].question_count; q++)
            essays += paper->parts[p].questions[q].type == PAPER_ESSAY;
    if (paper->question_count > PAPER_QUESTIONS)
        building_refuse(building, 0, "题目太多：一份试卷最多 %d 道。", PAPER_QUESTIONS);
    if (essays > PAPER_ESSAYS)
        building_refuse(building, 0, "简答题太多：一份试卷最多 %d 道。", PAPER_ESSAYS);
}

static void read_parts(struct building *building, struct xml_node *root)
{
    struct paper *paper = &building->paper;
    size_t count = count_children(root, "part");

    if (count > PAPER_PARTS) {
        building_refuse(building, 0, "大题太多：一份试卷最多 %d 个。", PAPER_PARTS);
        return;
    }
    paper->parts = arena_alloc(building->arena, count * sizeof paper->parts[0]);
    paper->cases = arena_alloc(building->arena, PAPER_CASES * sizeof paper->cases[0]);
    for (struct xml_node *node = xml_child(root, "part"); node;
         node = xml_next(node, "part"))
        read_part(building, node);
    refuse_too_many(building);
}

const char *
paper_build(struct arena *arena, const char *directory, struct findings *findings)
{
    size_t findings_before = findings->count;
    struct building building = {
        .arena = arena,
        .findings = findings,
        .directory = directory,
        .file = arena_format(arena, "%s/quiz.xml", directory),
        .paper.slug = slug_of_path(arena, directory),
    };

    if (!building.paper.slug) {
        findings_add(
            findings, directory, 0,
            "文件夹名只能用小写字母、数字和 -，例如 01-yijian-jiedu。");
        return NULL;
    }
    struct xml_node *root = building_open(&building, building.file);
    /* Also beside a bad quiz.xml, so that the author hears of both. */
    bool questions_are_good = building_open_banks(&building, root);
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
