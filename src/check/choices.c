#include "check/choices.h"

#include <string.h>

#include "check/phrase.h"

enum {
    SHARE_PERCENT = 40,
    MORE_PERCENT = 40,
    MORE_CHARACTERS = 6,
    SINGLES_LEAST = 12,
    SUMMING_MOST = 12,   /* characters of 以上说法都不正确 and the like */
    CONTAINED_LEAST = 6, /* shorter ones are names that others build on */
};

struct lengths {
    size_t right;
    size_t shortest_wrong;
    size_t longest_wrong;
};

static bool ends_with(const char *text, const char *ending)
{
    size_t size = strlen(text);
    size_t tail = strlen(ending);

    return size >= tail && strcmp(text + size - tail, ending) == 0;
}

static struct lengths measure(const struct question *question)
{
    struct lengths lengths = {.shortest_wrong = SIZE_MAX};

    for (size_t i = 0; i < question->option_count; i++) {
        size_t width = phrase_width(question->options[i].text);
        if (question->options[i].right) {
            lengths.right = width;
            continue;
        }
        if (width < lengths.shortest_wrong)
            lengths.shortest_wrong = width;
        if (width > lengths.longest_wrong)
            lengths.longest_wrong = width;
    }
    return lengths;
}

static bool is_much_longer(size_t longer, size_t shorter)
{
    return longer > shorter + MORE_CHARACTERS &&
           longer * 100 > shorter * (100 + MORE_PERCENT);
}

static void check_length(
    struct findings *findings, const struct question *question,
    const struct lengths *lengths)
{
    bool is_long = is_much_longer(lengths->right, lengths->longest_wrong);

    if (is_long || is_much_longer(lengths->shortest_wrong, lengths->right))
        findings_add_rule(
            findings, "option-length", question->file, question->line,
            "题目 %s：正确选项（%zu 字）明显比其他选项（%zu 到 %zu 字）%s，"
            "请写得差不多长。",
            question->id, lengths->right, lengths->shortest_wrong,
            lengths->longest_wrong, is_long ? "长" : "短");
}

static void check_share(
    struct findings *findings, const struct question_file *file, size_t extreme,
    size_t singles, bool is_longest)
{
    if (singles >= SINGLES_LEAST && extreme * 100 > singles * SHARE_PERCENT)
        findings_add_rule(
            findings, is_longest ? "option-longest" : "option-shortest", file->file, 0,
            "%zu 道单选题里有 %zu 道的正确选项%s，超过四成，请调整。", singles, extreme,
            is_longest ? "最长" : "最短");
}

static void check_lengths(struct findings *findings, const struct question_file *file)
{
    size_t singles = 0;
    size_t longest = 0;
    size_t shortest = 0;

    for (size_t i = 0; i < file->count; i++) {
        const struct question *question = &file->questions[i];
        struct lengths lengths = measure(question);
        if (question->type != QUESTION_SINGLE || lengths.right == 0 ||
            lengths.longest_wrong == 0)
            continue;
        singles++;
        longest += lengths.right > lengths.longest_wrong;
        shortest += lengths.right < lengths.shortest_wrong;
        check_length(findings, question, &lengths);
    }
    check_share(findings, file, longest, singles, true);
    check_share(findings, file, shortest, singles, false);
}

/* An option about the other options. */
static bool sums_up(struct arena *arena, const char *text)
{
    static const char *const endings[] = {
        "都对",     "都不对",   "都正确",   "都不正确", "均正确",
        "均不正确", "全部正确", "全都正确", "都错",     "都错误",
    };
    struct phrase phrase = phrase_of(arena, text);
    const char *words = text + strspn(text, " ");
    size_t size = strlen(words);

    if (phrase.count > SUMMING_MOST)
        return false;
    bool is_about_others = strncmp(words, "以上", strlen("以上")) == 0 ||
                           strncmp(words, "上述", strlen("上述")) == 0;
    if (is_about_others && (strstr(words, "都") || strstr(words, "均") ||
                            strstr(words, "皆") || strstr(words, "全")))
        return true;
    while (size > 3 && strncmp(words + size - 3, "。", 3) == 0)
        size -= 3;
    const char *bare = arena_copy_bytes(arena, words, size);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (ends_with(bare, endings[i]))
            return true;
    }
    return false;
}

static void check_pair(
    struct findings *findings, const struct question *question,
    const struct phrase *first, const struct phrase *second, const char *texts[2])
{
    if (first->count > 0 && phrase_is_equal(first, second)) {
        findings_add_rule(
            findings, "option-twice", question->file, question->line,
            "题目 %s：选项“%.60s”写了两次。", question->id, texts[0]);
        return;
    }
    const struct phrase *part = first->count < second->count ? first : second;
    bool is_first = part == first;
    if (part->count >= CONTAINED_LEAST &&
        phrase_contains(is_first ? second : first, part))
        findings_add_rule(
            findings, "option-contains", question->file, question->line,
            "题目 %s：选项“%.60s”整个包含在另一个选项里，请改写。", question->id,
            texts[is_first ? 0 : 1]);
}

static void check_words(struct findings *findings, const struct question *question)
{
    struct arena *arena = findings->arena;
    struct phrase *phrases =
        arena_alloc(arena, (question->option_count + 1) * sizeof phrases[0]);

    for (size_t i = 0; i < question->option_count; i++) {
        const char *text = question->options[i].text;
        phrases[i] = phrase_of(arena, text);
        if (sums_up(arena, text))
            findings_add_rule(
                findings, "option-all", question->file, question->line,
                "题目 %s：不要用“%.60s”这样的选项，请换成一个具体的。", question->id,
                text);
        for (size_t j = 0; j < i; j++) {
            const char *texts[2] = {text, question->options[j].text};
            check_pair(findings, question, &phrases[i], &phrases[j], texts);
        }
    }
}

void choices_check(struct findings *findings, const struct question_file *file)
{
    check_lengths(findings, file);
    for (size_t i = 0; i < file->count; i++) {
        if (file->questions[i].type <= QUESTION_MULTIPLE)
            check_words(findings, &file->questions[i]);
    }
}
