#include "check.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/token.h"
#include "store/seal.h"

const char *check_folder_new(struct arena *arena)
{
    char *path = arena_copy(arena, "/tmp/xunsai-test-XXXXXX");

    assert_non_null(mkdtemp(path));
    return path;
}

static int
remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

void check_folder_remove(const char *folder)
{
    assert_int_equal(nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS), 0);
}

struct store *check_store(struct arena *arena, const char *folder)
{
    struct store_options options = {
        .database = arena_format(arena, "%s/test.db", folder),
        .journal = arena_format(arena, "%s/events.ndjson", folder),
    };
    struct store *store;

    token_start();
    assert_fine(seal_load(arena, arena_format(arena, "%s/seal.key", folder)));
    assert_fine(store_open(arena, &options, &store));
    return store;
}

void check_write(
    struct store *store, struct arena *arena, store_change *change, void *context)
{
    assert_fine(store_write(store, arena, change, context));
}

int64_t check_number(struct store *store, struct arena *arena, const char *sql)
{
    struct db *reader;
    bool found;
    int64_t number;

    assert_fine(store_reader_open(store, arena, &reader));
    assert_fine(db_number(reader, &found, &number, sql));
    store_reader_close(reader);
    assert_true(found);
    return number;
}
