#include "files/pdf.h"

#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <qrencode.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"

#define LONG_SIDE 841.89
#define SHORT_SIDE 595.28
#define MARGIN 40.0
#define FOOT 24.0   /* what the footer takes of the area */
#define PADDING 3.0 /* around the text of a cell */
#define LINE_SPACING 1.25F
#define HAIRLINE 0.4 /* of the frames of tables */

/* Both are TrueType, which is read glyph by glyph (of one with PostScript outlines
 * cairo holds the whole, 30 MB with Noto). BabelStone has the rare characters of names.
 */
#define FONTS "WenQuanYi Micro Hei, BabelStone Han, Noto Sans CJK SC, sans-serif"

static const double sizes[PDF_STYLES] = {
    [PDF_SMALL] = 8, [PDF_TABLE] = 8.5, [PDF_BODY] = 10.5,
    [PDF_HEAD] = 13, [PDF_TITLE] = 20,  [PDF_GREAT] = 34,
};

struct pdf {
    const struct pdf_about *about;
    struct arena *arena;
    struct arena *scratch; /* of the text that is drawn */
    struct output *output;
    PangoFontMap *fonts;
    PangoLayout *layouts[PDF_STYLES];
    int levels[PDF_STYLES]; /* where a line of the first font stands, Pango units */
    cairo_surface_t *surface;
    cairo_t *cairo;
    double width; /* of the paper */
    double height;
    double at; /* where the flow goes on */
    bool measuring;
    int page;
    int pages; /* known when it is not measuring any more */
};

/* ---- Pages ---- */

struct pdf_box pdf_area(const struct pdf *pdf)
{
    return (struct pdf_box){
        MARGIN, MARGIN, pdf->width - 2 * MARGIN, pdf->height - 2 * MARGIN - FOOT};
}

static void draw_footer(struct pdf *pdf)
{
    const struct pdf_about *about = pdf->about;
    struct pdf_box box = pdf_area(pdf);

    box.y += box.height + FOOT / 2;
    (void)pdf_text(pdf, box, PDF_SMALL, PDF_LEFT, about->foot);
    (void)pdf_text(pdf, box, PDF_SMALL, PDF_CENTER, about->marks);
    if (about->numbered)
        (void)pdf_text(
            pdf, box, PDF_SMALL, PDF_RIGHT,
            arena_format(pdf->scratch, "第 %d / %d 页", pdf->page, pdf->pages));
}

static void end_page(struct pdf *pdf)
{
    draw_footer(pdf);
    if (!pdf->measuring)
        cairo_show_page(pdf->cairo);
    arena_reset(pdf->scratch);
}

static void begin_page(struct pdf *pdf)
{
    pdf->page++;
    pdf->at = pdf_area(pdf).y;
}

void pdf_new_page(struct pdf *pdf)
{
    end_page(pdf);
    begin_page(pdf);
}

double pdf_at(const struct pdf *pdf)
{
    return pdf->at;
}

void pdf_skip(struct pdf *pdf, double height)
{
    pdf->at += height;
}

static bool fits(const struct pdf *pdf, double height)
{
    struct pdf_box area = pdf_area(pdf);

    return pdf->at + height <= area.y + area.height;
}

void pdf_room(struct pdf *pdf, double height)
{
    if (!fits(pdf, height))
        pdf_new_page(pdf);
}

/* ---- Text ---- */

static PangoLayout *
lay_out(struct pdf *pdf, double width, enum pdf_style style, const char *text)
{
    PangoLayout *layout = pdf->layouts[style];

    if (utf8_has_hidden(text))
        text = utf8_without_hidden(pdf->scratch, text);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_text(layout, text, -1);
    return layout;
}

static double height_of(PangoLayout *layout)
{
    int width;
    int height;

    pango_layout_get_size(layout, &width, &height);
    return (double)height / PANGO_SCALE;
}

