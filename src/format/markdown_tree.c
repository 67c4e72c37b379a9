#include "format/markdown_tree.h"

#include <stdlib.h>
#include <string.h>

static bool ends_marker(char c)
{
    return c == ' ' || c == '\t' || c == '\0';
}

/* How long the quote or list mark is that stands here; 0 for none. */
static size_t marker_size(const char *c)
{
    size_t digits = strspn(c, "0123456789");

    if (*c == '>')
        return 1;
    if ((*c == '-' || *c == '*' || *c == '+') && ends_marker(c[1]))
        return 1;
    if (digits > 0 && (c[digits] == '.' || c[digits] == ')') &&
        ends_marker(c[digits + 1]))
        return digits + 1;
    return 0;
}

static int count_markers(const char *line)
{
    const char *c = line + strspn(line, " \t");
    size_t size;
    int markers = 0;

    while ((size = marker_size(c)) > 0 && markers <= MARKDOWN_MARKERS) {
        c += size;
        c += strspn(c, " \t");
        markers++;
    }
    return markers;
}

bool markdown_tree_is_flat(const struct markdown_tree *tree)
{
    for (int i = 0; i < tree->line_count; i++) {
        if (count_markers(tree->lines[i]) <= MARKDOWN_MARKERS)
            continue;
        findings_add(
            tree->findings, tree->file, tree->line_before + i + 1,
            "引用或列表嵌套太深：一行最多 %d 层。", MARKDOWN_MARKERS);
        return false;
    }
    return true;
}

void markdown_tree_split(struct markdown_tree *tree, const char *bytes)
{
    char *copy = arena_copy(tree->arena, bytes);
    int count = 1;

    for (const char *c = copy; *c; c++)
        count += *c == '\n';
    tree->lines = arena_alloc(tree->arena, (size_t)count * sizeof tree->lines[0]);
    for (char *line = copy; line;) {
        char *end = strchr(line, '\n');
        tree->lines[tree->line_count++] = line;
        if (end)
            *end++ = '\0';
        line = end;
    }
}

static void release_tree(void *root)
{
    cmark_node_free(root);
}

int markdown_tree_line(const struct markdown_tree *tree, cmark_node *node)
{
    for (; node; node = cmark_node_parent(node)) {
        int line = cmark_node_get_start_line(node);
        if (line > 0)
            return tree->line_before + line;
    }
    return tree->line_before + 1;
}

cmark_node *markdown_tree_replace(
    cmark_node *old, cmark_node_type type, const char *on_enter, const char *on_exit)
{
    cmark_node *made = cmark_node_new(type);

    (void)cmark_node_set_on_enter(made, on_enter);
    (void)cmark_node_set_on_exit(made, on_exit);
    (void)cmark_node_replace(old, made);
    return made;
}

void markdown_tree_move_children(cmark_node *from, cmark_node *to)
{
    cmark_node *child;

    while ((child = cmark_node_first_child(from)))
        (void)cmark_node_append_child(to, child);
}

const char *markdown_tree_inner_html(struct markdown_tree *tree, cmark_node *node)
{
    char *html = cmark_render_html(node, CMARK_OPT_DEFAULT);
    const char *from = strchr(html, '>');
    const char *to = strrchr(html, '<');
    const char *inner = "";

    if (from && to && to > from)
        inner = arena_copy_bytes(tree->arena, from + 1, (size_t)(to - from - 1));
    free(html);
    return inner;
}

const char *markdown_tree_words(struct markdown_tree *tree, cmark_node *node)
{
    struct text words;
    cmark_iter *iterator = cmark_iter_new(node);

    text_init(&words, tree->arena, MARKDOWN_LIMIT);
    while (cmark_iter_next(iterator) != CMARK_EVENT_DONE) {
        cmark_node *part = cmark_iter_get_node(iterator);
        cmark_node_type type = cmark_node_get_type(part);
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
            text_add(&words, cmark_node_get_literal(part));
        else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
            text_add(&words, " ");
    }
    cmark_iter_free(iterator);
    return words.bytes;
}

cmark_node *markdown_tree_parse(struct arena *arena, const char *bytes, size_t size)
{
    cmark_node *root = cmark_parse_document(bytes, size, CMARK_OPT_DEFAULT);

    arena_defer(arena, release_tree, root);
    return root;
}

const char *markdown_tree_render(struct markdown_tree *tree, cmark_node *root)
{
    char *html = cmark_render_html(root, CMARK_OPT_DEFAULT);
    size_t size = strlen(html);
    const char *copy = NULL;

    if (size > MARKDOWN_HTML_LIMIT)
        findings_add(tree->findings, tree->file, 0, "排版后的内容过大，请拆成几课。");
    else
        copy = arena_copy_bytes(tree->arena, html, size);
    free(html);
    return copy;
}
