#include "format/svg.h"

#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "format/xml.h"

enum { VIEW_NUMBERS = 4 };

static const char namespace_of_svg[] = "http://www.w3.org/2000/svg";

/* A drawing while it is checked. */
struct drawing {
    struct findings *findings;
    const char *file;
    xmlNode *root;
};

static const char *const elements[] = {
    "svg",     "title", "desc", "defs",     "marker",  "g",      "rect",  "line",
    "ellipse", "path",  "text", "polyline", "polygon", "circle", "tspan",
};

/* Presentation and geometry, and what a screen reader needs. */
static const char *const attributes[] = {
    "viewBox",
    "preserveAspectRatio",
    "id",
    "role",
    "aria-labelledby",
    "aria-describedby",
    "aria-label",
    "aria-hidden",
    "lang",
    "width",
    "height",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "dx",
    "dy",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "d",
    "points",
    "pathLength",
    "transform",
    "fill",
    "fill-opacity",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "opacity",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "letter-spacing",
    "text-anchor",
    "text-decoration",
    "textLength",
    "lengthAdjust",
    "dominant-baseline",
    "alignment-baseline",
    "baseline-shift",
    "marker-start",
    "marker-mid",
    "marker-end",
    "markerWidth",
    "markerHeight",
    "markerUnits",
    "refX",
    "refY",
    "orient",
    "overflow",
    "visibility",
    "vector-effect",
    "paint-order",
};

static bool stands_among(const char *const *names, size_t count, const xmlChar *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], (const char *)name) == 0)
            return true;
    }
    return false;
}

static void refuse(const struct drawing *drawing, const xmlNode *node, const char *what)
{
    findings_add(drawing->findings, drawing->file, (int)xmlGetLineNo(node), "%s", what);
}

static bool is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE &&
           strcmp((const char *)node->name, name) == 0;
}

/* In the arena; "" for an attribute that is absent. */
static const char *
value_of(const struct drawing *drawing, const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
    const char *copy =
        arena_copy(drawing->findings->arena, value ? (const char *)value : "");

    xmlFree(value);
    return copy;
}

static bool
has_marker(const struct drawing *drawing, const xmlNode *node, const char *id)
{
    if (is_named(node, "marker") && strcmp(value_of(drawing, node, "id"), id) == 0)
        return true;
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (has_marker(drawing, child, id))
            return true;
    }
    return false;
}

/* "none", or "url(#id)" of a marker that is in this drawing. */
static bool is_marker_value(const struct drawing *drawing, const char *value)
{
    size_t size = strlen(value);

    if (strcmp(value, "none") == 0)
        return true;
    if (size < 7 || strncmp(value, "url(#", 5) != 0 || value[size - 1] != ')')
        return false;
    const char *id = arena_copy_bytes(drawing->findings->arena, value + 5, size - 6);
    return has_marker(drawing, drawing->root, id);
}

/* Presentation attributes are read as CSS: a function may load something, and a
 * backslash may spell one that is not seen here. */
