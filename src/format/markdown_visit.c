/* The one walk over cmark's tree: what is refused is found, what CommonMark does not
 * know is put in. */
#include <string.h>

#include "base/utf8.h"
#include "format/markdown_tree.h"

enum { LONGEST_TITLE = 200 }; /* bytes */

/* Nodes of a tree in the order in which they end: children before their parents,
 * neighbours as they stand in the text. */
struct walk {
    cmark_node **nodes;
    size_t count;
};

static bool is_leaf(cmark_node *node)
{
    static const cmark_node_type leaves[] = {
        CMARK_NODE_HTML_BLOCK, CMARK_NODE_THEMATIC_BREAK, CMARK_NODE_CODE_BLOCK,
        CMARK_NODE_TEXT,       CMARK_NODE_SOFTBREAK,      CMARK_NODE_LINEBREAK,
        CMARK_NODE_CODE,       CMARK_NODE_HTML_INLINE,
    };
    cmark_node_type type = cmark_node_get_type(node);

    for (size_t i = 0; i < sizeof leaves / sizeof leaves[0]; i++) {
        if (leaves[i] == type)
            return true;
    }
    return false;
}

/* The nodes are listed before any is changed, so that changes cannot lead the walk
 * astray. */
static struct walk list_nodes(struct arena *arena, cmark_node *root)
{
    struct walk walk = {NULL, 0};
    cmark_event_type event;

    for (int round = 0; round < 2; round++) {
        cmark_iter *iterator = cmark_iter_new(root);
        size_t count = 0;
        while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
            cmark_node *node = cmark_iter_get_node(iterator);
            if (event != CMARK_EVENT_EXIT && !is_leaf(node))
                continue;
            if (walk.nodes)
                walk.nodes[count] = node;
            count++;
        }
        cmark_iter_free(iterator);
        if (!walk.nodes)
            walk.nodes = arena_alloc(arena, count * sizeof(cmark_node *));
        walk.count = count;
    }
    return walk;
}

static void refuse(struct markdown_tree *tree, cmark_node *node, const char *message)
{
    findings_add(
        tree->findings, tree->file, markdown_tree_line(tree, node), "%s", message);
}

/* Also what an entity like &#x202E; has become. */
static bool has_hidden_control(const char *text)
{
    size_t size = strlen(text);
    uint32_t character;
    size_t step;

    for (size_t at = 0; (step = utf8_decode(text + at, size - at, &character)) > 0;
         at += step) {
        if (source_is_hidden_control(character))
            return true;
    }
    return false;
}

/* CommonMark does not take ** for bold between a punctuation mark and a Chinese
 * character, and the reader would see the stars. */
static void check_text(struct markdown_tree *tree, cmark_node *text)
{
    const char *literal = cmark_node_get_literal(text);

    if (has_hidden_control(literal))
        refuse(tree, text, "这里用编号写了看不见的控制字符，请删去。");
    if (strstr(literal, "**"))
        refuse(
            tree, text,
            "加粗符号 ** 没有起作用：要成对，并把引号、括号等标点移到加粗外面。");
}

static void add_section(struct markdown_tree *tree, cmark_node *heading)
{
    size_t number = ++tree->section_count;
    const char *id = arena_format(tree->arena, "s%zu", number);
    const char *html = arena_format(
        tree->arena, "<h2 id=\"%s\">%s</h2>", id,
        markdown_tree_inner_html(tree, heading));

    tree->sections[number - 1] =
        (struct markdown_section){id, markdown_tree_words(tree, heading)};
    (void)markdown_tree_replace(heading, CMARK_NODE_CUSTOM_BLOCK, html, "");
    cmark_node_free(heading);
}

