#include "cli/verify_command.h"

#include <inttypes.h>
#include <stdio.h>

#include "cli/options.h"
#include "store/chain.h"
#include "store/seal.h"

static struct error *verify(struct arena *arena, int argc, char **argv)
{
    struct options options;
    struct db *reader;
    int64_t checked;

    TRY(options_read(arena, argc, argv, &options));
    TRY(store_reader_of(arena, options.database, &reader));
    struct error *error = seal_load(arena, options.key);
    if (!error)
        error = chain_verify(reader, &checked);
    store_reader_close(reader);
    if (!error)
        (void)printf("%" PRId64 " events, every link and seal holds\n", checked);
    return error;
}

int verify_command(int argc, char **argv)
{
    struct arena *arena = arena_new();
    struct error *error = verify(arena, argc, argv);
    int status = error ? options_fail(error) : 0;

    arena_free(arena);
    return status;
}
