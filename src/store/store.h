/* store.h - the database, as the rest of the program sees it.
 *
 * Reading: every worker has its own read-only connection.
 * Writing: one writer thread runs all changes. Those that arrive while a commit is on
 * its way to the disk share the next one, and nobody is told "saved" before that
 * commit is on disk.
 *
 * SQL is portable between SQLite and PostgreSQL: parameters are $1, $2, ... */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/intern.h"

struct store;
struct db; /* one connection, used by one thread at a time */

struct store_options {
    const char *database; /* path of the SQLite file; made when it is missing */
    const char *journal;  /* path of the event mirror, NULL for none */
};

/* Opens, brings the schema to today's shape, starts the writer. A second program on
 * the same database is refused.
 * Errors: ERROR_BROKEN with one line that names the file. */
struct error *store_open(
    struct arena *arena, const struct store_options *options,
    struct store **result) MUST_CHECK;

/* Finishes what is queued, then closes. */
void store_close(struct store *store);

/* A read-only connection for one thread. */
struct error *store_reader_open(
    struct store *store, struct arena *arena, struct db **reader) MUST_CHECK;
/* The same for a command that looks into a database beside the server. */
struct error *store_reader_of(
    struct arena *arena, const char *database, struct db **reader) MUST_CHECK;
void store_reader_close(struct db *reader);

/* Between these two, all reads of a connection see one state of the database. */
struct error *store_read_begin(struct db *reader) MUST_CHECK;
void store_read_end(struct db *reader);

/* A change runs in the writer thread inside a transaction. If it returns an error,
 * only its own effects are undone. It may run twice (PostgreSQL repeats after a
 * conflict), so it depends on nothing but the database and its context. */
typedef struct error *store_change(struct db *db, void *context);

/* Runs the change and sleeps until its commit is on disk. For commands and tests.
 * Errors: the change's own; ERROR_UNAVAILABLE "store_busy" when the queue is full;
 * ERROR_FULL "disk_full"; ERROR_BROKEN. */
struct error *store_write(
    struct store *store, struct arena *arena, store_change *change,
    void *context) MUST_CHECK;

/* Queues the change and returns at once. done(owner, error) is called by the writer
 * thread after the commit, NULL meaning on disk; it must be quick. `arena` and
 * `context` belong to the job until then. When this returns an error, done() is never
 * called. */
typedef void store_done(void *owner, struct error *error);
struct error *store_write_later(
    struct store *store, struct arena *arena, store_change *change, void *context,
    store_done *done, void *owner) MUST_CHECK;

/* Changes that wait for the next commit. */
size_t store_queue_length(struct store *store);

/* A notice says that something followed has a newer number. It is heard after the
 * commit, by the writer thread, and never when the change was undone. */
struct notice {
    const char *topic;
    int64_t number;
};
typedef void store_listener(void *context, const struct notice *notices, size_t count);
void store_listen(struct store *store, store_listener *listener, void *context);
void db_notify(struct db *db, const char *topic, int64_t number);

/* Adds a line (no newline in it) to the event mirror: on its disk before anybody is
 * told that the change was made. */
void db_mirror(struct db *db, const char *line);

/* The arena in which this connection's results and errors are put. */
void db_use_arena(struct db *db, struct arena *arena);
struct arena *db_arena(struct db *db);

struct value {
    enum { VALUE_NULL, VALUE_INT, VALUE_TEXT } type;
    int64_t integer;
    const char *text;
};
#define INT(number) ((struct value){.type = VALUE_INT, .integer = (number)})
/* TEXT(NULL) is stored as NULL. */
#define TEXT(string) ((struct value){.type = VALUE_TEXT, .text = (string)})
#define NONE ((struct value){.type = VALUE_NULL})
#define VALUES(...) ((const struct value[]){{VALUE_NULL, 0, NULL}, __VA_ARGS__})
#define VALUE_COUNT(...) (sizeof VALUES(__VA_ARGS__) / sizeof(struct value) - 1)

/* Runs a statement that gives no rows that matter. `sql` must be a string constant:
 * prepared statements are kept by its address. */
#define db_run(db, sql, ...)                                                           \
    db_run_values(db, sql, VALUES(__VA_ARGS__) + 1, VALUE_COUNT(__VA_ARGS__))
#define db_query(db, sql, ...)                                                         \
    db_query_values(db, sql, VALUES(__VA_ARGS__) + 1, VALUE_COUNT(__VA_ARGS__))
/* The first column of the first row; *found false without a row. */
#define db_number(db, found, number, sql, ...)                                         \
    db_number_values(                                                                  \
        db, found, number, sql, VALUES(__VA_ARGS__) + 1, VALUE_COUNT(__VA_ARGS__))

struct error *db_run_values(
    struct db *db, const char *sql, const struct value *values,
    size_t count) MUST_CHECK;
struct error *db_number_values(
    struct db *db, bool *found, int64_t *number, const char *sql,
    const struct value *values, size_t count) MUST_CHECK;
int64_t db_changed_rows(struct db *db);

/* Usage:  SCOPED_ROWS rows = db_query(db, sql, INT(id));
 *         while (rows_next(&rows)) ... rows_int(&rows, 0) ...
 *         return rows_error(&rows);
 * A failure ends the loop and waits in rows_error(). One statement cannot be read
 * twice at the same time. A broken UNIQUE or foreign key is ERROR_CONFLICT
 * "already_recorded". */
struct rows {
    struct db *db;
    void *statement;
    struct error *error;
};
#define SCOPED_ROWS __attribute__((cleanup(rows_close))) struct rows

struct rows db_query_values(
    struct db *db, const char *sql, const struct value *values, size_t count);
bool rows_next(struct rows *rows);
int64_t rows_int(struct rows *rows, int column);
bool rows_is_null(struct rows *rows, int column);
const char *
rows_text(struct rows *rows, int column); /* a copy in the arena; "" for NULL */
/* Not a copy: for a long text that is only looked through. Valid until the next row. */
const char *rows_text_borrowed(struct rows *rows, int column);
/* A copy, but equal texts are kept once. */
const char *rows_text_shared(struct rows *rows, int column, struct intern *intern);
const char *rows_text_or_null(struct rows *rows, int column);
struct error *rows_error(const struct rows *rows) MUST_CHECK;
void rows_close(struct rows *rows);

#endif
