#include "files/street.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/decimal.h"
#include "files/pdf.h"

enum { BINS = 10, SUMMARY_COLUMNS = 3 };

#define CHART_HEIGHT 130.0

/* The numbers of some people: of a street, or of all. */
struct numbers {
    int64_t expected;
    int64_t attended;
    int64_t absent;
    int64_t deferred;
    int64_t voided;
    int64_t passed;
    int64_t bins[BINS]; /* people by tenths of the full mark; full marks in the last */
    int64_t *scores;    /* of those who attended, as they stand in the ranking */
    const char *mean_expected;
    const char *mean_attended;
    const char *median;
    const char *best;
    const char *pass_percent;
};

struct report {
    struct arena *arena;
    const struct ranking *ranking;
    const struct ranking_branch *branch;
    const char *title;
    const char *marks;
    struct numbers own;
    struct numbers district;
    struct table summary;
    struct table people;
    struct table missing;
};

/* ---- Counting ---- */

static void count_person(
    const struct ranking *ranking, const struct ranking_person *person,
    struct numbers *numbers)
{
    numbers->expected++;
    numbers->deferred += person->status == RANKING_DEFERRED;
    numbers->voided += person->status == RANKING_VOIDED;
    numbers->absent +=
        person->status == RANKING_ABSENT || person->status == RANKING_IN_PROGRESS;
    if (person->status != RANKING_DONE)
        return;
    numbers->scores[numbers->attended++] = person->score;
    numbers->passed += person->passed;
    int64_t bin = ranking->full > 0 ? person->score * BINS / ranking->full : 0;
    numbers->bins[bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin]++;
}

static int rising(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left;
    int64_t b = *(const int64_t *)right;

    return a < b ? -1 : a > b;
}

static struct error *
quotient(struct arena *arena, __int128 total, __int128 count, int dp, const char **text)
{
    struct rational value;

    *text = NULL;
    if (count < 1)
        return NULL;
    TRY(rational_make(arena, total, count, &value));
    return rational_text(
        arena, value, (struct rational_rounding){dp, RATIONAL_HALF_UP}, text);
}

static struct error *
count_all(struct arena *arena, const struct ranking *ranking, struct numbers *numbers)
{
    __int128 unit = decimal_power(ranking->dp);
    __int128 total = 0;

    numbers->scores =
        arena_alloc(arena, (ranking->person_count + 1) * sizeof *numbers->scores);
    for (size_t i = 0; i < ranking->person_count; i++)
        count_person(ranking, &ranking->people[i], numbers);
    size_t count = (size_t)numbers->attended;
    qsort(numbers->scores, count, sizeof *numbers->scores, rising);
    for (size_t i = 0; i < count; i++)
        total += numbers->scores[i];
    TRY(quotient(
        arena, total, (numbers->expected - numbers->deferred) * unit, RANKING_DP,
        &numbers->mean_expected));
    TRY(quotient(
        arena, total, numbers->attended * unit, RANKING_DP, &numbers->mean_attended));
    if (ranking->pass_percent)
        TRY(quotient(
            arena, (__int128)numbers->passed * 100, numbers->expected, 1,
            &numbers->pass_percent));
    if (!count)
        return NULL;
    numbers->best = decimal_text(arena, numbers->scores[count - 1], ranking->dp);
    return quotient(
        arena, (__int128)numbers->scores[(count - 1) / 2] + numbers->scores[count / 2],
        2 * unit, RANKING_DP, &numbers->median);
}

/* ---- The table of numbers ---- */

static void add_count(struct table *table, const char *what, int64_t own, int64_t all)
{
    struct table_cell *row = table_row(table);

    row[0] = table_text(what);
    row[1] = table_integer(table->arena, own);
    row[2] = table_integer(table->arena, all);
}

static void
add_value(struct table *table, const char *what, const char *own, const char *all)
{
    struct table_cell *row = table_row(table);

    row[0] = table_text(what);
    row[1] = table_number(own);
    row[2] = table_number(all);
}

static void fill_summary(struct report *report)
{
    const struct ranking *ranking = report->ranking;
    const struct numbers *own = &report->own;
    const struct numbers *all = &report->district;
    struct table *table = &report->summary;

    table_init(table, report->arena, SUMMARY_COLUMNS);
    table_column(table, "项目", 30);
    table_column(table, "本街道", 15);
    table_column(table, "全区", 15);
    add_count(table, "应参（人）", own->expected, all->expected);
    add_count(table, "实参（人）", own->attended, all->attended);
    add_count(
        table, ranking->final ? "缺考（人）" : "未交卷（人）", own->absent,
        all->absent);
    add_count(table, "缓考（人）", own->deferred, all->deferred);
    add_count(table, "作废（人）", own->voided, all->voided);
    add_value(table, "应参平均分", own->mean_expected, all->mean_expected);
    add_value(table, "实参平均分", own->mean_attended, all->mean_attended);
    add_value(table, "中位数", own->median, all->median);
    add_value(table, "最高分", own->best, all->best);
    if (ranking->pass_percent)
        add_value(table, "合格率（按应参，%）", own->pass_percent, all->pass_percent);
    add_value(table, "排名分值", report->branch->value, NULL);
    add_value(table, "街道名次", report->branch->rank, NULL);
}

/* ---- The chart ---- */

static double share(const struct numbers *numbers, int bin)
{
    return numbers->attended ? (double)numbers->bins[bin] / (double)numbers->attended
                             : 0;
}

