/* sqlite.c - one SQLite connection: statements, parameters, rows. */
#include "store/sqlite.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

enum { STATEMENT_SLOTS = 1024, TOPIC_SIZE = 64, MOST_NOTICES = 4096 };

struct said {
    struct notice notices[MOST_NOTICES];
    char topics[MOST_NOTICES][TOPIC_SIZE];
    size_t count;
    char *mirror;
    size_t mirror_size;
    size_t mirror_room;
};

struct db {
    sqlite3 *handle;
    struct arena *arena;
    struct said *said; /* of the writer only */
    struct {
        const char *sql;
        sqlite3_stmt *statement;
    } cache[STATEMENT_SLOTS];
};

/* After a failed write or fsync the pages in memory and on disk may differ, and a
 * second try could report success wrongly: nothing may be acknowledged any more. */
static void stop_after_io_error(struct db *db)
{
    log_event(
        "disk_error", "code=%d message=%s", sqlite3_extended_errcode(db->handle),
        sqlite3_errmsg(db->handle));
    (void)fprintf(
        stderr, "xunsai: the disk failed (%s); nothing unsaved was acknowledged\n",
        sqlite3_errmsg(db->handle));
    _exit(74);
}

static struct error *broken(struct db *db, const char *doing)
{
    switch (sqlite3_errcode(db->handle)) {
    case SQLITE_FULL:
        return error_new(
            db->arena, ERROR_FULL, "disk_full",
            "服务器磁盘已满，这次没有保存。内容仍在您的设备上，请稍后重试。");
    case SQLITE_IOERR:
        if (db->said)
            stop_after_io_error(db);
        break;
    default:
        break;
    }
    return error_make(
        db->arena, ERROR_BROKEN, "database", "%s: %s", doing,
        sqlite3_errmsg(db->handle));
}

struct error *
db_open(struct arena *arena, const char *path, enum db_mode mode, struct db **result)
{
    /* FULL: a committed answer must survive a power cut. Group commit is what makes
     * this affordable. Only the writer checkpoints: SQLite before 3.51.3 can lose a
     * commit when two connections do. */
    static const char common[] = "PRAGMA foreign_keys = ON;"
                                 "PRAGMA trusted_schema = OFF;"
                                 "PRAGMA cell_size_check = ON;"
                                 "PRAGMA mmap_size = 0;"
                                 "PRAGMA temp_store = MEMORY;";
    static const char writing[] = "PRAGMA journal_mode = WAL;"
                                  "PRAGMA synchronous = FULL;"
                                  "PRAGMA secure_delete = ON;"
                                  "PRAGMA wal_autocheckpoint = 4000;";
    static const char reading[] = "PRAGMA query_only = ON;"
                                  "PRAGMA wal_autocheckpoint = 0;";
    bool writes = mode == DB_WRITES;
    int flags =
        writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    struct db *db = calloc(1, sizeof *db);

    if (!db || (writes && !(db->said = calloc(1, sizeof *db->said))))
        abort();
    db->arena = arena;
    if (sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL) ||
        sqlite3_busy_timeout(db->handle, 5000) ||
        sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) ||
        sqlite3_exec(db->handle, common, NULL, NULL, NULL) ||
        sqlite3_exec(db->handle, writes ? writing : reading, NULL, NULL, NULL)) {
        struct error *error = error_make(
            arena, ERROR_BROKEN, "database", "cannot open the database %s: %s", path,
            sqlite3_errmsg(db->handle));
        db_close(db);
        return error;
    }
    if (writes && sqlite3_db_readonly(db->handle, "main") == 1) {
        db_close(db);
        return error_make(
            arena, ERROR_BROKEN, "database", "the database %s is read-only", path);
    }
    *result = db;
    return NULL;
}

void db_close(struct db *db)
{
    for (size_t i = 0; i < STATEMENT_SLOTS; i++)
        sqlite3_finalize(db->cache[i].statement);
    int status = sqlite3_close(db->handle);
    assert(status == SQLITE_OK);
    if (db->said)
        free(db->said->mirror);
    free(db->said);
    free(db);
}

void db_use_arena(struct db *db, struct arena *arena)
{
    db->arena = arena;
}

struct arena *db_arena(struct db *db)
{
    return db->arena;
}

bool db_in_transaction(struct db *db)
{
    return !sqlite3_get_autocommit(db->handle);
}

int64_t db_changed_rows(struct db *db)
{
    return sqlite3_changes64(db->handle);
}

struct error *db_script(struct db *db, const char *script)
{
    return sqlite3_exec(db->handle, script, NULL, NULL, NULL) ? broken(db, "script")
                                                              : NULL;
}

void db_notify(struct db *db, const char *topic, int64_t number)
{
    struct said *said = db->said;

    assert(said); /* only a change can notify */
    if (said->count == MOST_NOTICES)
        return; /* followers ask again within 25 s in any case */
    (void)snprintf(said->topics[said->count], TOPIC_SIZE, "%s", topic);
    said->notices[said->count] = (struct notice){said->topics[said->count], number};
    said->count++;
}

void db_mirror(struct db *db, const char *line)
{
    struct said *said = db->said;
    size_t length = strlen(line);

    assert(said);
    if (said->mirror_size + length + 1 > said->mirror_room) {
        said->mirror_room = (said->mirror_size + length + 1) * 2;
        said->mirror = realloc(said->mirror, said->mirror_room);
        if (!said->mirror)
            abort();
    }
    memcpy(said->mirror + said->mirror_size, line, length);
    said->mirror[said->mirror_size + length] = '\n';
    said->mirror_size += length + 1;
}

