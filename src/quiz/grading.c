#include "quiz/grading.h"

#include <string.h>

#include "base/input.h"
#include "base/utf8.h"
#include "quiz/blanks.h"
#include "quiz/numeric.h"
#include "quiz/response.h"

static struct error *invalid(struct arena *arena, const char *why)
{
    return error_make(arena, ERROR_INVALID, "answer_invalid", "答案无效：%s。", why);
}

/* The bits of the picked options, in the order of the paper's file. */
static struct error *picked(
    struct arena *arena, const struct paper_question *question, const json_t *answer,
    uint64_t *mask)
{
    *mask = 0;
    if (!json_is_array(answer))
        return invalid(arena, "应为所选选项");
    for (size_t i = 0; i < json_array_size(answer); i++) {
        const char *id = json_string_value(json_array_get(answer, i));
        const struct paper_option *option =
            id ? paper_question_option(question, id) : NULL;
        if (!option)
            return invalid(arena, "没有这个选项");
        uint64_t bit = UINT64_C(1) << (option - question->options);
        if (*mask & bit)
            return invalid(arena, "选项重复");
        *mask |= bit;
    }
    bool one = question->type == PAPER_SINGLE || question->type == PAPER_TRUE_FALSE;
    if (one && json_array_size(answer) > 1)
        return invalid(arena, "本题只能选一项");
    return NULL;
}

static struct error *check_text(
    struct arena *arena, const struct paper_question *question, const json_t *answer)
{
    if (!json_is_string(answer))
        return invalid(arena, "应为文字");
    size_t bytes = json_string_length(answer);
    bool fits =
        question->type == PAPER_ESSAY
            ? utf8_length(json_string_value(answer), bytes) <= GRADING_LONGEST_ESSAY
            : bytes <= GRADING_LONGEST_TEXT;
    return fits ? NULL : invalid(arena, "文字过长");
}

/* All options once, in any order, or none. */
static struct error *check_order(
    struct arena *arena, const struct paper_question *question, const json_t *answer)
{
    uint64_t mask;

    TRY(picked(arena, question, answer, &mask));
    size_t count = json_array_size(answer);
    return count == 0 || count == question->option_count
               ? NULL
               : invalid(arena, "应包含全部选项");
}

/* Known prompts, known options, no option twice. */
static struct error *
check_pairs(struct arena *arena, const struct paper_question *question, json_t *answer)
{
    uint64_t taken = 0;
    const char *prompt;
    json_t *value;

    if (!json_is_object(answer))
        return invalid(arena, "应为各项的配对");
    json_object_foreach(answer, prompt, value)
    {
        const char *id = json_string_value(value);
        const struct paper_option *option =
            id ? paper_question_option(question, id) : NULL;
        if (!paper_question_prompt(question, prompt))
            return invalid(arena, "没有这个左项");
        if (!option)
            return invalid(arena, "没有这个选项");
        uint64_t bit = UINT64_C(1) << (option - question->options);
        if (taken & bit)
            return invalid(arena, "选项重复");
        taken |= bit;
    }
    return NULL;
}

static struct error *canonical_choice(
    struct arena *arena, const struct paper_question *question, const json_t *answer,
    const char **canonical)
{
    uint64_t mask;

    TRY(picked(arena, question, answer, &mask));
    json_t *sorted = json_array();
    arena_defer(arena, (void (*)(void *))json_decref, sorted);
    for (size_t i = 0; i < question->option_count; i++)
        if (mask & UINT64_C(1) << i)
            (void)json_array_append_new(sorted, json_string(question->options[i].id));
    *canonical = input_canonical(arena, sorted);
    return NULL;
}

struct error *grading_canonical(
    struct arena *arena, const struct paper_question *question, json_t *answer,
    const char **canonical)
{
    if (paper_type_is_text(question->type))
        TRY(check_text(arena, question, answer));
    else if (question->type == PAPER_ORDERING)
        TRY(check_order(arena, question, answer));
    else if (question->type == PAPER_MATCHING)
        TRY(check_pairs(arena, question, answer));
    else
        return canonical_choice(arena, question, answer, canonical);
    *canonical = input_canonical(arena, answer);
    return NULL;
}

