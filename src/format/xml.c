#include "format/xml.h"

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

enum { SCHEMA_LIMIT = 256 * 1024, MOST_MESSAGES = 5 };

/* Where libxml2's complaints go. */
struct listener {
    struct findings *findings;
    const char *file;
    const char *what; /* said before libxml2's English words */
    int heard;
    int last_line; /* -1 before the first */
};

static void release_document(void *document)
{
    xmlFreeDoc(document);
}

static void release_schema(void *schema)
{
    xmlRelaxNGFree(schema);
}

/* One finding a line: what libxml2 says after its first words is a consequence. */
static void listen_to(void *context, xmlErrorPtr problem)
{
    struct listener *listener = context;
    const char *message = problem->message ? problem->message : "?";

    listener->heard++;
    if (listener->heard > MOST_MESSAGES || problem->line == listener->last_line)
        return;
    listener->last_line = problem->line;
    findings_add(
        listener->findings, listener->file, problem->line > 0 ? problem->line : 0,
        "%s：%.*s", listener->what, (int)strcspn(message, "\n"), message);
}

static xmlDoc *parse(struct findings *findings, const struct source *source)
{
    /* No XML_PARSE_NOENT, DTDLOAD, DTDATTR, XINCLUDE, HUGE, RECOVER. */
    const int options =
        XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_COMPACT | XML_PARSE_NOCDATA;
    struct listener listener = {
        .findings = findings,
        .file = source->file,
        .what = "XML 写法有误",
        .last_line = -1};
    xmlParserCtxt *parser = xmlNewParserCtxt();

    if (!parser)
        abort(); /* out of memory */
    xmlSetStructuredErrorFunc(&listener, listen_to);
    xmlDoc *document = xmlCtxtReadMemory(
        parser, source->bytes, (int)source->size, NULL, "UTF-8", options);
    xmlSetStructuredErrorFunc(NULL, NULL);
    bool good = parser->wellFormed && document && !document->intSubset;
    xmlFreeParserCtxt(parser);
    if (!good && listener.heard == 0)
        findings_add(findings, source->file, 1, "XML 写法有误。");
    if (!good || listener.heard > 0) {
        xmlFreeDoc(document);
        return NULL;
    }
    arena_defer(findings->arena, release_document, document);
    return document;
}

static xmlRelaxNG *read_schema(struct findings *findings, const char *file)
{
    struct source source;
    struct listener listener = {
        .findings = findings, .file = file, .what = "格式定义有误", .last_line = -1};

    if (!source_read(findings, file, SCHEMA_LIMIT, &source))
        return NULL;
    xmlRelaxNGParserCtxt *parser =
        xmlRelaxNGNewMemParserCtxt(source.bytes, (int)source.size);
    if (!parser)
        abort(); /* out of memory */
    xmlRelaxNGSetParserStructuredErrors(parser, listen_to, &listener);
    xmlRelaxNG *schema = xmlRelaxNGParse(parser);
    xmlRelaxNGFreeParserCtxt(parser);
    if (schema)
        arena_defer(findings->arena, release_schema, schema);
    else if (listener.heard == 0)
        findings_add(findings, file, 0, "格式定义无法读取。");
    return schema;
}

static bool validate(
    struct findings *findings, const struct source *source, xmlDoc *document,
    xmlRelaxNG *schema)
{
    struct listener listener = {
        .findings = findings,
        .file = source->file,
        .what = "不符合格式定义",
        .last_line = -1};
    xmlRelaxNGValidCtxt *validator = xmlRelaxNGNewValidCtxt(schema);

    if (!validator)
        abort(); /* out of memory */
    xmlRelaxNGSetValidStructuredErrors(validator, listen_to, &listener);
    int failure = xmlRelaxNGValidateDoc(validator, document);
    xmlRelaxNGFreeValidCtxt(validator);
    if (failure != 0 && listener.heard == 0)
        findings_add(findings, source->file, 0, "不符合格式定义。");
    return failure == 0;
}

static xmlNode *element(struct xml_node *node)
{
    return (xmlNode *)node;
}

struct xml_node *xml_parse(struct findings *findings, const struct source *source)
{
    if (!xml_guard(findings, source))
        return NULL;
    xmlDoc *document = parse(findings, source);
    return document ? (struct xml_node *)xmlDocGetRootElement(document) : NULL;
}

struct xml_node *
xml_read(struct findings *findings, const struct source *source, const char *schema)
{
    struct xml_node *root = xml_parse(findings, source);
    xmlRelaxNG *rules = root ? read_schema(findings, schema) : NULL;

    if (!rules || !validate(findings, source, element(root)->doc, rules))
        return NULL;
    return root;
}

static struct xml_node *first_of(xmlNode *from, const char *name)
{
    for (; from; from = from->next) {
        if (from->type == XML_ELEMENT_NODE &&
            (!name || strcmp((const char *)from->name, name) == 0))
            return (struct xml_node *)from;
    }
    return NULL;
}

struct xml_node *xml_child(struct xml_node *node, const char *name)
{
    return first_of(element(node)->children, name);
}

struct xml_node *xml_next(struct xml_node *node, const char *name)
{
    return first_of(element(node)->next, name);
}

const char *xml_name(struct xml_node *node)
{
    return (const char *)element(node)->name;
}

int xml_line(struct xml_node *node)
{
    return (int)xmlGetLineNo(element(node));
}

static const char *keep(struct arena *arena, xmlChar *string)
{
    const char *copy = arena_copy(arena, string ? (const char *)string : "");

    xmlFree(string);
    return copy;
}

const char *xml_text(struct arena *arena, struct xml_node *node)
{
    return keep(arena, xmlNodeGetContent(element(node)));
}

static const char *collapse(struct arena *arena, const char *from)
{
    static const char white[] = " \t\r\n";
    char *token = arena_alloc(arena, strlen(from) + 1);
    char *to = token;

    for (from += strspn(from, white); *from; from += strspn(from, white)) {
        size_t word = strcspn(from, white);
        if (to > token)
            *to++ = ' ';
        memcpy(to, from, word);
        to += word;
        from += word;
    }
    return token;
}

const char *xml_token(struct arena *arena, struct xml_node *node)
{
    return collapse(arena, xml_text(arena, node));
}

const char *xml_attribute(struct arena *arena, struct xml_node *node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp(element(node), (const xmlChar *)name);

    return value ? collapse(arena, keep(arena, value)) : NULL;
}
