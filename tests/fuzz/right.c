#include "fuzz/right.h"

#include <stdlib.h>

json_t *right_answer(struct arena *arena, const struct paper_question *question)
{
    json_t *answer;

    if (question->type == PAPER_BLANK) {
        answer = json_string(question->alternatives[0]);
    } else if (question->type == PAPER_NUMERIC) {
        answer = json_string(question->values[0].value);
    } else if (question->type == PAPER_ESSAY) {
        answer = json_string("?");
    } else if (question->type == PAPER_MATCHING) {
        answer = json_object();
        for (size_t i = 0; i < question->prompt_count; i++)
            (void)json_object_set_new(
                answer, question->prompts[i].id,
                json_string(question->prompts[i].option->id));
    } else if (question->type == PAPER_ORDERING) {
        answer = json_array();
        for (size_t i = 0; i < question->option_count; i++)
            (void)json_array_append_new(answer, json_string(question->order[i]->id));
    } else {
        answer = json_array();
        for (size_t i = question->option_count; i > 0; i--)
            if (question->options[i - 1].right)
                (void)json_array_append_new(
                    answer, json_string(question->options[i - 1].id));
    }
    if (!answer)
        abort();
    arena_defer(arena, (void (*)(void *))json_decref, answer);
    return answer;
}
