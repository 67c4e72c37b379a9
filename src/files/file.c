#include "files/file.h"

#include <inttypes.h>
#include <string.h>

#include "files/ranking_pdf.h"
#include "report/publication.h"

static const struct {
    const char *name;
    const char *type;
    ranking_export *write;
} formats[FILE_FORMATS] = {
    [FILE_XLSX] =
        {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
         ranking_export_sheet},
    [FILE_CSV] = {"csv", "text/csv; charset=utf-8", ranking_export_csv},
    [FILE_JSON] = {"json", "application/json", ranking_export_json},
    [FILE_PDF] = {"pdf", "application/pdf", ranking_pdf},
};

const char *file_format_name(enum file_format format)
{
    return formats[format].name;
}

const char *file_format_type(enum file_format format)
{
    return formats[format].type;
}

bool file_format_find(const char *name, enum file_format *format)
{
    for (size_t i = 0; i < FILE_FORMATS; i++)
        if (strcmp(formats[i].name, name) == 0) {
            *format = (enum file_format)i;
            return true;
        }
    return false;
}

struct error *file_load(
    struct db *db, enum ranking_kind kind, int64_t subject, int64_t branch, int64_t now,
    struct file_source *source)
{
    source->about = (struct export_about){
        .made_at = now,
        .subject =
            arena_format(db_arena(db), "%s/%" PRId64, ranking_kind_name(kind), subject),
    };
    TRY(ranking_load(db, kind, subject, now, &source->ranking));
    TRY(publication_compare(db, &source->ranking));
    TRY(export_about_load(db, &source->about));
    if (branch)
        ranking_keep_branch(&source->ranking, branch);
    return NULL;
}

const char *file_name(
    struct arena *arena, const struct file_source *source, enum file_format format)
{
    return export_file_name(
        arena, source->ranking.title, "排名",
        export_marks(arena, &source->about, source->ranking.final),
        arena_format(arena, ".%s", file_format_name(format)));
}

struct error *file_write(
    struct arena *arena, const struct file_source *source, enum file_format format,
    struct output *output)
{
    return formats[format].write(arena, &source->ranking, &source->about, output);
}
