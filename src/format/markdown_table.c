/* Pipe tables. cmark reads a table as a paragraph; its lines are taken from the file
 * again and cut at the bars. A row with too few or too many cells is a slip of the
 * author's that no reader could see, so it is refused. */
#include <string.h>

#include "format/markdown_tree.h"

enum { MOST_COLUMNS = 20 };

enum alignment { ALIGN_NONE, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

struct row {
    const char *cells[MOST_COLUMNS];
    size_t count;
    int line; /* of the file */
};

struct table {
    struct markdown_tree *tree;
    enum alignment alignments[MOST_COLUMNS];
    size_t columns;
};

static bool refuse(struct markdown_tree *tree, int line, const char *message)
{
    findings_add(tree->findings, tree->file, line, "%s", message);
    return false;
}

/* What stands before the bar: nothing but the marks of quotes and lists. */
static const char *skip_markers(const char *line)
{
    return line + strspn(line, " \t>");
}

static bool begins_with_bar(const char *line)
{
    return *skip_markers(line) == '|';
}

static char *trim(struct arena *arena, const char *from, const char *to)
{
    while (from < to && (*from == ' ' || *from == '\t'))
        from++;
    while (to > from && (to[-1] == ' ' || to[-1] == '\t'))
        to--;
    return arena_copy_bytes(arena, from, (size_t)(to - from));
}

/* `\|` is a bar inside the cell, also within code. */
static void drop_escapes(char *cell)
{
    char *to = cell;

    for (const char *from = cell; *from; from++) {
        if (from[0] == '\\' && from[1] == '|')
            continue;
        *to++ = *from;
    }
    *to = '\0';
}

/* Cuts "| a | b |" into "a" and "b". */
static bool split(struct markdown_tree *tree, const char *line, struct row *row)
{
    const char *from = line;

    row->count = 0;
    if (*from != '|')
        return refuse(tree, row->line, "表格的每一行都要以 | 开头；表格后面要空一行。");
    from++;
    for (const char *c = from; *c; c++) {
        if (c[0] == '\\' && c[1]) {
            c++;
            continue;
        }
        if (*c != '|')
            continue;
        if (row->count == MOST_COLUMNS)
            return refuse(tree, row->line, "表格的列太多：最多 20 列。");
        char *cell = trim(tree->arena, from, c);
        drop_escapes(cell);
        row->cells[row->count++] = cell;
        from = c + 1;
    }
    if (from[strspn(from, " \t")] != '\0' || row->count == 0)
        return refuse(tree, row->line, "表格的每一行都要以 | 结尾。");
    return true;
}

/* ":--", "--:", ":-:", "---"; false for anything else. */
static bool read_alignment(const char *cell, enum alignment *result)
{
    size_t size = strlen(cell);
    bool left = cell[0] == ':';
    bool right = size > 1 && cell[size - 1] == ':';
    size_t dashes = strspn(cell + left, "-");

    if (dashes == 0 || dashes + left + right != size)
        return false;
    *result =
        left ? (right ? ALIGN_CENTER : ALIGN_LEFT) : (right ? ALIGN_RIGHT : ALIGN_NONE);
    return true;
}

static bool read_delimiters(struct table *table, const struct row *row)
{
    if (row->count != table->columns) {
        findings_add(
            table->tree->findings, table->tree->file, row->line,
            "表格分隔行有 %zu 格，表头有 %zu 格，应当一样多。", row->count,
            table->columns);
        return false;
    }
    for (size_t i = 0; i < row->count; i++) {
        if (!read_alignment(row->cells[i], &table->alignments[i]))
            return refuse(
                table->tree, row->line,
                "表头下面应是分隔行，每格写 ---、:--、--: 或 :-:。");
    }
    return true;
}

static void
add_row(struct table *table, struct text *html, const struct row *row, bool is_head)
{
    static const char *const classes[] = {
        [ALIGN_NONE] = "",
        [ALIGN_LEFT] = " class=\"align-left\"",
        [ALIGN_CENTER] = " class=\"align-center\"",
        [ALIGN_RIGHT] = " class=\"align-right\"",
    };
    const char *open = is_head ? "th scope=\"col\"" : "td";
    const char *close = is_head ? "th" : "td";

    text_add(html, "<tr>");
    for (size_t i = 0; i < row->count; i++) {
        const char *cell = markdown_tree_inline(table->tree, row->cells[i], row->line);
        text_add(html, "<");
        text_add(html, open);
        text_add(html, classes[table->alignments[i]]);
        text_add(html, ">");
        text_add(html, cell);
        text_add(html, "</");
        text_add(html, close);
        text_add(html, ">");
    }
    text_add(html, "</tr>\n");
}

static bool add_body(struct table *table, struct text *html, int first, int last)
{
    struct markdown_tree *tree = table->tree;
    bool good = true;

    for (int i = first; i <= last; i++) {
        struct row row = {.line = tree->line_before + i};
        if (!split(tree, skip_markers(tree->lines[i - 1]), &row)) {
            good = false;
        } else if (row.count != table->columns) {
            findings_add(
                tree->findings, tree->file, row.line,
                "表格这一行有 %zu 格，表头有 %zu 格，应当一样多。", row.count,
                table->columns);
            good = false;
        } else {
            add_row(table, html, &row, false);
        }
    }
    return good;
}

/* The HTML of lines first..last, NULL after adding findings. `opening` is the first
 * line from its bar on. */
static const char *
render(struct markdown_tree *tree, const char *opening, int first, int last)
{
    struct row head = {.line = tree->line_before + first};
    struct row delimiters = {.line = tree->line_before + first + 1};
    struct table table = {.tree = tree};
    struct text html;

    if (first == last) {
        (void)refuse(
            tree, head.line, "表格不完整：表头下面要有分隔行，例如 | --- | --- |。");
        return NULL;
    }
    if (!split(tree, opening, &head) ||
        !split(tree, skip_markers(tree->lines[first]), &delimiters))
        return NULL;
    table.columns = head.count;
    if (!read_delimiters(&table, &delimiters))
        return NULL;

    text_init(&html, tree->arena, MARKDOWN_HTML_LIMIT);
    /* Wide tables scroll by themselves on a phone; the rest is for keyboards and for
     * readers of the screen. */
    text_add(
        &html, "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\""
               " aria-label=\"表格\">\n<table>\n<thead>\n");
    add_row(&table, &html, &head, true);
    text_add(&html, "</thead>\n<tbody>\n");
    if (!add_body(&table, &html, first + 2, last))
        return NULL;
    text_add(&html, "</tbody>\n</table>\n</div>");
    if (html.overflowed) {
        (void)refuse(tree, head.line, "表格过大。");
        return NULL;
    }
    return html.bytes;
}

void markdown_table(struct markdown_tree *tree, cmark_node *paragraph)
{
    int first = cmark_node_get_start_line(paragraph);
    int last = cmark_node_get_end_line(paragraph);

    if (first < 1 || last < first || last > tree->line_count)
        return;
    /* The first line may stand behind a list's mark: "- | a | b |". */
    const char *opening = tree->lines[first - 1];
    int column = cmark_node_get_start_column(paragraph);
    bool is_table =
        column >= 1 && (size_t)column <= strlen(opening) && opening[column - 1] == '|';
    if (!is_table) {
        for (int i = first + 1; i <= last; i++) {
            if (begins_with_bar(tree->lines[i - 1])) {
                (void)refuse(tree, tree->line_before + i, "表格前面要空一行。");
                return;
            }
        }
        return;
    }
    const char *html = render(tree, opening + column - 1, first, last);
    if (!html)
        return;
    (void)markdown_tree_replace(paragraph, CMARK_NODE_CUSTOM_BLOCK, html, "");
    cmark_node_free(paragraph);
}
