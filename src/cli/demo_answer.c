#include "cli/demo_answer.h"

#include <stdlib.h>

#include "quiz/grading.h"

/* Percent. With difficulties around 2 and abilities around 0 a paper comes out near 78
 * of 100, as in a real class after the course. */
enum {
    KNOWN_AT_BEST = 94,
    HARDER_BY = 8,
    TEXT_HARDER_BY = 5,
    LEFT_ALONE = 1,
    TEXT_LEFT_ALONE = 45,
    INCOMPLETE = 60, /* of the multiple responses not known: too few, none wrong */
    ALL_WRONG = 25,  /* of the orders not known: the wrong way round */
    PAIR_LEFT_OUT = 30,
    WRONG_NUMBERS = 6,
    WRONG_BY = 5,
};

static json_t *list(struct arena *arena)
{
    json_t *array = json_array();

    arena_defer(arena, (void (*)(void *))json_decref, array);
    return array;
}

static void choose(json_t *array, const struct paper_option *option)
{
    (void)json_array_append_new(array, json_string(option->id));
}

/* One of the options that are right, or of those that are not. */
static const struct paper_option *some_option(
    struct demo_random *random, const struct paper_question *question, bool right)
{
    const struct paper_option *options[PAPER_OPTIONS];
    int64_t count = 0;

    for (size_t i = 0; i < question->option_count; i++)
        if (question->options[i].right == right)
            options[count++] = &question->options[i];
    return count ? options[demo_random_below(random, count)] : &question->options[0];
}

static json_t *one_option(
    struct arena *arena, struct demo_random *random,
    const struct paper_question *question, bool knows)
{
    json_t *array = list(arena);

    choose(array, some_option(random, question, knows));
    return array;
}

static json_t *several_options(
    struct arena *arena, struct demo_random *random,
    const struct paper_question *question, bool knows)
{
    json_t *array = list(arena);
    const struct paper_option *forgotten =
        knows ? NULL : some_option(random, question, true);

    for (size_t i = 0; i < question->option_count; i++)
        if (question->options[i].right && &question->options[i] != forgotten)
            choose(array, &question->options[i]);
    if (!knows && !demo_random_chance(random, INCOMPLETE))
        choose(array, some_option(random, question, false));
    return array;
}

/* A wrong filling is often the right one of another question. */
static const char *some_filling(
    struct demo_random *random, const struct paper *paper,
    const struct paper_question *not_of)
{
    const struct paper_part *part =
        &paper->parts[demo_random_below(random, (int64_t)paper->part_count)];
    const struct paper_question *question =
        &part->questions[demo_random_below(random, (int64_t)part->question_count)];

    if (question->type == PAPER_BLANK && question != not_of)
        return question->alternatives[0];
    return "不记得了";
}

static json_t *as_text(struct arena *arena, const char *text)
{
    json_t *answer = json_string(text);

    if (!answer)
        abort();
    arena_defer(arena, (void (*)(void *))json_decref, answer);
    return answer;
}

static json_t *filling(
    struct arena *arena, struct demo_random *random, const struct paper *paper,
    const struct paper_question *question, bool knows)
{
    int64_t which = demo_random_below(random, (int64_t)question->alternative_count);
    const char *text =
        knows ? question->alternatives[which] : some_filling(random, paper, question);

    return as_text(arena, text);
}

/* Who does not know it is out by a little. */
static json_t *number(
    struct arena *arena, struct demo_random *random,
    const struct paper_question *question, bool knows)
{
    const struct decimal_limits limits = {
        .whole = 9, .places = DECIMAL_PLACES, .negative = true};
    const char *value = question->values[0].value;
    int64_t units = 0;

    if (!knows && decimal_parse(arena, value, limits, &units) == NULL)
        value = decimal_short(
            arena,
            units + (1 + demo_random_below(random, WRONG_NUMBERS)) * WRONG_BY *
                        decimal_power(DECIMAL_PLACES),
            DECIMAL_PLACES);
    return as_text(arena, value);
}

