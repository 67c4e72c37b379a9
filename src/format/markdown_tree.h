/* markdown_tree.h - what the files of the Markdown reader share: one document on its
 * way, as cmark's tree. Private to format/markdown*.c. */
#ifndef FORMAT_MARKDOWN_TREE_H
#define FORMAT_MARKDOWN_TREE_H

#include <cmark.h>

#include "base/text.h"
#include "format/markdown.h"

struct markdown_tree {
    struct arena *arena;
    struct findings *findings;
    const char *file;
    int line_before;    /* lines of the file before the first one of this text */
    const char **lines; /* of the text, without \n */
    int line_count;
    bool is_lesson;
    const struct markdown_folder *folder; /* NULL: links and images stay as they are */
    struct markdown_section *sections;
    size_t section_count;
};

/* Cuts the text into tree->lines. */
void markdown_tree_split(struct markdown_tree *tree, const char *bytes);

/* False after a finding: a line with so many quote and list marks would make cmark slow
 * (nested lists with blank lines) and its output many times as long as the text. */
bool markdown_tree_is_flat(const struct markdown_tree *tree);

/* The tree is tied to the arena. */
cmark_node *markdown_tree_parse(struct arena *arena, const char *bytes, size_t size);

/* markdown_visit.c: checks every node and puts in what CommonMark lacks. */
void markdown_tree_change(struct markdown_tree *tree, cmark_node *root);

/* NULL after adding a finding. */
const char *markdown_tree_render(struct markdown_tree *tree, cmark_node *root);

/* The line in the file at which a node stands. */
int markdown_tree_line(const struct markdown_tree *tree, cmark_node *node);

/* Puts a node with ready HTML around it in the place of `old`, which is taken out of
 * the tree with its children and stays the caller's. */
cmark_node *markdown_tree_replace(
    cmark_node *old, cmark_node_type type, const char *on_enter, const char *on_exit);

/* Moves the children of one node behind those of another. */
void markdown_tree_move_children(cmark_node *from, cmark_node *to);

/* The HTML of a node that stands for one HTML element, without that element's tags. */
const char *markdown_tree_inner_html(struct markdown_tree *tree, cmark_node *node);

/* The words of a node without markup. */
const char *markdown_tree_words(struct markdown_tree *tree, cmark_node *node);

/* markdown_visit.c: renders one line (a table cell, an option); `line` as
 * markdown_tree_line() gives it. What is wrong becomes findings. */
const char *
markdown_tree_inline(struct markdown_tree *tree, const char *text, int line);

/* markdown_table.c: a paragraph whose lines begin with a bar becomes a table. */
void markdown_table(struct markdown_tree *tree, cmark_node *paragraph);

/* markdown_link.c: checks the address and rewrites a link with what belongs to it. */
void markdown_link(struct markdown_tree *tree, cmark_node *link);

/* markdown_figure.c: an image is a file of the folder; alone in its paragraph it
 * becomes a figure. */
void markdown_image(struct markdown_tree *tree, cmark_node *image);
void markdown_figure(struct markdown_tree *tree, cmark_node *paragraph);

/* markdown_callout.c: a block quote that begins with [!word]. */
void markdown_callout(struct markdown_tree *tree, cmark_node *quote);

/* markdown_selfcheck.c: the same with the word 自测; the first line with the word is
 * already taken out. */
void markdown_selfcheck(struct markdown_tree *tree, cmark_node *quote, int line);

#endif
