#include "report/sheet.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <xlsxwriter.h>

#include "base/decimal.h"
#include "base/text.h"
#include "base/utf8.h"

enum { PAPER_A4 = 9, HEADING_ROW = 0, TITLE_ROW = 1, FIRST_ROW = 2, HEADER_LIMIT = 60 };
enum { HEADING_HEIGHT = 24, TITLE_HEIGHT = 48 }; /* points */
/* What the file has besides the rows: styles, properties, the zip's directory. */
enum { SPARE_ROOM = 256 * 1024 };

/* What cells look like. Numbers and struck out numbers by digits behind the point. */
struct looks {
    lxw_format *heading;
    lxw_format *title;
    lxw_format *text;
    lxw_format *number[DECIMAL_PLACES + 1];
    lxw_format *dropped[DECIMAL_PLACES + 1];
};

struct book {
    struct arena *arena;
    const struct sheet_file *file;
    struct output *output;
    struct arena *scratch; /* of the row that is written */
    lxw_workbook *workbook;
    struct looks looks;
};

/* libxlsxwriter asks gmtime() for the day when it closes a file, which is not for
 * several threads. */
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static lxw_format *look(struct book *book)
{
    lxw_format *format = workbook_add_format(book->workbook);

    format_set_font_name(format, "宋体");
    format_set_font_size(format, 11);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    return format;
}

static lxw_format *bordered(struct book *book)
{
    lxw_format *format = look(book);

    format_set_border(format, LXW_BORDER_THIN);
    return format;
}

static lxw_format *number_look(struct book *book, int dp, const char *suffix)
{
    static const char zeros[] = "000000000";
    lxw_format *format = bordered(book);

    format_set_num_format(
        format,
        arena_format(book->arena, "0%s%.*s%s", dp ? "." : "", dp, zeros, suffix));
    return format;
}

static void make_looks(struct book *book)
{
    struct looks *looks = &book->looks;

    looks->heading = look(book);
    format_set_bold(looks->heading);
    format_set_font_size(looks->heading, 14);
    looks->title = bordered(book);
    format_set_bold(looks->title);
    format_set_align(looks->title, LXW_ALIGN_CENTER);
    format_set_text_wrap(looks->title);
    format_set_bg_color(looks->title, 0xE8EEF7);
    looks->text = bordered(book);
    format_set_text_wrap(looks->text);
    for (int dp = 0; dp <= DECIMAL_PLACES; dp++) {
        looks->number[dp] = number_look(book, dp, "");
        looks->dropped[dp] = number_look(book, dp, "\"" TABLE_DROPPED_MARK "\"");
        format_set_font_strikeout(looks->dropped[dp]);
        format_set_font_color(looks->dropped[dp], 0x808080);
    }
}

/* In headers and footers "&" begins a command, and they may not be long: what does not
 * fit is cut between two characters. */
static const char *escape_header(struct arena *arena, const char *raw)
{
    struct text text;
    size_t size = strlen(raw);
    uint32_t character;

    text_init(&text, arena, size * 2 + 1);
    for (int count = 0; size && count < HEADER_LIMIT; count++) {
        size_t length = utf8_decode(raw, size, &character);
        if (!length)
            break;
        text_add(&text, character == '&' ? "&" : "");
        text_add_bytes(&text, raw, length);
        raw += length;
        size -= length;
    }
    return text.bytes;
}

/* The file format holds binary numbers; this is how a score is shown, the score itself
 * was made with exact fractions. */
static double shown(const char *decimal)
{
    return strtod(decimal, NULL);
}

static int digits_behind(const char *decimal)
{
    const char *point = strchr(decimal, '.');
    size_t digits = point ? strlen(point + 1) : 0;

    return digits < DECIMAL_PLACES ? (int)digits : DECIMAL_PLACES;
}

static lxw_error write_cell(
    const struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
    const struct table_cell *cell)
{
    const struct looks *looks = &book->looks;
    int dp = cell->kind < TABLE_NUMBER ? 0 : digits_behind(cell->text);

    switch (cell->kind) {
    case TABLE_EMPTY:
        return worksheet_write_blank(sheet, row, column, looks->text);
    case TABLE_TEXT:
        return worksheet_write_string(sheet, row, column, cell->text, looks->text);
    case TABLE_NUMBER:
        return worksheet_write_number(
            sheet, row, column, shown(cell->text), looks->number[dp]);
    case TABLE_DROPPED:
        return worksheet_write_number(
            sheet, row, column, shown(cell->text), looks->dropped[dp]);
    }
    abort();
}

/* Rows go from top to bottom: what is above the present one is written already. */
static lxw_error
write_head(const struct book *book, lxw_worksheet *sheet, const struct sheet_page *page)
{
    const struct table *table = page->table;
    const struct looks *looks = &book->looks;

    worksheet_set_row(sheet, HEADING_ROW, HEADING_HEIGHT, NULL);
    lxw_error failed =
        worksheet_write_string(sheet, HEADING_ROW, 0, page->heading, looks->heading);
    worksheet_set_row(sheet, TITLE_ROW, TITLE_HEIGHT, NULL);
    for (size_t c = 0; c < table->column_count && !failed; c++) {
        const struct table_column *column = &table->columns[c];
        worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c, column->width, NULL);
        failed = worksheet_write_string(
            sheet, TITLE_ROW, (lxw_col_t)c, column->title, looks->title);
    }
    return failed;
}

