/* A question inside a lesson that readers answer for themselves: nothing is recorded.
 *
 *   > [!自测]
 *   > 题干……？
 *   >
 *   > - [ ] 错误选项
 *   > - [x] 正确选项
 *   >
 *   > 解析：……                                                                      */
#include <string.h>

#include "format/markdown_tree.h"

/* What has been met, in this order. */
enum stage { STAGE_STEM, STAGE_OPTIONS, STAGE_REASON };

static const char reason_word[] = "解析：";

/* The first text of an option or explanation; NULL when it begins otherwise. */
static cmark_node *leading_text(cmark_node *paragraph)
{
    cmark_node *text = cmark_node_first_child(paragraph);

    return text && cmark_node_get_type(text) == CMARK_NODE_TEXT ? text : NULL;
}

static void cut_front(struct markdown_tree *tree, cmark_node *text, size_t size)
{
    const char *literal = cmark_node_get_literal(text) + size;

    /* A copy, because cmark frees the string that this one is the end of. */
    literal = arena_copy(tree->arena, literal + strspn(literal, " \t"));
    (void)cmark_node_set_literal(text, literal);
}

/* Takes the mark off "- [x] words". False when there is none. */
static bool read_option(struct markdown_tree *tree, cmark_node *item, bool *right)
{
    cmark_node *paragraph = cmark_node_first_child(item);

    if (!paragraph || cmark_node_get_type(paragraph) != CMARK_NODE_PARAGRAPH ||
        cmark_node_next(paragraph))
        return false;
    cmark_node *text = leading_text(paragraph);
    const char *literal = text ? cmark_node_get_literal(text) : "";
    *right = strncmp(literal, "[x] ", 4) == 0 || strncmp(literal, "[X] ", 4) == 0;
    if (!*right && strncmp(literal, "[ ] ", 4) != 0)
        return false;
    cut_front(tree, text, 4);
    return true;
}

static cmark_node *option_node(cmark_node *item, bool right)
{
    cmark_node *made = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);

    (void)cmark_node_set_on_enter(
        made, right ? "<li data-right=\"true\">" : "<li data-right=\"false\">");
    (void)cmark_node_set_on_exit(made, "</li>");
    markdown_tree_move_children(cmark_node_first_child(item), made);
    return made;
}

static void make_options(struct markdown_tree *tree, cmark_node *list, cmark_node *to)
{
    cmark_node *made = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
    int counts[2] = {0, 0};

    (void)cmark_node_set_on_enter(made, "<ul class=\"selfcheck-options\">");
    (void)cmark_node_set_on_exit(made, "</ul>");
    (void)cmark_node_append_child(to, made);
    for (cmark_node *item = cmark_node_first_child(list); item;
         item = cmark_node_next(item)) {
        bool right = false;
        if (!read_option(tree, item, &right)) {
            findings_add(
                tree->findings, tree->file, markdown_tree_line(tree, item),
                "自测的选项要写成“- [ ] 错误选项”或“- [x] 正确选项”。");
            return;
        }
        counts[right]++;
        (void)cmark_node_append_child(made, option_node(item, right));
    }
    if (counts[0] == 0 || counts[1] == 0)
        findings_add(
            tree->findings, tree->file, markdown_tree_line(tree, list),
            "自测至少要有一个正确选项和一个错误选项。");
}

static bool is_reason(cmark_node *node)
{
    cmark_node *text =
        cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH ? leading_text(node) : NULL;

    return text &&
           strncmp(cmark_node_get_literal(text), reason_word, strlen(reason_word)) == 0;
}

static cmark_node *
make_reason(struct markdown_tree *tree, cmark_node *paragraph, cmark_node *to)
{
    cmark_node *made = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);

    (void)cmark_node_set_on_enter(
        made, "<details class=\"selfcheck-why\"><summary>看解析</summary>");
    (void)cmark_node_set_on_exit(made, "</details>");
    (void)cmark_node_append_child(to, made);
    cut_front(tree, leading_text(paragraph), strlen(reason_word));
    return made;
}

void markdown_selfcheck(struct markdown_tree *tree, cmark_node *quote, int line)
{
    if (tree->folder && tree->folder->is_reference) {
        findings_add(tree->findings, tree->file, line, "自测只能放在课文里。");
        return;
    }
    cmark_node *made = markdown_tree_replace(
        quote, CMARK_NODE_CUSTOM_BLOCK,
        "<section class=\"selfcheck\" aria-label=\"自测\">\n"
        "<p class=\"selfcheck-title\">自测</p>",
        "</section>");
    cmark_node *target = made;
    enum stage stage = STAGE_STEM;
    bool has_stem = false;
    cmark_node *child;

    while ((child = cmark_node_first_child(quote))) {
        if (stage == STAGE_STEM && cmark_node_get_type(child) == CMARK_NODE_LIST) {
            make_options(tree, child, made);
            cmark_node_unlink(child);
            cmark_node_free(child);
            stage = STAGE_OPTIONS;
            continue;
        }
        if (stage == STAGE_OPTIONS && is_reason(child)) {
            target = make_reason(tree, child, made);
            stage = STAGE_REASON;
        }
        has_stem |= stage == STAGE_STEM;
        (void)cmark_node_append_child(target, child);
    }
    cmark_node_free(quote);
    if (!has_stem || stage != STAGE_REASON)
        findings_add(
            tree->findings, tree->file, line,
            "自测要依次写：题干、选项（- [ ] 和 - [x]）、以“解析：”开头的一段。");
}
