/* Addresses in Markdown. What cmark lets through and this does not: addresses without a
 * scheme that name another host (//host), mail, telephone, and whatever a browser might
 * read differently (a backslash, control characters). */
#include <string.h>
#include <strings.h>

#include "format/markdown_tree.h"

enum address { ADDRESS_REFUSED, ADDRESS_OUTSIDE, ADDRESS_RELATIVE };

static bool has_strange_character(const char *url)
{
    for (const char *c = url; *c; c++) {
        unsigned char byte = (unsigned char)*c;
        if (byte <= 0x20 || byte == 0x7F || byte == '\\')
            return true;
    }
    return false;
}

static bool has_host(const char *after_scheme)
{
    if (strncmp(after_scheme, "//", 2) != 0)
        return false;
    /* user@host: what stands first is not where the link leads. */
    size_t host = strcspn(after_scheme + 2, "/?#");
    return host > 0 && !memchr(after_scheme + 2, '@', host);
}

static enum address classify(const char *url)
{
    size_t first = strcspn(url, ":/?#");

    if (url[0] == '\0' || has_strange_character(url))
        return ADDRESS_REFUSED;
    if (strncmp(url, "//", 2) == 0)
        return ADDRESS_REFUSED;
    if (url[first] != ':')
        return ADDRESS_RELATIVE;
    bool known = (first == 4 && strncasecmp(url, "http", 4) == 0) ||
                 (first == 5 && strncasecmp(url, "https", 5) == 0);
    return known && has_host(url + first + 1) ? ADDRESS_OUTSIDE : ADDRESS_REFUSED;
}

/* For a double-quoted attribute; bytes that may not stand in an address as %XX. */
static const char *escape(struct markdown_tree *tree, const char *url)
{
    static const char plain[] = "-_.+!*(),%#@?=;:/$~";
    struct text text;

    text_init(&text, tree->arena, MARKDOWN_LIMIT);
    for (const char *c = url; *c; c++) {
        unsigned char byte = (unsigned char)*c;
        bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                         (byte >= '0' && byte <= '9');
        if (byte == '&')
            text_add(&text, "&amp;");
        else if (is_letter || strchr(plain, byte))
            text_add_bytes(&text, c, 1);
        else
            text_add_format(&text, "%%%02X", byte);
    }
    return text.bytes;
}

/* The address that the page gets; NULL after adding a finding. */
static const char *
page_address(struct markdown_tree *tree, cmark_node *link, const char *url)
{
    const struct markdown_place place = {
        tree->findings, tree->file, markdown_tree_line(tree, link)};

    return tree->folder ? tree->folder->link(tree->folder->context, &place, url) : url;
}

void markdown_link(struct markdown_tree *tree, cmark_node *link)
{
    const char *url = cmark_node_get_url(link);
    enum address address = classify(url ? url : "");

    if (address == ADDRESS_REFUSED) {
        findings_add(
            tree->findings, tree->file, markdown_tree_line(tree, link),
            "链接地址“%.80s”不允许：只能用 http、https、本站相对地址或 #。", url);
        return;
    }
    if (address == ADDRESS_RELATIVE)
        url = page_address(tree, link, url);
    if (!url)
        return;
    /* noopener: the other site must not get hold of this page. */
    const char *rel = address == ADDRESS_OUTSIDE ? " rel=\"noopener\"" : "";
    const char *on_enter =
        arena_format(tree->arena, "<a href=\"%s\"%s>", escape(tree, url), rel);
    cmark_node *made =
        markdown_tree_replace(link, CMARK_NODE_CUSTOM_INLINE, on_enter, "</a>");
    markdown_tree_move_children(link, made);
    cmark_node_free(link);
}
