#include "files/ranking_pdf.h"

#include "files/pdf.h"

struct pages {
    const char *title;
    const char *marks;
    struct table branches;
    struct table people;
    struct table missing;
    struct table notes;
};

static void draw_page(
    struct pdf *pdf, const struct pages *pages, const char *name,
    const struct table *table)
{
    if (pdf_at(pdf) > pdf_area(pdf).y)
        pdf_new_page(pdf);
    pdf_below(
        pdf, PDF_HEAD, PDF_LEFT,
        arena_format(
            table->arena, "%s　%s%s%s%s", pages->title, name, *pages->marks ? "（" : "",
            pages->marks, *pages->marks ? "）" : ""));
    pdf_skip(pdf, 6);
    pdf_table(pdf, table);
}

static void draw(struct pdf *pdf, const void *context)
{
    const struct pages *pages = context;

    draw_page(pdf, pages, "街道汇总", &pages->branches);
    draw_page(pdf, pages, "个人排名", &pages->people);
    draw_page(pdf, pages, "未参加名单", &pages->missing);
    draw_page(pdf, pages, "说明", &pages->notes);
}

struct error *ranking_pdf(
    struct arena *arena, const struct ranking *ranking,
    const struct export_about *about, struct output *output)
{
    struct pages pages = {
        .title = ranking->title, .marks = export_marks(arena, about, ranking->final)};
    const struct pdf_about document = {
        .paper = PDF_LANDSCAPE,
        .title = ranking->title,
        .marks = pages.marks,
        .foot = "训赛 Xunsai " XUNSAI_VERSION,
        .numbered = true,
        .made_at = about->made_at,
    };

    ranking_tables_branches(&pages.branches, arena, ranking);
    ranking_tables_people(&pages.people, arena, ranking, RANKING_INSIDE);
    ranking_tables_missing(&pages.missing, arena, ranking);
    ranking_tables_notes(&pages.notes, arena, ranking, about);
    output_expect(
        output, (int64_t)(pages.branches.row_count + pages.people.row_count +
                          pages.missing.row_count + pages.notes.row_count));
    return pdf_write(arena, &document, draw, &pages, output);
}
