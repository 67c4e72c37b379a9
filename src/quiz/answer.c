#include "quiz/answer.h"

#include <inttypes.h>
#include <string.h>

#include "base/log.h"
#include "quiz/closing.h"
#include "store/seal.h"

enum { RECEIPT_DIGITS = 16 };

static const char *receipt_for(
    struct arena *arena, const struct answer_batch *batch, const struct answer_entry *e)
{
    char *proof = seal_hex(
        arena,
        arena_format(
            arena, "answer|%" PRId64 "|%s|%" PRId64 "|%" PRId64 "|%" PRId64 "|%s",
            batch->attempt, e->item, e->epoch, e->seq, e->received_at, e->answer));

    proof[RECEIPT_DIGITS] = '\0';
    return proof;
}

static struct error *
log_entry(struct db *db, const struct answer_batch *batch, const struct answer_entry *e)
{
    static const char sql[] =
        "INSERT INTO answer_log (attempt, item, epoch, seq, answer, class, "
        "received_at, device) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

    return db_run(
        db, sql, INT(batch->attempt), TEXT(e->item), INT(batch->epoch), INT(e->seq),
        TEXT(e->answer), TEXT(e->class), INT(batch->received_at), TEXT(batch->device));
}

/* Keeps apart what cannot count. */
static struct error *
log_all(struct db *db, struct answer_batch *batch, const char *class)
{
    for (size_t i = 0; i < batch->count; i++) {
        struct answer_entry *entry = &batch->entries[i];
        entry->stored = ANSWER_LATE;
        entry->class = class;
        entry->epoch = batch->epoch;
        entry->received_at = batch->received_at;
        entry->receipt = receipt_for(db_arena(db), batch, entry);
        TRY(log_entry(db, batch, entry));
    }
    return NULL;
}

/* What stands for the item: fills current_*; epoch 0 when nothing does. */
static struct error *
find_current(struct db *db, int64_t attempt, struct answer_entry *entry)
{
    static const char sql[] = "SELECT epoch, seq, answer, received_at FROM answer "
                              "WHERE attempt = $1 AND item = $2";
    SCOPED_ROWS rows = db_query(db, sql, INT(attempt), TEXT(entry->item));

    entry->current_epoch = entry->current_seq = 0;
    if (rows_next(&rows)) {
        entry->current_epoch = rows_int(&rows, 0);
        entry->current_seq = rows_int(&rows, 1);
        entry->current_answer = rows_text(&rows, 2);
        entry->received_at = rows_int(&rows, 3);
    }
    return rows_error(&rows);
}

static struct error *
store_entry(struct db *db, const struct answer_batch *batch, struct answer_entry *entry)
{
    static const char sql[] =
        "INSERT INTO answer (attempt, item, epoch, seq, answer, received_at) "
        "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (attempt, item) DO UPDATE SET "
        "epoch = excluded.epoch, seq = excluded.seq, answer = excluded.answer, "
        "received_at = excluded.received_at";

    entry->stored = ANSWER_SAVED;
    entry->received_at = batch->received_at;
    TRY(log_entry(db, batch, entry));
    return db_run(
        db, sql, INT(batch->attempt), TEXT(entry->item), INT(batch->epoch),
        INT(entry->seq), TEXT(entry->answer), INT(batch->received_at));
}

static struct error *
take_entry(struct db *db, const struct answer_batch *batch, struct answer_entry *entry)
{
    int64_t order;

    entry->epoch = batch->epoch;
    TRY(find_current(db, batch->attempt, entry));
    order = entry->current_epoch != batch->epoch ? batch->epoch - entry->current_epoch
                                                 : entry->seq - entry->current_seq;
    if (order > 0)
        TRY(store_entry(db, batch, entry));
    else
        entry->stored = order == 0 ? ANSWER_DUPLICATE : ANSWER_STALE;
    entry->receipt = receipt_for(db_arena(db), batch, entry);
    return NULL;
}

/* Whether two edits of one item claim the same number and differ. */
static bool differ(
    const struct answer_entry *entry, const char *item, int64_t seq, const char *answer)
{
    return entry->seq == seq && strcmp(entry->item, item) == 0 &&
           strcmp(entry->answer, answer) != 0;
}

static bool differs_from_earlier(const struct answer_batch *batch, size_t index)
{
    const struct answer_entry *entry = &batch->entries[index];

    for (size_t i = 0; i < index; i++)
        if (differ(&batch->entries[i], entry->item, entry->seq, entry->answer))
            return true;
    return false;
}

/* Whether an entry has a number that was used for another answer, stored or in this
 * same batch. */
static struct error *
find_conflict(struct db *db, struct answer_batch *batch, bool *conflict)
{
    *conflict = false;
    for (size_t i = 0; i < batch->count && !*conflict; i++) {
        struct answer_entry *entry = &batch->entries[i];
        TRY(find_current(db, batch->attempt, entry));
        bool stored =
            entry->current_epoch == batch->epoch &&
            differ(entry, entry->item, entry->current_seq, entry->current_answer);
        *conflict = stored || differs_from_earlier(batch, i);
    }
    return NULL;
}

static struct error *
refuse(struct db *db, struct answer_batch *batch, enum answer_outcome outcome)
{
    batch->outcome = outcome;
    log_event(
        "answers_refused", "attempt=%" PRId64 " outcome=%d count=%zu", batch->attempt,
        (int)outcome, batch->count);
    return log_all(db, batch, "refused");
}

static struct error *
take_all(struct db *db, struct answer_batch *batch, enum attempt_phase phase)
{
    bool conflict;

    TRY(find_conflict(db, batch, &conflict));
    if (conflict)
        return refuse(db, batch, ANSWERS_CONFLICT);
    for (size_t i = 0; i < batch->count; i++) {
        batch->entries[i].class = phase == ATTEMPT_RUNNING ? "live" : "grace";
        TRY(take_entry(db, batch, &batch->entries[i]));
    }
    return NULL;
}

struct error *answer_save(struct db *db, void *context)
{
    struct answer_batch *batch = context;
    struct attempt *attempt = &batch->after;

    batch->outcome = ANSWERS_TAKEN;
    TRY(attempt_load(db, batch->attempt, batch->person, attempt));
    /* By the time of arrival: what waited in our own queue is not late. */
    enum attempt_phase phase = attempt_phase(attempt, batch->received_at);
    TRY(closing_if_overdue(db, batch->bank, attempt, batch->received_at));
    if (attempt->state == ATTEMPT_SUBMITTED)
        return refuse(db, batch, ANSWERS_SUBMITTED);
    if (batch->epoch != attempt->epoch || strcmp(batch->device, attempt->device) != 0)
        return refuse(db, batch, ANSWERS_LEASE_LOST);
    if (phase == ATTEMPT_OVERDUE || phase == ATTEMPT_CLOSED)
        return log_all(db, batch, "late");
    return take_all(db, batch, phase);
}
