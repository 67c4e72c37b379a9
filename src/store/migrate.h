/* migrate.h - brings a database to today's schema, one numbered script at a time, each
 * in a transaction of its own together with its number. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/store.h"

/* Errors: ERROR_BROKEN when the database is newer than this program, or a script
 * fails; the database is then as it was before that script. */
struct error *migrate(struct db *writer) MUST_CHECK;

#endif