struct db_said db_said_mark(struct db *db)
{
    return (struct db_said){db->said->count, db->said->mirror_size};
}

void db_said_back_to(struct db *db, struct db_said mark)
{
    db->said->count = mark.notices;
    db->said->mirror_size = mark.mirror_bytes;
}

const struct notice *db_said_notices(struct db *db, size_t *count)
{
    *count = db->said->count;
    return db->said->notices;
}

const char *db_said_mirror(struct db *db, size_t *size)
{
    *size = db->said->mirror_size;
    return db->said->mirror;
}

static struct error *prepare(struct db *db, const char *sql, sqlite3_stmt **statement)
{
    size_t slot = ((uintptr_t)sql >> 3) % STATEMENT_SLOTS;

    for (size_t i = 0; i < STATEMENT_SLOTS; i++, slot = (slot + 1) % STATEMENT_SLOTS) {
        if (db->cache[slot].sql == sql) {
            *statement = db->cache[slot].statement;
            assert(!sqlite3_stmt_busy(*statement)); /* read twice at the same time */
            return NULL;
        }
        if (!db->cache[slot].sql)
            break;
    }
    assert(!db->cache[slot].sql); /* more statements than the program has? */
    if (sqlite3_prepare_v3(
            db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL))
        return broken(db, sql);
    db->cache[slot].sql = sql;
    db->cache[slot].statement = *statement;
    return NULL;
}

/* $2 may come before $1 in the text, and SQLite numbers by appearance. */
static int place_of(sqlite3_stmt *statement, size_t number)
{
    char name[24];

    (void)snprintf(name, sizeof name, "$%zu", number);
    int place = sqlite3_bind_parameter_index(statement, name);
    assert(place > 0); /* a value for a parameter that the SQL does not have */
    return place;
}

static struct error *
bind(struct db *db, sqlite3_stmt *statement, const struct value *values, size_t count)
{
    assert((size_t)sqlite3_bind_parameter_count(statement) == count);
    for (size_t i = 0; i < count; i++) {
        int place = place_of(statement, i + 1);
        int status = SQLITE_OK;
        switch (values[i].type) {
        case VALUE_NULL:
            status = sqlite3_bind_null(statement, place);
            break;
        case VALUE_INT:
            status = sqlite3_bind_int64(statement, place, values[i].integer);
            break;
        case VALUE_TEXT:
            status = sqlite3_bind_text(
                statement, place, values[i].text, -1, SQLITE_TRANSIENT);
            break;
        }
        if (status)
            return broken(db, "bind");
    }
    return NULL;
}

struct error *
db_run_values(struct db *db, const char *sql, const struct value *values, size_t count)
{
    SCOPED_ROWS rows = db_query_values(db, sql, values, count);

    while (rows_next(&rows))
        ;
    return rows_error(&rows);
}

struct error *db_number_values(
    struct db *db, bool *found, int64_t *number, const char *sql,
    const struct value *values, size_t count)
{
    SCOPED_ROWS rows = db_query_values(db, sql, values, count);

    *found = rows_next(&rows);
    *number = *found ? rows_int(&rows, 0) : 0;
    return rows_error(&rows);
}

struct rows db_query_values(
    struct db *db, const char *sql, const struct value *values, size_t count)
{
    struct rows rows = {.db = db};
    sqlite3_stmt *statement = NULL;

    rows.error = prepare(db, sql, &statement);
    if (!rows.error)
        rows.error = bind(db, statement, values, count);
    rows.statement = statement;
    return rows;
}

bool rows_next(struct rows *rows)
{
    if (rows->error)
        return false;
    int status = sqlite3_step(rows->statement);
    if (status == SQLITE_CONSTRAINT)
        rows->error = error_new(
            rows->db->arena, ERROR_CONFLICT, "already_recorded",
            "已有相同记录，或所引用的内容不存在。");
    else if (status != SQLITE_ROW && status != SQLITE_DONE)
        rows->error = broken(rows->db, sqlite3_sql(rows->statement));
    return status == SQLITE_ROW;
}

int64_t rows_int(struct rows *rows, int column)
{
    return sqlite3_column_int64(rows->statement, column);
}

bool rows_is_null(struct rows *rows, int column)
{
    return sqlite3_column_type(rows->statement, column) == SQLITE_NULL;
}

const char *rows_text_or_null(struct rows *rows, int column)
{
    const char *text = (const char *)sqlite3_column_text(rows->statement, column);

    return text ? arena_copy(rows->db->arena, text) : NULL;
}

const char *rows_text_borrowed(struct rows *rows, int column)
{
    const char *text = (const char *)sqlite3_column_text(rows->statement, column);

    return text ? text : "";
}

const char *rows_text_shared(struct rows *rows, int column, struct intern *intern)
{
    return intern_text(intern, rows_text_borrowed(rows, column));
}

const char *rows_text(struct rows *rows, int column)
{
    const char *text = rows_text_or_null(rows, column);

    return text ? text : "";
}

struct error *rows_error(const struct rows *rows)
{
    return rows->error;
}

void rows_close(struct rows *rows)
{
    if (rows->statement) {
        sqlite3_reset(rows->statement);
        sqlite3_clear_bindings(rows->statement);
    }
}
