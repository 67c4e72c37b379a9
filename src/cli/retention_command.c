#include "cli/retention_command.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "cli/options.h"
#include "history/erase.h"

enum { MOST = 100000, BEIJING_S = 8 * 3600, DAY_TEXT = 10 };

struct leaver {
    int64_t person;
    const char *staff_number;
    int64_t left_at;
};

struct retention {
    struct arena *arena;
    struct options options;
    const char *before; /* NULL: by the setting */
    bool dry;
    struct leaver *leavers;
    size_t count;
    size_t refused;
};

static struct error *wrong_use(struct arena *arena, const char *why)
{
    return error_make(
        arena, ERROR_INVALID, "usage",
        "retention: %s; retention [--before YYYY-MM-DD] [--dry-run] "
        "[--data DIR]",
        why);
}

/* Takes its own words out and leaves the common ones to options_read(). */
static struct error *read_words(struct retention *retention, int argc, char **argv)
{
    char **rest = arena_alloc(retention->arena, ((size_t)argc + 1) * sizeof(char *));
    int count = 1;

    rest[0] = argv[0];
    for (int i = 1; i < argc; i++) {
        bool more = i + 1 < argc;
        if (strcmp(argv[i], "--dry-run") == 0)
            retention->dry = true;
        else if (strcmp(argv[i], "--before") == 0 && more)
            retention->before = argv[++i];
        else
            rest[count++] = argv[i];
    }
    return options_read(retention->arena, count, rest, &retention->options);
}

static int64_t day_ms(struct tm *day)
{
    return ((int64_t)timegm(day) - BEIJING_S) * 1000;
}

static struct error *
read_day(struct arena *arena, const char *text, int64_t now, int64_t *at)
{
    struct tm day = {0};
    const char *end = strptime(text, "%Y-%m-%d", &day);

    if (!end || *end || strlen(text) != DAY_TEXT)
        return wrong_use(arena, "--before needs a day like 2021-08-31");
    *at = day_ms(&day);
    return *at <= now ? NULL : wrong_use(arena, "--before lies in the future");
}

static struct error *
read_setting(struct arena *arena, struct db *db, int64_t now, int64_t *at)
{
    static const char sql[] =
        "SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'retention_years'";
    time_t today = (time_t)(now / 1000 + BEIJING_S);
    struct tm day;
    int64_t years;
    bool found;

    TRY(db_number(db, &found, &years, sql));
    if (!found || years < 1)
        return wrong_use(arena, "nothing says how long people are kept");
    (void)gmtime_r(&today, &day);
    day.tm_year -= (int)years;
    day.tm_hour = day.tm_min = day.tm_sec = 0;
    *at = day_ms(&day);
    return NULL;
}

static void
take_leaver(void *context, int64_t person, const char *staff_number, int64_t left_at)
{
    struct retention *retention = context;

    if (retention->count < MOST)
        retention->leavers[retention->count++] =
            (struct leaver){person, staff_number, left_at};
}

static struct error *find_leavers(struct retention *retention, struct db *db)
{
    int64_t now = clock_now_ms();
    int64_t before = 0;

    if (retention->before)
        TRY(read_day(retention->arena, retention->before, now, &before));
    else
        TRY(read_setting(retention->arena, db, now, &before));
    retention->leavers =
        arena_alloc(retention->arena, MOST * sizeof *retention->leavers);
    return erase_list_left(db, before, take_leaver, retention);
}

static void
say(const struct retention *retention, const struct leaver *leaver, const char *what)
{
    (void)printf(
        "%" PRId64 " %s %.*s %s\n", leaver->person, leaver->staff_number, DAY_TEXT,
        clock_beijing(retention->arena, leaver->left_at), what);
}

static struct error *erase_all(struct retention *retention, struct store *store)
{
    for (size_t i = 0; i < retention->count; i++) {
        struct erasure erasure = {
            .person = retention->leavers[i].person,
            .reason = "超过保存期限",
            .actor = {0, "program", clock_now_ms()},
        };
        struct error *error =
            store_write(store, retention->arena, erase_person, &erasure);
        if (error && error->kind != ERROR_CONFLICT)
            return error;
        retention->refused += error != NULL;
        say(retention, &retention->leavers[i], error ? error->message : "erased");
    }
    return NULL;
}

static struct error *list(struct retention *retention)
{
    struct db *reader;

    TRY(store_reader_of(retention->arena, retention->options.database, &reader));
    struct error *error = find_leavers(retention, reader);
    store_reader_close(reader);
    for (size_t i = 0; !error && i < retention->count; i++)
        say(retention, &retention->leavers[i], "would be erased");
    return error;
}

static struct error *carry_out(struct retention *retention, struct store *store)
{
    struct db *reader;

    TRY(store_reader_open(store, retention->arena, &reader));
    struct error *error = find_leavers(retention, reader);
    store_reader_close(reader);
    return error ? error : erase_all(retention, store);
}

static struct error *run(struct retention *retention, int argc, char **argv)
{
    struct store *store;

    TRY(read_words(retention, argc, argv));
    if (retention->dry)
        return list(retention);
    TRY(options_open_store(retention->arena, &retention->options, &store));
    struct error *error = carry_out(retention, store);
    store_close(store);
    return error;
}

int retention_command(int argc, char **argv)
{
    struct retention retention = {.arena = arena_new()};
    struct error *error = run(&retention, argc, argv);
    int status = error ? options_fail(error) : retention.refused > 0;

    arena_free(retention.arena);
    return status;
}
