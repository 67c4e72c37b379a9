#include "check/duplicates.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "check/phrase.h"

enum {
    STEM_LEAST = 12, /* characters */
    NEAR_PERCENT = 80,
    SAME_PERCENT = 95,
    OPTIONS_PERCENT = 60,
    OPTIONS_LIMIT = 1024 * 1024,
};

struct entry {
    const struct question *question;
    struct phrase stem;
    struct phrase options; /* all of them, in the order of their texts */
    struct phrase right;   /* the right ones */
};

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static struct phrase
options_phrase(struct arena *arena, const struct question *question, bool only_right)
{
    size_t count = 0;

    const char **texts =
        arena_alloc(arena, (question->option_count + 1) * sizeof texts[0]);
    struct text joined;

    for (size_t i = 0; i < question->option_count; i++) {
        if (question->options[i].right || !only_right)
            texts[count++] = question->options[i].text;
    }
    qsort(texts, count, sizeof texts[0], compare_texts);
    text_init(&joined, arena, OPTIONS_LIMIT);
    for (size_t i = 0; i < count; i++) {
        text_add(&joined, texts[i]);
        text_add(&joined, "\n");
    }
    return phrase_of(arena, joined.bytes);
}

static bool are_of_two_cases(const struct question *a, const struct question *b)
{
    return a->of_case && b->of_case && strcmp(a->of_case, b->of_case) != 0;
}

/* Types whose answers can be held against each other. */
static enum question_type group(const struct question *question)
{
    enum question_type type = question->type;

    if (type == QUESTION_MULTIPLE)
        return QUESTION_SINGLE;
    return type == QUESTION_NUMERIC ? QUESTION_BLANK : type;
}

static bool
share_answer(struct arena *arena, const struct question *a, const struct question *b)
{
    for (size_t i = 0; i < a->option_count; i++) {
        struct phrase answer = phrase_of(arena, a->options[i].text);
        for (size_t j = 0; j < b->option_count && a->options[i].right; j++) {
            struct phrase other = phrase_of(arena, b->options[j].text);
            if (b->options[j].right && phrase_is_equal(&answer, &other))
                return true;
        }
    }
    return false;
}

/* What is right in one is right in the other, among much the same options. */
static bool agree(struct arena *arena, const struct entry *a, const struct entry *b)
{
    enum question_type type = group(a->question);

    if (type != group(b->question))
        return false;
    if (type == QUESTION_BLANK)
        return share_answer(arena, a->question, b->question);
    return phrase_is_near(&a->options, &b->options, OPTIONS_PERCENT) &&
           phrase_is_near(&a->right, &b->right, NEAR_PERCENT);
}

static bool are_near(struct arena *arena, const struct entry *a, const struct entry *b)
{
    if (a->stem.count < STEM_LEAST || b->stem.count < STEM_LEAST ||
        !phrase_is_near(&a->stem, &b->stem, NEAR_PERCENT))
        return false;
    if (!are_of_two_cases(a->question, b->question) &&
        phrase_is_near(&a->stem, &b->stem, SAME_PERCENT))
        return true;
    return agree(arena, a, b);
}

static bool are_same(struct arena *arena, const struct entry *a, const struct entry *b)
{
    if (a->stem.count == 0 || !phrase_is_equal(&a->stem, &b->stem))
        return false;
    return !are_of_two_cases(a->question, b->question) || agree(arena, a, b);
}

static void compare(
    struct findings *findings, const struct entry *before, const struct entry *entry)
{
    const struct question *other = before->question;
    const struct question *question = entry->question;
    struct arena *arena = findings->arena;
    const char *rule = are_same(arena, before, entry)   ? "stem-same"
                       : are_near(arena, before, entry) ? "stem-near"
                                                        : NULL;

    if (rule)
        findings_add_rule(
            findings, rule, question->file, question->line,
            "题目 %s 的题干与 %s（%s:%d）%s，请改写或删去一道。", question->id,
            other->id, other->file, other->line,
            strcmp(rule, "stem-same") == 0 ? "相同" : "几乎相同");
}

void duplicates_check(struct findings *findings, const struct curriculum *curriculum)
{
    size_t count = 0;

    for (size_t i = 0; i < curriculum->file_count; i++)
        count += curriculum->files[i].count;
    struct entry *entries = arena_alloc(findings->arena, (count + 1) * sizeof *entries);
    count = 0;
    for (size_t i = 0; i < curriculum->file_count; i++) {
        const struct question_file *file = &curriculum->files[i];
        for (size_t j = 0; j < file->count; j++) {
            const struct question *question = &file->questions[j];
            entries[count] = (struct entry){
                .question = question,
                .stem = phrase_of(findings->arena, question->stem),
                .options = options_phrase(findings->arena, question, false),
                .right = options_phrase(findings->arena, question, true),
            };
            for (size_t k = 0; k < count; k++)
                compare(findings, &entries[k], &entries[count]);
            count++;
        }
    }
}
