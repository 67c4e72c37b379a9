#include "cli/options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "store/seal.h"

int options_fail(const struct error *error)
{
    (void)fprintf(stderr, "xunsai: %s\n", error->message);
    return 1;
}

static struct error *wrong_use(struct arena *arena, const char *word)
{
    return error_make(
        arena, ERROR_INVALID, "usage",
        "cannot use '%s'; options: --data DIR --courses DIR --quizzes DIR --workers N",
        word);
}

struct error *
options_read(struct arena *arena, int argc, char **argv, struct options *options)
{
    *options = (struct options){
        .data = "var", .courses = "courses", .quizzes = "quizzes", .workers = 4};
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 == argc)
            return wrong_use(arena, argv[i]);
        if (strcmp(argv[i], "--data") == 0)
            options->data = argv[i + 1];
        else if (strcmp(argv[i], "--courses") == 0)
            options->courses = argv[i + 1];
        else if (strcmp(argv[i], "--quizzes") == 0)
            options->quizzes = argv[i + 1];
        else if (strcmp(argv[i], "--workers") == 0)
            options->workers = (int)strtol(argv[i + 1], NULL, 10);
        else
            return wrong_use(arena, argv[i]);
    }
    if (options->workers < 1 || options->workers > 64)
        return wrong_use(arena, "--workers");
    options->database = arena_format(arena, "%s/xunsai.db", options->data);
    options->journal = arena_format(arena, "%s/events.ndjson", options->data);
    options->key = arena_format(arena, "%s/seal.key", options->data);
    options->socket = arena_format(arena, "%s/xunsai.sock", options->data);
    return NULL;
}

struct error *options_open_store(
    struct arena *arena, const struct options *options, struct store **store)
{
    struct store_options opened = {options->database, options->journal};

    /* What is kept here is nobody else's to read. */
    (void)umask(0077);
    if (mkdir(options->data, 0700) && errno != EEXIST)
        return error_make(
            arena, ERROR_BROKEN, "data", "cannot make the data folder %s: %s",
            options->data, strerrordesc_np(errno));
    TRY(seal_load(arena, options->key));
    return store_open(arena, &opened, store);
}
