/* From all questions of a folder to one document. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "format/slug.h"
#include "practice/practice_bank.h"
#include "quiz/paper_build.h"

static void
add(struct building *building, struct paper_part *part,
    const struct moodle_question *question)
{
    building_add(building, part, question, PRACTICE_POINTS, question->line);
}

static void add_alone(
    struct building *building, struct paper_part *part, const struct moodle_bank *bank)
{
    size_t essays = 0;

    for (size_t i = 0; i < bank->count; i++) {
        const struct paper_question *question = &bank->questions[i].question;
        if (*question->case_id)
            continue;
        if (question->type == PAPER_ESSAY && essays++ >= PAPER_ESSAYS)
            continue;
        add(building, part, &bank->questions[i]);
    }
}

static void add_cases(
    struct building *building, struct paper_part *part, const struct moodle_bank *bank)
{
    struct paper *paper = &building->paper;

    paper->cases =
        arena_alloc(building->arena, (bank->case_count + 1) * sizeof paper->cases[0]);
    for (size_t c = 0; c < bank->case_count; c++) {
        const struct paper_case *body = &bank->cases[c].body;
        paper->cases[paper->case_count++] = *body;
        for (size_t i = 0; i < bank->count; i++)
            if (strcmp(bank->questions[i].question.case_id, body->id) == 0)
                add(building, part, &bank->questions[i]);
    }
}

static const char *write_document(struct building *building)
{
    const struct moodle_bank *bank = &building->banks[0].questions;
    struct paper *paper = &building->paper;
    struct paper_part *part = arena_alloc(building->arena, sizeof *part);

    part->title = paper->slug;
    part->questions =
        arena_alloc(building->arena, (bank->count + 1) * sizeof part->questions[0]);
    paper->title = paper->slug;
    paper->instructions = paper->slug;
    paper->seed = "";
    paper->minutes = 1; /* a paper has some; nobody's time runs here */
    paper->shuffle_options = true;
    paper->policy = RESPONSE_CN_PARTIAL_PROP;
    add_alone(building, part, bank);
    add_cases(building, part, bank);
    paper->parts = part;
    paper->part_count = 1;
    if (paper->question_count > PAPER_QUESTIONS || paper->case_count > PAPER_CASES)
        return NULL;
    return paper_write(building->arena, paper);
}

/* False after findings. A folder of questions only has no quiz.xml. */
static bool open_folder(struct building *building)
{
    struct xml_node *root = NULL;
    const char *kind = NULL;

    if (access(building->file, F_OK) == 0 || errno != ENOENT) {
        root = building_open(building, building->file);
        if (!root)
            return false;
        kind = xml_attribute(building->arena, root, "kind");
    }
    building->paper.course = "";
    building->paper.kind =
        kind && strcmp(kind, "buzzer") == 0 ? PAPER_BUZZER : PAPER_QUIZ;
    return building_open_own(building, root);
}

const char *
practice_build(struct arena *arena, const char *directory, struct findings *findings)
{
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
    if (!open_folder(&building))
        return NULL;
    const char *json = write_document(&building);
    if (!json)
        findings_add(
            findings, building.banks[0].file, 0,
            "题库过大，不能用于刷题：上限 %d 道题、%d 个案例、4 MiB。", PAPER_QUESTIONS,
            PAPER_CASES);
    return json;
}
