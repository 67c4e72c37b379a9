#include "report/ranking_export.h"

#include "report/csv.h"
#include "report/sheet.h"

enum { PAGES = 4 };

struct error *ranking_export_sheet(
    struct arena *arena, const struct ranking *ranking,
    const struct export_about *about, struct output *output)
{
    const char *marks = export_marks(arena, about, ranking->final);
    const char *title = ranking->title;
    struct table people, branches, missing, notes;

    ranking_tables_people(&people, arena, ranking, RANKING_INSIDE);
    ranking_tables_branches(&branches, arena, ranking);
    ranking_tables_missing(&missing, arena, ranking);
    ranking_tables_notes(&notes, arena, ranking, about);
    const struct sheet_page pages[PAGES] = {
        {"个人排名", export_heading(arena, title, "个人排名", marks), &people},
        {"街道汇总", export_heading(arena, title, "街道汇总", marks), &branches},
        {"未参加名单", export_heading(arena, title, "未参加名单", marks), &missing},
        {"说明", export_heading(arena, title, "说明", marks), &notes},
    };
    const struct sheet_file file = {
        .title = title,
        .marks = marks,
        .made_at = about->made_at,
        .pages = pages,
        .page_count = PAGES,
    };
    output_expect(
        output,
        (int64_t)(people.row_count + branches.row_count + missing.row_count + notes.row_count));
    return sheet_write(arena, &file, output);
}

struct error *ranking_export_csv(
    struct arena *arena, const struct ranking *ranking,
    const struct export_about *about, struct output *output)
{
    struct table people;

    ranking_tables_people(&people, arena, ranking, RANKING_INSIDE);
    output_expect(output, (int64_t)people.row_count);
    csv_file(output, &people, export_marks(arena, about, ranking->final));
    return NULL;
}

struct error *ranking_export_json(
    struct arena *arena, const struct ranking *ranking,
    const struct export_about *about, struct output *output)
{
    struct writer writer;

    (void)about; /* the document says of itself what it is */
    output_expect(output, (int64_t)ranking->person_count);
    writer_init_pieces(&writer, arena, output_sink, output);
    writer_object(&writer, NULL);
    ranking_write_rows(&writer, ranking, RANKING_INSIDE, output);
    writer_end(&writer);
    text_flush(&writer.text);
    return NULL;
}
