#include "format/svg.h"

#include "base/text.h"
#include "format/findings_fixture.h"

#define SVG "http://www.w3.org/2000/svg"
#define OPEN "<svg xmlns=\"" SVG "\" viewBox=\"0 0 400 120.5\">\n<title>流程</title>\n"

static struct svg svg;

static bool read_text(const char *text)
{
    findings_begin(NULL);
    struct source source = source_of(text);
    svg = (struct svg){0};
    return svg_read(&findings, &source, &svg);
}

/* Something inside a drawing that is good otherwise; it stands in line 3. */
static bool read_inside(const char *text)
{
    return read_text(arena_format(arena, OPEN "%s\n</svg>\n", text));
}

static void a_drawing_is_read_and_written_anew(void **state)
{
    static const char text[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a comment -->\n"
        "<svg xmlns='" SVG "' viewBox='0 0 400 120.5' role='img' aria-labelledby='t'"
        " font-family=\"'Noto Sans SC',sans-serif\">"
        "<title id='t'> 流程\n &lt;一&gt; </title><desc>说明</desc><!-- x -->"
        "<defs><marker id='a' markerWidth='8' markerHeight='8' refX='4' refY='4' "
        "orient='auto'><path d='M0 0L8 4z' fill='#1f2933'/></marker></defs>"
        "<g transform='translate(3, -4.5) rotate(30)'><rect x='1' y='2' width='3' "
        "height='4' rx='2' fill='#fff' stroke='#0b5cad'/><circle r='1'/>"
        "<ellipse rx='1'/><polyline points='0,0 1,1'/><polygon points='0,0 1,1'/>"
        "<line x1='0' marker-end='url(#a)' marker-start='none'/></g>"
        "<text font-size='16'>法律 &amp; <tspan font-weight='bold'>条</tspan></text>"
        "</svg>\n<?tail?>";

    (void)state;
    if (!read_text(text))
        print_findings();
    assert_int_equal(findings.count, 0);
    assert_string_equal(svg.title, "流程 <一>");
    assert_int_equal(svg.width, 400);
    assert_int_equal(svg.height, 121);
    assert_int_equal(svg.size, strlen(svg.bytes));
    assert_memory_equal(svg.bytes, "<svg xmlns=\"" SVG "\" ", 40);
    assert_non_null(strstr(svg.bytes, "法律 &amp; <tspan font-weight=\"bold\">条"));
    assert_non_null(strstr(svg.bytes, "font-family=\"'Noto Sans SC',sans-serif\""));
    assert_null(strstr(svg.bytes, "<!--"));
    assert_null(strstr(svg.bytes, "<?"));
    /* What was written is a drawing again, the same one. */
    const char *first = svg.bytes;
    assert_true(read_text(first));
    assert_string_equal(svg.bytes, first);
}

static void what_could_act_or_load_is_refused(void **state)
{
    static const char *const elements[] = {
        "<script>alert(1)</script>",
        "<style>*{fill:red}</style>",
        "<foreignObject><p>x</p></foreignObject>",
        "<a><text>x</text></a>",
        "<image/>",
        "<use/>",
        "<animate/>",
        "<set/>",
        "<filter id=\"f\"/>",
        "<linearGradient id=\"g\"/>",
        "<switch/>",
        "<textPath>x</textPath>",
        "<SVG/>",
        "<rect xmlns=\"\"/>",
        "<p xmlns=\"http://www.w3.org/1999/xhtml\">x</p>",
        "<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\"/>",
        "<s:rect xmlns:s=\"" SVG "\"/>",
    };
    static const char *const attributes[] = {
        "<rect style=\"fill:url(http://evil.example)\"/>",
        "<rect class=\"x\"/>",
        "<rect onclick=\"x()\"/>",
        "<rect onload=\"x()\"/>",
        "<rect href=\"#a\"/>",
        "<rect src=\"a\"/>",
        "<rect tabindex=\"0\"/>",
        "<rect xml:base=\"http://evil.example\"/>",
        "<rect xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"#a\"/>",
        "<rect filter=\"none\"/>",
        "<rect mask=\"none\"/>",
        "<rect clip-path=\"none\"/>",
        "<rect cursor=\"x\"/>",
        "<rect begin=\"0s\"/>",
    };
    static const char *const values[] = {
        "<rect fill=\"url(#a)\"/>",
        "<rect fill=\"url(http://evil.example/x)\"/>",
        "<rect fill=\"u\\72l(http://evil.example)\"/>",
        "<rect fill=\"\\72 ed\"/>",
        "<rect fill=\"image-set('http://evil.example' 1x)\"/>",
        "<rect stroke=\"var(--x)\"/>",
        "<rect transform=\"url(http://evil.example)\"/>",
        "<line marker-end=\"url(http://evil.example#a)\"/>",
        "<line marker-end=\"url('#a')\"/>",
        "<line marker-end=\"url(#b)\"/>",
        "<line marker-end=\"url(#)\"/>",
        "<line marker-end=\"a\"/>",
        "<g id=\"b\"/><line marker-mid=\"url(#b)\"/>",
        "<rect fill=\"&#x75;rl(http://evil.example)\"/>",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(elements); i++) {
        assert_false(read_inside(elements[i]));
        assert_null(svg.bytes);
        assert_true(found(3, "不允许元素"));
    }
    for (size_t i = 0; i < COUNT_OF(attributes); i++) {
        assert_false(read_inside(attributes[i]));
        assert_true(found(3, "不允许属性"));
    }
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        if (read_inside(values[i]))
            print_message("was let in: %s\n", values[i]);
        assert_null(svg.bytes);
        assert_true(found(3, "不允许"));
    }
    assert_false(read_inside("<g xmlns:x=\"urn:x\"/>"));
    assert_true(found(3, "命名空间"));
    assert_false(read_inside("<?xml-stylesheet href=\"http://evil.example\"?>"));
    assert_true(found(1, "处理指令"));
}

