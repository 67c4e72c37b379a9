/* Images: never from elsewhere. In a course an image is a figure: a paragraph of its
 * own with a sentence that says what is to be seen. */
#include <string.h>

#include "format/markdown_tree.h"

static const char sentence_mark[] = "图：";

/* A file of the course's own folder: names of letters, digits and - _ . with folders
 * between, never upwards. */
static bool is_own_file(const char *url)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./";

    return url[0] != '\0' && url[0] != '/' && url[strspn(url, letters)] == '\0' &&
           !strstr(url, "..") && !strstr(url, "//");
}

static bool stands_alone(cmark_node *image)
{
    cmark_node *paragraph = cmark_node_parent(image);

    return cmark_node_get_type(paragraph) == CMARK_NODE_PARAGRAPH &&
           cmark_node_get_type(cmark_node_parent(paragraph)) == CMARK_NODE_DOCUMENT &&
           !cmark_node_previous(image) && !cmark_node_next(image);
}

void markdown_image(struct markdown_tree *tree, cmark_node *image)
{
    const char *url = cmark_node_get_url(image);
    int line = markdown_tree_line(tree, image);

    if (!url || !is_own_file(url))
        findings_add(
            tree->findings, tree->file, line,
            "图片地址“%.80s”不允许：只能用课程文件夹里的图片。", url ? url : "");
    else if (tree->folder && !tree->folder->figure)
        findings_add(tree->findings, tree->file, line, "图只能放在课文里。");
    else if (tree->folder && !stands_alone(image))
        findings_add(
            tree->findings, tree->file, line,
            "图要单独成一段（前后空一行，不放在表格、引用和列表里）。");
}

/* For text and for a double-quoted attribute. */
static const char *escape(struct arena *arena, const char *words)
{
    struct text text;

    text_init(&text, arena, MARKDOWN_HTML_LIMIT);
    for (const char *c = words; *c; c++) {
        if (*c == '&')
            text_add(&text, "&amp;");
        else if (*c == '<')
            text_add(&text, "&lt;");
        else if (*c == '>')
            text_add(&text, "&gt;");
        else if (*c == '"')
            text_add(&text, "&quot;");
        else
            text_add_bytes(&text, c, 1);
    }
    return text.bytes;
}

static void make_figure(struct markdown_tree *tree, cmark_node *paragraph)
{
    cmark_node *image = cmark_node_first_child(paragraph);
    const char *words = escape(tree->arena, markdown_tree_words(tree, image));
    const struct markdown_place place = {
        tree->findings, tree->file, markdown_tree_line(tree, image)};
    struct markdown_figure figure;

    if (strncmp(words, sentence_mark, strlen(sentence_mark)) != 0 ||
        words[strlen(sentence_mark)] == '\0') {
        findings_add(
            tree->findings, tree->file, place.line,
            "图要有一句说明：![图：说明](figures/名称.svg)。");
        return;
    }
    if (!tree->folder->figure(
            tree->folder->context, &place, cmark_node_get_url(image), &figure))
        return;
    const char *html = arena_format(
        tree->arena,
        "<figure>\n<img src=\"%s\" alt=\"%s\" width=\"%d\" height=\"%d\" "
        "loading=\"lazy\" />\n<figcaption>%s</figcaption>\n</figure>",
        figure.address, words + strlen(sentence_mark), figure.width, figure.height,
        words);
    (void)markdown_tree_replace(paragraph, CMARK_NODE_CUSTOM_BLOCK, html, "");
    cmark_node_free(paragraph);
}

void markdown_figure(struct markdown_tree *tree, cmark_node *paragraph)
{
    cmark_node *image = cmark_node_first_child(paragraph);

    if (!tree->folder || !tree->folder->figure || !image ||
        cmark_node_get_type(image) != CMARK_NODE_IMAGE || !stands_alone(image))
        return;
    const char *url = cmark_node_get_url(image);
    if (url && is_own_file(url))
        make_figure(tree, paragraph);
}
