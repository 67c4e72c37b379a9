#include "cli/demo_command.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "cli/demo_contest.h"
#include "cli/demo_progress.h"
#include "cli/demo_quiz.h"
#include "cli/options.h"
#include "people/password.h"

enum { SEED = 2020 };

struct demo {
    struct options options;
    struct store *store;
    struct bank *bank;
    struct catalogue *catalogue;
    const struct catalogue_view *courses;
    struct demo_people people;
    int64_t now;
    int64_t attempts;
};

static struct error *refuse_people(struct db *db, const struct demo *demo)
{
    int64_t count;
    bool found;

    TRY(db_number(db, &found, &count, "SELECT count(*) FROM person"));
    if (!count)
        return NULL;
    return error_make(
        db_arena(db), ERROR_CONFLICT, "demo_not_empty",
        "%s holds people already: demo data goes into an empty database only",
        demo->options.database);
}

/* A change, all of it: nobody ever sees half a district. */
static struct error *fill(struct db *db, void *context)
{
    struct demo *demo = context;
    struct demo_random random = {SEED};
    int64_t quiz;

    TRY(refuse_people(db, demo));
    demo->people.random = &random;
    TRY(demo_people_fill(db, &demo->people));
    TRY(demo_quiz_hold(db, demo->bank, demo->now, &quiz));
    TRY(demo_quiz_sit(db, demo->bank, &demo->people, quiz, demo->now, &demo->attempts));
    TRY(demo_progress_fill(db, demo->courses, &demo->people, demo->now));
    return demo_contest_prepare(db, &demo->people, quiz, demo->now);
}

/* Before the content is read, because that takes a moment. */
static struct error *check_empty(struct arena *arena, struct demo *demo)
{
    struct db *reader;

    TRY(store_reader_open(demo->store, arena, &reader));
    struct error *error = refuse_people(reader, demo);
    store_reader_close(reader);
    return error;
}

/* What is refused is said; the demonstration is made of the rest. */
static struct error *load_content(struct arena *arena, struct demo *demo)
{
    struct findings findings;
    int64_t papers;

    findings_init(&findings, arena);
    TRY(catalogue_load(demo->catalogue, arena, demo->options.courses, &findings));
    TRY(bank_load_directory(
        demo->store, arena, demo->options.quizzes, &findings, &papers));
    demo->courses = catalogue_view(demo->catalogue, arena);
    for (const struct finding *f = findings.first; f; f = f->next)
        (void)fprintf(stderr, "xunsai: %s\n", findings_line(arena, f));
    return NULL;
}

static struct error *run_with_store(struct arena *arena, struct demo *demo)
{
    TRY(check_empty(arena, demo));
    TRY(password_hash(arena, DEMO_PASSWORD, &demo->people.password));
    TRY(load_content(arena, demo));
    demo->now = clock_now_ms();
    return store_write(demo->store, arena, fill, demo);
}

static struct error *run(struct arena *arena, int argc, char **argv, struct demo *demo)
{
    TRY(options_read(arena, argc, argv, &demo->options));
    TRY(options_open_store(arena, &demo->options, &demo->store));
    struct error *error = run_with_store(arena, demo);
    store_close(demo->store);
    if (!error)
        (void)printf(
            "%d specialists in %d streets, %" PRId64 " attempts, one contest ready; "
            "the password of every account is %s\n",
            (int)DEMO_SPECIALISTS, (int)DEMO_BRANCHES, demo->attempts, DEMO_PASSWORD);
    return error;
}

int demo_command(int argc, char **argv)
{
    struct arena *arena = arena_new();
    struct demo demo = {.bank = bank_new(), .catalogue = catalogue_new()};
    struct error *error = run(arena, argc, argv, &demo);
    int status = error ? options_fail(error) : 0;

    arena_free(arena); /* it holds a view of the catalogue */
    catalogue_free(demo.catalogue);
    bank_free(demo.bank);
    return status;
}