double pdf_text(
    struct pdf *pdf, struct pdf_box box, enum pdf_style style, enum pdf_align align,
    const char *text)
{
    static const PangoAlignment alignments[] = {
        [PDF_LEFT] = PANGO_ALIGN_LEFT,
        [PDF_CENTER] = PANGO_ALIGN_CENTER,
        [PDF_RIGHT] = PANGO_ALIGN_RIGHT,
    };
    PangoLayout *layout = lay_out(pdf, box.width, style, text);

    pango_layout_set_alignment(layout, alignments[align]);
    if (!pdf->measuring) {
        /* A character out of another font has other heights; the lines of a row of
         * cells stand on one level all the same. */
        int level = pango_layout_get_baseline(layout);
        cairo_move_to(
            pdf->cairo, box.x,
            box.y + (double)(pdf->levels[style] - level) / PANGO_SCALE);
        pango_cairo_show_layout(pdf->cairo, layout);
    }
    return height_of(layout);
}

void pdf_below(
    struct pdf *pdf, enum pdf_style style, enum pdf_align align, const char *text)
{
    struct pdf_box box = pdf_area(pdf);

    pdf_room(pdf, height_of(lay_out(pdf, box.width, style, text)));
    box.y = pdf->at;
    pdf->at += pdf_text(pdf, box, style, align, text);
}

/* ---- Lines, boxes ---- */

void pdf_line(struct pdf *pdf, double x1, double y1, double x2, double y2, double width)
{
    cairo_set_line_width(pdf->cairo, width);
    cairo_move_to(pdf->cairo, x1, y1);
    cairo_line_to(pdf->cairo, x2, y2);
    cairo_stroke(pdf->cairo);
}

void pdf_fill(struct pdf *pdf, struct pdf_box box, double grey)
{
    cairo_set_source_rgb(pdf->cairo, grey, grey, grey);
    cairo_rectangle(pdf->cairo, box.x, box.y, box.width, box.height);
    cairo_fill(pdf->cairo);
    cairo_set_source_rgb(pdf->cairo, 0, 0, 0);
}

void pdf_code(struct pdf *pdf, double x, double y, double size, const char *text)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);

    if (!code)
        return; /* longer than a code holds: the text beside it says the same */
    double module = size / code->width;
    for (int row = 0; row < code->width; row++)
        for (int column = 0; column < code->width; column++)
            if (code->data[row * code->width + column] & 1)
                pdf_fill(
                    pdf,
                    (struct pdf_box){
                        x + column * module, y + row * module, module, module},
                    0);
    QRcode_free(code);
}

/* ---- Tables ---- */

struct grid {
    struct pdf *pdf;
    const struct table *table;
    struct arena *scratch; /* of a row */
    double left;
    double unit; /* points for one of a column's width */
    double line; /* height of one line of text */
};

static double column_width(const struct grid *grid, size_t column)
{
    return grid->table->columns[column].width * grid->unit;
}

/* No character is wider than the type is high: what fits so needs no layout. */
static bool is_short(const char *text, double width)
{
    size_t length = strlen(text);

    return !memchr(text, '\n', length) &&
           (double)utf8_length(text, length) * sizes[PDF_TABLE] <= width;
}

static double cell_height(const struct grid *grid, const char *text, size_t column)
{
    double width = column_width(grid, column) - 2 * PADDING;

    if (!text || is_short(text, width))
        return grid->line;
    return height_of(lay_out(grid->pdf, width, PDF_TABLE, text));
}

static double row_height(const struct grid *grid, const char *const *texts)
{
    double height = grid->line;

    for (size_t c = 0; c < grid->table->column_count; c++) {
        double needed = cell_height(grid, texts[c], c);
        height = needed > height ? needed : height;
    }
    return height + 2 * PADDING;
}

