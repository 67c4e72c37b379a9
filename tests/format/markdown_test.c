#include "format/markdown.h"

#include "format/findings_fixture.h"

/* Slow inputs may take this long under the sanitizers; without caps they take many
 * seconds. */
enum { SLOW_MS = 2000 };

static struct markdown_lesson lesson;

static bool render(const char *text)
{
    struct source source;

    findings_begin(NULL);
    lesson = (struct markdown_lesson){0};
    assert_true(source_check(&findings, "a.md", text, strlen(text), &source));
    return markdown_lesson(&findings, &source, &lesson);
}

/* The HTML of a body below "# T" and "## S" (lines 1 and 2), without that heading. */
static const char *body(const char *text)
{
    static const char heading[] = "<h2 id=\"s1\">S</h2>\n";
    const char *whole = arena_format(arena, "# T\n## S\n%s", text);

    if (!render(whole)) {
        print_findings();
        return "";
    }
    assert_memory_equal(lesson.html, heading, strlen(heading));
    return lesson.html + strlen(heading);
}

static void refuse_all(const char *const texts[], size_t count, const char *words)
{
    for (size_t i = 0; i < count; i++) {
        const char *whole = arena_format(arena, "# T\n## S\n%s", texts[i]);
        if (render(whole))
            print_message("was let in: %s\n", texts[i]);
        assert_null(lesson.html);
        assert_true(found(3, words));
    }
}

static void a_lesson_has_a_title_sections_and_a_length(void **state)
{
    (void)state;
    assert_true(render("# 三方`是`**谁**\n\n开头\n\n## 一，<http://a.cn>\n\n### 细\n\n"
                       "## 二 &amp; 三\n\n汉字〇 abc\n"));
    assert_string_equal(lesson.title, "三方是谁");
    assert_int_equal(lesson.section_count, 2);
    assert_string_equal(lesson.sections[0].id, "s1");
    assert_string_equal(lesson.sections[0].title, "一，http://a.cn");
    assert_string_equal(lesson.sections[1].title, "二 & 三");
    assert_string_equal(
        lesson.html, "<p>开头</p>\n"
                     "<h2 id=\"s1\">一，<a href=\"http://a.cn\" "
                     "rel=\"noopener\">http://a.cn</a></h2>\n"
                     "<h3>细</h3>\n"
                     "<h2 id=\"s2\">二 &amp; 三</h2>\n"
                     "<p>汉字〇 abc</p>\n");
    assert_int_equal(lesson.characters, 4 + 2 + 1 + 1 + 2 + 3);
}

