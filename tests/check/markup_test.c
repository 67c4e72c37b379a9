#include "check/markup.h"

#include "check/curriculum_fixture.h"

static void check(const char *lesson)
{
    markup_check(&findings, curriculum_of_lesson(lesson));
}

static void what_means_what_it_looks_like_passes(void **state)
{
    (void)state;
    check(
        "# 甲\n\n**粗**体开头，*斜体*。\n-5 度以下；3.5 倍\n\n"
        "| 甲 | 乙 |\n| --- | --- |\n| `a|b` | 丙 |\n\n"
        "- 一\n  - 二\n\n      接着二\n1. 三\n10. 四\n\n1、单独一行\n\n"
        "> [!要点]\n> 一\n>\n> - 二\n\n> [!自测]\n> 问\n>\n> - [ ] 甲\n> - [x] 乙\n>\n"
        "> 解析：因\n\n## 乙\n> 引用\n## 丙\n\n---\n\n#话题# 开头\n\n甲 | 乙\n\n"
        "[文](01-a.md) [12]（2020年）\n\n"
        "```\n-甲\n- [ ] 乙\n> [!要点]\n###丙\n    丁\n```\n\n`-甲 | 乙 | 丙`\n");
    assert_no_findings();
}

static void a_fence_has_an_end(void **state)
{
    (void)state;
    check("# 甲\n\n```\n一\n``\n");
    assert_broken("markup-fence", 3);
    (void)findings_begin(state);
    /* The end of a quote is one, and still a slip. */
    check("# 甲\n\n> ~~~\n> -一\n\n-二\n");
    assert_int_equal(broken_at("markup-fence", 3), 1);
    assert_int_equal(broken_at("markup-list", 6), 1);
    assert_int_equal(findings.count, 2);
}

static void a_callout_opens_a_quote(void **state)
{
    (void)state;
    check("# 甲\n\n[!要点]\n一\n\n> [!注意]\n> 一\n>\n> [!案例]\n> 二\n\n【!要点】\n");
    assert_broken("markup-callout", 3, 9, 12);
}

static void a_quote_goes_on_with_its_mark(void **state)
{
    (void)state;
    check("# 甲\n\n> [!要点]\n> 一\n二\n\n> 一\n2. 二\n\n> 一\n- 二\n");
    assert_broken("markup-lazy", 5, 8);
}

static void list_marks_have_a_space(void **state)
{
    (void)state;
    check("# 甲\n\n-一\n\n*二\n\n1.三\n\n2)四\n\n• 五\n\n1、六\n2、七\n\n-[ ] 八\n");
    assert_broken("markup-list", 3, 5, 7, 9, 11, 14, 16);
}

static void options_stand_in_a_selfcheck(void **state)
{
    (void)state;
    check("# 甲\n\n- [ ] 一\n- [x] 二\n\n> [!要点]\n> - [ ] 三\n\n> [!自测]\n> 问\n\n"
          "- [ ] 四\n");
    assert_broken("markup-option", 3, 7, 12);
}

static void links_have_plain_brackets(void **state)
{
    (void)state;
    check("# 甲\n\n[一]（01-a.md）\n［二］(01-a.md)\n【三】（https://a.cn）\n"
          "[四] (01-a.md)\n");
    assert_broken("markup-link", 3, 4, 5, 6);
}

static void titles_are_titles(void **state)
{
    (void)state;
    check("# 甲\n\n##乙\n\n#丙\n\n一\n---\n二\n===\n");
    assert_broken("markup-title", 3, 5, 8, 10);
}

static void rows_are_rows(void **state)
{
    (void)state;
    check("# 甲\n\n甲 | 乙 | 丙\n\n｜一｜二｜\n\n一 \\| 二 \\| 三\n");
    assert_broken("markup-table", 3, 5);
}

static void four_spaces_are_code(void **state)
{
    (void)state;
    check("# 甲\n\n段\n\n    一\n");
    assert_broken("markup-indent", 5);
}

static void questions_are_read_too(void **state)
{
    struct question_file file =
        file_of("01-a", question_xml("essay", "k1-001", "\n    问\n\n    -甲\n", ""));
    const struct curriculum curriculum = {.files = &file, .file_count = 1};

    (void)state;
    markup_check(&findings, &curriculum);
    assert_broken("markup-list", 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FINDINGS(what_means_what_it_looks_like_passes),
        WITH_FINDINGS(a_fence_has_an_end),
        WITH_FINDINGS(a_callout_opens_a_quote),
        WITH_FINDINGS(a_quote_goes_on_with_its_mark),
        WITH_FINDINGS(list_marks_have_a_space),
        WITH_FINDINGS(options_stand_in_a_selfcheck),
        WITH_FINDINGS(links_have_plain_brackets),
        WITH_FINDINGS(titles_are_titles),
        WITH_FINDINGS(rows_are_rows),
        WITH_FINDINGS(four_spaces_are_code),
        WITH_FINDINGS(questions_are_read_too),
    };

    return RUN_GROUP("markup", tests);
}