static bool
value_is_plain(const struct drawing *drawing, const char *name, const char *value)
{
    static const char moves[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789 \t\n,.()+-";

    if (strncmp(name, "marker-", 7) == 0)
        return is_marker_value(drawing, value);
    if (strcmp(name, "transform") == 0)
        return value[strspn(value, moves)] == '\0';
    return !strpbrk(value, "\\(");
}

static void
check_attribute(const struct drawing *drawing, const xmlNode *node, const xmlAttr *one)
{
    const char *name = (const char *)one->name;

    if (one->ns ||
        !stands_among(
            attributes, sizeof attributes / sizeof attributes[0], one->name)) {
        findings_add(
            drawing->findings, drawing->file, (int)xmlGetLineNo(node),
            "图里不允许属性“%.40s”：只能用图形和外观属性，不能用样式、链接和脚本。",
            name);
        return;
    }
    const char *value = value_of(drawing, node, name);
    if (!value_is_plain(drawing, name, value))
        findings_add(
            drawing->findings, drawing->file, (int)xmlGetLineNo(node),
            "图里属性“%s”的值“%.60s”不允许：url(#…) 只能在 marker-start、marker-mid、"
            "marker-end 里指向本图的 marker。",
            name, value);
}

static void check_element(const struct drawing *drawing, const xmlNode *node)
{
    bool is_svg = node->ns && !node->ns->prefix &&
                  strcmp((const char *)node->ns->href, namespace_of_svg) == 0;

    if (!is_svg ||
        !stands_among(elements, sizeof elements / sizeof elements[0], node->name)) {
        findings_add(
            drawing->findings, drawing->file, (int)xmlGetLineNo(node),
            "图里不允许元素“%.40s”：只能用 svg、title、desc、defs、marker、g、rect、"
            "circle、ellipse、line、path、polyline、polygon、text、tspan（xmlns 为 "
            "%s）。",
            (const char *)node->name, namespace_of_svg);
        return;
    }
    for (const xmlNs *one = node->nsDef; one; one = one->next) {
        if (one->prefix)
            refuse(drawing, node, "图里不能声明别的命名空间（xmlns:…）。");
    }
    for (const xmlAttr *one = node->properties; one; one = one->next)
        check_attribute(drawing, node, one);
}

/* Comments are dropped on the way: nobody sees them. */
static void check_tree(const struct drawing *drawing, xmlNode *node)
{
    xmlNode *next;

    check_element(drawing, node);
    for (xmlNode *child = node->children; child; child = next) {
        next = child->next;
        if (child->type == XML_ELEMENT_NODE) {
            check_tree(drawing, child);
        } else if (child->type == XML_COMMENT_NODE) {
            xmlUnlinkNode(child);
            xmlFreeNode(child);
        } else if (child->type != XML_TEXT_NODE) {
            refuse(drawing, node, "图里不能有处理指令和实体。");
        }
    }
}

static const char *read_title(const struct drawing *drawing)
{
    for (xmlNode *child = drawing->root->children; child; child = child->next) {
        if (!is_named(child, "title"))
            continue;
        const char *title =
            xml_token(drawing->findings->arena, (struct xml_node *)child);
        if (title[0] != '\0')
            return title;
    }
    refuse(
        drawing, drawing->root, "图要有标题：<title>…</title>，放在 <svg> 里最前面。");
    return NULL;
}

/* The four numbers, rounded up to whole units. False when they are not four numbers. */
static bool read_view(struct arena *arena, const char *text, int numbers[VIEW_NUMBERS])
{
    static const char separators[] = " ,\t\n";
    const struct decimal_limits limits = {.whole = 5, .places = 3, .negative = true};
    const char *at = text + strspn(text, separators);

    for (int i = 0; i < VIEW_NUMBERS; i++) {
        size_t size = strcspn(at, separators);
        int64_t thousandths;
        if (decimal_parse(
                arena, arena_copy_bytes(arena, at, size), limits, &thousandths))
            return false;
        numbers[i] = (int)((thousandths + 999) / 1000);
        at += size;
        at += strspn(at, separators);
    }
    return *at == '\0';
}

static bool read_size(const struct drawing *drawing, struct svg *result)
{
    int numbers[VIEW_NUMBERS];
    const char *view = value_of(drawing, drawing->root, "viewBox");

    if (read_view(drawing->findings->arena, view, numbers)) {
        result->width = numbers[2];
        result->height = numbers[3];
    }
    if (result->width > 0 && result->width <= SVG_LONGEST_SIDE && result->height > 0 &&
        result->height <= SVG_LONGEST_SIDE)
        return true;
    refuse(
        drawing, drawing->root,
        "图要写 viewBox=\"0 0 宽 高\"，宽和高是 1 到 4000 的数。");
    return false;
}

static void write_bytes(const struct drawing *drawing, struct svg *result)
{
    xmlBuffer *buffer = xmlBufferCreate();

    if (!buffer || xmlNodeDump(buffer, drawing->root->doc, drawing->root, 0, 0) < 0)
        abort(); /* out of memory */
    result->size = (size_t)xmlBufferLength(buffer);
    result->bytes = arena_copy_bytes(
        drawing->findings->arena, xmlBufferContent(buffer), result->size);
    xmlBufferFree(buffer);
}

bool svg_read(
    struct findings *findings, const struct source *source, struct svg *result)
{
    size_t findings_before = findings->count;
    struct drawing drawing = {.findings = findings, .file = source->file};
    struct svg svg = {0};

    if (source->size > SVG_LIMIT) {
        findings_add(findings, source->file, 0, "文件过大：上限 128 KiB。");
        return false;
    }
    struct xml_node *root = xml_parse(findings, source);
    if (!root)
        return false;
    drawing.root = (xmlNode *)root;
    if (!is_named(drawing.root, "svg")) {
        refuse(&drawing, drawing.root, "最外层应是 <svg>。");
        return false;
    }
    check_tree(&drawing, drawing.root);
    svg.title = read_title(&drawing);
    if (!read_size(&drawing, &svg) || findings->count > findings_before)
        return false;
    write_bytes(&drawing, &svg);
    *result = svg;
    return true;
}
