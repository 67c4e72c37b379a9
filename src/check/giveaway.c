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

/* The questions of one paper. */
struct sheet {
    const struct question **questions;
    size_t count;
};

static void check_answer(
    struct findings *findings, const struct sheet *sheet, const struct question *blank,
    const char *answer_text)
{
    struct arena *arena = findings->arena;
    struct phrase answer = phrase_of(arena, answer_text);
    struct phrase blank_stem = phrase_of(arena, blank->stem);

    if (answer.count < ANSWER_LEAST || phrase_is_number(&answer))
        return;
    for (size_t i = 0; i < sheet->count; i++) {
        const struct question *other = sheet->questions[i];
        if (other == blank)
            continue;
        struct phrase stem = phrase_of(arena, other->stem);
        if (tells(&stem, &blank_stem, &answer))
            findings_add_rule(
                findings, "giveaway", blank->file, blank->line,
                "题目 %s 的答案“%.60s”写在同卷 %s（%s:%d）的题干里，请改写一道。",
                blank->id, answer_text, other->id, other->file, other->line);
    }
}

void giveaway_check(
    struct findings *findings, const struct curriculum *curriculum,
    const struct question_file *paper)
{
    struct sheet sheet = {
        .questions = arena_alloc(
            findings->arena, (paper->paper_count + 1) * sizeof(struct question *)),
    };

    for (size_t i = 0; i < paper->paper_count; i++) {
        const struct question *found = curriculum_question(curriculum, paper->paper[i]);
        if (found)
            sheet.questions[sheet.count++] = found;
    }
    for (size_t i = 0; i < sheet.count; i++) {
        const struct question *blank = sheet.questions[i];
        for (size_t j = 0; blank->type == QUESTION_BLANK && j < blank->option_count;
             j++)
            check_answer(findings, &sheet, blank, blank->options[j].text);
    }
}
