#include "format/findings.h"

#include "format/findings_fixture.h"

static struct error *round_trip(struct findings *result, const char *answer)
{
    json_t *json;

    findings_init(result, arena);
    TRY(input_parse(arena, answer, strlen(answer), &json));
    return findings_read(result, json);
}

static void a_finding_reads_like_a_compilers(void **state)
{
    (void)state;
    findings_add(&findings, "a/b.md", 17, "第 %d 格", 3);
    findings_add(&findings, "a", 0, "没有课文");
    findings_add(&findings, "a", 0, "没有课文");
    assert_int_equal(findings.count, 2);
    assert_string_equal(findings_line(arena, findings.first), "a/b.md:17: 第 3 格");
    assert_string_equal(findings_line(arena, findings.last), "a: 没有课文");
}

static void a_rule_says_its_word(void **state)
{
    (void)state;
    findings_add_rule(&findings, "link-dead", "a.md", 3, "链接 %s", "b");
    findings_add_rule(&findings, "link-dead", "a.md", 3, "链接 %s", "b");
    findings_add_rule(&findings, "link-form", "a.md", 3, "链接 %s", "b");
    assert_int_equal(findings.count, 2);
    assert_string_equal(
        findings_line(arena, findings.first), "a.md:3: [link-dead] 链接 b");
}

static void more_are_kept_for_who_asks(void **state)
{
    size_t kept = 0;

    (void)state;
    findings.most = 101;
    for (int i = 0; i < 102; i++)
        findings_add(&findings, "a", i + 1, "x");
    for (const struct finding *f = findings.first; f; f = f->next)
        kept++;
    assert_int_equal(kept, 101);
    assert_int_equal(findings.count, 102);
}

static void what_a_child_writes_its_parent_reads(void **state)
{
    struct findings result;
    struct writer writer;

    (void)state;
    findings_add(&findings, "a.md", 1, "一");
    findings_add(&findings, "b.md", 2, "二 \"引号\"");
    writer_init(&writer, arena, 10000);
    findings_write(&writer, &findings);
    assert_null(round_trip(&result, writer.text.bytes));
    assert_int_equal(result.count, 2);
    assert_string_equal(findings_line(arena, result.last), "b.md:2: 二 \"引号\"");
}

static void only_the_first_hundred_are_kept(void **state)
{
    size_t kept = 0;

    (void)state;
    for (int i = 0; i < 250; i++)
        findings_add(&findings, "a", i + 1, "x");
    for (const struct finding *f = findings.first; f; f = f->next)
        kept++;
    assert_int_equal(findings.count, 250);
    assert_int_equal(kept, FINDINGS_MOST);
}

static void a_cut_message_is_still_text(void **state)
{
    char words[3001] = "";
    struct findings result;
    struct writer writer;

    (void)state;
    for (int i = 0; i < 1000; i++)
        memcpy(words + (size_t)i * 3, "汉", 3);
    findings_add(&findings, "\xff\xfe", 1, "%s", words);
    writer_init(&writer, arena, 10000);
    findings_write(&writer, &findings);
    /* The name is no text, so nothing of it is left; a name is needed. */
    struct error *refusal = round_trip(&result, writer.text.bytes);
    assert_non_null(refusal);
    assert_string_equal(refusal->code, "field_range");
    findings_begin(NULL);
    findings_add(&findings, "a", 1, "%s", words);
    writer_init(&writer, arena, 10000);
    findings_write(&writer, &findings);
    assert_null(round_trip(&result, writer.text.bytes));
    assert_int_equal(strlen(result.first->message) % 3, 0);
    assert_true(strlen(result.first->message) > 900);
    /* A cut in the middle does not take the rest away. */
    findings_begin(NULL);
    findings_add(&findings, "a", 1, "“%.4s”不认识", words);
    assert_string_equal(findings.first->message, "“汉”不认识");
}

static void an_answer_of_another_shape_is_refused(void **state)
{
    struct findings result;
    static const char *const answers[] = {
        "{\"error\":{}}",
        "{\"error\":{},\"problems\":[]}",
        "{\"error\":{},\"problems\":[1]}",
        "{\"error\":{},\"problems\":[{\"file\":\"a\",\"line\":-1,\"message\":\"m\"}]}",
        "{\"error\":{},\"problems\":[{\"file\":\"a\",\"line\":1}]}",
        "[]",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(answers); i++)
        assert_non_null(round_trip(&result, answers[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FINDINGS(a_finding_reads_like_a_compilers),
        WITH_FINDINGS(a_rule_says_its_word),
        WITH_FINDINGS(more_are_kept_for_who_asks),
        WITH_FINDINGS(what_a_child_writes_its_parent_reads),
        WITH_FINDINGS(only_the_first_hundred_are_kept),
        WITH_FINDINGS(a_cut_message_is_still_text),
        WITH_FINDINGS(an_answer_of_another_shape_is_refused),
    };

    return RUN_GROUP("findings", tests);
}
