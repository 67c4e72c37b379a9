/* pdf.h - pages of text, lines and tables as a PDF (pango, cairo): A4, a footer with
 * page numbers on each, text that can be searched and copied.
 *
 * A document is drawn twice: once only to count its pages, then onto them, page after
 * page into the output, so that its length costs no memory. Equal input gives equal
 * bytes: the date in it is the data's. Measures are points (1/72 inch), y grows
 * downwards. */
#ifndef FILES_PDF_H
#define FILES_PDF_H

#include "base/output.h"
#include "report/table.h"

enum pdf_paper { PDF_PORTRAIT, PDF_LANDSCAPE };

enum pdf_style {
    PDF_SMALL, /* 8 pt: footers, digests */
    PDF_TABLE, /* 8.5 pt */
    PDF_BODY,  /* 10.5 pt */
    PDF_HEAD,  /* 13 pt */
    PDF_TITLE, /* 20 pt */
    PDF_GREAT, /* 34 pt */
    PDF_STYLES,
};

enum pdf_align { PDF_LEFT, PDF_CENTER, PDF_RIGHT };

struct pdf_about {
    enum pdf_paper paper;
    const char *title;
    const char *marks; /* "非最终成绩 演示数据": in the footer of every page */
    const char *foot;  /* what else stands there, "" for nothing */
    bool numbered;     /* "第 1 / 3 页" */
    int64_t made_at;   /* UTC ms */
};

struct pdf;

struct pdf_box {
    double x;
    double y;
    double width;
    double height;
};

/* Draws the whole document; called twice with the same result. */
typedef void pdf_draw(struct pdf *pdf, const void *context);

/* Failures to write are told by output_finish().
 * Errors: ERROR_BROKEN "pdf". */
struct error *pdf_write(
    struct arena *arena, const struct pdf_about *about, pdf_draw *draw,
    const void *context, struct output *output) MUST_CHECK;

/* At the end of the program, when no thread makes a PDF any more: gives back what the
 * libraries keep of fonts. */
void pdf_release_fonts(void);

/* Where one may draw on a page. */
struct pdf_box pdf_area(const struct pdf *pdf);

/* The height at which the flow goes on; functions that say "below" draw there, at full
 * width, and move it on. pdf_room() begins a new page when less than `height` is left.
 */
double pdf_at(const struct pdf *pdf);
void pdf_skip(struct pdf *pdf, double height);
void pdf_room(struct pdf *pdf, double height);
void pdf_new_page(struct pdf *pdf);

/* Text below, broken into lines. */
void pdf_below(
    struct pdf *pdf, enum pdf_style style, enum pdf_align align, const char *text);

/* Text at a place, broken at box.width; gives back its height. box.height is not used.
 * Characters nobody sees are left out, and each text is a paragraph of its own from
 * left to right: nothing in a name changes the order of what stands beside it. */
double pdf_text(
    struct pdf *pdf, struct pdf_box box, enum pdf_style style, enum pdf_align align,
    const char *text);

/* A line of thickness `width`; a filled box; grey from 0 (black) to 1. */
void pdf_line(
    struct pdf *pdf, double x1, double y1, double x2, double y2, double width);
void pdf_fill(struct pdf *pdf, struct pdf_box box, double grey);

/* The table below, its head again on every page; column widths in proportion. */
void pdf_table(struct pdf *pdf, const struct table *table);

/* A QR code of the text in a square. */
void pdf_code(struct pdf *pdf, double x, double y, double size, const char *text);

#endif
