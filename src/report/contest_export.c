#include "report/contest_export.h"

#include "report/contest_changes.h"
#include "report/contest_judges.h"
#include "report/contest_marks.h"
#include "report/contest_notes.h"
#include "report/contest_people.h"
#include "report/csv.h"
#include "report/sheet.h"

struct error *contest_export_sheet(
    struct arena *arena, const struct contest_view *view, struct output *output)
{
    const char *title = view->roster->title;
    const char *marks = export_marks(arena, &view->about, view->standings.final);
    struct table people, branches, sheets, judges, changes, draw, notes;

    TRY(contest_people_fill(&people, arena, view));
    contest_people_branches(&branches, arena, view);
    contest_marks_fill(&sheets, arena, view);
    TRY(contest_judges_fill(&judges, arena, view));
    contest_changes_fill(&changes, arena, view);
    contest_changes_draw(&draw, arena, view);
    TRY(contest_notes_fill(&notes, arena, view, marks));
    const struct sheet_page pages[] = {
        {"个人总表", export_heading(arena, title, "个人总表", marks), &people},
        {"街道汇总", export_heading(arena, title, "街道汇总", marks), &branches},
        {"评委明细", export_heading(arena, title, "评委明细", marks), &sheets},
        {"评委统计", export_heading(arena, title, "评委统计", marks), &judges},
        {"更正记录", export_heading(arena, title, "更正记录", marks), &changes},
        {"抽签记录", export_heading(arena, title, "抽签记录", marks), &draw},
        {"说明", export_heading(arena, title, "说明", marks), &notes},
    };
    const struct sheet_file file = {
        .title = title,
        .marks = marks,
        .made_at = view->about.made_at,
        .pages = pages,
        .page_count = sizeof pages / sizeof pages[0],
    };
    return sheet_write(arena, &file, output);
}

struct error *contest_export_csv(
    struct arena *arena, const struct contest_view *view, struct output *output)
{
    const char *marks = export_marks(arena, &view->about, view->standings.final);
    struct table people;

    TRY(contest_people_fill(&people, arena, view));
    csv_file(output, &people, marks);
    return NULL;
}
