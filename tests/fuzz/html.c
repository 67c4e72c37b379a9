#include "fuzz/html.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "base/utf8.h"
#include "format/source.h"
#include "fuzz/fuzz.h"

enum { LONGEST = 64 * 1024 * 1024 };

/* Element and its attributes. */
static const char *const allowed[][5] = {
    {"a", "href", "rel"},
    {"aside", "class", "role", "aria-label"},
    {"blockquote"},
    {"br"},
    {"code", "class"},
    {"details", "class"},
    {"div", "class", "tabindex", "role", "aria-label"},
    {"em"},
    {"h2", "id"},
    {"h3"},
    {"h4"},
    {"h5"},
    {"h6"},
    {"hr"},
    {"img", "src", "alt", "title"},
    {"li", "data-right"},
    {"ol", "start"},
    {"p", "class"},
    {"pre"},
    {"section", "class", "aria-label"},
    {"strong"},
    {"summary"},
    {"table"},
    {"tbody"},
    {"td", "class"},
    {"th", "scope", "class"},
    {"thead"},
    {"tr"},
    {"ul", "class"},
};

static const char *const *rule_of(const char *name)
{
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
        if (strcmp(allowed[i][0], name) == 0)
            return allowed[i];
    return NULL;
}

static bool is_allowed(const char *const *rule, const char *attribute)
{
    for (size_t i = 1; i < 5 && rule[i]; i++)
        if (strcmp(rule[i], attribute) == 0)
            return true;
    return false;
}

/* What a browser would make of it: it drops tabs and line ends, and takes \ for /. */
static void check_link(struct arena *arena, const char *href)
{
    char *url = arena_copy(arena, href);
    char *to = url;

    for (const char *c = href; *c; c++)
        if ((unsigned char)*c > 0x20)
            *to++ = *c == '\\' ? '/' : *c;
    *to = '\0';
    size_t scheme = strcspn(url, ":/?#");
    bool http =
        strncasecmp(url, "http://", 7) == 0 || strncasecmp(url, "https://", 8) == 0;
    FUZZ_REQUIRE(url[scheme] != ':' || http, "link to %s", href);
    FUZZ_REQUIRE(strncmp(url, "//", 2) != 0, "link to another host: %s", href);
}

static void check_image(const char *src)
{
    FUZZ_REQUIRE(
        *src && *src != '/' && !strstr(src, "..") && !strpbrk(src, ":\\?#%&<>\" "),
        "image from %s", src);
}

static void
check_attribute(struct arena *arena, xmlNode *node, const char *name, const char *value)
{
    const char *element = (const char *)node->name;

    if (strcmp(name, "href") == 0)
        check_link(arena, value);
    else if (strcmp(name, "src") == 0)
        check_image(value);
    else if (strcmp(name, "rel") == 0)
        FUZZ_REQUIRE(strcmp(value, "noopener") == 0, "rel %s", value);
    else if (strcmp(name, "class") == 0 && strcmp(element, "code") == 0)
        FUZZ_REQUIRE(strncmp(value, "language-", 9) == 0, "class %s", value);
    else if (strcmp(name, "class") == 0)
        FUZZ_REQUIRE(
            value[strspn(value, "abcdefghijklmnopqrstuvwxyz -")] == '\0', "class %s",
            value);
}

static void check_element(struct arena *arena, xmlNode *node)
{
    const char *name = (const char *)node->name;
    const char *const *rule = rule_of(name);

    FUZZ_REQUIRE(rule, "element %s", name);
    for (xmlAttr *one = node->properties; one; one = one->next) {
        xmlChar *value = xmlNodeListGetString(node->doc, one->children, 1);
        FUZZ_REQUIRE(
            is_allowed(rule, (const char *)one->name), "attribute %s of %s",
            (const char *)one->name, name);
        check_attribute(
            arena, node, (const char *)one->name, value ? (const char *)value : "");
        xmlFree(value);
    }
}

/* Without recursion: what is checked may be deep. */
static void check_tree(struct arena *arena, xmlNode *root)
{
    xmlNode *node = root->children;

    while (node) {
        if (node->type == XML_ELEMENT_NODE)
            check_element(arena, node);
        else
            FUZZ_REQUIRE(node->type == XML_TEXT_NODE, "node of type %d", node->type);
        if (node->children && node->type == XML_ELEMENT_NODE) {
            node = node->children;
            continue;
        }
        while (node != root && !node->next)
            node = node->parent;
        node = node == root ? NULL : node->next;
    }
}

/* XML knows no U+FFFE and U+FFFF; HTML takes them. */
static const char *as_xml(struct arena *arena, const char *html)
{
    struct text text;
    size_t size = strlen(html);
    uint32_t c;

    text_init(&text, arena, LONGEST);
    text_add(&text, "<r>");
    for (size_t at = 0; at < size;) {
        size_t step = utf8_decode(html + at, size - at, &c);
        FUZZ_REQUIRE(step, "no UTF-8 at byte %zu of %s", at, html);
        FUZZ_REQUIRE(
            !source_is_hidden_control(c), "U+%04X at byte %zu of %s", c, at, html);
        if (c == 0xfffe || c == 0xffff)
            text_add(&text, "?");
        else
            text_add_bytes(&text, html + at, step);
        at += step;
    }
    text_add(&text, "</r>");
    return text.bytes;
}

static void ignore_problem(void *context, xmlErrorPtr problem)
{
    (void)context;
    (void)problem;
}

void html_check(struct arena *arena, const char *html)
{
    if (!html)
        return;
    const char *xml = as_xml(arena, html);
    xmlSetStructuredErrorFunc(NULL, ignore_problem);
    xmlDoc *document = xmlReadMemory(
        xml, (int)strlen(xml), NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_HUGE);
    xmlSetStructuredErrorFunc(NULL, NULL);
    FUZZ_REQUIRE(document, "not well formed: %s", html);
    check_tree(arena, xmlDocGetRootElement(document));
    xmlFreeDoc(document);
}
