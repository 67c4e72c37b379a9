/* Callouts: a block quote whose first line is [!word] and nothing else. */
#include <string.h>

#include "format/markdown_tree.h"

static const struct {
    const char *word;
    const char *opening;
} callouts[] = {
#define CALLOUT(word, kind)                                                            \
    {                                                                                  \
        word, "<aside class=\"callout callout-" kind                                   \
              "\" role=\"note\" aria-label=\"" word                                    \
              "\">\n<p class=\"callout-title\">" word "</p>"                           \
    }
    CALLOUT("要点", "point"), CALLOUT("注意", "note"),      CALLOUT("案例", "case"),
    CALLOUT("依据", "basis"), CALLOUT("2020年", "history"),
#undef CALLOUT
};

static const char *opening_of(const char *word)
{
    for (size_t i = 0; i < sizeof callouts / sizeof callouts[0]; i++) {
        if (strcmp(callouts[i].word, word) == 0)
            return callouts[i].opening;
    }
    return NULL;
}

static bool begins_with(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

/* The words of the paragraph's first line. */
static const char *first_line(struct markdown_tree *tree, cmark_node *paragraph)
{
    struct text words;

    text_init(&words, tree->arena, MARKDOWN_LIMIT);
    for (cmark_node *node = cmark_node_first_child(paragraph); node;
         node = cmark_node_next(node)) {
        cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            break;
        text_add(&words, markdown_tree_words(tree, node));
    }
    return words.bytes;
}

static void drop_first_line(cmark_node *paragraph)
{
    cmark_node *node;
    bool at_end = false;

    while (!at_end && (node = cmark_node_first_child(paragraph))) {
        cmark_node_type type = cmark_node_get_type(node);
        at_end = type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK;
        cmark_node_unlink(node);
        cmark_node_free(node);
    }
    if (!cmark_node_first_child(paragraph)) {
        cmark_node_unlink(paragraph);
        cmark_node_free(paragraph);
    }
}

/* The word of "[!word]"; NULL for a plain quote, and for a callout written wrongly
 * after adding a finding. */
static const char *
callout_word(struct markdown_tree *tree, const char *line, int line_number)
{
    size_t size = strlen(line);

    if (begins_with(line, "[！") || begins_with(line, "［") ||
        begins_with(line, "【!") || begins_with(line, "【！")) {
        findings_add(
            tree->findings, tree->file, line_number,
            "提示框标记要用英文方括号和英文感叹号：> [!要点]。");
        return NULL;
    }
    if (!begins_with(line, "[!"))
        return NULL;
    const char *end = strchr(line, ']');
    if (!end || end != line + size - 1) {
        findings_add(
            tree->findings, tree->file, line_number,
            "提示框标记要单独占一行，下一行再写内容。");
        return NULL;
    }
    return arena_copy_bytes(tree->arena, line + 2, (size_t)(end - line - 2));
}

static void
make_callout(struct markdown_tree *tree, cmark_node *quote, const char *word, int line)
{
    const char *opening = opening_of(word);

    if (!opening) {
        findings_add(
            tree->findings, tree->file, line,
            "不认识的提示框“%.40s”：只有 要点、注意、案例、依据、2020年、自测。", word);
        return;
    }
    if (!cmark_node_first_child(quote)) {
        findings_add(tree->findings, tree->file, line, "提示框“%s”是空的。", word);
        return;
    }
    cmark_node *made =
        markdown_tree_replace(quote, CMARK_NODE_CUSTOM_BLOCK, opening, "</aside>");
    markdown_tree_move_children(quote, made);
    cmark_node_free(quote);
}

/* Two callouts without an empty line between them are one quote for CommonMark, and the
 * reader would see the second mark as it is written. */
static void check_one_mark(const struct markdown_tree *tree, cmark_node *quote)
{
    int from = cmark_node_get_start_line(quote);
    int to = cmark_node_get_end_line(quote);

    for (int i = from; i < to && i < tree->line_count; i++) {
        const char *c = tree->lines[i];
        c += strspn(c, " \t>");
        if (c > tree->lines[i] && begins_with(c, "[!"))
            findings_add(
                tree->findings, tree->file, tree->line_before + i + 1,
                "两个提示框（自测）之间要空一行，空行里不写 >。");
    }
}

void markdown_callout(struct markdown_tree *tree, cmark_node *quote)
{
    cmark_node *paragraph = cmark_node_first_child(quote);
    int line = markdown_tree_line(tree, quote);

    if (!paragraph || cmark_node_get_type(paragraph) != CMARK_NODE_PARAGRAPH)
        return;
    const char *word = callout_word(tree, first_line(tree, paragraph), line);
    if (!word)
        return;
    if (!tree->is_lesson) {
        findings_add(tree->findings, tree->file, line, "题目里不能用提示框。");
        return;
    }
    check_one_mark(tree, quote);
    drop_first_line(paragraph);
    if (strcmp(word, "自测") == 0)
        markdown_selfcheck(tree, quote, line);
    else
        make_callout(tree, quote, word, line);
}
