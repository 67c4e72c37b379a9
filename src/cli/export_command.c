#include "cli/export_command.h"

#include <inttypes.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "cli/options.h"
#include "files/file.h"
#include "files/pdf.h"

struct wanted {
    enum ranking_kind kind;
    int64_t subject;
    int64_t branch;
    enum file_format format;
    const char *path;
    const char *data;
};

static struct error *wrong_use(struct arena *arena)
{
    return error_new(
        arena, ERROR_INVALID, "usage",
        "usage: xunsai export ranking quiz|contest|training|year ID "
        "--format xlsx|csv|pdf|json -o FILE [--data DIR] [--branch ID]");
}

static bool read_id(const char *text, int64_t *id)
{
    char *end;

    *id = strtoll(text, &end, 10);
    return *id > 0 && !*end;
}

static bool read_option(const char *name, const char *value, struct wanted *wanted)
{
    if (strcmp(name, "--format") == 0)
        return file_format_find(value, &wanted->format);
    if (strcmp(name, "--branch") == 0)
        return read_id(value, &wanted->branch);
    if (strcmp(name, "-o") == 0)
        wanted->path = value;
    else if (strcmp(name, "--data") == 0)
        wanted->data = value;
    else
        return false;
    return true;
}

static struct error *
read_words(struct arena *arena, int argc, char **argv, struct wanted *wanted)
{
    *wanted = (struct wanted){.format = FILE_FORMATS, .data = "var"};
    if (argc < 4 || strcmp(argv[1], "ranking") != 0 ||
        !ranking_kind_find(argv[2], &wanted->kind) ||
        !read_id(argv[3], &wanted->subject))
        return wrong_use(arena);
    for (int i = 4; i < argc; i += 2)
        if (i + 1 == argc || !read_option(argv[i], argv[i + 1], wanted))
            return wrong_use(arena);
    return wanted->path && wanted->format != FILE_FORMATS ? NULL : wrong_use(arena);
}

static struct error *
load(struct db *reader, const struct wanted *wanted, struct file_source *source)
{
    TRY(store_read_begin(reader));
    struct error *error = file_load(
        reader, wanted->kind, wanted->subject, wanted->branch, clock_now_ms(), source);
    store_read_end(reader);
    return error;
}

static struct error *
make(struct arena *arena, const struct wanted *wanted, const struct file_source *source)
{
    unsigned char digest[TOKEN_DIGEST];
    struct output output;
    int64_t size = 0;

    TRY(output_open(arena, wanted->path, &output));
    struct error *error = file_write(arena, source, wanted->format, &output);
    TRY(output_finish(arena, &output, error, digest, &size));
    /* As sha256sum writes and checks it. */
    (void)printf("%s  %s\n", token_hex(arena, digest, sizeof digest), wanted->path);
    return NULL;
}

static struct error *export(struct arena *arena, int argc, char **argv)
{
    struct wanted wanted;
    struct file_source *source = arena_alloc(arena, sizeof *source);
    struct db *reader;

    TRY(read_words(arena, argc, argv, &wanted));
    TRY(store_reader_of(
        arena, arena_format(arena, "%s/xunsai.db", wanted.data), &reader));
    struct error *error = load(reader, &wanted, source);
    store_reader_close(reader);
    (void)malloc_trim(0); /* what computing took is the file's to take */
    return error ? error : make(arena, &wanted, source);
}

int export_command(int argc, char **argv)
{
    struct arena *arena = arena_new();
    struct error *error = export(arena, argc, argv);
    int status = error ? options_fail(error) : 0;

    arena_free(arena);
    pdf_release_fonts();
    return status;
}
