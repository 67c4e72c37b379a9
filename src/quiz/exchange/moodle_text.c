#include "quiz/exchange/moodle_text.h"

#include <string.h>

#include "format/markdown.h"

enum { LONGEST_TEXT = 64 * 1024 };

static const char *escape(struct arena *arena, const char *plain)
{
    struct text text;

    text_init(&text, arena, (size_t)LONGEST_TEXT * 6);
    for (const char *c = plain; *c; c++) {
        if (*c == '&')
            text_add(&text, "&amp;");
        else if (*c == '<')
            text_add(&text, "&lt;");
        else if (*c == '>')
            text_add(&text, "&gt;");
        else if (*c == '"')
            text_add(&text, "&quot;");
        else if (*c == '\n')
            text_add(&text, "<br />\n");
        else
            text_add_bytes(&text, c, 1);
    }
    return text.bytes;
}

static const char *trim(struct arena *arena, const char *text)
{
    static const char white[] = " \t\n";
    size_t size;

    text += strspn(text, white);
    size = strlen(text);
    while (size > 0 && strchr(white, text[size - 1]))
        size--;
    return arena_copy_bytes(arena, text, size);
}

/* True when the text is to be rendered as Markdown; *plain false after a finding. */
static bool is_markdown(
    struct findings *findings, const char *file, struct xml_node *node,
    const char *text, bool *plain)
{
    const char *format = xml_attribute(findings->arena, node, "format");

    *plain = true;
    if (!format || strcmp(format, "plain_text") == 0)
        return false;
    if (strcmp(format, "markdown") == 0)
        return true;
    if (strpbrk(text, "<&")) {
        findings_add(
            findings, file, xml_line(node),
            "不接受 HTML：请改成 format=\"markdown\" 或 format=\"plain_text\"。");
        *plain = false;
    }
    return false;
}

/* The text, trimmed; NULL after a finding. */
static const char *
take(struct findings *findings, const char *file, struct xml_node *node, int *line)
{
    struct xml_node *inner = xml_child(node, "text");
    const char *text = inner ? xml_text(findings->arena, inner) : "";

    *line = xml_line(inner ? inner : node);
    if (strlen(text) > LONGEST_TEXT) {
        findings_add(findings, file, *line, "文字过长：上限 64 KiB。");
        return NULL;
    }
    return text;
}

const char *
moodle_text_block(struct findings *findings, const char *file, struct xml_node *node)
{
    int line;
    const char *text = take(findings, file, node, &line);
    bool plain;

    if (!text)
        return NULL;
    const char *trimmed = trim(findings->arena, text);
    if (*trimmed == '\0')
        return "";
    if (is_markdown(findings, file, node, text, &plain))
        return markdown_fragment(findings, file, line, text);
    if (!plain)
        return NULL;
    return arena_format(
        findings->arena, "<p>%s</p>\n", escape(findings->arena, trimmed));
}

const char *
moodle_text_line(struct findings *findings, const char *file, struct xml_node *node)
{
    int line;
    const char *text = take(findings, file, node, &line);
    bool plain;

    if (!text)
        return NULL;
    const char *trimmed = trim(findings->arena, text);
    if (is_markdown(findings, file, node, text, &plain))
        return markdown_line(findings, file, line, text);
    return plain ? escape(findings->arena, trimmed) : NULL;
}
