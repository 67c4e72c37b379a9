/* sqlite.h - what the halves of the SQLite store share. Not for other folders. */
#ifndef STORE_SQLITE_H
#define STORE_SQLITE_H

#include "store/store.h"

enum db_mode { DB_READS, DB_WRITES };

struct error *db_open(
    struct arena *arena, const char *path, enum db_mode mode,
    struct db **result) MUST_CHECK;
void db_close(struct db *db);
bool db_in_transaction(struct db *db);

/* A script of several statements (migrations). */
struct error *db_script(struct db *db, const char *script) MUST_CHECK;

/* What the changes of the present transaction have said: notices and mirror lines.
 * A mark is a place to go back to when one change is undone. */
struct db_said {
    size_t notices;
    size_t mirror_bytes;
};
struct db_said db_said_mark(struct db *db);
void db_said_back_to(struct db *db, struct db_said mark);
const struct notice *db_said_notices(struct db *db, size_t *count);
const char *db_said_mirror(struct db *db, size_t *size);

#endif
