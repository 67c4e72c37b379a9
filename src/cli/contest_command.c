#include "cli/contest_command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/token.h"
#include "contest/replay.h"
#include "contest/standings.h"

enum { FILE_LIMIT = 64 * 1024 * 1024, PIECE = 64 * 1024 };

struct file {
    const char *bytes;
    size_t size;
};

static struct error *unreadable(struct arena *arena, const char *path, const char *why)
{
    return error_make(arena, ERROR_BROKEN, "file", "cannot read %s: %s", path, why);
}

static struct error *
read_open(struct arena *arena, FILE *stream, const char *path, struct file *file)
{
    struct text text;
    char *piece = arena_alloc(arena, PIECE);
    size_t size;

    text_init(&text, arena, FILE_LIMIT);
    while ((size = fread(piece, 1, PIECE, stream)) > 0)
        text_add_bytes(&text, piece, size);
    if (ferror(stream))
        return unreadable(arena, path, strerrordesc_np(errno));
    if (text.overflowed)
        return unreadable(arena, path, "larger than 64 MiB");
    *file = (struct file){text.bytes, text.size};
    return NULL;
}

static struct error *
read_file(struct arena *arena, const char *folder, const char *name, struct file *file)
{
    const char *path = arena_format(arena, "%s/%s", folder, name);
    FILE *stream = fopen(path, "rbe");

    if (!stream)
        return unreadable(arena, path, strerrordesc_np(errno));
    struct error *error = read_open(arena, stream, path, file);
    if (fclose(stream) && !error)
        return unreadable(arena, path, strerrordesc_np(errno));
    return error;
}

static struct error *
replay(struct arena *arena, const char *folder, const char **document)
{
    const struct contest_state *state;
    struct standings standings;
    struct file rules = {0};
    struct file events = {0};

    TRY(read_file(arena, folder, "rules.json", &rules));
    TRY(read_file(arena, folder, "events.ndjson", &events));
    TRY(replay_read(arena, rules.bytes, rules.size, events.bytes, events.size, &state));
    TRY(standings_compute(arena, state, STANDINGS_ALL, &standings));
    *document = standings_document(arena, &standings);
    return NULL;
}

/* What a file says comes back in messages: it must not write further lines. */
static const char *one_line(struct arena *arena, const char *message)
{
    char *line = arena_copy(arena, message);

    for (char *c = line; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            *c = '?';
    return line;
}

int contest_command(int argc, char **argv)
{
    const char *document;

    if (argc != 3 || strcmp(argv[1], "replay") != 0) {
        (void)fprintf(stderr, "usage: xunsai contest replay DIR\n");
        return 2;
    }
    token_start();
    struct arena *arena = arena_new();
    struct error *error = replay(arena, argv[2], &document);
    if (error)
        (void)fprintf(
            stderr, "xunsai contest replay: %s\n", one_line(arena, error->message));
    else if (fputs(document, stdout) < 0 || fflush(stdout))
        error = unreadable(arena, "standard output", strerrordesc_np(errno));
    arena_free(arena);
    return error ? 1 : 0;
}