static void visit_heading(struct markdown_tree *tree, cmark_node *heading)
{
    int level = cmark_node_get_heading_level(heading);

    if (!tree->is_lesson)
        refuse(tree, heading, "题目里不能用标题（#）。");
    else if (strlen(markdown_tree_words(tree, heading)) > LONGEST_TITLE)
        refuse(tree, heading, "标题太长：最多 200 字节（约 66 个汉字）。");
    else if (cmark_node_get_type(cmark_node_parent(heading)) != CMARK_NODE_DOCUMENT)
        refuse(tree, heading, "标题不能放在引用或列表里。");
    else if (level == 2)
        add_section(tree, heading);
}

static void visit(struct markdown_tree *tree, cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);

    /* A tooltip is nothing for a phone, and may hold characters nobody sees. */
    if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE)
        cmark_node_set_title(node, "");
    if (type == CMARK_NODE_TEXT)
        check_text(tree, node);
    else if (type == CMARK_NODE_LINK)
        markdown_link(tree, node);
    else if (type == CMARK_NODE_IMAGE)
        markdown_image(tree, node);
    else if (type == CMARK_NODE_PARAGRAPH)
        markdown_figure(tree, node);
    else if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE)
        refuse(tree, node, "不能直接写 HTML；小于号请写成 &lt;。");
    else if (type == CMARK_NODE_CODE_BLOCK && tree->is_lesson)
        cmark_node_set_fence_info(node, ""); /* would become a class as it is written */
    else if (type == CMARK_NODE_CODE_BLOCK)
        refuse(tree, node, "题目里不能有代码块；请删去行首的空格。");
    else if (type == CMARK_NODE_HEADING)
        visit_heading(tree, node);
    else if (type == CMARK_NODE_BLOCK_QUOTE)
        markdown_callout(tree, node);
}

/* The order of headings, asked before they are turned into something else. */
static void check_headings(struct markdown_tree *tree, const struct walk *walk)
{
    int level_before = 1;

    for (size_t i = 0; i < walk->count; i++) {
        cmark_node *node = walk->nodes[i];
        if (cmark_node_get_type(node) != CMARK_NODE_HEADING)
            continue;
        int level = cmark_node_get_heading_level(node);
        if (level == 1 && cmark_node_previous(node))
            refuse(tree, node, "一级标题（#）只能有一个，放在第一行。");
        else if (level > level_before + 1)
            refuse(tree, node, "标题跳级：## 下面才能用 ###，依次类推。");
        level_before = level;
    }
}

/* Tables first: their cells are read one by one, and what cmark made of the whole
 * paragraph must not be judged. */
void markdown_tree_change(struct markdown_tree *tree, cmark_node *root)
{
    struct walk walk = list_nodes(tree->arena, root);

    for (size_t i = 0; i < walk.count; i++) {
        cmark_node *node = walk.nodes[i];
        if (cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH)
            markdown_table(tree, node);
    }
    walk = list_nodes(tree->arena, root);
    if (tree->is_lesson)
        check_headings(tree, &walk);
    for (size_t i = 0; i < walk.count; i++)
        visit(tree, walk.nodes[i]);
}

const char *markdown_tree_inline(struct markdown_tree *tree, const char *text, int line)
{
    /* cmark has no way in for a single line. As a heading a text is read as inlines
     * only: "- a" or "1. a" do not become lists. A # at its end would be taken for
     * the heading's own. */
    size_t size = strlen(text);
    bool guarded =
        size > 0 && text[size - 1] == '#' && !(size > 1 && text[size - 2] == '\\');
    const char *heading = arena_format(
        tree->arena, "# %.*s%s", (int)(guarded ? size - 1 : size), text,
        guarded ? "\\#" : "");
    struct markdown_tree cell = {
        .arena = tree->arena,
        .findings = tree->findings,
        .file = tree->file,
        .line_before = line - 1,
        .folder = tree->folder,
    };
    cmark_node *root = markdown_tree_parse(tree->arena, heading, strlen(heading));
    cmark_node *node = cmark_node_first_child(root);
    if (!node)
        return "";
    struct walk walk = list_nodes(tree->arena, node);
    for (size_t i = 0; i + 1 < walk.count; i++)
        visit(&cell, walk.nodes[i]);
    return markdown_tree_inner_html(tree, node);
}
