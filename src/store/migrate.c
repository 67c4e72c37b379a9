#include "store/migrate.h"

#include <inttypes.h>

#include "base/log.h"
#include "store/sqlite.h"

/* The scripts stand in migrations/sqlite/ and are linked in by migrations.S. A script
 * is never edited once it was released. */
extern const char migration_0001[], migration_0002[], migration_0003[],
    migration_0004[], migration_0005[], migration_0006[], migration_0007[],
    migration_0008[];

static const struct {
    const char *name;
    const char *script;
} migrations[] = {
    {"0001-people", migration_0001},
    {"0002-courses", migration_0002},
    {"0003-quiz", migration_0003},
    {"0004-contest", migration_0004},
    {"0005-ranking", migration_0005},
    {"0006-exports", migration_0006},
    {"0007-history", migration_0007},
    {"0008-practice", migration_0008},
};

enum { NEWEST = sizeof migrations / sizeof migrations[0] };

static struct error *run_one(struct db *db, int64_t number)
{
    TRY(db_run(db, "BEGIN IMMEDIATE"));
    struct error *error = db_script(db, migrations[number - 1].script);
    if (!error)
        error = db_script(
            db, arena_format(db_arena(db), "PRAGMA user_version = %" PRId64, number));
    if (!error)
        error = db_run(db, "COMMIT");
    if (error && db_in_transaction(db))
        TRY(db_run(db, "ROLLBACK"));
    if (!error)
        log_event("migrated", "to=%s", migrations[number - 1].name);
    return error;
}

struct error *migrate(struct db *writer)
{
    bool found;
    int64_t version;

    TRY(db_number(writer, &found, &version, "PRAGMA user_version"));
    if (version > NEWEST)
        return error_make(
            db_arena(writer), ERROR_BROKEN, "database",
            "the database has schema %" PRId64
            ", this program knows only up to %d: use the newer program",
            version, NEWEST);
    while (version < NEWEST)
        TRY(run_one(writer, ++version));
    return NULL;
}
