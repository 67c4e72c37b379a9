/* journal.h - the state of a contest out of the database: its rule set and events,
 * folded, and kept so that the next question costs only the newest events. */
#ifndef CONTEST_JOURNAL_H
#define CONTEST_JOURNAL_H

#include "base/text.h"
#include "contest/fold.h"

struct journal;

/* One for the whole program; safe from all threads, as long as each connection is used
 * by one thread at a time. */
struct journal *journal_new(void);
void journal_free(struct journal *journal);

/* The state after the newest event this connection sees; before the seal with the
 * people of the roster. Valid until the next call for this connection. Before it is
 * trusted, the kept state is compared with the event it ends at: a change that was
 * undone cannot leave a trace in it.
 * Errors: ERROR_NOT_FOUND "contest_unknown"; ERROR_BROKEN "contest_journal" when the
 * events contradict each other or the rules are not those that were sealed. */
struct error *journal_state(
    struct journal *journal, struct db *db, int64_t contest,
    const struct contest_state **result) MUST_CHECK;

/* The same built anew in an arena, without keeping anything. */
struct error *journal_build(
    struct arena *arena, struct db *db, int64_t contest,
    const struct contest_state **result) MUST_CHECK;

/* "contest/3" */
char *journal_subject(struct arena *arena, int64_t contest);

/* The events as lines (see store/chain.h), each with a newline. */
struct error *
journal_lines(struct db *db, int64_t contest, struct text *lines) MUST_CHECK;

#endif
