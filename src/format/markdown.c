#include "format/markdown.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "format/markdown_tree.h"

static int count_chinese(const char *bytes, size_t size)
{
    uint32_t c;
    size_t step;
    int count = 0;

    for (size_t at = 0; (step = utf8_decode(bytes + at, size - at, &c)) > 0; at += step)
        count += (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
                 (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF) ||
                 c == 0x3007;
    return count;
}

/* The title, taken out of the tree; NULL after adding a finding. */
static const char *take_title(struct markdown_tree *tree, cmark_node *root)
{
    cmark_node *first = cmark_node_first_child(root);

    if (!first || cmark_node_get_type(first) != CMARK_NODE_HEADING ||
        cmark_node_get_heading_level(first) != 1) {
        findings_add(tree->findings, tree->file, 1, "第一行应是一级标题：# 标题。");
        return NULL;
    }
    const char *title = markdown_tree_words(tree, first);
    if (title[0] == '\0') {
        findings_add(tree->findings, tree->file, 1, "标题是空的。");
        return NULL;
    }
    cmark_node_unlink(first);
    cmark_node_free(first);
    return title;
}

bool markdown_lesson(
    struct findings *findings, const struct source *source,
    struct markdown_lesson *result)
{
    return markdown_lesson_in(findings, source, NULL, result);
}

bool markdown_lesson_in(
    struct findings *findings, const struct source *source,
    const struct markdown_folder *folder, struct markdown_lesson *result)
{
    size_t findings_before = findings->count;
    struct markdown_tree tree = {
        .arena = findings->arena,
        .findings = findings,
        .file = source->file,
        .is_lesson = true,
        .folder = folder,
    };

    if (source->size > MARKDOWN_LIMIT) {
        findings_add(findings, source->file, 0, "文件过大：上限 256 KiB。");
        return false;
    }
    markdown_tree_split(&tree, source->bytes);
    if (!markdown_tree_is_flat(&tree))
        return false;
    /* A heading takes at least one line. */
    tree.sections =
        arena_alloc(tree.arena, (size_t)tree.line_count * sizeof tree.sections[0]);
    cmark_node *root = markdown_tree_parse(tree.arena, source->bytes, source->size);
    markdown_tree_change(&tree, root);
    const char *title = take_title(&tree, root);
    if (tree.section_count == 0 && !(folder && folder->is_reference))
        findings_add(findings, source->file, 0, "课文至少要有一节（## 标题）。");
    const char *html = markdown_tree_render(&tree, root);
    if (findings->count > findings_before)
        return false;
    assert(title && html);
    *result = (struct markdown_lesson){
        .title = title,
        .html = html,
        .sections = tree.sections,
        .section_count = tree.section_count,
        .characters = count_chinese(source->bytes, source->size),
    };
    return true;
}

static const char *trimmed(struct arena *arena, const char *text, int *line)
{
    /* Spaces before the first word would make it code. */
    for (; *text && strchr(" \t\n", *text); text++)
        *line += *text == '\n';
    size_t size = strlen(text);
    while (size > 0 && strchr(" \t\n", text[size - 1]))
        size--;
    return arena_copy_bytes(arena, text, size);
}

const char *markdown_fragment(
    struct findings *findings, const char *file, int line, const char *text)
{
    size_t findings_before = findings->count;
    const char *source = trimmed(findings->arena, text, &line);
    struct markdown_tree tree = {
        .arena = findings->arena,
        .findings = findings,
        .file = file,
        .line_before = line - 1,
    };

    if (strlen(source) > MARKDOWN_LIMIT) {
        findings_add(findings, file, line, "文字过长：上限 256 KiB。");
        return NULL;
    }
    markdown_tree_split(&tree, source);
    if (!markdown_tree_is_flat(&tree))
        return NULL;
    cmark_node *root = markdown_tree_parse(tree.arena, source, strlen(source));
    markdown_tree_change(&tree, root);
    const char *html = markdown_tree_render(&tree, root);
    return findings->count > findings_before ? NULL : html;
}

const char *
markdown_line(struct findings *findings, const char *file, int line, const char *text)
{
    size_t findings_before = findings->count;
    const char *source = trimmed(findings->arena, text, &line);
    struct markdown_tree tree = {
        .arena = findings->arena,
        .findings = findings,
        .file = file,
    };

    if (strlen(source) > MARKDOWN_LIMIT || strchr(source, '\n')) {
        findings_add(findings, file, line, "这里只能写一行文字。");
        return NULL;
    }
    const char *html = markdown_tree_inline(&tree, source, line);
    return findings->count > findings_before ? NULL : html;
}