static void draw_row(
    const struct grid *grid, const char *const *texts, const bool *numbers,
    double height)
{
    struct pdf *pdf = grid->pdf;
    double x = grid->left;
    double top = pdf->at;

    pdf->at += height;
    if (pdf->measuring)
        return;
    for (size_t c = 0; c < grid->table->column_count; c++) {
        double width = column_width(grid, c);
        struct pdf_box box = {x + PADDING, top + PADDING, width - 2 * PADDING, 0};
        if (texts[c])
            (void)pdf_text(
                pdf, box, PDF_TABLE, numbers && numbers[c] ? PDF_RIGHT : PDF_LEFT,
                texts[c]);
        pdf_line(pdf, x, top, x, top + height, HAIRLINE);
        x += width;
    }
    pdf_line(pdf, x, top, x, top + height, HAIRLINE);
    pdf_line(pdf, grid->left, top, x, top, HAIRLINE);
    pdf_line(pdf, grid->left, top + height, x, top + height, HAIRLINE);
}

static double head_height(const struct grid *grid, const char **titles)
{
    for (size_t c = 0; c < grid->table->column_count; c++)
        titles[c] = grid->table->columns[c].title;
    return row_height(grid, titles);
}

static void draw_head(const struct grid *grid, const char **titles)
{
    struct pdf *pdf = grid->pdf;
    double height = head_height(grid, titles);
    struct pdf_box area = pdf_area(pdf);

    if (!pdf->measuring)
        pdf_fill(pdf, (struct pdf_box){area.x, pdf->at, area.width, height}, 0.92);
    draw_row(grid, titles, NULL, height);
}

static const char *shown(const struct table_cell *cell, struct arena *scratch)
{
    if (cell->kind == TABLE_DROPPED)
        return arena_format(scratch, "%s" TABLE_DROPPED_MARK, cell->text);
    return cell->kind == TABLE_EMPTY ? NULL : cell->text;
}

static void
draw_one(const struct grid *grid, size_t index, const char **texts, bool *numbers)
{
    const struct table_cell *cells = table_cells(grid->table, index, grid->scratch);
    struct pdf *pdf = grid->pdf;

    for (size_t c = 0; c < grid->table->column_count; c++) {
        texts[c] = shown(&cells[c], grid->scratch);
        numbers[c] = cells[c].kind >= TABLE_NUMBER;
    }
    double height = row_height(grid, texts);
    if (!fits(pdf, height)) {
        const char **titles = arena_alloc(
            grid->scratch, grid->table->column_count * sizeof(const char *));
        pdf_new_page(pdf);
        draw_head(grid, titles);
    }
    draw_row(grid, texts, numbers, height);
}

void pdf_table(struct pdf *pdf, const struct table *table)
{
    struct pdf_box area = pdf_area(pdf);
    struct grid grid = {pdf, table, arena_new(), area.x, 0, 0};
    size_t count = table->column_count;
    const char **texts = arena_alloc(pdf->arena, (count + 1) * sizeof(const char *));
    bool *numbers = arena_alloc(pdf->arena, count + 1);
    double widths = 0;

    for (size_t c = 0; c < count; c++)
        widths += table->columns[c].width;
    grid.unit = area.width / widths;
    grid.line = height_of(lay_out(pdf, area.width, PDF_TABLE, "国"));
    /* The head never stands alone at the foot of a page. */
    pdf_room(pdf, head_height(&grid, texts) + grid.line + 2 * PADDING);
    draw_head(&grid, texts);
    for (size_t r = 0; r < table->row_count && !pdf->output->failed; r++) {
        draw_one(&grid, r, texts, numbers);
        arena_reset(grid.scratch);
        arena_reset(pdf->scratch);
        if (!pdf->measuring)
            output_row(pdf->output);
    }
    arena_free(grid.scratch);
}

/* ---- The document ---- */

