/* A paper in memory: names and finding things. Reading and writing its document:
 * paper_read.c, paper_write.c. How it is made from files: paper_build.c. */
#include "quiz/paper.h"

#include <string.h>

static const char *const type_names[] = {
    [PAPER_SINGLE] = "single",         [PAPER_MULTIPLE] = "multiple",
    [PAPER_TRUE_FALSE] = "true_false", [PAPER_BLANK] = "blank",
    [PAPER_NUMERIC] = "numeric",       [PAPER_ORDERING] = "ordering",
    [PAPER_MATCHING] = "matching",     [PAPER_ESSAY] = "essay",
};

const struct decimal_limits paper_decimal = {
    .whole = 9, .places = DECIMAL_PLACES, .negative = true};

const char *paper_type_name(enum paper_type type)
{
    return type_names[type];
}

bool paper_type_find(const char *name, enum paper_type *type)
{
    for (size_t i = 0; i < sizeof type_names / sizeof type_names[0]; i++) {
        if (strcmp(type_names[i], name) == 0) {
            *type = (enum paper_type)i;
            return true;
        }
    }
    return false;
}

const char *paper_grading_name(enum paper_grading grading)
{
    static const char *const names[] = {
        [PAPER_GRADING_NONE] = "",
        [PAPER_ABSOLUTE_POSITION] = "absolute_position",
        [PAPER_ALL_OR_NOTHING] = "all_or_nothing",
    };

    return names[grading];
}

bool paper_type_is_automatic(enum paper_type type)
{
    return type != PAPER_ESSAY;
}

bool paper_type_is_text(enum paper_type type)
{
    return type == PAPER_BLANK || type == PAPER_NUMERIC || type == PAPER_ESSAY;
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

const struct paper_option *
paper_question_option(const struct paper_question *question, const char *id)
{
    for (size_t i = 0; i < question->option_count; i++) {
        if (strcmp(question->options[i].id, id) == 0)
            return &question->options[i];
    }
    return NULL;
}

const struct paper_prompt *
paper_question_prompt(const struct paper_question *question, const char *id)
{
    for (size_t i = 0; i < question->prompt_count; i++) {
        if (strcmp(question->prompts[i].id, id) == 0)
            return &question->prompts[i];
    }
    return NULL;
}

const struct paper_case *paper_find_case(const struct paper *paper, const char *id)
{
    for (size_t i = 0; i < paper->case_count; i++) {
        if (strcmp(paper->cases[i].id, id) == 0)
            return &paper->cases[i];
    }
    return NULL;
}
