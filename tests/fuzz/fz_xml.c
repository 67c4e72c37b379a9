/* Files of questions. An even first byte: any XML, walked through. An odd one: Moodle
 * XML against quizzes/schema (run from the root of the repository); questions that were
 * let in must be harmless, storable, and answerable for full points. */
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "format/xml.h"
#include "fuzz/fuzz.h"
#include "fuzz/html.h"
#include "fuzz/right.h"
#include "fuzz/told.h"
#include "quiz/exchange/moodle.h"
#include "quiz/grading.h"

static const char schema[] = "quizzes/schema/questions.rng";

/* Depth first, without going deeper than XML_DEPTH was promised to be. */
static void walk(struct arena *arena, struct xml_node *node, int depth)
{
    FUZZ_REQUIRE(depth <= XML_DEPTH, "%d levels", depth);
    for (; node; node = xml_next(node, NULL)) {
        FUZZ_REQUIRE(xml_name(node)[0] && xml_line(node) > 0, "an empty element");
        const char *token = xml_token(arena, node);
        FUZZ_REQUIRE(
            strlen(token) <= strlen(xml_text(arena, node)) && !strstr(token, "  "),
            "\"%s\"", token);
        (void)xml_attribute(arena, node, "type");
        walk(arena, xml_child(node, NULL), depth + 1);
    }
}

static void read_any(struct findings *findings, const struct source *source)
{
    struct xml_node *root = xml_parse(findings, source);

    FUZZ_REQUIRE(!root == !!findings->count, "%zu findings", findings->count);
    told_check(findings->arena, findings);
    if (!root)
        return;
    FUZZ_REQUIRE(!((const xmlNode *)root)->doc->intSubset, "DOCTYPE was let in");
    /* The text of every element holds that of those below: too much work if deep. */
    if (source->size < 4096)
        walk(findings->arena, root, 1);
}

static void check_points(
    struct arena *arena, const struct paper *paper,
    const struct paper_question *question)
{
    const char *canonical;
    int64_t points = -1;
    int64_t full = question->type == PAPER_ESSAY ? 0 : question->points;
    json_t *answer = right_answer(arena, question);

    struct error *error = grading_canonical(arena, question, answer, &canonical);
    if (!error)
        error = grading_points(arena, paper, question, canonical, &points);
    FUZZ_REQUIRE(!error, "%s: %s", question->id, error->message);
    FUZZ_REQUIRE(
        points == full, "%s: %lld of %lld points", question->id, (long long)points,
        (long long)full);
}

static void check_html(struct arena *arena, const struct paper_question *question)
{
    html_check(arena, question->stem_html);
    html_check(arena, question->explanation_html);
    for (size_t i = 0; i < question->option_count; i++)
        html_check(arena, question->options[i].html);
    for (size_t i = 0; i < question->prompt_count; i++)
        html_check(arena, question->prompts[i].html);
    html_check(arena, question->guide_html);
}

/* All questions as one paper: written, read again, answered. */
static void check_bank(struct arena *arena, const struct moodle_bank *bank)
{
    struct paper_part part = {
        .title = "一",
        .questions = arena_alloc(arena, (bank->count + 1) * sizeof *part.questions),
        .question_count = bank->count,
    };
    struct paper paper = {
        .slug = "a",
        .title = "a",
        .course = "a",
        .minutes = 10,
        .policy = RESPONSE_CN_PARTIAL_PROP,
        .instructions = "a",
        .seed = "",
        .points = 500 * (int64_t)bank->count,
        .parts = &part,
        .part_count = 1,
        .question_count = bank->count,
    };
    struct paper *again;
    size_t essays = 0;

    for (size_t i = 0; i < bank->count; i++) {
        part.questions[i] = bank->questions[i].question;
        part.questions[i].points = 500;
        /* A file need not have the questions of a case in one place. */
        part.questions[i].case_id = "";
        essays += part.questions[i].type == PAPER_ESSAY;
        check_html(arena, &part.questions[i]);
    }
    if (essays > PAPER_ESSAYS)
        return;
    const char *json = paper_write(arena, &paper);
    FUZZ_REQUIRE(json, "the paper cannot be written");
    struct error *error = paper_read(arena, json, &again);
    FUZZ_REQUIRE(!error, "%s: %s of %s", error->code, error->message, json);
    for (size_t i = 0; i < bank->count; i++)
        check_points(arena, again, &again->parts[0].questions[i]);
}

void fuzz_one(struct arena *arena, const uint8_t *bytes, size_t size)
{
    struct fuzz_input input = {bytes, size};
    struct findings findings;
    struct source source;
    struct moodle_bank bank;
    bool is_moodle = fuzz_byte(&input) % 2;

    findings_init(&findings, arena);
    const char *text = fuzz_rest(arena, &input);
    if (!source_check(&findings, "a.xml", text, strlen(text), &source))
        return;
    if (!is_moodle) {
        read_any(&findings, &source);
        return;
    }
    bool good = moodle_read(&findings, &source, schema, &bank);
    FUZZ_REQUIRE(good == !findings.count, "%zu findings", findings.count);
    told_check(arena, &findings);
    if (good && bank.count && bank.count <= PAPER_QUESTIONS)
        check_bank(arena, &bank);
}