static cairo_status_t
take_bytes(void *closure, const unsigned char *bytes, unsigned size)
{
    struct output *output = closure;

    output_bytes(output, bytes, size);
    return output->failed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

/* Every document has fonts of its own: nothing is kept in the server afterwards. */
static void open_fonts(struct pdf *pdf)
{
    pdf->fonts = pango_cairo_font_map_new();
    PangoContext *context = pango_font_map_create_context(pdf->fonts);
    cairo_font_options_t *options = cairo_font_options_create();

    /* As on paper: no hints of a screen, one unit is one point. */
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_language(context, pango_language_from_string("zh-cn"));
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
    for (int i = 0; i < PDF_STYLES; i++) {
        PangoFontDescription *font = pango_font_description_from_string(FONTS);
        pango_font_description_set_size(font, (int)(sizes[i] * PANGO_SCALE));
        pdf->layouts[i] = pango_layout_new(context);
        pango_layout_set_font_description(pdf->layouts[i], font);
        pango_layout_set_wrap(pdf->layouts[i], PANGO_WRAP_WORD_CHAR);
        pango_layout_set_auto_dir(pdf->layouts[i], FALSE);
        if (i != PDF_TABLE)
            pango_layout_set_line_spacing(pdf->layouts[i], LINE_SPACING);
        pango_font_description_free(font);
        pango_layout_set_text(pdf->layouts[i], "国", -1);
        pdf->levels[i] = pango_layout_get_baseline(pdf->layouts[i]);
    }
    cairo_font_options_destroy(options);
    g_object_unref(context);
}

static void open_surface(struct pdf *pdf)
{
    char *day = arena_copy(pdf->arena, clock_beijing(pdf->arena, pdf->about->made_at));

    /* "2020-11-17 09:30:05" in ISO 8601 */
    day[10] = 'T';
    const char *date = arena_format(pdf->arena, "%s+08:00", day);
    pdf->surface = cairo_pdf_surface_create_for_stream(
        take_bytes, pdf->output, pdf->width, pdf->height);
    cairo_pdf_surface_set_metadata(
        pdf->surface, CAIRO_PDF_METADATA_TITLE, pdf->about->title);
    cairo_pdf_surface_set_metadata(
        pdf->surface, CAIRO_PDF_METADATA_CREATOR, "训赛 Xunsai " XUNSAI_VERSION);
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_MOD_DATE, date);
    pdf->cairo = cairo_create(pdf->surface);
}

static void open_nothing(struct pdf *pdf)
{
    pdf->surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR, NULL);
    cairo_surface_finish(pdf->surface); /* takes nothing: drawing on it is forgotten */
    pdf->cairo = cairo_create(pdf->surface);
}

void pdf_release_fonts(void)
{
    cairo_debug_reset_static_data();
    FcFini();
}

static void draw_all(struct pdf *pdf, pdf_draw *draw, const void *context)
{
    pdf->page = 0;
    begin_page(pdf);
    draw(pdf, context);
    end_page(pdf);
}

struct error *pdf_write(
    struct arena *arena, const struct pdf_about *about, pdf_draw *draw,
    const void *context, struct output *output)
{
    bool wide = about->paper == PDF_LANDSCAPE;
    struct pdf pdf = {
        .about = about,
        .arena = arena,
        .scratch = arena_new(),
        .output = output,
        .width = wide ? LONG_SIDE : SHORT_SIDE,
        .height = wide ? SHORT_SIDE : LONG_SIDE,
        .measuring = true,
    };

    open_fonts(&pdf);
    open_nothing(&pdf);
    draw_all(&pdf, draw, context);
    cairo_destroy(pdf.cairo);
    cairo_surface_destroy(pdf.surface);
    pdf.measuring = false;
    pdf.pages = pdf.page;
    open_surface(&pdf);
    draw_all(&pdf, draw, context);
    cairo_destroy(pdf.cairo);
    cairo_surface_finish(pdf.surface);
    cairo_status_t status = cairo_surface_status(pdf.surface);
    cairo_surface_destroy(pdf.surface);
    for (int i = 0; i < PDF_STYLES; i++)
        g_object_unref(pdf.layouts[i]);
    g_object_unref(pdf.fonts);
    arena_free(pdf.scratch);
    if (status && !output->failed)
        return error_make(
            arena, ERROR_BROKEN, "pdf", "cairo: %s", cairo_status_to_string(status));
    return NULL;
}
