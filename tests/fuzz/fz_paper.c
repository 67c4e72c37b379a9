/* Papers as stored: what is let in can be written and read again, delivered in some
 * order, and answered for full points. */
#include <stdlib.h>
#include <string.h>

#include "base/input.h"
#include "fuzz/fuzz.h"
#include "fuzz/right.h"
#include "quiz/grading.h"
#include "quiz/layout.h"

static void check_grading(
    struct arena *arena, const struct paper *paper,
    const struct paper_question *question)
{
    json_t *answer = right_answer(arena, question);
    const char *canonical;
    int64_t points = -1;

    struct error *error = grading_canonical(arena, question, answer, &canonical);
    if (!error)
        error = grading_points(arena, paper, question, canonical, &points);
    /* A key that is too long, or nothing once it is normalised, is refused where
     * questions are read; here it can only be an error. */
    bool is_odd = question->type == PAPER_BLANK && error;
    int64_t full = question->type == PAPER_ESSAY ? 0 : question->points;
    FUZZ_REQUIRE(
        is_odd || (!error && points == full) ||
            (!error && question->type == PAPER_BLANK && points == 0 &&
             !grading_is_answered(canonical)),
        "%s: %lld of %lld points, %s", question->id, (long long)points,
        (long long)question->points, error ? error->code : "no error");
}

/* Every question once, every option of it once. */
static void check_layout(struct arena *arena, const struct paper *paper)
{
    const char *json;
    struct layout layout;

    layout_make(arena, paper, "revision", 7, &json);
    struct error *error = layout_read(arena, paper, json, &layout);
    FUZZ_REQUIRE(!error, "%s of %s", error->code, json);
    FUZZ_REQUIRE(layout.count == paper->question_count, "%zu", layout.count);
    for (size_t i = 0; i < layout.count; i++) {
        const struct layout_question *one = &layout.questions[i];
        unsigned seen = 0;
        for (size_t j = 0; j < i; j++)
            FUZZ_REQUIRE(
                layout.questions[j].question != one->question, "twice: %s", json);
        bool in_right_order = one->question->type == PAPER_ORDERING;
        for (size_t j = 0; j < one->question->option_count; j++) {
            seen |= 1U << (one->options[j] - one->question->options);
            in_right_order =
                in_right_order && one->options[j] == one->question->order[j];
        }
        FUZZ_REQUIRE(!in_right_order, "the key is delivered: %s", json);
        FUZZ_REQUIRE(
            seen == (1U << one->question->option_count) - 1, "an option twice: %s",
            json);
    }
}

static void set_default(json_t *object, const char *key, json_t *value)
{
    json_t *present = json_object_get(object, key);

    if (present && !json_is_null(present))
        json_decref(value);
    else
        (void)json_object_set_new(object, key, value);
}

/* What older papers lack. */
static void add_question_defaults(json_t *object, const struct paper *paper)
{
    set_default(object, "values", json_array());
    set_default(object, "units", json_array());
    set_default(object, "prompts", json_array());
    set_default(object, "grading", json_string(""));
    set_default(object, "guide_html", json_string(""));
    set_default(object, "case", json_string(""));
    set_default(object, "course", json_string(paper->course));
}

static void add_paper_defaults(json_t *object)
{
    set_default(object, "kind", json_string("quiz"));
    set_default(object, "seed", json_string(""));
    set_default(object, "cases", json_array());
}

/* What was right is written in the order of the options; all else as it was read. */
static void check_written(
    struct arena *arena, const struct paper *paper, const char *read,
    const char *written)
{
    json_t *before;
    json_t *after;

    struct error *error = input_parse(arena, read, strlen(read), &before);
    if (!error)
        error = input_parse(arena, written, strlen(written), &after);
    FUZZ_REQUIRE(!error, "%s", written);
    for (size_t p = 0; p < paper->part_count; p++) {
        json_t *part = json_array_get(json_object_get(before, "parts"), p);
        for (size_t q = 0; q < paper->parts[p].question_count; q++) {
            const struct paper_question *question = &paper->parts[p].questions[q];
            json_t *right = json_array();
            for (size_t i = 0; i < question->option_count; i++)
                if (question->options[i].right)
                    (void)json_array_append_new(
                        right, json_string(question->options[i].id));
            json_t *object = json_array_get(json_object_get(part, "questions"), q);
            if (question->type == PAPER_ORDERING)
                json_decref(right);
            else
                (void)json_object_set_new(object, "right", right);
            add_question_defaults(object, paper);
        }
    }
    add_paper_defaults(before);
    FUZZ_REQUIRE(json_equal(before, after), "%s is written as %s", read, written);
}

void fuzz_one(struct arena *arena, const uint8_t *bytes, size_t size)
{
    struct fuzz_input input = {bytes, size};
    struct paper *paper;
    struct paper *again;

    const char *read = fuzz_rest(arena, &input);
    if (paper_read(arena, read, &paper))
        return;
    const char *written = paper_write(arena, paper);
    FUZZ_REQUIRE(written, "cannot be written");
    check_written(arena, paper, read, written);
    struct error *error = paper_read(arena, written, &again);
    FUZZ_REQUIRE(!error, "%s: %s", error->code, error->message);
    FUZZ_REQUIRE(strcmp(written, paper_write(arena, again)) == 0, "%s", written);
    check_layout(arena, paper);
    for (size_t p = 0; p < paper->part_count; p++)
        for (size_t q = 0; q < paper->parts[p].question_count; q++)
            check_grading(arena, paper, &paper->parts[p].questions[q]);
}
