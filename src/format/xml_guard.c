/* Counts what an XML text holds without building anything. On well-formed text it sees
 * the same tags as any parser; where the text is not well formed libxml2 stops too. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "format/xml.h"

struct guard {
    struct findings *findings;
    const char *file;
    const char *at;
    int line;
    int depth;
    int nodes;
};

static bool refuse(struct guard *guard, const char *message)
{
    findings_add(guard->findings, guard->file, guard->line, "%s", message);
    return false;
}

static bool stands_here(const struct guard *guard, const char *word)
{
    return strncmp(guard->at, word, strlen(word)) == 0;
}

static void advance(struct guard *guard, const char *to)
{
    for (; guard->at < to; guard->at++)
        guard->line += *guard->at == '\n';
}

/* Goes behind the next `end`; without one the rest cannot be well formed. */
static bool skip_past(struct guard *guard, const char *end)
{
    const char *found = strchr(guard->at, end[0]);

    while (found && strncmp(found, end, strlen(end)) != 0)
        found = strchr(found + 1, end[0]);
    if (!found)
        return refuse(guard, "XML 不完整：这里开始的部分没有结束。");
    advance(guard, found + strlen(end));
    return true;
}

/* From "<name" to behind its ">". A value in quotes is one attribute, and a ">" in it
 * does not end the tag. */
static bool skip_tag(struct guard *guard)
{
    const char *c = guard->at + 1;
    int attributes = 0;

    for (; *c && *c != '>'; c++) {
        if (*c != '"' && *c != '\'')
            continue;
        attributes++;
        c = strchr(c + 1, *c);
        if (!c)
            return refuse(guard, "XML 不完整：属性的引号没有结束。");
    }
    if (!*c)
        return refuse(guard, "XML 不完整：标签没有结束。");
    if (attributes > XML_ATTRIBUTES)
        return refuse(guard, "一个标签的属性太多：最多 64 个。");
    guard->nodes += 2 + attributes; /* the element, and a text before it */
    if (c[-1] != '/')
        guard->depth++;
    if (guard->depth > XML_DEPTH)
        return refuse(guard, "标签嵌套太深：最多 64 层。");
    advance(guard, c + 1);
    return true;
}

static bool skip_markup(struct guard *guard)
{
    guard->nodes++;
    if (stands_here(guard, "<!--"))
        return skip_past(guard, "-->");
    if (stands_here(guard, "<![CDATA["))
        return skip_past(guard, "]]>");
    if (stands_here(guard, "<?"))
        return skip_past(guard, "?>");
    if (stands_here(guard, "<!"))
        return refuse(guard, "XML 里不允许 DOCTYPE 和实体定义。");
    if (stands_here(guard, "</")) {
        guard->depth--;
        return skip_past(guard, ">");
    }
    return skip_tag(guard);
}

/* A declaration of another encoding would make libxml2 read other characters than
 * those that were checked. */
static bool encoding_is_utf8(struct guard *guard)
{
    static const char name[] = "encoding";
    const char *end = strstr(guard->at, "?>");

    if (!stands_here(guard, "<?xml") || !end)
        return true;
    const char *found = strstr(guard->at, name);
    if (!found || found > end)
        return true;
    const char *value = found + strlen(name);
    value += strspn(value, " \t\n=");
    if (strncasecmp(value, "\"utf-8\"", 7) == 0 ||
        strncasecmp(value, "'utf-8'", 7) == 0)
        return true;
    return refuse(guard, "XML 只接受 UTF-8 编码。");
}

/* "&#x202E;" is as invisible as the character itself. */
static bool references_are_visible(struct guard *guard)
{
    const char *found;

    for (const char *c = guard->at; (found = strstr(c, "&#")); c = found + 2) {
        bool is_hexadecimal = found[2] == 'x';
        unsigned long number =
            strtoul(found + (is_hexadecimal ? 3 : 2), NULL, is_hexadecimal ? 16 : 10);
        if (number > UINT32_MAX || !source_is_hidden_control((uint32_t)number))
            continue;
        advance(guard, found);
        return refuse(guard, "这里用编号写了看不见的控制字符，请删去。");
    }
    return true;
}

bool xml_guard(struct findings *findings, const struct source *source)
{
    struct guard guard = {
        .findings = findings, .file = source->file, .at = source->bytes, .line = 1};

    if (source->size > XML_LIMIT)
        return refuse(&guard, "文件过大：上限 5 MiB。");
    if (!encoding_is_utf8(&guard) || !references_are_visible(&guard))
        return false;
    for (;;) {
        const char *next = strchr(guard.at, '<');
        if (!next)
            return true;
        advance(&guard, next);
        if (!skip_markup(&guard))
            return false;
        if (guard.nodes > XML_NODES)
            return refuse(&guard, "内容太多：一个文件最多 200000 个节点。");
    }
}
