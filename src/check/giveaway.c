#include "check/giveaway.h"

#include <string.h>

#include "check/phrase.h"

enum { ANSWER_LEAST = 4, STEM_PERCENT = 60 };

static bool tells(
    const struct phrase *stem, const struct phrase *blank, const struct phrase *answer)
{
    return blank->pair_count > 0 &&
           phrase_shared(stem, blank) * 100 >= blank->pair_count * STEM_PERCENT &&
           phrase_contains(stem, answer);
}

static void check_answer(
    struct findings *findings, const struct question_file *file,
    const struct question *blank, const char *answer_text)
{
    struct arena *arena = findings->arena;
    struct phrase answer = phrase_of(arena, answer_text);
    struct phrase blank_stem = phrase_of(arena, blank->stem);

    if (answer.count < ANSWER_LEAST || phrase_is_number(&answer))
        return;
    for (size_t i = 0; i < file->count; i++) {
        const struct question *other = &file->questions[i];
        if (other == blank || !question_is_on_paper(file, other))
            continue;
        struct phrase stem = phrase_of(arena, other->stem);
        if (tells(&stem, &blank_stem, &answer))
            findings_add_rule(
                findings, "giveaway", blank->file, blank->line,
                "题目 %s 的答案“%.60s”写在同卷 %s（第 %d 行）的题干里，请改写一道。",
                blank->id, answer_text, other->id, other->line);
    }
}

void giveaway_check(struct findings *findings, const struct question_file *file)
{
    for (size_t i = 0; i < file->count; i++) {
        const struct question *blank = &file->questions[i];
        if (blank->type != QUESTION_BLANK || !question_is_on_paper(file, blank))
            continue;
        for (size_t j = 0; j < blank->option_count; j++)
            check_answer(findings, file, blank, blank->options[j].text);
    }
}