bool grading_is_answered(const char *canonical)
{
    return canonical && strcmp(canonical, "[]") != 0 && strcmp(canonical, "{}") != 0 &&
           strcmp(canonical, "\"\"") != 0;
}

static struct error *blank_points(
    struct arena *arena, const struct paper_question *question, const json_t *answer,
    int64_t *points)
{
    const char *text = json_string_value(answer);
    struct blanks_key key = {question->alternatives, question->alternative_count};
    struct blanks_case blanks = {
        .keys = &key,
        .key_count = 1,
        .answers = &text,
        .answer_count = 1,
        .ordered = true,
        .options = {.case_sensitive = question->case_sensitive},
    };
    struct blanks_result result;

    TRY(blanks_correct(arena, &blanks, &result));
    *points = result.correct ? question->points : 0;
    return NULL;
}

static struct error *numeric_points(
    struct arena *arena, const struct paper_question *question, const json_t *answer,
    int64_t *points)
{
    const char *text = json_string_value(answer);
    bool right;

    TRY(numeric_is_right(arena, question, text ? text : "", &right));
    *points = right ? question->points : 0;
    return NULL;
}

/* Of `all` equal parts of a question, `right` are right: rounded down. */
static int64_t share(const struct paper_question *question, size_t right, size_t all)
{
    return all ? question->points * (int64_t)right / (int64_t)all : 0;
}

static int64_t
ordering_points(const struct paper_question *question, const json_t *answer)
{
    size_t count = question->option_count;
    size_t right = 0;

    for (size_t i = 0; i < count; i++) {
        const char *id = json_string_value(json_array_get(answer, i));
        right += id && strcmp(id, question->order[i]->id) == 0;
    }
    if (question->grading == PAPER_ALL_OR_NOTHING && right < count)
        return 0;
    return share(question, right, count);
}

static int64_t
matching_points(const struct paper_question *question, const json_t *answer)
{
    size_t right = 0;

    for (size_t i = 0; i < question->prompt_count; i++) {
        const struct paper_prompt *prompt = &question->prompts[i];
        const char *id = json_string_value(json_object_get(answer, prompt->id));
        right += id && strcmp(id, prompt->option->id) == 0;
    }
    return share(question, right, question->prompt_count);
}

static struct error *choice_points(
    struct arena *arena, const struct paper *paper,
    const struct paper_question *question, const json_t *answer, int64_t *points)
{
    uint64_t key = 0;
    uint64_t response;

    TRY(picked(arena, question, answer, &response));
    for (size_t i = 0; i < question->option_count; i++)
        if (question->options[i].right)
            key |= UINT64_C(1) << i;
    *points = question->type == PAPER_MULTIPLE
                  ? response_points(
                        paper->policy, (int)question->option_count, key, response,
                        question->points, paper->policy_fixed)
                  : response_single_points(key, response, question->points);
    return NULL;
}

struct error *grading_points(
    struct arena *arena, const struct paper *paper,
    const struct paper_question *question, const char *canonical, int64_t *points)
{
    *points = 0;
    if (!grading_is_answered(canonical))
        return NULL;
    json_t *answer = json_loads(canonical, JSON_DECODE_ANY, NULL);
    if (!answer)
        return error_new(arena, ERROR_BROKEN, "answer", "a stored answer is no JSON");
    arena_defer(arena, (void (*)(void *))json_decref, answer);
    switch (question->type) {
    case PAPER_SINGLE:
    case PAPER_MULTIPLE:
    case PAPER_TRUE_FALSE:
        return choice_points(arena, paper, question, answer, points);
    case PAPER_BLANK:
        return blank_points(arena, question, answer, points);
    case PAPER_NUMERIC:
        return numeric_points(arena, question, answer, points);
    case PAPER_ORDERING:
        *points = ordering_points(question, answer);
        return NULL;
    case PAPER_MATCHING:
        *points = matching_points(question, answer);
        return NULL;
    case PAPER_ESSAY:
        return NULL; /* people give them */
    }
    return error_new(arena, ERROR_BROKEN, "answer", "a question of no known type");
}

int64_t grading_pending(const struct paper_question *question, const char *canonical)
{
    bool by_hand = !paper_type_is_automatic(question->type);

    return by_hand && grading_is_answered(canonical) ? question->points : 0;
}