static lxw_error
fill(const struct book *book, lxw_worksheet *sheet, const struct sheet_page *page)
{
    const struct table *table = page->table;
    lxw_error failed = write_head(book, sheet, page);

    for (size_t r = 0; r < table->row_count && !failed && !book->output->failed; r++) {
        const struct table_cell *cells = table_cells(table, r, book->scratch);
        for (size_t c = 0; c < table->column_count && !failed; c++)
            failed = write_cell(
                book, sheet, (lxw_row_t)(FIRST_ROW + r), (lxw_col_t)c, &cells[c]);
        arena_reset(book->scratch);
        output_row(book->output);
    }
    return failed;
}

static void
prepare_print(const struct book *book, lxw_worksheet *sheet, const struct table *table)
{
    lxw_row_t last = (lxw_row_t)(TITLE_ROW + table->row_count);
    lxw_col_t side = (lxw_col_t)(table->column_count - 1);
    const char *title = escape_header(book->arena, book->file->title);
    const char *marks = escape_header(book->arena, book->file->marks);

    worksheet_freeze_panes(sheet, FIRST_ROW, 0);
    worksheet_autofilter(sheet, TITLE_ROW, 0, last, side);
    worksheet_print_area(sheet, HEADING_ROW, 0, last, side);
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, PAPER_A4);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_repeat_rows(sheet, HEADING_ROW, TITLE_ROW);
    worksheet_set_margins(sheet, 0.5, 0.5, 0.75, 0.75);
    (void)worksheet_set_header(
        sheet, arena_format(book->arena, "&L%s&R%s", title, marks));
    (void)worksheet_set_footer(
        sheet, "&C第 &P 页，共 &N 页&R训赛 Xunsai " XUNSAI_VERSION);
}

static lxw_error add_page(const struct book *book, const struct sheet_page *page)
{
    lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, page->name);

    if (!sheet)
        return LXW_ERROR_CREATING_TMPFILE; /* its rows have no place */
    prepare_print(book, sheet, page->table);
    return fill(book, sheet, page);
}

/* The library does not look whether its parts reach the disk. So: what is written is
 * pushed out and asked for its error, and what closing still needs must be free. */
static bool has_room(const struct book *book)
{
    lxw_worksheet *sheet = NULL;
    struct statvfs disk;
    uint64_t parts = 0;
    uint64_t largest = 0;

    STAILQ_FOREACH(sheet, book->workbook->worksheets, list_pointers)
    {
        if (fflush(sheet->optimize_tmpfile) || ferror(sheet->optimize_tmpfile))
            return false;
        uint64_t size = (uint64_t)ftello(sheet->optimize_tmpfile);
        parts += size;
        largest = size > largest ? size : largest;
    }
    if (statvfs(book->output->folder, &disk))
        return false;
    /* A copy of one part at a time, and all of them packed. */
    return (uint64_t)disk.f_bavail * disk.f_frsize > largest + parts / 2 + SPARE_ROOM;
}

static lxw_error close_book(const struct book *book)
{
    pthread_mutex_lock(&one_at_a_time);
    lxw_error failed = workbook_close(book->workbook); /* frees it in any case */
    pthread_mutex_unlock(&one_at_a_time);
    return failed;
}

/* Frees the book without writing it. The library closes the rows' files only when it
 * reads them. */
static void give_up(const struct book *book)
{
    lxw_worksheet *sheet = NULL;

    STAILQ_FOREACH(sheet, book->workbook->worksheets, list_pointers)
    {
        if (sheet->optimize_tmpfile)
            (void)fclose(sheet->optimize_tmpfile);
        sheet->optimize_tmpfile = NULL;
    }
    lxw_workbook_free(book->workbook);
}

static lxw_error write_book(struct book *book)
{
    const struct sheet_file *file = book->file;
    lxw_doc_properties properties = {
        .title = arena_copy(book->arena, file->title),
        .author = arena_copy(book->arena, "训赛 Xunsai " XUNSAI_VERSION),
        .comments = arena_copy(book->arena, file->marks),
        .created = (time_t)(file->made_at / 1000),
    };
    lxw_error failed = LXW_NO_ERROR;

    make_looks(book);
    (void)workbook_set_properties(book->workbook, &properties);
    for (size_t i = 0; i < file->page_count && !failed; i++)
        failed = add_page(book, &file->pages[i]);
    if (!failed && !has_room(book))
        failed = LXW_ERROR_ZIP_FILE_OPERATION;
    if (!failed)
        return close_book(book);
    give_up(book);
    return failed;
}

static struct error *explain(struct arena *arena, lxw_error failed)
{
    if (failed == LXW_ERROR_CREATING_TMPFILE ||
        failed == LXW_ERROR_ZIP_FILE_OPERATION || failed == LXW_ERROR_ZIP_FILE_ADD ||
        failed == LXW_ERROR_ZIP_CLOSE)
        return output_full(arena);
    return error_make(
        arena, ERROR_BROKEN, "export", "libxlsxwriter: %s", lxw_strerror(failed));
}

struct error *
sheet_write(struct arena *arena, const struct sheet_file *file, struct output *output)
{
    lxw_workbook_options options = {
        .constant_memory = LXW_TRUE,
        .tmpdir = arena_copy(arena, output->folder),
    };
    struct book book = {.arena = arena, .file = file, .output = output};

    /* The library wants a name; this one is the open file's. */
    book.workbook = workbook_new_opt(
        arena_format(arena, "/proc/self/fd/%d", output->file), &options);
    if (!book.workbook)
        return explain(arena, LXW_ERROR_MEMORY_MALLOC_FAILED);
    book.scratch = arena_new();
    lxw_error failed = write_book(&book);
    arena_free(book.scratch);
    return failed ? explain(arena, failed) : NULL;
}
