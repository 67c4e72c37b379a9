#include "quiz/grading.h"

#include <string.h>

#include "base/input.h"
#include "quiz/blanks.h"
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
    bool one = question->type != PAPER_MULTIPLE;
    if (one && json_array_size(answer) > 1)
        return invalid(arena, "本题只能选一项");
    return NULL;
}

struct error *grading_canonical(
    struct arena *arena, const struct paper_question *question, const json_t *answer,
    const char **canonical)
{
    uint64_t mask;

    if (question->type == PAPER_BLANK) {
        if (!json_is_string(answer))
            return invalid(arena, "应为文字");
        if (json_string_length(answer) > GRADING_LONGEST_TEXT)
            return invalid(arena, "文字过长");
        *canonical = input_canonical(arena, answer);
        return NULL;
    }
    TRY(picked(arena, question, answer, &mask));
    json_t *sorted = json_array();
    arena_defer(arena, (void (*)(void *))json_decref, sorted);
    for (size_t i = 0; i < question->option_count; i++)
        if (mask & UINT64_C(1) << i)
            (void)json_array_append_new(sorted, json_string(question->options[i].id));
    *canonical = input_canonical(arena, sorted);
    return NULL;
}

bool grading_is_answered(const char *canonical)
{
    return canonical && strcmp(canonical, "[]") != 0 && strcmp(canonical, "\"\"") != 0;
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

struct error *grading_points(
    struct arena *arena, const struct paper *paper,
    const struct paper_question *question, const char *canonical, int64_t *points)
{
    json_t *answer;
    uint64_t key = 0;
    uint64_t response;

    *points = 0;
    if (!grading_is_answered(canonical))
        return NULL;
    answer = json_loads(canonical, JSON_DECODE_ANY, NULL);
    if (!answer)
        return error_new(arena, ERROR_BROKEN, "answer", "a stored answer is no JSON");
    arena_defer(arena, (void (*)(void *))json_decref, answer);
    if (question->type == PAPER_BLANK)
        return blank_points(arena, question, answer, points);
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
