#include "format/html_text.h"

#include "format/findings_fixture.h"
#include "format/markdown.h"

static void words_are_what_a_reader_sees(void **state)
{
    static const char *const cases[][2] = {
        {"", ""},
        {"<p>一<strong>二</strong>三</p>\n<p>四</p>", "一二三 四"},
        {"<p>甲\n乙</p>", "甲乙"},
        {"<p>甲\nb</p>", "甲 b"},
        {"<p>a\nb  c</p>", "a b c"},
        {"<p>“甲\n乙”，<br />\n丙</p>", "“甲乙”， 丙"},
        {"<tr><td>一</td><td>二</td></tr>", "一 二"},
        {"<p>a &lt;b&gt; &amp;amp; &quot;c&quot;</p>", "a <b> &amp; \"c\""},
        {"<p><a href=\"x?a=1&amp;b=2\" rel=\"noopener\">链</a>接</p>", "链接"},
        {"<img src=\"a\" alt=\"不\" /><figcaption>图：字</figcaption>", "图：字"},
        {"<p class=\"selfcheck-title\">自测</p><p>题</p>", "题"},
        {"<details><summary>看解析</summary><p>因</p></details>", "因"},
        {"<p>a</p", "a"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(
            html_text(arena, cases[i][0], strlen(cases[i][0])), cases[i][1]);
    assert_string_equal(
        html_text(arena, "<p>甲</p><p>乙</p>", strlen("<p>甲</p>")), "甲");
}

static void it_fits_what_markdown_makes(void **state)
{
    static const char text[] =
        "# T\n## S\n> [!案例]\n> 情景 *一*\n\n> [!自测]\n> 题？\n>\n> - [ ] 甲\n"
        "> - [x] 乙\n>\n> 解析：因\n> 为\n\n| a<1 | b |\n| --- | --- |\n| `c` | d |\n";
    struct markdown_lesson lesson;

    (void)state;
    struct source source = source_of(text);
    if (!markdown_lesson(&findings, &source, &lesson))
        print_findings();
    assert_int_equal(findings.count, 0);
    assert_string_equal(
        html_text(arena, lesson.html, strlen(lesson.html)),
        "S 案例 情景 一 题？ 甲 乙 因为 a<1 b c d");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FINDINGS(words_are_what_a_reader_sees),
        WITH_FINDINGS(it_fits_what_markdown_makes),
    };

    return RUN_GROUP("html text", tests);
}
