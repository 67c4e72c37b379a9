/* Answers to the questions of a paper: what is let in is stored in one form only, and
 * earns between nothing and the full points. The first byte says which question. */
#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "fuzz/fuzz.h"
#include "quiz/grading.h"

#define COMMON                                                                         \
    "\"stem_html\":\"<p>?</p>\",\"explanation_html\":\"<p>!</p>\",\"lesson\":\"a\","   \
    "\"facts\":[],\"difficulty\":1,\"point\":\"p\",\"fixed_order\":false,"             \
    "\"case_sensitive\":false,\"points\":500,"
#define OPTIONS                                                                        \
    "\"options\":[{\"id\":\"a\",\"html\":\"1\"},{\"id\":\"b\",\"html\":\"2\"},"        \
    "{\"id\":\"c\",\"html\":\"3\"},{\"id\":\"d\",\"html\":\"4\"}],\"alternatives\":[]"

static const char paper_json[] =
    "{\"slug\":\"a\",\"title\":\"t\",\"course\":\"a\",\"minutes\":20,\"pass_percent\":"
    "60,"
    "\"shuffle_questions\":false,\"shuffle_options\":false,"
    "\"policy\":\"cn_partial_prop\",\"policy_fixed\":0,\"instructions\":\"i\","
    "\"points\":4000,\"parts\":[{\"title\":\"p\",\"questions\":["
    "{\"id\":\"q0\",\"type\":\"single\"," COMMON OPTIONS ",\"right\":[\"b\"]},"
    "{\"id\":\"q1\",\"type\":\"multiple\"," COMMON OPTIONS ",\"right\":[\"a\",\"c\"]},"
    "{\"id\":\"q2\",\"type\":\"true_false\"," COMMON
    "\"options\":[{\"id\":\"t\",\"html\":\"对\"},{\"id\":\"f\",\"html\":\"错\"}],"
    "\"alternatives\":[],\"right\":[\"t\"]},"
    "{\"id\":\"q3\",\"type\":\"blank\"," COMMON
    "\"options\":[],\"right\":[],\"alternatives\":[\"三方协同\",\"2017 年\"]},"
    "{\"id\":\"q4\",\"type\":\"numeric\"," COMMON
    "\"options\":[],\"right\":[],\"alternatives\":[],\"units\":[\"天\"],"
    "\"values\":[{\"value\":\"60\",\"tolerance\":\"0.5\"}]},"
    "{\"id\":\"q5\",\"type\":\"ordering\"," COMMON OPTIONS
    ",\"grading\":\"absolute_position\",\"right\":[\"b\",\"d\",\"a\",\"c\"]},"
    "{\"id\":\"q6\",\"type\":\"matching\"," COMMON OPTIONS
    ",\"right\":[],\"prompts\":[{\"id\":\"1\",\"html\":\"x\",\"option\":\"b\"},"
    "{\"id\":\"2\",\"html\":\"y\",\"option\":\"d\"}]},"
    "{\"id\":\"q7\",\"type\":\"essay\"," COMMON
    "\"options\":[],\"right\":[],\"alternatives\":[],\"guide_html\":\"g\"}]}]}";

static const struct paper *the_paper(void)
{
    static struct arena *kept; /* never freed: the same for all inputs */
    static struct paper *paper;

    if (paper)
        return paper;
    kept = arena_new();
    if (paper_read(kept, paper_json, &paper))
        abort();
    return paper;
}

void fuzz_one(struct arena *arena, const uint8_t *bytes, size_t size)
{
    const struct paper *paper = the_paper();
    const char *canonical;
    const char *again;
    int64_t points = -1;
    json_error_t failure;

    if (!size)
        return;
    const struct paper_question *question =
        &paper->parts[0].questions[(bytes[0] - '0' + 256) % 8];
    json_t *answer = json_loadb(
        (const char *)bytes + 1, size - 1, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY,
        &failure);
    if (!answer)
        return;
    arena_defer(arena, (void (*)(void *))json_decref, answer);
    struct error *error = grading_canonical(arena, question, answer, &canonical);
    if (error) {
        FUZZ_REQUIRE(strcmp(error->code, "answer_invalid") == 0, "%s", error->code);
        return;
    }
    json_t *stored = json_loads(canonical, JSON_DECODE_ANY, &failure);
    FUZZ_REQUIRE(stored, "stored as %s", canonical);
    arena_defer(arena, (void (*)(void *))json_decref, stored);
    error = grading_canonical(arena, question, stored, &again);
    FUZZ_REQUIRE(!error && strcmp(canonical, again) == 0, "%s", canonical);
    FUZZ_REQUIRE(
        json_array_size(stored) == json_array_size(answer) &&
            (question->type == PAPER_MULTIPLE || question->type == PAPER_ORDERING ||
             json_array_size(stored) <= 1),
        "an option too many: %s", canonical);
    error = grading_points(arena, paper, question, canonical, &points);
    FUZZ_REQUIRE(!error, "%s: %s", canonical, error->message);
    FUZZ_REQUIRE(
        points >= 0 && points <= question->points &&
            (grading_is_answered(canonical) || !points),
        "%s earns %lld", canonical, (long long)points);
}
