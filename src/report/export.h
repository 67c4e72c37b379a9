/* export.h - what every exported file says about itself: of which district it is, when
 * and by which version it was made, up to which event of the record, and whether it
 * may be taken for a result at all. */
#ifndef REPORT_EXPORT_H
#define REPORT_EXPORT_H

#include "report/table.h"
#include "store/store.h"

struct export_about {
    const char *district;
    bool demonstration;   /* invented data */
    int64_t made_at;      /* UTC ms */
    const char *subject;  /* of the record: "quiz/1" */
    int64_t chain_number; /* its last event, 0 without one */
    const char *chain_hash;
};

/* Fills in district, demonstration and the end of the record of about->subject. */
struct error *export_about_load(struct db *db, struct export_about *about) MUST_CHECK;

/* "非最终成绩", "演示数据", both with a space between, or "". */
const char *
export_marks(struct arena *arena, const struct export_about *about, bool final);

/* The line above a page: "意见解读　个人排名（非最终成绩）". */
const char *export_heading(
    struct arena *arena, const char *title, const char *page, const char *marks);

/* "意见解读 排名（非最终成绩）.xlsx": `what` is "排名", `extension` ".xlsx". */
const char *export_file_name(
    struct arena *arena, const char *title, const char *what, const char *marks,
    const char *extension);

/* The table of the page 说明, with its columns 项目 and 内容. */
void export_notes(struct table *table, struct arena *arena);
void export_note(struct table *table, const char *item, const char *content);

/* The rows that every file has: marks, time, version, record. */
void export_note_about(
    struct table *table, const struct export_about *about, const char *marks);

#endif
