#include "check/markup.h"

#include <string.h>

/* A line among its neighbours. */
struct spot {
    struct findings *findings;
    const struct page *page;
    size_t index;
    const struct page_line *line;
    const struct page_line *before; /* NULL for the first line */
    const char *text;               /* code made x, no spaces in front */
    size_t indent;                  /* how many spaces that were */
};

static bool begins_with(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void found(const struct spot *spot, const char *rule, const char *message)
{
    findings_add_rule(
        spot->findings, rule, spot->page->file, spot->line->number, "%s", message);
}

/* "- ", "* ", "+ ", "1. ", "1) ": the mark's size, 0 for none. */
static size_t list_mark(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    size_t size = 0;

    if (digits > 0 && digits < 10 && (text[digits] == '.' || text[digits] == ')'))
        size = digits + 1;
    else if (*text && strchr("-*+", *text))
        size = 1;
    return size > 0 && (text[size] == ' ' || text[size] == '\t') ? size : 0;
}

/* A line that begins something new even behind a paragraph. */
static bool opens_block(const char *text)
{
    size_t marks = strspn(text, "#");

    if (marks > 0 && marks <= 6 && (text[marks] == ' ' || text[marks] == '\0'))
        return true;
    if (begins_with(text, "```") || begins_with(text, "~~~") || *text == '>' ||
        begins_with(text, "---") || begins_with(text, "***"))
        return true;
    return list_mark(text) > 0 &&
           (!is_digit(*text) || begins_with(text, "1.") || begins_with(text, "1)"));
}

/* The line before is text that this one could go on. */
static bool follows_text(const struct spot *spot)
{
    int level;

    return spot->before && !spot->before->is_blank && !spot->before->is_code &&
           !page_heading(spot->findings->arena, spot->before, &level);
}

static void check_lazy(const struct spot *spot)
{
    if (follows_text(spot) && spot->line->quotes < spot->before->quotes &&
        !opens_block(spot->text))
        found(
            spot, "markup-lazy",
            "上一行在引用或提示框里，这一行也会算进去：行首补 >，或者上面空一行。");
}

static void check_callout(const struct spot *spot)
{
    static const char *const marks[] = {"[!", "[！", "［!", "［！", "【!", "【！"};
    bool is_mark = false;

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        is_mark |= begins_with(spot->text, marks[i]);
    if (!is_mark)
        return;
    if (spot->line->quotes == 0)
        found(spot, "markup-callout", "提示框要写在引用里：行首加 > 和一个空格。");
    else if (spot->before && spot->before->quotes >= spot->line->quotes)
        found(
            spot, "markup-callout",
            "一个引用里只能有一个提示框，标记写在第一行：上面空一行（不带 >）。");
}

/* -甲, *甲, 1.甲; not -5, **粗**, *斜*, 3.5, 1.1.2020. */
static bool is_mark_without_space(const char *text)
{
    size_t digits = strspn(text, "0123456789");

    if (digits > 0 && digits <= 2 && (text[digits] == '.' || text[digits] == ')'))
        return (unsigned char)text[digits + 1] >= 0x80;
    if (*text != '-' && *text != '+' && *text != '*')
        return false;
    if ((unsigned char)text[1] < 0x80 && text[1] != '[')
        return false;
    if (begins_with(text + 1, "—") || begins_with(text + 1, "–"))
        return false;
    return *text != '*' || !strchr(text + 1, '*');
}

static size_t chinese_mark(const char *text)
{
    size_t digits = strspn(text, "0123456789");

    if (digits > 0 && digits <= 2 && begins_with(text + digits, "、"))
        return digits;
    return 0;
}

static void check_list(const struct spot *spot)
{
    if (is_mark_without_space(spot->text))
        found(spot, "markup-list", "列表符号后面要空一格，否则不成列表。");
    else if (begins_with(spot->text, "•") || begins_with(spot->text, "·"))
        found(spot, "markup-list", "列表请用“- ”开头，这个圆点不成列表。");
    else if (
        chinese_mark(spot->text) > 0 && spot->before &&
        chinese_mark(spot->before->text + strspn(spot->before->text, " ")) > 0)
        found(spot, "markup-list", "编号列表请用“1. ”开头，“1、”会连成一段。");
}

/* The word of the callout that the line stands in, "" for none. */
static const char *callout_around(const struct spot *spot)
{
    const struct page *page = spot->page;
    size_t at = spot->index;

    while (at > 0 && page->lines[at].quotes > 0 && page->lines[at - 1].quotes > 0)
        at--;
    const char *word = page_callout(spot->findings->arena, page, at);
    return word ? word : "";
}

/* "- [ ] …" and "- [x] …" */
static bool is_option(const char *text)
{
    size_t mark = list_mark(text);

    if (mark == 0 || is_digit(*text))
        return false;
    text += mark + strspn(text + mark, " ");
    return begins_with(text, "[ ]") || begins_with(text, "[x]") ||
           begins_with(text, "[X]");
}

/* Said once for a list. */
static void check_option(const struct spot *spot)
{
    const struct page_line *before = spot->before;

    if (!is_option(spot->text) || strcmp(callout_around(spot), "自测") == 0 ||
        (before && is_option(before->text + strspn(before->text, " "))))
        return;
    found(
        spot, "markup-option",
        "“- [ ]”只在自测（> [!自测]）里起作用，每行行首都要有 >；清单请写“- □ ”。");
}

static bool holds_address(const char *text, size_t size)
{
    static const char *const signs[] = {".md", ".svg", "http", "#s"};

    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (memmem(text, size, signs[i], strlen(signs[i])))
            return true;
    }
    return false;
}

