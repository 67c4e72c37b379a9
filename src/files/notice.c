#include "files/notice.h"

#include <inttypes.h>
#include <string.h>

#include "files/pdf.h"
#include "report/export.h"

enum { PEOPLE_COLUMNS = 7, BRANCH_COLUMNS = 10 };

#define CODE_SIZE 84.0
#define SIGNATURES 110.0 /* the height of what stands at the end */

struct poster {
    const struct published *published;
    struct arena *arena;
    struct table people;
    struct table branches;
    const char *totals;
};

static const char *status_label(const char *status)
{
    static const char *const labels[][2] = {
        {"done", "有成绩"},   {"in_progress", "未完成"}, {"absent", "缺考"},
        {"deferred", "缓考"}, {"voided", "作废"},
    };

    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (strcmp(labels[i][0], status) == 0)
            return labels[i][1];
    return status;
}

static const char *text_or_null(const json_t *object, const char *key)
{
    return json_string_value(published_member(object, key));
}

/* ---- Tables ---- */

static void fill_person(
    const void *source, size_t index, struct table_cell *cell, struct arena *arena)
{
    const struct published *published = source;
    const json_t *row = published_person(published, index, arena);
    const json_t *person = published_member(row, "person");
    const json_t *passed = published_member(row, "passed");

    *cell++ = table_number(published_rank(arena, row, "rank"));
    *cell++ = table_text(published_name(published, published_number(person, "id")));
    *cell++ = table_text(published_text(published_member(row, "branch"), "name"));
    *cell++ = table_number(text_or_null(row, "score"));
    if (published_number(published->head, "pass_percent"))
        *cell++ = table_text(
            json_is_boolean(passed) ? json_is_true(passed) ? "合格" : "不合格" : NULL);
    *cell++ = table_text(status_label(published_text(row, "status")));
    *cell = table_text(text_or_null(row, "tie"));
}

static void people_table(struct poster *poster)
{
    struct table *table = &poster->people;

    table_init(table, poster->arena, PEOPLE_COLUMNS);
    table_column(table, "名次", 8);
    table_column(table, "姓名", 20);
    table_column(table, "街道", 18);
    table_column(table, "成绩", 10);
    if (published_number(poster->published->head, "pass_percent"))
        table_column(table, "是否合格", 10);
    table_column(table, "状态", 10);
    table_column(table, "同分时依据", 14);
    table_rows(table, poster->published->person_count, fill_person, poster->published);
}

static void fill_branch(struct table *table, const json_t *branch)
{
    static const char *const numbers[] = {
        "expected", "attended", "absent", "deferred", "voided",
    };
    static const char *const means[] = {"value", "mean_expected", "mean_attended"};
    struct table_cell *cell = table_row(table);

    *cell++ = table_number(published_rank(table->arena, branch, "rank"));
    *cell++ = table_text(published_text(published_member(branch, "branch"), "name"));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        *cell++ = table_integer(table->arena, published_number(branch, numbers[i]));
    for (size_t i = 0; i < sizeof means / sizeof *means; i++)
        *cell++ = table_number(text_or_null(branch, means[i]));
}

static void branches_table(struct poster *poster)
{
    const json_t *branches = published_member(poster->published->head, "branches");
    struct table *table = &poster->branches;

    table_init(table, poster->arena, BRANCH_COLUMNS);
    table_column(table, "名次", 7);
    table_column(table, "街道", 18);
    table_column(table, "应参", 7);
    table_column(table, "实参", 7);
    table_column(table, "缺考", 7);
    table_column(table, "缓考", 7);
    table_column(table, "作废", 7);
    table_column(table, "排名分值", 11);
    table_column(table, "应参平均分", 12);
    table_column(table, "实参平均分", 12);
    for (size_t i = 0; i < json_array_size(branches); i++)
        fill_branch(table, json_array_get(branches, i));
}

static int64_t sum(const json_t *branches, const char *key)
{
    int64_t total = 0;

    for (size_t i = 0; i < json_array_size(branches); i++)
        total += published_number(json_array_get(branches, i), key);
    return total;
}

static const char *totals_of(struct arena *arena, const json_t *branches)
{
    return arena_format(
        arena,
        "应参 %" PRId64 " 人＝实参 %" PRId64 " 人＋缺考 %" PRId64 " 人＋缓考 %" PRId64
        " 人＋作废 %" PRId64 " 人",
        sum(branches, "expected"), sum(branches, "attended"), sum(branches, "absent"),
        sum(branches, "deferred"), sum(branches, "voided"));
}

/* ---- The page ---- */

static const char *version_line(const struct poster *poster)
{
    const struct published *published = poster->published;

    return arena_format(
        poster->arena, "%s　第 %" PRId64 " 版　公布日期：%s%s", published->district,
        published->version, published_day(poster->arena, published->decided_at),
        published->demonstration ? "　（演示数据）" : "");
}

