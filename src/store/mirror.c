#include "store/mirror.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"
#include "store/chain.h"

struct mirror {
    int file;
    off_t size; /* of whole, synced lines */
};

static void sleep_half_a_second(void)
{
    (void)usleep(500 * 1000);
}

static bool write_all(int file, const char *bytes, size_t size, off_t at)
{
    while (size) {
        ssize_t written = pwrite(file, bytes, size, at);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        at += written;
        size -= (size_t)written;
    }
    return fdatasync(file) == 0;
}

void mirror_write(struct mirror *mirror, const char *lines, size_t size)
{
    bool logged = false;

    while (!write_all(mirror->file, lines, size, mirror->size)) {
        if (errno != ENOSPC && errno != EDQUOT) {
            log_event("mirror_failed", "error=%s", strerrordesc_np(errno));
            (void)fprintf(
                stderr, "xunsai: the event mirror failed: %s\n",
                strerrordesc_np(errno));
            _exit(74);
        }
        if (!logged)
            log_event("mirror_full", "waiting for room");
        logged = true;
        sleep_half_a_second();
    }
    mirror->size += (off_t)size;
}

void mirror_close(struct mirror *mirror)
{
    (void)close(mirror->file);
    free(mirror);
}

/* Compares the mirror's lines, oldest first, with the events of the database. */
struct comparison {
    struct arena *arena;
    FILE *lines;
    char *line;
    size_t room;
    off_t good; /* bytes of whole lines read */
    bool ended;
    struct text missing; /* what the database has and the mirror lacks */
};

/* One line without its newline; false at the end or at a line cut off by a crash. */
static bool next_line(struct comparison *comparison)
{
    ssize_t length = getline(&comparison->line, &comparison->room, comparison->lines);

    if (length <= 0 || comparison->line[length - 1] != '\n') {
        comparison->ended = true;
        return false;
    }
    comparison->line[length - 1] = '\0';
    comparison->good += length;
    return true;
}

static struct error *compare(void *context, const struct chain_event *event)
{
    struct comparison *comparison = context;
    const char *line = chain_line(comparison->arena, event);

    if (comparison->ended || !next_line(comparison)) {
        text_add(&comparison->missing, line);
        text_add(&comparison->missing, "\n");
    } else if (strcmp(line, comparison->line) != 0) {
        return error_make(
            comparison->arena, ERROR_BROKEN, "mirror",
            "the event mirror and the database differ: %.120s", comparison->line);
    }
    return NULL;
}

static struct error *compare_all(struct comparison *comparison, struct db *db)
{
    TRY(chain_read_all(db, compare, comparison));
    if (!comparison->ended && next_line(comparison))
        return error_make(
            comparison->arena, ERROR_BROKEN, "mirror",
            "the event mirror holds an event that the database lacks: %.120s",
            comparison->line);
    return NULL;
}

struct error *mirror_open(
    struct arena *arena, struct db *db, const char *path, struct mirror **result)
{
    enum { MOST_MISSING = 1 << 30 };
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    struct comparison comparison = {.arena = arena};

    if (file < 0 || !(comparison.lines = fopen(path, "re"))) {
        if (file >= 0)
            (void)close(file);
        return error_make(
            arena, ERROR_BROKEN, "mirror", "cannot open the event mirror %s: %s", path,
            strerrordesc_np(errno));
    }
    text_init(&comparison.missing, arena, MOST_MISSING);
    struct error *error = compare_all(&comparison, db);
    (void)fclose(comparison.lines);
    free(comparison.line);
    if (!error && ftruncate(file, comparison.good))
        error = error_make(
            arena, ERROR_BROKEN, "mirror", "cannot cut the event mirror %s: %s", path,
            strerrordesc_np(errno));
    if (error) {
        (void)close(file);
        return error;
    }
    struct mirror *mirror = malloc(sizeof *mirror);
    if (!mirror)
        abort();
    *mirror = (struct mirror){file, comparison.good};
    if (comparison.missing.size) {
        log_event("mirror_completed", "bytes=%zu", comparison.missing.size);
        mirror_write(mirror, comparison.missing.bytes, comparison.missing.size);
    }
    *result = mirror;
    return NULL;
}