static void headings_are_in_order(void **state)
{
    static const struct {
        const char *text;
        int line;
        const char *words;
    } cases[] = {
        {"## A\n", 1, "第一行应是一级标题"},
        {"文\n\n# A\n\n## B\n", 1, "第一行应是一级标题"},
        {"", 1, "第一行应是一级标题"},
        {"#\n## A\n", 1, "标题是空的"},
        {"# A\n\n文\n", 0, "至少要有一节"},
        {"# A\n\n## B\n\n# C\n", 5, "只能有一个"},
        {"# A\n\n### B\n\n## C\n", 3, "标题跳级"},
        {"# A\n\n## B\n\n文\n\n#### C\n", 7, "标题跳级"},
        {"# A\n\n## B\n\n- ## C\n", 5, "引用或列表"},
        {"# A\n\n## B\n\n> ## C\n", 5, "引用或列表"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_false(render(cases[i].text));
        assert_true(found(cases[i].line, cases[i].words));
    }
    assert_true(render("# A\n\n## B\n\n### C\n\n#### D\n\n## E\n\n### F\n"));
}

static void a_table_becomes_a_table(void **state)
{
    (void)state;
    assert_string_equal(
        body("| 甲 | *乙* | 丙 |\n|:---|:-:|--:|\n| 一 | a\\|b | `x\\|y` |\n"
             "| - 2. # | [链](c.html) | |\n"),
        "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\""
        " aria-label=\"表格\">\n<table>\n<thead>\n"
        "<tr><th scope=\"col\" class=\"align-left\">甲</th>"
        "<th scope=\"col\" class=\"align-center\"><em>乙</em></th>"
        "<th scope=\"col\" class=\"align-right\">丙</th></tr>\n"
        "</thead>\n<tbody>\n"
        "<tr><td class=\"align-left\">一</td>"
        "<td class=\"align-center\">a|b</td>"
        "<td class=\"align-right\"><code>x|y</code></td></tr>\n"
        "<tr><td class=\"align-left\">- 2. #</td>"
        "<td class=\"align-center\"><a href=\"c.html\">链</a></td>"
        "<td class=\"align-right\"></td></tr>\n"
        "</tbody>\n</table>\n</div>\n");
    /* The same in a quote and in a list. */
    assert_non_null(strstr(body("> | 甲 |\n> | --- |\n> | 一 |\n"), "<td>一</td>"));
    assert_non_null(strstr(body("- | 甲 |\n  | --- |\n  | 一 |\n"), "<td>一</td>"));
    /* Not a table: bars in code and inside a line. */
    assert_null(strstr(body("```\n| 甲 |\n| --- |\n```\n"), "<table>"));
    assert_null(strstr(body("甲 | 乙\n"), "<table>"));
}

static void a_table_with_a_slip_is_refused(void **state)
{
    static const struct {
        const char *text;
        int line;
        const char *words;
    } cases[] = {
        {"| 甲 | 乙 |\n| --- | --- |\n| 一 |\n", 5, "这一行有 1 格，表头有 2 格"},
        {"| 甲 | 乙 |\n| --- | --- |\n| 一 | 二 | 三 |\n", 5, "有 3 格"},
        {"| 甲 | 乙 |\n| --- |\n| 一 | 二 |\n", 4, "分隔行有 1 格，表头有 2 格"},
        {"| 甲 | 乙 |\n| 一 | 二 |\n", 4, "分隔行"},
        {"| 甲 |\n| :: |\n", 4, "分隔行"},
        {"| 甲 |\n", 3, "表格不完整"},
        {"| 甲 |\n| --- |\n| 一\n", 5, "以 | 结尾"},
        {"| 甲 |\n| --- |\n| 一 |\n文字\n", 6, "后面要空一行"},
        {"文字\n| 甲 |\n| --- |\n", 4, "前面要空一行"},
        {"| 甲 |\n| --- |\n| <b>一</b> |\n", 5, "HTML"},
        {"| 甲 |\n| --- |\n| 一 |\n| [a](javascript:1) |\n", 6, "链接地址"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_false(render(arena_format(arena, "# T\n## S\n%s", cases[i].text)));
        assert_true(found(cases[i].line, cases[i].words));
    }
    struct text wide;
    text_init(&wide, arena, 1000);
    for (int i = 0; i < 21; i++)
        text_add(&wide, "| a ");
    assert_false(render(arena_format(arena, "# T\n## S\n%s|\n| --- |\n", wide.bytes)));
    assert_true(found(3, "最多 20 列"));
}

static void a_callout_is_told_by_its_word(void **state)
{
    static const struct {
        const char *word;
        const char *kind;
    } cases[] = {
        {"要点", "point"}, {"注意", "note"},      {"案例", "case"},
        {"依据", "basis"}, {"2020年", "history"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *html = body(
            arena_format(arena, "> [!%s]\n> 一 **二**\n>\n> - 三\n", cases[i].word));
        assert_string_equal(
            html,
            arena_format(
                arena,
                "<aside class=\"callout callout-%s\" role=\"note\" aria-label=\"%s\">\n"
                "<p class=\"callout-title\">%s</p>\n<p>一 <strong>二</strong></p>\n"
                "<ul>\n<li>三</li>\n</ul>\n</aside>\n",
                cases[i].kind, cases[i].word, cases[i].word));
    }
    assert_string_equal(
        body("> 只是引用\n"), "<blockquote>\n<p>只是引用</p>\n</blockquote>\n");
}

static void a_callout_with_a_slip_is_refused(void **state)
{
    static const char *const unknown[] = {
        "> [!提示]\n> 一\n", "> [! 要点]\n> 一\n", "> [!]\n> 一\n"};
    static const char *const not_alone[] = {"> [!要点] 一\n", "> [!要点\n> 一\n"};
    static const char *const full_width[] = {
        "> [！要点]\n> 一\n", "> 【!要点】\n> 一\n", "> 【！要点】\n> 一\n"};
    static const char *const empty[] = {"> [!要点]\n"};

    (void)state;
    refuse_all(unknown, COUNT_OF(unknown), "不认识的提示框");
    refuse_all(not_alone, COUNT_OF(not_alone), "单独占一行");
    refuse_all(full_width, COUNT_OF(full_width), "英文方括号");
    refuse_all(empty, COUNT_OF(empty), "是空的");
}

static void a_self_check_hides_its_reason(void **state)
{
    (void)state;
    assert_string_equal(
        body("> [!自测]\n> 题干？\n>\n> - [ ] 甲\n> - [x] **乙**\n> - [X] 丙\n>\n"
             "> 解析：因为\n>\n> 还有\n"),
        "<section class=\"selfcheck\" aria-label=\"自测\">\n"
        "<p class=\"selfcheck-title\">自测</p>\n<p>题干？</p>\n"
        "<ul class=\"selfcheck-options\">\n"
        "<li data-right=\"false\">\n甲\n</li>\n"
        "<li data-right=\"true\">\n<strong>乙</strong>\n</li>\n"
        "<li data-right=\"true\">\n丙\n</li>\n"
        "</ul>\n"
        "<details class=\"selfcheck-why\"><summary>看解析</summary>\n"
        "<p>因为</p>\n<p>还有</p>\n</details>\n</section>\n");
    /* The word alone on its line: the reason follows on the next. */
    assert_non_null(strstr(
        body("> [!自测]\n> 题？\n>\n> - [ ] 甲\n> - [x] 乙\n>\n> 解析：\n> 因\n"),
        "</summary>\n<p>\n因</p>"));
}

static void a_self_check_with_a_slip_is_refused(void **state)
{
    static const struct {
        const char *text;
        int line;
        const char *words;
    } cases[] = {
        {"> [!自测]\n> 题？\n>\n> - [ ] 甲\n> - [x] 乙\n", 3, "解析："},
        {"> [!自测]\n> 题？\n>\n> - [ ] 甲\n> - [x] 乙\n>\n> 解析:因\n", 3, "解析："},
        {"> [!自测]\n> - [ ] 甲\n> - [x] 乙\n>\n> 解析：因\n", 3, "题干"},
        {"> [!自测]\n> 题？\n>\n> 解析：因\n", 3, "选项"},
        {"> [!自测]\n> 题？\n>\n> - [ ] 甲\n> - [ ] 乙\n>\n> 解析：因\n", 6,
         "一个正确"},
        {"> [!自测]\n> 题？\n>\n> - [x] 甲\n>\n> 解析：因\n", 6, "一个错误"},
        {"> [!自测]\n> 题？\n>\n> - 甲\n> - [x] 乙\n>\n> 解析：因\n", 6, "- [ ]"},
        {"> [!自测]\n> 题？\n>\n> - [x]\n> - [ ] 乙\n>\n> 解析：因\n", 6, "- [ ]"},
        {"> [!自测]\n", 3, "依次写"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_false(render(arena_format(arena, "# T\n## S\n%s", cases[i].text)));
        assert_true(found(cases[i].line, cases[i].words));
    }
}

static void links_lead_where_they_say(void **state)
{
    static const char *const good[][2] = {
        {"[a](https://a.cn/b?c=d&e=f#g)", "href=\"https://a.cn/b?c=d&amp;e=f#g\" rel"},
        {"[a](HTTP://a.cn)", "href=\"HTTP://a.cn\" rel=\"noopener\">a</a>"},
        {"[a](02-b.md)", "<a href=\"02-b.md\">a</a>"},
        {"[a](#s2)", "<a href=\"#s2\">a</a>"},
        {"[a](/courses/x)", "<a href=\"/courses/x\">a</a>"},
        {"[a](b'c\"d)", "<a href=\"b%27c%22d\">a</a>"},
        {"[a](法.html)", "<a href=\"%E6%B3%95.html\">a</a>"},
        {"[a](b?x=1:2)", "<a href=\"b?x=1:2\">a</a>"},
        {"![图](img/a-1.png)", "<img src=\"img/a-1.png\" alt=\"图\" />"},
        /* Not links at all for CommonMark, shown as text. */
        {"[a](java script:x)", "[a](java script:x)"},
    };
    static const char *const bad[] = {
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:x)",
        "[a](java&#x73;cript:x)",
        "[a](javascript&colon;x)",
        "[a](&#106;avascript:x)",
        "[a](<java\tscript:x>)",
        "[a](\x26#1;javascript:x)",
        "[a](vbscript:x)",
        "[a](data:text/html,x)",
        "[a](data:image/png;base64,x)",
        "[a](file:///etc/passwd)",
        "[a](//evil.example/)",
        "[a](</\t/evil.example>)", /* browsers leave the tab out */
        "[a](\\\\\\\\evil.example)",
        "[a](/\\\\evil.example)",
        "[a](http:evil)",
        "[a](http:///evil)",
        "[a](https://a.cn@evil.example/)",
        "[a](mailto:a@b.cn)",
        "[a](tel:110)",
        "[a](x-y:z)",
        "<mailto:a@b.cn>",
        "<a@b.cn>",
        "<javascript:x>",
        "[a]()",
        "[a][r]\n\n[r]: javascript:x",
    };
    static const char *const bad_images[] = {
        "![a](http://evil.example/t.png)",
        "![a](//evil.example/t.png)",
        "![a](data:image/png;base64,x)",
        "![a](/etc/passwd)",
        "![a](../../a.png)",
        "![a](img//a.png)",
        "![a](a.png?x)",
        "![a](javascript:x)",
        "![a]()",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        const char *html = body(good[i][0]);
        if (!strstr(html, good[i][1]))
            print_message("%s\n", html);
        assert_non_null(strstr(html, good[i][1]));
    }
    refuse_all(bad, COUNT_OF(bad), "链接地址");
    refuse_all(bad_images, COUNT_OF(bad_images), "图片地址");
}

/* ---- In a folder ---- */

static const char *
link_in_folder(void *context, const struct markdown_place *place, const char *url)
{
    (void)context;
    if (strcmp(url, "gone.md") != 0)
        return arena_format(arena, "/at&/%s", url);
    findings_add(place->findings, place->file, place->line, "没有 %s", url);
    return NULL;
}

static bool figure_in_folder(
    void *context, const struct markdown_place *place, const char *url,
    struct markdown_figure *result)
{
    (void)context;
    *result = (struct markdown_figure){"/f/a.svg?v=1", 400, 300};
    if (strcmp(url, "figures/a.svg") == 0)
        return true;
    findings_add(place->findings, place->file, place->line, "没有图 %s", url);
    return false;
}

static bool render_in(const struct markdown_folder *folder, const char *text)
{
    struct source source;

    findings_begin(NULL);
    lesson = (struct markdown_lesson){0};
    assert_true(source_check(&findings, "a.md", text, strlen(text), &source));
    return markdown_lesson_in(&findings, &source, folder, &lesson);
}

static void a_folder_says_where_links_lead(void **state)
{
    const struct markdown_folder folder = {.link = link_in_folder};

    (void)state;
    assert_true(render_in(
        &folder, "# T\n## S\n[a](b.md) [c](#s1) [d](https://e.cn)\n\n"
                 "| x |\n| --- |\n| [f](../g.md) |\n"));
    assert_non_null(strstr(lesson.html, "<a href=\"/at&amp;/b.md\">a</a>"));
    assert_non_null(strstr(lesson.html, "<a href=\"/at&amp;/#s1\">c</a>"));
    assert_non_null(strstr(lesson.html, "<a href=\"https://e.cn\" rel"));
    assert_non_null(strstr(lesson.html, "<a href=\"/at&amp;/../g.md\">f</a>"));
    assert_false(render_in(
        &folder, "# T\n## S\n字\n\n> [g](gone.md)\n\n| x |\n| --- |\n"
                 "| [g](gone.md) |\n"));
    assert_true(found(5, "没有 gone.md"));
    assert_true(found(9, "没有 gone.md"));
}

static void a_figure_has_its_sentence_and_its_size(void **state)
{
    static const struct {
        const char *text;
        int line;
        const char *words;
    } cases[] = {
        {"![图：一](figures/b.svg)", 3, "没有图 figures/b.svg"},
        {"![一](figures/a.svg)", 3, "一句说明"},
        {"![图：](figures/a.svg)", 3, "一句说明"},
        {"![](figures/a.svg)", 3, "一句说明"},
        {"字 ![图：一](figures/a.svg)", 3, "单独成一段"},
        {"![图：一](figures/a.svg)\n字", 3, "单独成一段"},
        {"![图：一](figures/a.svg)\n![图：一](figures/a.svg)", 4, "单独成一段"},
        {"- ![图：一](figures/a.svg)", 3, "单独成一段"},
        {"> ![图：一](figures/a.svg)", 3, "单独成一段"},
        {"| a |\n| --- |\n| ![图：一](figures/a.svg) |", 5, "单独成一段"},
        {"![图：一](../figures/a.svg)", 3, "图片地址"},
        {"![图：一](http://evil.example/a.svg)", 3, "图片地址"},
    };
    const struct markdown_folder folder = {
        link_in_folder, figure_in_folder, NULL, false};
    const struct markdown_folder without = {link_in_folder, NULL, NULL, false};

    (void)state;
    assert_true(render_in(
        &folder, "# T\n## S\n字\n\n![图：谁 *先* <a&b> \"c\"](figures/a.svg)\n"));
    assert_non_null(strstr(
        lesson.html,
        "<p>字</p>\n<figure>\n<img src=\"/f/a.svg?v=1\" alt=\"谁 先 &lt;a&amp;b&gt; "
        "&quot;c&quot;\" width=\"400\" height=\"300\" loading=\"lazy\" "
        "/>\n<figcaption>图："
        "谁 先 &lt;a&amp;b&gt; &quot;c&quot;</figcaption>\n</figure>\n"));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_false(
            render_in(&folder, arena_format(arena, "# T\n## S\n%s\n", cases[i].text)));
        assert_true(found(cases[i].line, cases[i].words));
    }
    assert_false(render_in(&without, "# T\n## S\n![图：一](figures/a.svg)\n"));
    assert_true(found(3, "图只能放在课文里"));
}

static void a_reference_has_no_self_check_and_may_lack_sections(void **state)
{
    const struct markdown_folder folder = {link_in_folder, NULL, NULL, true};

    (void)state;
    assert_true(render_in(&folder, "# T\n\n- 一\n\n> [!注意]\n> 二\n"));
    assert_int_equal(lesson.section_count, 0);
    assert_false(render_in(
        &folder, "# T\n\n> [!自测]\n> 一？\n>\n> - [ ] a\n> - [x] b\n>\n> 解析：c\n"));
    assert_true(found(3, "自测只能放在课文里"));
}

static void self_checks_follow_each_other(void **state)
{
    static const char one[] =
        "> [!自测]\n> 题？\n>\n> - [ ] 甲\n> - [x] 乙\n>\n> 解析：因\n";

    (void)state;
    assert_true(render(arena_format(arena, "# T\n## S\n%s\n%s\n%s", one, one, one)));
    int count = 0;
    for (const char *c = lesson.html; (c = strstr(c, "<section class=\"selfcheck\""));
         c++)
        count++;
    assert_int_equal(count, 3);
    /* Without an empty line between them the second would be part of the first. */
    assert_false(render(arena_format(arena, "# T\n## S\n%s%s", one, one)));
    assert_true(found(10, "之间要空一行"));
    assert_false(render("# T\n## S\n> [!要点]\n> 一\n>\n> [!注意]\n> 二\n"));
    assert_true(found(6, "之间要空一行"));
}

static void html_and_hidden_things_are_refused(void **state)
{
    static const char *const html[] = {
        "<script>alert(1)</script>",
        "a <b onclick=x>c</b>",
        "<!-- x -->",
        "<img src=x onerror=y>",
        "<svg onload=x>",
        "a <br> b",
        "<?php ?>",
        "<![CDATA[x]]>",
        "<!DOCTYPE html>",
        "- <iframe src=x>",
    };
    static const char *const hidden[] = {"a &#x202E; b", "&#8238;", "&#x1b;"};
    static const char *const stars[] = {"他说**“好”**的", "**没有关"};

    (void)state;
    refuse_all(html, COUNT_OF(html), "HTML");
    refuse_all(hidden, COUNT_OF(hidden), "看不见");
    refuse_all(stars, COUNT_OF(stars), "加粗符号");
    assert_string_equal(
        body("1 < 2 & \"3\" `<b>`\n"),
        "<p>1 &lt; 2 &amp; &quot;3&quot; <code>&lt;b&gt;</code></p>\n");
    /* For CommonMark no tag; a browser must not see one either. */
    assert_string_equal(body("<svg/onload=x>\n"), "<p>&lt;svg/onload=x&gt;</p>\n");
    /* Neither the word behind a fence nor a tooltip is passed on. */
    assert_non_null(strstr(body("```\"><script>\nx\n```\n"), "<pre><code>x\n"));
    assert_non_null(strstr(body("```&#1;c\nx\n```\n"), "<pre><code>x\n"));
    assert_null(strstr(body("[a](b.md \"&#x202E;c\")\n"), "title"));
    assert_null(strstr(body("![a](b.png \"&#x202E;c\")\n"), "title"));
}

static void lines_are_counted_in_the_file(void **state)
{
    (void)state;
    assert_false(render("# T\n\n## S\n\n一\n二 <b>\n三\n\n> 四\n> 五 [a](tel:1)\n"));
    assert_true(found(6, "HTML"));
    assert_true(found(10, "链接"));
    assert_int_equal(findings.count, 2);
}

/* `piece` repeated. */
static char *many(const char *piece, size_t times)
{
    size_t size = strlen(piece);
    char *text = arena_alloc(arena, size * times + 1);

    for (size_t i = 0; i < times; i++)
        memcpy(text + i * size, piece, size);
    return text;
}

static void hostile_input_is_quick_or_refused(void **state)
{
    const char *const inputs[] = {
        arena_format(arena, "%sx\n%s", many("- ", 12500), many("\n", 25000)),
        many("> ", 100000),
        many(">", 200000),
        many("1. ", 50000),
        many("* a\n> ", 30000),
        many("![l", 60000),
        many("[", 100000),
        many("[a](<b", 30000),
        many("a<!--", 40000),
        many("*a **a ", 20000),
        many("_a __a ", 20000),
        many("[a]: x\n", 20000),
        many("|", 100000),
        many("| a ", 50000),
        many("<", 100000),
        many("&", 100000),
        many("a\n", 100000),
        many("[!要点]\n> ", 20000),
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(inputs); i++) {
        int64_t before = processor_ms();
        (void)render(arena_format(arena, "# T\n## S\n\n%s", inputs[i]));
        int64_t took = processor_ms() - before;
        if (took > SLOW_MS)
            print_message("input %zu took %d ms\n", i, (int)took);
        assert_true(took <= SLOW_MS);
        assert_true(!lesson.html || strlen(lesson.html) <= MARKDOWN_HTML_LIMIT);
    }
}

static void nesting_and_size_have_caps(void **state)
{
    (void)state;
    assert_true(render(arena_format(arena, "# T\n## S\n%sa\n", many("> ", 32))));
    assert_false(render(arena_format(arena, "# T\n## S\n%sa\n", many("> ", 33))));
    assert_true(found(3, "嵌套太深"));
    assert_false(render(arena_format(arena, "# T\n## S\n%sa\n", many("1. ", 33))));
    /* Not containers: a ruler, numbers, bold. */
    assert_true(render(arena_format(arena, "# T\n## S\n\n%s\n", many("-", 100))));
    assert_false(render(arena_format(arena, "# T\n## S\n%s", many("a\n", 131070))));
    assert_true(found(0, "256 KiB"));
    /* 200 KiB of quotes on short lines would come out many times as long. */
    const char *deep = arena_format(arena, "%s\n\n", many(">", 32));
    assert_false(render(arena_format(arena, "# T\n## S\n\n%s", many(deep, 7000))));
    assert_true(found(0, "过大"));
}

static void a_fragment_has_blocks_but_no_lesson(void **state)
{
    (void)state;
    assert_string_equal(
        markdown_fragment(&findings, "q.xml", 7, "\n   一 **二**\n\n- 三\n  "),
        "<p>一 <strong>二</strong></p>\n<ul>\n<li>三</li>\n</ul>\n");
    assert_null(markdown_fragment(&findings, "q.xml", 7, "\n一\n\n# 二\n"));
    assert_true(found(10, "不能用标题"));
    assert_null(markdown_fragment(&findings, "q.xml", 7, "一\n\n> [!要点]\n> 二"));
    assert_true(found(9, "提示框"));
    assert_null(markdown_fragment(&findings, "q.xml", 7, "一\n\n      二"));
    assert_true(found(9, "代码块"));
    assert_null(markdown_fragment(&findings, "q.xml", 7, "<b>"));
    assert_true(found(7, "HTML"));
    assert_null(markdown_fragment(&findings, "q.xml", 7, many("> ", 33)));
    assert_true(found(7, "嵌套太深"));
}

static void a_line_has_no_blocks(void **state)
{
    static const char *const cases[][2] = {
        {" 一 *二* ", "一 <em>二</em>"},
        {"- 一", "- 一"},
        {"1. 一", "1. 一"},
        {"# 一", "# 一"},
        {"> 一", "&gt; 一"},
        {"C #", "C #"},
        {"a ##", "a ##"},
        {"C\\#", "C#"},
        {"", ""},
        {"a & b", "a &amp; b"},
        {"2/3", "2/3"},
        {"---", "---"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(
            markdown_line(&findings, "q.xml", 7, cases[i][0]), cases[i][1]);
    assert_null(markdown_line(&findings, "q.xml", 7, "一\n二"));
    assert_true(found(7, "一行"));
    assert_null(markdown_line(&findings, "q.xml", 9, "[a](tel:1)"));
    assert_true(found(9, "链接"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FINDINGS(a_lesson_has_a_title_sections_and_a_length),
        WITH_FINDINGS(headings_are_in_order),
        WITH_FINDINGS(a_table_becomes_a_table),
        WITH_FINDINGS(a_table_with_a_slip_is_refused),
        WITH_FINDINGS(a_callout_is_told_by_its_word),
        WITH_FINDINGS(a_callout_with_a_slip_is_refused),
        WITH_FINDINGS(a_self_check_hides_its_reason),
        WITH_FINDINGS(a_self_check_with_a_slip_is_refused),
        WITH_FINDINGS(links_lead_where_they_say),
        WITH_FINDINGS(html_and_hidden_things_are_refused),
        WITH_FINDINGS(a_folder_says_where_links_lead),
        WITH_FINDINGS(a_figure_has_its_sentence_and_its_size),
        WITH_FINDINGS(a_reference_has_no_self_check_and_may_lack_sections),
        WITH_FINDINGS(self_checks_follow_each_other),
        WITH_FINDINGS(lines_are_counted_in_the_file),
        WITH_FINDINGS(hostile_input_is_quick_or_refused),
        WITH_FINDINGS(nesting_and_size_have_caps),
        WITH_FINDINGS(a_fragment_has_blocks_but_no_lesson),
        WITH_FINDINGS(a_line_has_no_blocks),
    };

    return RUN_GROUP("markdown", tests);
}
