/* replay.h - a contest from its two exported files alone: rules.json and events.ndjson.
 * No database, no names: anybody can compute the standings again. */
#ifndef CONTEST_REPLAY_H
#define CONTEST_REPLAY_H

#include "contest/fold.h"

/* Reads the rule set and folds the lines, checking that each line is exactly what the
 * server wrote (canonical bytes), that its hash follows from its content and from the
 * line before, and that the sealed hash is that of the rules.
 * Errors: those of rules_read() and contest_apply(); ERROR_INVALID "chain_broken"
 * naming the line, "journal_empty". */
struct error *replay_read(
    struct arena *arena, const char *rules, size_t rules_size, const char *events,
    size_t events_size, const struct contest_state **result) MUST_CHECK;

#endif
