#include "check/keys.h"

enum {
    POSITIONS = 4,
    SINGLES_LEAST = 12,
    CRITICAL_NUMERATOR = 7815,
    CRITICAL_DENOMINATOR = 1000,
    JUDGEMENTS_LEAST = 8,
};

/* -1: not a single choice of four. */
static int key_position(const struct question *question)
{
    if (question->type != QUESTION_SINGLE || question->option_count != POSITIONS)
        return -1;
    for (int i = 0; i < POSITIONS; i++) {
        if (question->options[i].right)
            return i;
    }
    return -1;
}

/* With n questions an even spread has n/4 at each position, and
 * sum((o - n/4)^2 / (n/4)) = 4 * sum(o^2) / n - n. */
static bool is_uneven(const unsigned long counts[POSITIONS], unsigned long n)
{
    unsigned long squares = 0;

    for (int i = 0; i < POSITIONS; i++)
        squares += counts[i] * counts[i];
    return (POSITIONS * squares - n * n) * CRITICAL_DENOMINATOR >
           CRITICAL_NUMERATOR * n;
}

static void check_positions(struct findings *findings, const struct question_file *file)
{
    unsigned long counts[POSITIONS] = {0};
    unsigned long n = 0;

    for (size_t i = 0; i < file->count; i++) {
        int position = key_position(&file->questions[i]);
        if (position < 0)
            continue;
        counts[position]++;
        n++;
    }
    if (n >= SINGLES_LEAST && is_uneven(counts, n))
        findings_add_rule(
            findings, "key-position", file->file, 0,
            "单选题正确项的位置 A %lu、B %lu、C %lu、D %lu，分布不均，请调换选项次序。",
            counts[0], counts[1], counts[2], counts[3]);
}

static bool is_true(const struct question *question)
{
    for (size_t i = 0; i < question->option_count; i++) {
        if (question->options[i].right)
            return question->options[i].text[0] == 't';
    }
    return false;
}

void keys_check(struct findings *findings, const struct question_file *file)
{
    unsigned long truths = 0;
    unsigned long all = 0;

    check_positions(findings, file);
    for (size_t i = 0; i < file->count; i++) {
        if (file->questions[i].type != QUESTION_TRUE_FALSE)
            continue;
        all++;
        truths += is_true(&file->questions[i]);
    }
    if (all >= JUDGEMENTS_LEAST && (truths * 4 < all || truths * 4 > all * 3))
        findings_add_rule(
            findings, "key-truth", file->file, 0,
            "%lu 道判断题里 %lu 道为对，应在四分之一到四分之三之间。", all, truths);
}
