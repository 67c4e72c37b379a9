/* own_data.h - everything the system holds about a person, for herself, as a file. */
#ifndef HISTORY_OWN_DATA_H
#define HISTORY_OWN_DATA_H

#include "history/record.h"

enum { OWN_DATA_LIMIT = 32 * 1024 * 1024 };

/* Writes the whole document into an open object; *rows: entries in it. The members of
 * record_write() but for "courses", and lists, each entry an object:
 *   "roles": {"roles": bits}, "logins": {"created_at", "expires_at"},
 *   "breaks": {"from", "until"},
 *   "attempts": {"id", "quiz", "title", "state", "started_at", "submitted_at", "grade",
 *     "points", "receipt", "arrivals": answers that ever came},
 *   "answers": {"attempt", "item", "answer", "received_at", "points"} (points of a
 *     question are null until its key may be seen),
 *   "decisions": {"quiz", "status", "reason", "at"},
 *   "judged": {"contest", "title"},
 *   "published_names": {"publication", "name"},
 *   "reading": {"course", "lesson", "section", "at"},
 *   "exports": {"at", "what", "rows"},
 *   "actions": {"subject", "kind", "at"}: what the record of events has by her;
 * what is missing is null. "not_included" says in words what is kept and not here. */
struct error *own_data_write(
    struct db *db, struct writer *writer, int64_t person, int64_t now,
    int64_t *rows) MUST_CHECK;

/* The same as CSV: 类别, 项目, 内容, a line a fact. */
struct error *own_data_csv(
    struct db *db, int64_t person, int64_t now, const char **bytes, size_t *size,
    int64_t *rows) MUST_CHECK;

#endif