static void draw_versions(struct pdf *pdf, const struct poster *poster)
{
    const struct published *published = poster->published;

    if (published->supersedes)
        pdf_below(
            pdf, PDF_BODY, PDF_LEFT,
            arena_format(
                poster->arena, "更正：取代第 %" PRId64 " 版，原因：%s",
                published->supersedes, published->reason));
    if (published->superseded_by)
        pdf_below(
            pdf, PDF_BODY, PDF_LEFT,
            arena_format(
                poster->arena, "注意：本版已被第 %" PRId64 " 版取代，以新版为准。",
                published->superseded_by));
}

static void draw_proof(
    struct pdf *pdf, struct arena *arena, const struct published *published, double x,
    double y, double width)
{
    struct pdf_box box = {x + CODE_SIZE + 10, y, width - CODE_SIZE - 10, 0};

    pdf_code(pdf, x, y, CODE_SIZE, published->address);
    box.y += pdf_text(
        pdf, box, PDF_SMALL, PDF_LEFT, "扫码或打开以下地址，核对公布的原始数据：");
    box.y += pdf_text(pdf, box, PDF_SMALL, PDF_LEFT, published->address);
    box.y += 4;
    (void)pdf_text(
        pdf, box, PDF_SMALL, PDF_LEFT,
        arena_format(arena, "数据摘要（SHA-256）：\n%s", published->digest));
}

static void draw_signatures(struct pdf *pdf, const struct poster *poster)
{
    static const char *const who[] = {"组织者：", "监督：", "日期："};
    struct pdf_box area = pdf_area(pdf);
    double third = area.width / 3;

    pdf_room(pdf, SIGNATURES + 40);
    pdf_skip(pdf, 26);
    for (size_t i = 0; i < sizeof who / sizeof *who; i++) {
        struct pdf_box box = {area.x + third * (double)i, pdf_at(pdf), third, 0};
        (void)pdf_text(pdf, box, PDF_BODY, PDF_LEFT, who[i]);
        pdf_line(pdf, box.x + 46, box.y + 14, box.x + third - 14, box.y + 14, 0.6);
    }
    pdf_skip(pdf, 32);
    draw_proof(pdf, poster->arena, poster->published, area.x, pdf_at(pdf), area.width);
    pdf_skip(pdf, CODE_SIZE);
}

static void draw_notice(struct pdf *pdf, const void *context)
{
    const struct poster *poster = context;
    const struct published *published = poster->published;

    pdf_below(
        pdf, PDF_TITLE, PDF_CENTER,
        arena_format(poster->arena, "%s　成绩公示表", published->title));
    pdf_skip(pdf, 4);
    pdf_below(pdf, PDF_BODY, PDF_CENTER, version_line(poster));
    pdf_skip(pdf, 8);
    draw_versions(pdf, poster);
    pdf_below(pdf, PDF_BODY, PDF_LEFT, poster->totals);
    pdf_below(
        pdf, PDF_BODY, PDF_LEFT,
        arena_format(
            poster->arena, "计算方法：%s",
            published_text(published->head, "formula_text")));
    pdf_skip(pdf, 10);
    pdf_below(pdf, PDF_HEAD, PDF_LEFT, "一、街道");
    pdf_skip(pdf, 4);
    pdf_table(pdf, &poster->branches);
    pdf_skip(pdf, 12);
    pdf_room(pdf, 80);
    pdf_below(pdf, PDF_HEAD, PDF_LEFT, "二、个人");
    pdf_skip(pdf, 4);
    pdf_table(pdf, &poster->people);
    draw_signatures(pdf, poster);
}

struct error *notice_write(
    struct arena *arena, const struct published *published, struct output *output)
{
    struct poster poster = {.published = published, .arena = arena};
    const struct pdf_about about = {
        .paper = PDF_PORTRAIT,
        .title = arena_format(arena, "%s 成绩公示表", published->title),
        .marks = published->demonstration ? "演示数据" : "",
        .foot = arena_format(
            arena, "第 %" PRId64 " 版　%.16s…", published->version, published->digest),
        .numbered = true,
        .made_at = published->decided_at,
    };

    people_table(&poster);
    branches_table(&poster);
    poster.totals = totals_of(arena, published_member(published->head, "branches"));
    return pdf_write(arena, &about, draw_notice, &poster, output);
}

const char *notice_name(struct arena *arena, const struct published *published)
{
    return export_file_name(
        arena, published->title,
        arena_format(arena, "公示表 第%" PRId64 "版", published->version),
        published->demonstration ? "演示数据" : "", ".pdf");
}
