/* Exported files as another program reads them: LibreOffice opens each and writes down
 * what it found (flat OpenDocument), and that is what is compared. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "report/contest_export.h"
#include "report/ranking_export.h"
#include "report/stage.h"

enum { LARGEST = 16 * 1024 * 1024 };

static void save(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static const char *read_all(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    char *bytes = arena_alloc(arena, LARGEST);

    if (!file)
        fail_msg("LibreOffice has not written %s", path);
    size_t size = fread(bytes, 1, LARGEST - 1, file);
    assert_true(size > 0 && size < LARGEST - 1);
    (void)fclose(file);
    return bytes;
}

/* Runs a program, quietly; its arguments end with NULL. */
static void run(const char *const *arguments)
{
    union {
        const char *const *constant;
        char *const *words;
    } unqualified = {arguments};
    pid_t child = fork();
    int status;

    assert_true(child >= 0);
    if (child == 0) {
        int nothing = open("/dev/null", O_RDWR);
        (void)dup2(nothing, STDOUT_FILENO);
        (void)dup2(nothing, STDERR_FILENO);
        (void)execvp(arguments[0], unqualified.words);
        _exit(127);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail_msg("%s did not succeed", arguments[0]);
}

/* By LibreOffice, with a profile of its own. */
static void convert(struct district *district, const char *filter, const char *name)
{
    struct arena *arena = district->arena;
    const char *folder = district->folder;
    const char *const soffice[] = {
        "soffice",
        "--headless",
        "--norestore",
        arena_format(arena, "-env:UserInstallation=file://%s/profile", folder),
        filter,
        "--convert-to",
        "fods",
        "--outdir",
        arena_format(arena, "%s/out", folder),
        arena_format(arena, "%s/%s", folder, name),
        NULL,
    };

    run(soffice);
}

static const char *open_in_office(
    struct district *district, const char *name, const char *bytes, size_t size)
{
    struct arena *arena = district->arena;
    bool is_csv = strstr(name, ".csv") != NULL;

    save(arena_format(arena, "%s/%s", district->folder, name), bytes, size);
    /* Comma, quotes, UTF-8, from the first line on. */
    convert(district, is_csv ? "--infilter=CSV:44,34,76,1" : "--nologo", name);
    return read_all(
        arena, arena_format(
                   arena, "%s/out/%.*s.fods", district->folder,
                   (int)(strrchr(name, '.') - name), name));
}

static void assert_holds(const char *document, const char *part)
{
    if (!strstr(document, part))
        fail_msg("nothing like %s", part);
}

static void assert_no_formula(const char *document)
{
    const char *formula = strstr(document, "table:formula=");

    if (formula)
        fail_msg("a formula: %.60s", formula);
}

/* A cell that holds this text as a text. */
static void
assert_text_cell(struct arena *arena, const char *document, const char *text)
{
    const char *shown = arena_format(arena, "<text:p>%s</text:p>", text);
    const char *found = strstr(document, shown);
    const char *cell = found;

    if (!found)
        fail_msg("no cell with the text %s", text);
    while (cell > document && strncmp(cell, "<table:table-cell", 17) != 0)
        cell--;
    const char *type = strstr(cell, "office:value-type=\"string\"");
    if (!type || type > found)
        fail_msg("%s is no text", text);
}

/* A cell with this number, shown so. */
static void assert_number_cell(
    struct arena *arena, const char *document, const char *value, const char *shown)
{
    assert_holds(
        document,
        arena_format(arena, "office:value-type=\"float\" office:value=\"%s\"", value));
    assert_holds(document, arena_format(arena, "<text:p>%s</text:p>", shown));
}

static struct export_about about_quiz(struct district *district)
{
    struct export_about about = {.made_at = 1600000000000, .subject = "quiz/1"};

    assert_fine(export_about_load(district->reader, &about));
    return about;
}

static struct ranking rank(struct district *district)
{
    struct ranking ranking;

    assert_fine(
        ranking_load(district->reader, RANKING_QUIZ, 1, DISTRICT_OPEN, &ranking));
    return ranking;
}

static void assert_print_settings(const char *document)
{
    assert_holds(document, "style:print-orientation=\"landscape\"");
    assert_holds(document, "fo:page-width=\"11.69");
    assert_holds(document, "style:scale-to-X=\"1\"");
    assert_holds(document, "<table:table-header-rows>");
    assert_holds(document, "table:display-filter-buttons=\"true\"");
    assert_holds(document, "<text:page-number>");
    assert_holds(document, "<text:page-count>");
}

/* How a page is looked at is not written down by LibreOffice without a window, so the
 * file itself is asked. */
static void assert_head_stays(struct district *district, const char *name)
{
    struct arena *arena = district->arena;
    const char *parts = arena_format(arena, "%s/parts", district->folder);
    const char *const unpack[] = {
        "python3",
        "-m",
        "zipfile",
        "-e",
        arena_format(arena, "%s/%s", district->folder, name),
        parts,
        NULL,
    };

    run(unpack);
    const char *page =
        read_all(arena, arena_format(arena, "%s/xl/worksheets/sheet1.xml", parts));
    assert_holds(page, "<pane ySplit=\"2\"");
    assert_holds(page, "state=\"frozen\"");
    assert_holds(page, "paperSize=\"9\"");
    assert_holds(page, "fitToHeight=\"0\"");
}

static void a_quiz_opens_as_a_spreadsheet(void **state)
{
    struct district *district = stage_new();
    struct arena *arena = district->arena;
    struct ranking ranking = rank(district);
    struct export_about about = about_quiz(district);
    const char *bytes;
    size_t size;

    (void)state;
    about.demonstration = true;
    struct output output;
    assert_fine(output_open_memory(arena, &output));
    struct error *error = ranking_export_sheet(arena, &ranking, &about, &output);
    assert_fine(output_take(arena, &output, error, &bytes, &size));
    const char *document = open_in_office(district, "quiz.xlsx", bytes, size);
    assert_no_formula(document);
    assert_holds(document, "table:name=\"个人排名\"");
    assert_holds(document, "table:name=\"街道汇总\"");
    assert_holds(document, "table:name=\"说明\"");
    assert_text_cell(arena, document, "=1+1");
    assert_text_cell(arena, document, "＋cmd");
    assert_text_cell(arena, document, "-2");
    assert_text_cell(arena, document, "@x");
    assert_text_cell(arena, document, "=湖墅街道");
    assert_text_cell(arena, document, "zy0101");
    assert_holds(document, "<text:p>李,&quot;小&quot;</text:p><text:p>明</text:p>");
    assert_number_cell(arena, document, "95", "95.00");
    assert_number_cell(arena, document, "50", "50.00");
    /* 100 / 4 expected. */
    assert_number_cell(arena, document, "25", "25.00");
    assert_holds(
        document, "<text:p>测验 &amp;D 演练　个人排名（非最终成绩 演示数据）</text:p>");
    assert_holds(document, ">&amp;D </text:span>");
    assert_print_settings(document);
    assert_head_stays(district, "quiz.xlsx");
    district_free(district);
}

static void a_quiz_opens_as_csv(void **state)
{
    struct district *district = stage_new();
    struct arena *arena = district->arena;
    struct ranking ranking = rank(district);
    struct export_about about = about_quiz(district);
    const char *bytes;
    size_t size;

    (void)state;
    struct output output;
    assert_fine(output_open_memory(arena, &output));
    struct error *error = ranking_export_csv(arena, &ranking, &about, &output);
    assert_fine(output_take(arena, &output, error, &bytes, &size));
    const char *document = open_in_office(district, "quiz.csv", bytes, size);
    assert_no_formula(document);
    assert_text_cell(arena, document, "名次（非最终）");
    assert_text_cell(arena, document, "&apos;=1+1");
    assert_text_cell(arena, document, "&apos;＋cmd");
    assert_text_cell(arena, document, "&apos;-2");
    assert_text_cell(arena, document, "&apos;@x");
    assert_text_cell(arena, document, "&apos;=湖墅街道");
    assert_text_cell(arena, document, "米市巷街道");
    assert_text_cell(arena, document, "非最终成绩");
    assert_holds(document, "<text:p>李,&quot;小&quot;</text:p><text:p>明</text:p>");
    assert_holds(document, "office:value=\"95\"");
    district_free(district);
}

static void a_contest_opens_as_a_spreadsheet(void **state)
{
    struct district *district = stage_new();
    struct arena *arena = district->arena;
    struct contest_view view;
    const char *bytes;
    size_t size;

    (void)state;
    stage_play(district);
    assert_fine(contest_view_load(district->reader, 1, 5, &view));
    struct output output;
    assert_fine(output_open_memory(arena, &output));
    struct error *error = contest_export_sheet(arena, &view, &output);
    assert_fine(output_take(arena, &output, error, &bytes, &size));
    const char *document = open_in_office(district, "contest.xlsx", bytes, size);
    assert_no_formula(document);
    assert_holds(document, "table:name=\"个人总表\"");
    assert_holds(document, "table:name=\"街道汇总\"");
    assert_holds(document, "table:name=\"评委明细\"");
    assert_holds(document, "table:name=\"说明\"");
    assert_text_cell(arena, document, "=1+1");
    assert_text_cell(arena, document, "回避");
    assert_text_cell(arena, document, "超时 0.50");
    assert_number_cell(arena, document, "87.65", "87.65");
    /* Dropped, and still a number. */
    assert_number_cell(arena, document, "90.5", "90.50（去）");
    assert_number_cell(arena, document, "92.5", "92.50（去）");
    assert_holds(document, "style:text-line-through-style=\"solid\"");
    assert_holds(document, view.rules->hash);
    assert_holds(document, view.state->hash);
    assert_holds(document, "技能大赛　个人总表（非最终成绩）");
    assert_print_settings(document);
    district_free(district);
}

static void a_contest_opens_as_csv(void **state)
{
    struct district *district = stage_new();
    struct arena *arena = district->arena;
    struct contest_view view;
    const char *bytes;
    size_t size;

    (void)state;
    stage_play(district);
    stage_say(district, "finished", 0, json_object());
    assert_fine(contest_view_load(district->reader, 1, 5, &view));
    struct output output;
    assert_fine(output_open_memory(arena, &output));
    struct error *error = contest_export_csv(arena, &view, &output);
    assert_fine(output_take(arena, &output, error, &bytes, &size));
    const char *document = open_in_office(district, "contest.csv", bytes, size);
    assert_no_formula(document);
    assert_text_cell(arena, document, "&apos;=1+1");
    assert_text_cell(arena, document, "90.50（去）");
    assert_text_cell(arena, document, "并列时依据");
    assert_holds(document, "office:value=\"87.65\"");
    assert_null(strstr(document, "非最终"));
    district_free(district);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quiz_opens_as_a_spreadsheet),
        cmocka_unit_test(a_quiz_opens_as_csv),
        cmocka_unit_test(a_contest_opens_as_a_spreadsheet),
        cmocka_unit_test(a_contest_opens_as_csv),
    };

    return cmocka_run_group_tests_name("export", tests, NULL, NULL);
}
