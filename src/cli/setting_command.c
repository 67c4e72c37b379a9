#include "cli/setting_command.h"

#include <stdio.h>
#include <string.h>

#include "cli/options.h"

enum { YEARS_DIGITS = 2 };

static bool is_origin(const char *value)
{
    size_t length = strlen(value);

    return (strncmp(value, "https://", 8) == 0 || strncmp(value, "http://", 7) == 0) &&
           !strpbrk(value, " \"<>\\") && value[length - 1] != '/';
}

static bool is_years(const char *value)
{
    return strspn(value, "0123456789") == strlen(value) &&
           strlen(value) <= YEARS_DIGITS && *value != '0';
}

static bool is_one(const char *value)
{
    return strcmp(value, "1") == 0;
}

static const struct {
    const char *name;
    bool (*fits)(const char *value);
    const char *form;
} settings[] = {
    {"public_address", is_origin, "http(s)://HOST without a slash at the end"},
    {"retention_years", is_years, "1 to 99"},
    {"webhook_private", is_one, "1"},
};
enum { SETTINGS = sizeof settings / sizeof settings[0] };

struct wanted {
    const char *name;  /* NULL: all */
    const char *value; /* NULL: only shown */
    struct options options;
};

static struct error *
read_words(struct arena *arena, int argc, char **argv, struct wanted *wanted)
{
    int words = 1;

    while (words < argc && words < 3 && strncmp(argv[words], "--", 2) != 0)
        words++;
    wanted->name = words > 1 ? argv[1] : NULL;
    wanted->value = words > 2 ? argv[2] : NULL;
    return options_read(arena, argc - words + 1, argv + words - 1, &wanted->options);
}

static struct error *check(struct arena *arena, const struct wanted *wanted)
{
    for (size_t i = 0; wanted->name && i < SETTINGS; i++) {
        if (strcmp(settings[i].name, wanted->name) != 0)
            continue;
        if (!wanted->value || !*wanted->value || settings[i].fits(wanted->value))
            return NULL;
        return error_make(
            arena, ERROR_INVALID, "usage", "setting %s: the value should be %s",
            wanted->name, settings[i].form);
    }
    return wanted->name
               ? error_make(
                     arena, ERROR_INVALID, "usage", "no setting '%s'", wanted->name)
               : NULL;
}

static struct error *show(struct arena *arena, const struct wanted *wanted)
{
    static const char sql[] = "SELECT value FROM setting WHERE name = $1";
    struct db *reader;

    TRY(store_reader_of(arena, wanted->options.database, &reader));
    struct error *error = NULL;
    for (size_t i = 0; i < SETTINGS && !error; i++) {
        if (wanted->name && strcmp(settings[i].name, wanted->name) != 0)
            continue;
        SCOPED_ROWS rows = db_query(reader, sql, TEXT(settings[i].name));
        (void)printf(
            "%s %s\n", settings[i].name, rows_next(&rows) ? rows_text(&rows, 0) : "-");
        error = rows_error(&rows);
    }
    store_reader_close(reader);
    return error;
}

static struct error *set(struct db *db, void *context)
{
    static const char away_sql[] = "DELETE FROM setting WHERE name = $1";
    static const char sql[] = "INSERT INTO setting (name, value) VALUES ($1, $2) "
                              "ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    const struct wanted *wanted = context;

    if (!*wanted->value)
        return db_run(db, away_sql, TEXT(wanted->name));
    return db_run(db, sql, TEXT(wanted->name), TEXT(wanted->value));
}

static struct error *run(struct arena *arena, int argc, char **argv)
{
    struct wanted wanted = {0};
    struct store *store;

    TRY(read_words(arena, argc, argv, &wanted));
    TRY(check(arena, &wanted));
    if (!wanted.value)
        return show(arena, &wanted);
    TRY(options_open_store(arena, &wanted.options, &store));
    struct error *error = store_write(store, arena, set, &wanted);
    store_close(store);
    return error;
}

int setting_command(int argc, char **argv)
{
    struct arena *arena = arena_new();
    struct error *error = run(arena, argc, argv);
    int status = error ? options_fail(error) : 0;

    arena_free(arena);
    return status;
}
