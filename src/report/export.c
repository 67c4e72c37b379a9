#include "report/export.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "base/utf8.h"
#include "people/person.h"
#include "store/chain.h"

enum { NOTE_COLUMNS = 2 };

struct error *export_about_load(struct db *db, struct export_about *about)
{
    const char *demonstration;

    TRY(person_setting(db, "district", &about->district));
    TRY(person_setting(db, "demonstration", &demonstration));
    about->demonstration = strcmp(demonstration, "1") == 0;
    return chain_head(db, about->subject, &about->chain_number, &about->chain_hash);
}

const char *
export_marks(struct arena *arena, const struct export_about *about, bool final)
{
    return arena_format(
        arena, "%s%s%s", final ? "" : "非最终成绩",
        !final && about->demonstration ? " " : "",
        about->demonstration ? "演示数据" : "");
}

const char *export_heading(
    struct arena *arena, const char *title, const char *page, const char *marks)
{
    return arena_format(
        arena, "%s　%s%s%s%s", utf8_without_hidden(arena, title), page, *marks ? "（" : "", marks,
        *marks ? "）" : "");
}

const char *export_file_name(
    struct arena *arena, const char *title, const char *what, const char *marks,
    const char *extension)
{
    char *name = arena_format(
        arena, "%s %s%s%s%s%s", utf8_without_hidden(arena, title), what, *marks ? "（" : "", marks,
        *marks ? "）" : "", extension);

    /* What no system of files takes. */
    for (char *c = name; *c; c++)
        if (strchr("/\\:*?\"<>|", *c) || (unsigned char)*c < ' ')
            *c = '-';
    return name;
}

void export_notes(struct table *table, struct arena *arena)
{
    table_init(table, arena, NOTE_COLUMNS);
    table_column(table, "项目", 18);
    table_column(table, "内容", 90);
}

void export_note(struct table *table, const char *item, const char *content)
{
    struct table_cell *row = table_row(table);

    row[0] = table_text(item);
    row[1] = table_text(content);
}

void export_note_about(
    struct table *table, const struct export_about *about, const char *marks)
{
    struct arena *arena = table->arena;

    if (*marks)
        export_note(table, "数据性质", marks);
    if (*about->district)
        export_note(table, "区", about->district);
    export_note(table, "生成时间（北京时间）", clock_beijing(arena, about->made_at));
    export_note(table, "软件版本", "训赛 Xunsai " XUNSAI_VERSION);
    export_note(
        table, "记录链",
        arena_format(
            arena, "%s 第 %" PRId64 " 条", about->subject, about->chain_number));
    export_note(table, "记录链末条哈希", about->chain_hash);
}
