/* file.h - a ranking as a file, in each of its kinds. */
#ifndef FILES_FILE_H
#define FILES_FILE_H

#include "report/ranking_export.h"

enum file_format { FILE_XLSX, FILE_CSV, FILE_JSON, FILE_PDF, FILE_FORMATS };

/* "xlsx", "csv", "json", "pdf". */
const char *file_format_name(enum file_format format);
bool file_format_find(const char *name, enum file_format *format);
/* As an HTTP Content-Type. */
const char *file_format_type(enum file_format format);

/* What a file is made of. */
struct file_source {
    struct ranking ranking;
    struct export_about about;
};

/* Reads and computes: call it inside store_read_begin/end. `branch`: only that street,
 * 0 for all. `now`: UTC ms. Errors: ranking_load()'s. */
struct error *file_load(
    struct db *db, enum ranking_kind kind, int64_t subject, int64_t branch, int64_t now,
    struct file_source *source) MUST_CHECK;

/* "意见解读 排名（非最终成绩）.xlsx" */
const char *file_name(
    struct arena *arena, const struct file_source *source, enum file_format format);

/* Writes it row by row. Failures to write are told by output_finish(). */
struct error *file_write(
    struct arena *arena, const struct file_source *source, enum file_format format,
    struct output *output) MUST_CHECK;

#endif