/* Where the first of the closing brackets stands. */
static size_t bracket_size(const char *text)
{
    const char *wide = strstr(text, "）");
    const char *narrow = strchr(text, ')');
    const char *end = !wide || (narrow && narrow < wide) ? narrow : wide;

    return end ? (size_t)(end - text) : 0;
}

static void check_link(const struct spot *spot)
{
    static const char *const joints[] = {"]（", "］（", "］(", "】（", "】(", "] ("};

    for (size_t i = 0; i < sizeof joints / sizeof joints[0]; i++) {
        const char *at = spot->text;
        while ((at = strstr(at, joints[i]))) {
            at += strlen(joints[i]);
            if (holds_address(at, bracket_size(at))) {
                found(
                    spot, "markup-link",
                    "链接要写成 [文字](地址)：英文括号，中间不空格。");
                return;
            }
        }
    }
}

static void check_title(const struct spot *spot)
{
    size_t marks = strspn(spot->text, "#");
    size_t line = strspn(spot->text, *spot->text == '=' ? "=" : "-");

    if (marks > 0 && marks <= 6 && spot->indent < 4 && spot->text[marks] &&
        spot->text[marks] != ' ' && spot->text[marks] != '\t' &&
        (marks > 1 || !strchr(spot->text + 1, '#')))
        found(spot, "markup-title", "# 后面要空一格，否则不成标题。");
    if (line > 0 && spot->text[line + strspn(spot->text + line, " \t")] == '\0' &&
        follows_text(spot) && spot->before->quotes == spot->line->quotes &&
        spot->indent < 4 && !list_mark(spot->before->text))
        found(spot, "markup-title", "这一行会把上一行变成标题：上面空一行，或者删去。");
}

static size_t count_bars(const char *text)
{
    size_t count = 0;

    for (const char *c = text; *c; c++) {
        if (c[0] == '\\' && c[1])
            c++;
        else
            count += *c == '|';
    }
    return count;
}

static void check_table(const struct spot *spot)
{
    if (begins_with(spot->text, "｜"))
        found(spot, "markup-table", "表格要用英文竖线 |。");
    else if (
        spot->text[0] != '|' && !list_mark(spot->text) && count_bars(spot->text) > 1)
        found(
            spot, "markup-table",
            "看起来是表格的一行：行首和行尾都要有 |；不是表格请把 | 写成 \\|。");
}

/* Inside a list four spaces go on with an item; in questions code is refused anyway. */
static void check_indent(const struct spot *spot)
{
    if (spot->indent < 4 || spot->page->kind == PAGE_QUESTION ||
        (spot->before && !spot->before->is_blank))
        return;
    for (size_t i = spot->index; i-- > 0;) {
        const char *text = spot->page->lines[i].text;
        size_t indent = strspn(text, " ");
        if (spot->page->lines[i].is_blank)
            continue;
        if (indent > 0 || list_mark(text))
            return;
        break;
    }
    found(spot, "markup-indent", "行首空了四格，会变成代码：请删去空格。");
}

static void check_line(struct findings *findings, const struct page *page, size_t index)
{
    const struct page_line *line = &page->lines[index];
    const char *text = page_without_code(findings->arena, line->text);
    size_t indent = strspn(text, " ");
    const struct spot spot = {
        .findings = findings,
        .page = page,
        .index = index,
        .line = line,
        .before = index > 0 ? &page->lines[index - 1] : NULL,
        .text = text + indent,
        .indent = indent,
    };

    check_lazy(&spot);
    check_callout(&spot);
    check_list(&spot);
    check_option(&spot);
    check_link(&spot);
    check_title(&spot);
    check_table(&spot);
    check_indent(&spot);
}

static void
check_page(struct findings *findings, const struct page *page, void *context)
{
    (void)context;
    for (size_t i = 0; i < page->line_count; i++) {
        const struct page_line *line = &page->lines[i];
        if (!line->is_code && !line->is_blank)
            check_line(findings, page, i);
    }
    if (page->open_fence > 0)
        findings_add_rule(
            findings, "markup-fence", page->file, page->open_fence,
            "代码块（```）没有结束，后面的内容都会变成代码。");
}

void markup_check(struct findings *findings, const struct curriculum *curriculum)
{
    curriculum_pages(findings, curriculum, check_page, NULL);
    curriculum_question_texts(findings, curriculum, check_page, NULL);
}