static double largest_share(const struct report *report)
{
    double largest = 0.1;

    for (int i = 0; i < BINS; i++) {
        double own = share(&report->own, i);
        double all = share(&report->district, i);
        largest = own > largest ? own : largest;
        largest = all > largest ? all : largest;
    }
    return largest;
}

static void draw_bar(
    struct pdf *pdf, struct pdf_box box, double part, double grey, const char *label)
{
    double height = box.height * part;
    struct pdf_box bar = {box.x, box.y + box.height - height, box.width, height};

    pdf_fill(pdf, bar, grey);
    if (label)
        (void)pdf_text(
            pdf, (struct pdf_box){bar.x - 8, bar.y - 11, bar.width + 16, 0}, PDF_SMALL,
            PDF_CENTER, label);
}

/* Shares of those who attended, in tenths of the full mark: dark the street, light the
 * district. Over the bars of the street stands how many people they are. */
static void draw_chart(struct pdf *pdf, const struct report *report)
{
    struct pdf_box area = pdf_area(pdf);
    double largest = largest_share(report);
    double step = area.width / BINS;

    pdf_room(pdf, CHART_HEIGHT + 60);
    pdf_below(
        pdf, PDF_BODY, PDF_LEFT,
        "成绩分布（占实参人数的比例；深色：本街道，柱上为人数；浅色：全区）");
    pdf_skip(pdf, 14);
    double top = pdf_at(pdf);
    for (int i = 0; i < BINS; i++) {
        double x = area.x + step * i;
        struct pdf_box own = {x + step * 0.16, top, step * 0.32, CHART_HEIGHT};
        struct pdf_box all = {x + step * 0.52, top, step * 0.32, CHART_HEIGHT};
        draw_bar(
            pdf, own, share(&report->own, i) / largest, 0.25,
            report->own.bins[i]
                ? arena_format(report->arena, "%" PRId64, report->own.bins[i])
                : NULL);
        draw_bar(pdf, all, share(&report->district, i) / largest, 0.75, NULL);
        (void)pdf_text(
            pdf, (struct pdf_box){x, top + CHART_HEIGHT + 3, step, 0}, PDF_SMALL,
            PDF_CENTER,
            arena_format(
                report->arena, "%d–%d%%", i * 100 / BINS, (i + 1) * 100 / BINS));
    }
    pdf_line(
        pdf, area.x, top + CHART_HEIGHT, area.x + area.width, top + CHART_HEIGHT, 0.8);
    pdf_skip(pdf, CHART_HEIGHT + 20);
}

/* ---- The document ---- */

static void draw_list(
    struct pdf *pdf, const char *heading, const struct table *table, const char *none)
{
    pdf_skip(pdf, 12);
    pdf_room(pdf, 80);
    pdf_below(pdf, PDF_HEAD, PDF_LEFT, heading);
    pdf_skip(pdf, 4);
    if (table->row_count)
        pdf_table(pdf, table);
    else
        pdf_below(pdf, PDF_BODY, PDF_LEFT, none);
}

static void draw_report(struct pdf *pdf, const void *context)
{
    const struct report *report = context;

    pdf_below(pdf, PDF_TITLE, PDF_CENTER, report->title);
    if (*report->marks)
        pdf_below(pdf, PDF_HEAD, PDF_CENTER, report->marks);
    pdf_skip(pdf, 10);
    pdf_table(pdf, &report->summary);
    pdf_skip(pdf, 6);
    if (report->branch->note)
        pdf_below(
            pdf, PDF_BODY, PDF_LEFT,
            arena_format(report->arena, "注意：%s。", report->branch->note));
    pdf_below(pdf, PDF_SMALL, PDF_LEFT, report->ranking->formula_text);
    pdf_skip(pdf, 10);
    draw_chart(pdf, report);
    draw_list(pdf, "个人成绩", &report->people, "没有应参人员。");
    draw_list(pdf, "未参加名单", &report->missing, "没有人缺考、缓考或作废。");
}

static const struct ranking_branch *
find_branch(const struct ranking *ranking, int64_t branch)
{
    for (size_t i = 0; i < ranking->branch_count; i++)
        if (ranking->branches[i].id == branch)
            return &ranking->branches[i];
    return NULL;
}

struct error *street_report(
    struct arena *arena, struct file_source *source, int64_t branch,
    struct output *output)
{
    struct ranking *ranking = &source->ranking;
    struct report report = {.arena = arena, .ranking = ranking};

    if (!find_branch(ranking, branch))
        return error_new(
            arena, ERROR_NOT_FOUND, "street_unknown", "这项排名里没有这个街道。");
    TRY(count_all(arena, ranking, &report.district));
    ranking_keep_branch(ranking, branch);
    report.branch = find_branch(ranking, branch);
    TRY(count_all(arena, ranking, &report.own));
    report.marks = export_marks(arena, &source->about, ranking->final);
    report.title =
        arena_format(arena, "%s　%s成绩报告", ranking->title, report.branch->name);
    fill_summary(&report);
    ranking_tables_people(&report.people, arena, ranking, RANKING_INSIDE);
    ranking_tables_missing(&report.missing, arena, ranking);
    const struct pdf_about about = {
        .paper = PDF_PORTRAIT,
        .title = report.title,
        .marks = report.marks,
        .foot = arena_format(
            arena, "生成时间 %s", clock_beijing(arena, source->about.made_at)),
        .numbered = true,
        .made_at = source->about.made_at,
    };
    return pdf_write(arena, &about, draw_report, &report, output);
}