static void a_drawing_has_a_size_and_a_title(void **state)
{
    static const struct {
        const char *text;
        int line;
        const char *words;
    } cases[] = {
        {"<svg xmlns='" SVG "' viewBox='0 0 4 3'><rect/></svg>", 1, "<title>"},
        {"<svg xmlns='" SVG "' viewBox='0 0 4 3'><title> </title></svg>", 1, "<title>"},
        {"<svg xmlns='" SVG "' viewBox='0 0 4 3'><g><title>x</title></g></svg>", 1,
         "<title>"},
        {"<svg xmlns='" SVG "' width='4'><title>x</title></svg>", 1, "viewBox"},
        {"<svg xmlns='" SVG "' viewBox='0 0 4'><title>x</title></svg>", 1, "viewBox"},
        {"<svg xmlns='" SVG "' viewBox='a 0 4 3'><title>x</title></svg>", 1, "viewBox"},
        {"<svg xmlns='" SVG "' viewBox='0 0 0 3'><title>x</title></svg>", 1, "viewBox"},
        {"<svg xmlns='" SVG "' viewBox='0 0 4 -3'><title>x</title></svg>", 1,
         "viewBox"},
        {"<svg xmlns='" SVG "' viewBox='0 0 4 4001'><title>x</title></svg>", 1,
         "viewBox"},
        {"<svg xmlns='" SVG "' viewBox='0 0 4 3 5'><title>x</title></svg>", 1,
         "viewBox"},
        {"<html/>", 1, "<svg>"},
        {"<svg>", 1, "XML"},
        {"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", 1, "DOCTYPE"},
        {"", 1, "XML"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_false(read_text(cases[i].text));
        assert_true(found(cases[i].line, cases[i].words));
    }
    assert_true(read_text("<svg xmlns='" SVG "' viewBox=' -1,-2.5\n4 3 '><title>x"
                          "</title></svg>"));
    assert_int_equal(svg.width, 4);
}

static void a_large_drawing_is_refused(void **state)
{
    struct text text;

    (void)state;
    text_init(&text, arena, 2 * SVG_LIMIT);
    text_add(&text, OPEN);
    while (text.size < SVG_LIMIT)
        text_add(&text, "<rect x=\"1\" y=\"2\" width=\"3\" height=\"4\"/>\n");
    text_add(&text, "</svg>");
    assert_false(read_text(text.bytes));
    assert_true(found(0, "过大"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FINDINGS(a_drawing_is_read_and_written_anew),
        WITH_FINDINGS(what_could_act_or_load_is_refused),
        WITH_FINDINGS(a_drawing_has_a_size_and_a_title),
        WITH_FINDINGS(a_large_drawing_is_refused),
    };

    return RUN_GROUP("svg", tests);
}
