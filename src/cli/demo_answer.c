#include "cli/demo_answer.h"

#include "quiz/grading.h"

/* Percent. With difficulties around 2 and abilities around 0 a paper comes out near 78
 * of 100, as in a real class after the course. */
enum {
    KNOWN_AT_BEST = 94,
    HARDER_BY = 8,
    BLANK_HARDER_BY = 5,
    LEFT_ALONE = 1,
    BLANK_LEFT_ALONE = 45,
    INCOMPLETE = 60, /* of the multiple responses not known: too few, none wrong */
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

static json_t *filling(
    struct arena *arena, struct demo_random *random, const struct paper *paper,
    const struct paper_question *question, bool knows)
{
    int64_t which = demo_random_below(random, (int64_t)question->alternative_count);
    const char *text =
        knows ? question->alternatives[which] : some_filling(random, paper, question);
    json_t *answer = json_string(text);

    arena_defer(arena, (void (*)(void *))json_decref, answer);
    return answer;
}

struct error *demo_answer(
    struct arena *arena, struct demo_random *random, const struct paper *paper,
    const struct paper_question *question, int64_t ability, const char **canonical)
{
    bool is_blank = question->type == PAPER_BLANK;
    bool knows = demo_random_chance(
        random, KNOWN_AT_BEST - HARDER_BY * question->difficulty + ability -
                    (is_blank ? BLANK_HARDER_BY : 0));
    json_t *answer;

    *canonical = NULL;
    if (!knows && demo_random_chance(random, is_blank ? BLANK_LEFT_ALONE : LEFT_ALONE))
        return NULL;
    if (is_blank)
        answer = filling(arena, random, paper, question, knows);
    else if (question->type == PAPER_MULTIPLE)
        answer = several_options(arena, random, question, knows);
    else
        answer = one_option(arena, random, question, knows);
    return grading_canonical(arena, question, answer, canonical);
}
