#include "quiz/paper.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena_fixture.h"
#include "base/token.h"
#include "cli/content_command.h"
#include "format/findings.h"
#include "quiz/types_fixture.h"

static const char *root;
static struct findings findings;

static bool found(const char *file, int line, const char *words)
{
    for (const struct finding *f = findings.first; f; f = f->next) {
        if (strcmp(f->file, file) == 0 && f->line == line && strstr(f->message, words))
            return true;
    }
    print_message("nothing in %s at line %d with \"%s\" among:\n", file, line, words);
    for (const struct finding *f = findings.first; f; f = f->next)
        print_message("  %s\n", findings_line(arena, f));
    return false;
}

static const char *path_of(const char *name)
{
    return arena_format(arena, "%s/%s", root, name);
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(path_of(name), "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static const char *question(const char *type, const char *id, const char *answers)
{
    return arena_format(
        arena,
        "<question type=\"%s\">\n<name><text>n</text></name>\n"
        "<questiontext format=\"markdown\"><text>题 %s ____</text></questiontext>\n"
        "<generalfeedback format=\"markdown\"><text>因为</text></generalfeedback>\n"
        "<idnumber>%s</idnumber>\n<tags><tag><text>lesson:01-a</text></tag>"
        "<tag><text>fact:F1</text></tag><tag><text>difficulty:2</text></tag>"
        "<tag><text>point:点</text></tag></tags>\n%s</question>\n",
        type, id, id, answers);
}

/* A folder with four questions, one of each type; the paper has its rule for
 * multiple responses and its parts from outside. */
static const char *write_paper(const char *policy, const char *parts)
{
    assert_int_equal(mkdir(path_of("05-p"), 0700), 0);
    write_file(
        "05-p/questions.xml",
        arena_format(
            arena, "<quiz>\n%s%s%s%s</quiz>\n",
            question(
                "multichoice", "q-s",
                "<single>true</single><answer fraction=\"0\"><text>甲</text></answer>"
                "<answer fraction=\"100\"><text>乙</text></answer>"),
            question(
                "multichoice", "q-m",
                "<single>false</single><shuffleanswers>0</shuffleanswers>"
                "<answer fraction=\"50\"><text>甲</text></answer>"
                "<answer fraction=\"0\"><text>乙</text></answer>"
                "<answer fraction=\"50\"><text>丙</text></answer>"),
            question(
                "truefalse", "q-t",
                "<answer fraction=\"0\"><text>true</text></answer>"
                "<answer fraction=\"100\"><text>false</text></answer>"),
            question(
                "shortanswer", "q-b",
                "<usecase>0</usecase><answer fraction=\"100\"><text>三分之二</text>"
                "</answer><answer fraction=\"100\"><text>2/3</text></answer>")));
    write_file(
        "05-p/quiz.xml",
        arena_format(
            arena,
            "<paper xmlns=\"urn:xunsai:paper:1\">\n<title>试 卷</title>\n"
            "<course>01-a</course>\n<minutes>20</minutes>\n<pass>60</pass>\n"
            "<shuffle questions=\"true\" options=\"false\"/>\n%s\n"
            "<instructions>说\n    明</instructions>\n%s</paper>\n",
            policy, parts));
    return path_of("05-p");
}

static const char prop[] = "<multiple-response policy=\"cn_partial_prop\"/>";
static const char two_parts[] =
    "<part title=\"一\">\n<question ref=\"q-s\" points=\"2.5\"/>\n"
    "<question ref=\"q-m\" points=\"10\"/>\n</part>\n"
    "<part title=\"二\">\n<question ref=\"q-t\" points=\"0.05\"/>\n"
    "<question ref=\"q-b\" points=\"3\"/>\n</part>\n";

static const char document[] =
    "{\"cases\":[],\"course\":\"01-a\",\"instructions\":\"说 明\",\"kind\":\"quiz\","
    "\"minutes\":20,\"parts\":[{\"questions\":[{\"alternatives\":[],\"case\":\"\",\"c"
    "ase_sensitive\":false,\"course\":\"01-a\",\"difficulty\":2,\"explanation_html\":"
    "\"<p>因为</p>\\n\",\"facts\":[\"F1\"],\"fixed_order\":false,\"grading\":\"\",\"g"
    "uide_html\":\"\",\"id\":\"q-s\",\"lesson\":\"01-a\",\"options\":[{\"html\":\"甲"
    "\",\"id\":\"a\"},{\"html\":\"乙\",\"id\":\"b\"}],\"point\":\"点\",\"points\":250"
    ",\"prompts\":[],\"right\":[\"b\"],\"stem_html\":\"<p>题 q-s ____</p>\\n\",\"type"
    "\":\"single\",\"units\":[],\"values\":[]},{\"alternatives\":[],\"case\":\"\",\"c"
    "ase_sensitive\":false,\"course\":\"01-a\",\"difficulty\":2,\"explanation_html\":"
    "\"<p>因为</p>\\n\",\"facts\":[\"F1\"],\"fixed_order\":true,\"grading\":\"\",\"gu"
    "ide_html\":\"\",\"id\":\"q-m\",\"lesson\":\"01-a\",\"options\":[{\"html\":\"甲\""
    ",\"id\":\"a\"},{\"html\":\"乙\",\"id\":\"b\"},{\"html\":\"丙\",\"id\":\"c\"}],\""
    "point\":\"点\",\"points\":1000,\"prompts\":[],\"right\":[\"a\",\"c\"],\"stem_htm"
    "l\":\"<p>题 q-m ____</p>\\n\",\"type\":\"multiple\",\"units\":[],\"values\":[]}]"
    ",\"title\":\"一\"},{\"questions\":[{\"alternatives\":[],\"case\":\"\",\"case_sen"
    "sitive\":false,\"course\":\"01-a\",\"difficulty\":2,\"explanation_html\":\"<p>因"
    "为</p>\\n\",\"facts\":[\"F1\"],\"fixed_order\":true,\"grading\":\"\",\"guide_htm"
    "l\":\"\",\"id\":\"q-t\",\"lesson\":\"01-a\",\"options\":[{\"html\":\"对\",\"id\""
    ":\"t\"},{\"html\":\"错\",\"id\":\"f\"}],\"point\":\"点\",\"points\":5,\"prompts"
    "\":[],\"right\":[\"f\"],\"stem_html\":\"<p>题 q-t ____</p>\\n\",\"type\":\"true_"
    "false\",\"units\":[],\"values\":[]},{\"alternatives\":[\"三分之二\",\"2/3\"],\"c"
    "ase\":\"\",\"case_sensitive\":false,\"course\":\"01-a\",\"difficulty\":2,\"expla"
    "nation_html\":\"<p>因为</p>\\n\",\"facts\":[\"F1\"],\"fixed_order\":false,\"grad"
    "ing\":\"\",\"guide_html\":\"\",\"id\":\"q-b\",\"lesson\":\"01-a\",\"options\":[]"
    ",\"point\":\"点\",\"points\":300,\"prompts\":[],\"right\":[],\"stem_html\":\"<p>"
    "题 q-b ____</p>\\n\",\"type\":\"blank\",\"units\":[],\"values\":[]}],\"title\":"
    "\"二\"}],\"pass_percent\":60,\"points\":1555,\"policy\":\"cn_partial_prop\",\"po"
    "licy_fixed\":0,\"seed\":\"\",\"shuffle_options\":false,\"shuffle_questions\":tru"
    "e,\"slug\":\"05-p\",\"title\":\"试 卷\"}";

/* The same paper as it was frozen before there were cases and the later types. */
static const char old_document[] =
    "{\"course\":\"01-a\",\"instructions\":\"说 明\",\"minutes\":20,\"parts\":["
    "{\"questions\":[{\"alternatives\":[],\"case_sensitive\":false,\"difficulty\":2,"
    "\"explanation_html\":\"<p>因为</p>\\n\",\"facts\":[\"F1\"],\"fixed_order\":false,"
    "\"id\":\"q-s\",\"lesson\":\"01-a\",\"options\":[{\"html\":\"甲\",\"id\":\"a\"},"
    "{\"html\":\"乙\",\"id\":\"b\"}],\"point\":\"点\",\"points\":250,\"right\":[\"b\"],"
    "\"stem_html\":\"<p>题 q-s ____</p>\\n\",\"type\":\"single\"},"
    "{\"alternatives\":[],\"case_sensitive\":false,\"difficulty\":2,"
    "\"explanation_html\":\"<p>因为</p>\\n\",\"facts\":[\"F1\"],\"fixed_order\":true,"
    "\"id\":\"q-m\",\"lesson\":\"01-a\",\"options\":[{\"html\":\"甲\",\"id\":\"a\"},"
    "{\"html\":\"乙\",\"id\":\"b\"},{\"html\":\"丙\",\"id\":\"c\"}],\"point\":\"点\","
    "\"points\":1000,\"right\":[\"a\",\"c\"],"
    "\"stem_html\":\"<p>题 q-m ____</p>\\n\",\"type\":\"multiple\"}],\"title\":\"一\"},"
    "{\"questions\":[{\"alternatives\":[],\"case_sensitive\":false,\"difficulty\":2,"
    "\"explanation_html\":\"<p>因为</p>\\n\",\"facts\":[\"F1\"],\"fixed_order\":true,"
    "\"id\":\"q-t\",\"lesson\":\"01-a\",\"options\":[{\"html\":\"对\",\"id\":\"t\"},"
    "{\"html\":\"错\",\"id\":\"f\"}],\"point\":\"点\",\"points\":5,\"right\":[\"f\"],"
    "\"stem_html\":\"<p>题 q-t ____</p>\\n\",\"type\":\"true_false\"},"
    "{\"alternatives\":[\"三分之二\",\"2/"
    "3\"],\"case_sensitive\":false,\"difficulty\":2,"
    "\"explanation_html\":\"<p>因为</p>\\n\",\"facts\":[\"F1\"],\"fixed_order\":false,"
    "\"id\":\"q-b\",\"lesson\":\"01-a\",\"options\":[],\"point\":\"点\",\"points\":300,"
    "\"right\":[],\"stem_html\":\"<p>题 q-b ____</p>\\n\",\"type\":\"blank\"}],"
    "\"title\":\"二\"}],\"pass_percent\":60,\"points\":1555,"
    "\"policy\":\"cn_partial_prop\",\"policy_fixed\":0,\"shuffle_options\":false,"
    "\"shuffle_questions\":true,\"slug\":\"05-p\",\"title\":\"试 卷\"}";

static void a_folder_becomes_one_document(void **state)
{
    const char *directory = write_paper(prop, two_parts);
    const char *json;

    (void)state;
    assert_fine(paper_load(arena, directory, &findings, &json));
    assert_string_equal(json, document);
    assert_int_equal(findings.count, 0);
}

static void a_document_becomes_a_paper_and_back(void **state)
{
    struct paper *paper;

    (void)state;
    assert_fine(paper_read(arena, document, &paper));
    assert_string_equal(paper->slug, "05-p");
    assert_string_equal(paper->course, "01-a");
    assert_int_equal(paper->minutes, 20);
    assert_int_equal(paper->pass_percent, 60);
    assert_true(paper->shuffle_questions);
    assert_false(paper->shuffle_options);
    assert_int_equal(paper->policy, RESPONSE_CN_PARTIAL_PROP);
    assert_int_equal(paper->points, 1555);
    assert_int_equal(paper->part_count, 2);
    assert_int_equal(paper->question_count, 4);
    assert_string_equal(paper->parts[1].title, "二");
    const struct paper_question *question = paper_find(paper, "q-m");
    assert_ptr_equal(question, &paper->parts[0].questions[1]);
    assert_int_equal(question->type, PAPER_MULTIPLE);
    assert_int_equal(question->points, 1000);
    assert_true(question->fixed_order);
    assert_true(paper_question_option(question, "c")->right);
    assert_false(paper_question_option(question, "b")->right);
    assert_null(paper_question_option(question, "d"));
    assert_null(paper_find(paper, "q-x"));
    question = paper_find(paper, "q-b");
    assert_int_equal(question->alternative_count, 2);
    assert_string_equal(question->alternatives[1], "2/3");
    assert_string_equal(paper_type_name(question->type), "blank");
    assert_string_equal(paper_write(arena, paper), document);
}

static void a_paper_frozen_long_ago_is_still_read(void **state)
{
    struct paper *paper;

    (void)state;
    assert_fine(paper_read(arena, old_document, &paper));
    assert_int_equal(paper->kind, PAPER_QUIZ);
    assert_int_equal(paper->case_count, 0);
    assert_string_equal(paper->seed, "");
    const struct paper_question *question = paper_find(paper, "q-b");
    assert_string_equal(question->course, "01-a");
    assert_string_equal(question->case_id, "");
    assert_string_equal(question->guide_html, "");
    assert_int_equal(question->prompt_count, 0);
    assert_string_equal(paper_write(arena, paper), document);
}

static void a_document_that_contradicts_itself_is_refused(void **state)
{
    static const char *const swaps[][2] = {
        {"\"points\":1555", "\"points\":1556"},
        {"\"points\":250", "\"points\":0"},
        {"\"points\":250", "\"points\":2.5"},
        {"\"right\":[\"b\"]", "\"right\":[]"},
        {"\"right\":[\"b\"]", "\"right\":[\"z\"]"},
        {"\"right\":[\"b\"]", "\"right\":[\"a\",\"b\"]"},
        {"\"right\":[\"b\"]", "\"right\":[\"b\",\"b\"]"},
        {"\"right\":[\"a\",\"c\"]", "\"right\":[\"a\"]"},
        {"\"right\":[\"a\",\"c\"]", "\"right\":[\"a\",\"a\"]"},
        {"\"right\":[\"a\",\"c\"]", "\"right\":[\"a\",\"b\",\"c\"]"},
        {"\"id\":\"q-m\"", "\"id\":\"q-s\""},
        {"{\"html\":\"乙\",\"id\":\"b\"}", "{\"html\":\"乙\",\"id\":\"a\"}"},
        {"\"type\":\"single\"", "\"type\":\"essay\""},
        {"\"type\":\"single\"", "\"type\":\"riddle\""},
        {"\"type\":\"blank\"", "\"type\":\"numeric\""},
        {"\"type\":\"multiple\"", "\"type\":\"ordering\""},
        {"\"type\":\"multiple\"", "\"type\":\"matching\""},
        {"\"case\":\"\"", "\"case\":\"c-1\""},
        {"\"guide_html\":\"\"", "\"guide_html\":\"g\""},
        {"\"grading\":\"\"", "\"grading\":\"all_or_nothing\""},
        {"\"units\":[]", "\"units\":[\"天\"]"},
        {"\"cases\":[]",
         "\"cases\":[{\"html\":\"x\",\"id\":\"c-1\",\"solution_html\":\"y\"}]"},
        {"\"kind\":\"quiz\"", "\"kind\":\"exam\""},
        {"\"minutes\":20", "\"minutes\":0"},
        {"\"type\":\"blank\"", "\"type\":\"single\""},
        {"\"type\":\"single\"", "\"type\":\"blank\""},
        {"[\"三分之二\",\"2/3\"]", "[]"},
        {"[\"三分之二\",\"2/3\"]", "[1]"},
        {"\"policy\":\"cn_partial_prop\"", "\"policy\":\"generous\""},
        {"\"minutes\":20", "\"minutes\":481"},
        {"\"minutes\":20,", ""},
        {"\"minutes\":20", "\"minutes\":20,\"minutes\":30"},
        {"\"minutes\":20", "\"minutes\":20,\"hours\":1"},
        {"\"difficulty\":2", "\"difficulty\":6"},
    };
    struct paper *paper;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(swaps); i++) {
        const char *at = strstr(document, swaps[i][0]);
        assert_non_null(at);
        const char *changed = arena_format(
            arena, "%.*s%s%s", (int)(at - document), document, swaps[i][1],
            at + strlen(swaps[i][0]));
        assert_non_null(paper_read(arena, changed, &paper));
    }
}

static const char *exchanged(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);

    assert_non_null(at);
    return arena_format(
        arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static void an_essay_belongs_to_no_case(void **state)
{
    static const char two[] = "\"cases\":[{\"id\":\"c2\",\"html\":\"x\","
                              "\"solution_html\":\"y\"},";
    const char *text = exchanged(types_document, "\"cases\":[", two);
    struct paper *paper;

    (void)state;
    assert_fine(paper_read(
        arena, exchanged(text, "\"id\":\"m\",", "\"id\":\"m\",\"case\":\"c2\","),
        &paper));
    assert_code(
        paper_read(
            arena, exchanged(text, "\"id\":\"e\",", "\"id\":\"e\",\"case\":\"c2\","),
            &paper),
        "paper_invalid");
}

static void the_types_of_a_document_hold_together(void **state)
{
    static const char *const swaps[][2] = {
        /* A question of the case stands elsewhere. */
        {"\"id\":\"o\",\"type\"", "\"id\":\"o\",\"case\":\"c1\",\"type\""},
        {"\"id\":\"c1\",", "\"id\":\"c2\","},
        {"\"right\":[\"b\",\"d\",\"a\",\"c\"]", "\"right\":[\"b\",\"d\",\"a\"]"},
        {"\"grading\":\"absolute_position\"", "\"grading\":\"\""},
        {"\"grading\":\"absolute_position\"", "\"grading\":\"relative\""},
        {"\"html\":\"y\",\"option\":\"d\"", "\"html\":\"y\",\"option\":\"b\""},
        {"\"html\":\"y\",\"option\":\"d\"", "\"html\":\"y\",\"option\":\"z\""},
        {"{\"id\":\"2\",", "{\"id\":\"1\","},
        {"\"value\":\"60\"", "\"value\":\"sixty\""},
        {"\"tolerance\":\"0.5\"", "\"tolerance\":\"-0.5\""},
        {"\"guide_html\":\"g\"", "\"guide_html\":\"\""},
    };
    struct paper *paper;
    struct paper *again;

    (void)state;
    assert_fine(paper_read(arena, types_document, &paper));
    const char *written = paper_write(arena, paper);
    assert_fine(paper_read(arena, written, &again));
    assert_string_equal(paper_write(arena, again), written);
    assert_string_equal(paper_find(again, "o")->order[1]->id, "d");
    assert_string_equal(paper_find(again, "m")->prompts[1].option->id, "d");
    assert_string_equal(paper_find(again, "n")->values[0].tolerance, "0.5");
    for (size_t i = 0; i < COUNT_OF(swaps); i++) {
        const char *changed = exchanged(types_document, swaps[i][0], swaps[i][1]);
        struct error *error = paper_read(arena, changed, &paper);
        if (!error)
            fail_msg("was let in: %s", swaps[i][1]);
        assert_string_equal(error->code, "paper_invalid");
    }
}

static void the_fixed_part_of_a_mark_is_checked(void **state)
{
    const char *directory = write_paper(
        "<multiple-response policy=\"cn_partial_fixed\" fixed=\"1.5\"/>", two_parts);
    struct paper *paper;
    const char *json;

    (void)state;
    assert_fine(paper_load(arena, directory, &findings, &json));
    assert_fine(paper_read(arena, json, &paper));
    assert_int_equal(paper->policy, RESPONSE_CN_PARTIAL_FIXED);
    assert_int_equal(paper->policy_fixed, 150);
    check_folder_remove(directory);

    write_paper(
        "<multiple-response policy=\"cn_partial_fixed\" fixed=\"10\"/>", two_parts);
    assert_code(paper_load(arena, directory, &findings, &json), "paper_refused");
    assert_true(found(path_of("05-p/quiz.xml"), 12, "大于少选得的固定分"));
    check_folder_remove(directory);

    write_paper("<multiple-response policy=\"cn_partial_fixed\"/>", two_parts);
    assert_code(paper_load(arena, directory, &findings, &json), "paper_refused");
    assert_true(found(path_of("05-p/quiz.xml"), 7, "fixed"));
}

static void every_slip_is_named_with_file_and_line(void **state)
{
    static const char file[] = "tests/data/quizzes/01-broken/quiz.xml";
    const char *json;

    (void)state;
    struct error *error =
        paper_load(arena, "tests/data/quizzes/01-broken", &findings, &json);
    assert_code(error, "paper_refused");
    assert_non_null(strstr(error->message, "quiz.xml:8: "));
    assert_true(found(file, 8, "cn_partial_fixed"));
    assert_true(found(file, 12, "q-1 在试卷里出现两次"));
    assert_true(found(file, 13, "没有题目 q-9"));
    assert_true(found(file, 14, "分值应大于 0"));
    assert_int_equal(findings.count, 4);
}

static void a_doctype_is_refused_and_the_other_file_still_checked(void **state)
{
    static const char directory[] = "tests/data/quizzes/02-doctype";
    const char *json;

    (void)state;
    assert_code(paper_load(arena, directory, &findings, &json), "paper_refused");
    assert_true(found("tests/data/quizzes/02-doctype/questions.xml", 2, "DOCTYPE"));
    assert_true(found("tests/data/quizzes/02-doctype/quiz.xml", 5, "不符合格式定义"));
}

static void missing_files_and_bad_names_are_refused(void **state)
{
    const char *directory = write_paper(prop, two_parts);
    const char *json;

    (void)state;
    assert_int_equal(unlink(path_of("05-p/questions.xml")), 0);
    assert_code(paper_load(arena, directory, &findings, &json), "paper_refused");
    assert_true(found(path_of("05-p/questions.xml"), 0, "缺少"));
    assert_int_equal(findings.count, 1);
    assert_int_equal(rename(directory, path_of("Paper")), 0);
    assert_code(paper_load(arena, path_of("Paper"), &findings, &json), "paper_refused");
    assert_true(found(path_of("Paper"), 0, "文件夹名"));
}

static int begin(void **state)
{
    char here[4096];

    (void)state;
    root = check_folder_new(arena);
    findings_init(&findings, arena);
    assert_non_null(getcwd(here, sizeof here));
    return symlink(arena_format(arena, "%s/quizzes/schema", here), path_of("schema"));
}

static int end(void **state)
{
    (void)state;
    check_folder_remove(root);
    return 0;
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        TEST(a_folder_becomes_one_document),
        TEST(a_document_becomes_a_paper_and_back),
        TEST(a_paper_frozen_long_ago_is_still_read),
        TEST(a_document_that_contradicts_itself_is_refused),
        TEST(an_essay_belongs_to_no_case),
        TEST(the_types_of_a_document_hold_together),
        TEST(the_fixed_part_of_a_mark_is_checked),
        TEST(every_slip_is_named_with_file_and_line),
        TEST(a_doctype_is_refused_and_the_other_file_still_checked),
        TEST(missing_files_and_bad_names_are_refused),
    };

    /* format/sandbox.c starts this very program. */
    if (argc > 1 && strcmp(argv[1], "parse-content") == 0)
        return parse_content_command(argc - 1, argv + 1);
    token_start();
    return RUN_GROUP("paper", tests);
}