/* Who does not know it has two neighbours the wrong way round, or everything. */
static json_t *order(
    struct arena *arena, struct demo_random *random,
    const struct paper_question *question, bool knows)
{
    json_t *array = list(arena);
    size_t count = question->option_count;
    size_t swapped =
        knows ? count : (size_t)demo_random_below(random, (int64_t)count - 1);
    bool reversed = !knows && demo_random_chance(random, ALL_WRONG);

    for (size_t i = 0; i < count; i++) {
        size_t place = reversed ? count - 1 - i : i;
        if (!reversed && i == swapped)
            place = i + 1;
        else if (!reversed && i == swapped + 1)
            place = i - 1;
        choose(array, question->order[place]);
    }
    return array;
}

/* Who does not know it takes two for each other, and leaves one out at times. */
static json_t *pairs(
    struct arena *arena, struct demo_random *random,
    const struct paper_question *question, bool knows)
{
    json_t *answer = json_object();
    size_t count = question->prompt_count;
    size_t first = (size_t)demo_random_below(random, (int64_t)count);
    size_t second = (first + 1) % count;
    bool left_out = !knows && demo_random_chance(random, PAIR_LEFT_OUT);

    arena_defer(arena, (void (*)(void *))json_decref, answer);
    for (size_t i = 0; i < count; i++) {
        size_t taken = i;
        if (!knows && (i == first || i == second))
            taken = i == first ? second : first;
        if (!left_out || i != first)
            (void)json_object_set_new(
                answer, question->prompts[i].id,
                json_string(question->prompts[taken].option->id));
    }
    return answer;
}

static json_t *essay(struct arena *arena, struct demo_random *random, bool knows)
{
    static const char *const good[] = {
        "一是先核实情况，听取业主、业委会和物业三方意见并做好记录；二是对照法规和议事规"
        "则"
        "说明各方责任；三是提出办理时限和分工，结果在小区公示；四是三天内回访。",
        "先稳住现场，再分清哪些事归谁管。能当场解决的当场解决，需要表决的按程序表决，"
        "涉及部门职责的填写联络单上报街道，全过程留痕，办结后回访并公示。",
    };
    static const char *const poor[] = {
        "多和居民沟通，及时上报社区。",
        "按规定办理，做好解释工作，避免矛盾激化。",
    };

    return as_text(arena, (knows ? good : poor)[demo_random_below(random, 2)]);
}

static json_t *answer_to(
    struct arena *arena, struct demo_random *random, const struct paper *paper,
    const struct paper_question *question, bool knows)
{
    switch (question->type) {
    case PAPER_SINGLE:
    case PAPER_TRUE_FALSE:
        return one_option(arena, random, question, knows);
    case PAPER_MULTIPLE:
        return several_options(arena, random, question, knows);
    case PAPER_BLANK:
        return filling(arena, random, paper, question, knows);
    case PAPER_NUMERIC:
        return number(arena, random, question, knows);
    case PAPER_ORDERING:
        return order(arena, random, question, knows);
    case PAPER_MATCHING:
        return pairs(arena, random, question, knows);
    case PAPER_ESSAY:
        return essay(arena, random, knows);
    }
    abort();
}

struct error *demo_answer(
    struct arena *arena, struct demo_random *random, const struct paper *paper,
    const struct paper_question *question, int64_t ability, const char **canonical)
{
    bool is_text = paper_type_is_text(question->type);
    bool knows = demo_random_chance(
        random, KNOWN_AT_BEST - HARDER_BY * question->difficulty + ability -
                    (is_text ? TEXT_HARDER_BY : 0));

    *canonical = NULL;
    if (!knows && demo_random_chance(random, is_text ? TEXT_LEFT_ALONE : LEFT_ALONE))
        return NULL;
    return grading_canonical(
        arena, question, answer_to(arena, random, paper, question, knows), canonical);
}
