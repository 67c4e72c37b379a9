/* Questions whose key is the order of their file: orderings and matchings. */
#include <stdlib.h>
#include <string.h>

#include "base/token.h"
#include "quiz/exchange/moodle_answer.h"
#include "quiz/exchange/moodle_text.h"

struct named {
    const char *html;
    unsigned char digest[TOKEN_DIGEST];
};

static int compare_digests(const void *left, const void *right)
{
    const struct named *a = left;
    const struct named *b = right;

    return memcmp(a->digest, b->digest, TOKEN_DIGEST);
}

/* Options in the order of a digest of their text, with the ids a, b, c ...: neither
 * says anything about the key. */
static void
set_options(struct moodle_reading *reading, const char *const *texts, size_t count)
{
    struct paper_question *question = reading->question;
    struct named named[PAPER_OPTIONS];

    for (size_t i = 0; i < count; i++) {
        const char *name =
            arena_format(reading->arena, "%s|%s", question->id, texts[i]);
        named[i].html = texts[i];
        token_sha256(name, strlen(name), named[i].digest);
    }
    qsort(named, count, sizeof named[0], compare_digests);
    question->option_count = count;
    question->options =
        arena_alloc(reading->arena, count * sizeof question->options[0]);
    for (size_t i = 0; i < count; i++)
        question->options[i] = (struct paper_option){
            .id = arena_format(reading->arena, "%c", (char)('a' + i)),
            .html = named[i].html,
        };
}

static const struct paper_option *
option_with(const struct paper_question *question, const char *html)
{
    size_t i = 0;

    while (i + 1 < question->option_count &&
           strcmp(question->options[i].html, html) != 0)
        i++;
    return &question->options[i];
}

/* A text in one line; "" after a finding. */
static const char *
read_line(struct moodle_reading *reading, struct xml_node *node, const char *when_empty)
{
    const char *html = moodle_text_line(reading->findings, reading->file, node);

    if (html && *html == '\0' && when_empty)
        moodle_refuse(reading, node, when_empty);
    return html ? html : "";
}

/* ---- ordering ---- */

static void read_grading(struct moodle_reading *reading)
{
    struct xml_node *node = xml_child(reading->node, "gradingtype");
    const char *name = node ? xml_token(reading->arena, node) : "ABSOLUTE_POSITION";

    /* Newer files name it, older ones number it. */
    if (strcmp(name, "ABSOLUTE_POSITION") == 0 || strcmp(name, "0") == 0)
        reading->question->grading = PAPER_ABSOLUTE_POSITION;
    else if (strcmp(name, "ALL_OR_NOTHING") == 0 || strcmp(name, "-1") == 0)
        reading->question->grading = PAPER_ALL_OR_NOTHING;
    else
        moodle_refuse(
            reading, node,
            "排序题的 gradingtype 只支持 ABSOLUTE_POSITION 和 ALL_OR_NOTHING。");
}

void moodle_answer_ordering(struct moodle_reading *reading)
{
    struct paper_question *question = reading->question;
    size_t count = moodle_count(reading, "answer");
    const char *texts[PAPER_ORDERED] = {NULL};
    size_t next = 0;

    question->type = PAPER_ORDERING;
    read_grading(reading);
    if (count < PAPER_ORDERED_FEWEST || count > PAPER_ORDERED) {
        moodle_refuse(reading, reading->node, "排序题应有 3 到 10 项。");
        return;
    }
    for (struct xml_node *answer = xml_child(reading->node, "answer"); answer;
         answer = xml_next(answer, "answer")) {
        moodle_refuse_feedback(reading, answer);
        texts[next++] = read_line(reading, answer, "有一项是空的。");
    }
    set_options(reading, texts, count);
    moodle_refuse_repeated(reading);
    question->order =
        arena_alloc(reading->arena, count * sizeof(struct paper_option *));
    for (size_t i = 0; i < count; i++)
        question->order[i] = option_with(question, texts[i]);
}

/* ---- matching ---- */

struct pairs {
    const char *left[PAPER_OPTIONS]; /* "": a distractor */
    const char *right[PAPER_OPTIONS];
    size_t count;
    size_t prompts;
};

static void
read_pair(struct moodle_reading *reading, struct xml_node *node, struct pairs *pairs)
{
    const char *left = read_line(reading, node, NULL);

    for (size_t i = 0; i < pairs->count && *left; i++) {
        if (strcmp(pairs->left[i], left) == 0)
            moodle_refuse(reading, node, "匹配题有两个左项相同。");
    }
    pairs->left[pairs->count] = left;
    pairs->right[pairs->count] =
        read_line(reading, xml_child(node, "answer"), "匹配题有一个右项是空的。");
    pairs->count++;
    pairs->prompts += *left != '\0';
}

static void set_prompts(struct moodle_reading *reading, const struct pairs *pairs)
{
    struct paper_question *question = reading->question;

    question->prompts =
        arena_alloc(reading->arena, pairs->prompts * sizeof question->prompts[0]);
    for (size_t i = 0; i < pairs->count; i++) {
        if (*pairs->left[i] == '\0')
            continue;
        size_t number = question->prompt_count++;
        question->prompts[number] = (struct paper_prompt){
            .id = arena_format(reading->arena, "%zu", number + 1),
            .html = pairs->left[i],
            .option = option_with(question, pairs->right[i]),
        };
    }
}

void moodle_answer_matching(struct moodle_reading *reading)
{
    struct pairs pairs = {.count = 0};

    reading->question->type = PAPER_MATCHING;
    reading->question->fixed_order = moodle_has_fixed_order(reading);
    if (moodle_count(reading, "subquestion") > PAPER_OPTIONS) {
        moodle_refuse(reading, reading->node, "匹配题的右项最多 20 个。");
        return;
    }
    for (struct xml_node *node = xml_child(reading->node, "subquestion"); node;
         node = xml_next(node, "subquestion"))
        read_pair(reading, node, &pairs);
    if (pairs.prompts < 2 || pairs.prompts > PAPER_PROMPTS) {
        moodle_refuse(reading, reading->node, "匹配题应有 2 到 10 个左项。");
        return;
    }
    set_options(reading, pairs.right, pairs.count);
    moodle_refuse_repeated(reading);
    set_prompts(reading, &pairs);
}
