/* record.h - adds an event to a contest's chain. Private to the commands of contest/.
 */
#ifndef CONTEST_RECORD_H
#define CONTEST_RECORD_H

#include "contest/journal.h"

/* A new JSON object that lives in the arena; `json` is taken over. A NULL (what the
 * program packed cannot be JSON) stops the program. */
json_t *record_body(struct arena *arena, json_t *json);

/* Fills in the subject and appends; *event is then complete with number and hash, also
 * when the device had sent the same before. */
struct error *
record_append(struct db *db, int64_t contest, struct chain_event *event) MUST_CHECK;

/* A reason is asked for wherever somebody's result is changed by hand.
 * Errors: ERROR_INVALID "reason_missing", also for NULL and for too long a text. */
struct error *record_check_reason(struct arena *arena, const char *reason) MUST_CHECK;

/* ERROR_CONFLICT "step_not_allowed" with that sentence. */
struct error *record_refuse(struct arena *arena, const char *why) MUST_CHECK;

#endif
