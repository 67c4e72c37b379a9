#include "quiz/bank.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/token.h"
#include "format/findings.h"

enum { MOST_PAPERS = 4096 };

struct bank {
    pthread_mutex_t lock; /* guards all below */
    struct arena *arena;  /* the papers live here for ever */
    struct {
        const char *revision;
        const struct paper *paper;
    } papers[MOST_PAPERS];
    size_t count;
};

struct bank *bank_new(void)
{
    struct bank *bank = calloc(1, sizeof *bank);

    if (!bank)
        abort();
    pthread_mutex_init(&bank->lock, NULL);
    bank->arena = arena_new();
    return bank;
}

void bank_free(struct bank *bank)
{
    arena_free(bank->arena);
    pthread_mutex_destroy(&bank->lock);
    free(bank);
}

static const struct paper *find_kept(struct bank *bank, const char *revision)
{
    for (size_t i = 0; i < bank->count; i++)
        if (strcmp(bank->papers[i].revision, revision) == 0)
            return bank->papers[i].paper;
    return NULL;
}

/* Reads the body of a frozen paper from the database. */
static struct error *read_body(struct db *db, const char *revision, const char **body)
{
    static const char sql[] = "SELECT body FROM paper WHERE revision = $1";
    SCOPED_ROWS rows = db_query(db, sql, TEXT(revision));

    *body = rows_next(&rows) ? rows_text(&rows, 0) : NULL;
    TRY(rows_error(&rows));
    return *body
               ? NULL
               : error_new(
                     db_arena(db), ERROR_NOT_FOUND, "paper_unknown", "没有这份试卷。");
}

struct error *bank_paper(
    struct bank *bank, struct db *db, const char *revision, const struct paper **result)
{
    struct error *error = NULL;
    const char *body;
    struct paper *paper;

    pthread_mutex_lock(&bank->lock);
    *result = find_kept(bank, revision);
    pthread_mutex_unlock(&bank->lock);
    if (*result)
        return NULL;

    TRY(read_body(db, revision, &body));
    pthread_mutex_lock(&bank->lock);
    *result = find_kept(bank, revision); /* another thread may have been quicker */
    if (!*result) {
        error = paper_read(bank->arena, body, &paper);
        if (error) {
            error = error_copy(db_arena(db), error);
        } else {
            if (bank->count == MOST_PAPERS)
                abort();
            bank->papers[bank->count].revision = arena_copy(bank->arena, revision);
            bank->papers[bank->count].paper = paper;
            bank->count++;
            *result = paper;
        }
    }
    pthread_mutex_unlock(&bank->lock);
    return error;
}

struct error *bank_publish(struct db *db, void *context)
{
    static const char sql[] =
        "INSERT INTO paper (revision, slug, title, body, published_at) "
        "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (revision) DO NOTHING";
    struct bank_publication *publication = context;
    struct arena *arena = db_arena(db);
    unsigned char digest[TOKEN_DIGEST];
    struct paper *paper;

    TRY(paper_read(arena, publication->body, &paper));
    token_sha256(publication->body, strlen(publication->body), digest);
    publication->revision = token_hex(arena, digest, sizeof digest);
    return db_run(
        db, sql, TEXT(publication->revision), TEXT(paper->slug), TEXT(paper->title),
        TEXT(publication->body), INT(publication->at));
}

struct error *bank_newest(struct db *db, const char *slug, const char **revision)
{
    static const char sql[] = "SELECT revision FROM paper WHERE slug = $1 "
                              "ORDER BY published_at DESC, revision LIMIT 1";
    SCOPED_ROWS rows = db_query(db, sql, TEXT(slug));

    *revision = rows_next(&rows) ? rows_text(&rows, 0) : NULL;
    return rows_error(&rows);
}

/* Freezes one folder's paper if it is good. */
static struct error *load_folder(
    struct store *store, struct arena *arena, const char *directory,
    struct findings *findings, int64_t *count)
{
    struct bank_publication publication = {.at = clock_now_ms()};
    size_t before = findings->count;
    struct error *error = paper_load(arena, directory, findings, &publication.body);

    if (!error) {
        (*count)++;
        return store_write(store, arena, bank_publish, &publication);
    }
    if (error->kind == ERROR_BROKEN)
        return error;
    if (findings->count == before)
        findings_add(findings, directory, 0, "%s", error->message);
    return NULL;
}

/* Folders are named NN-slug; schema/ and files beside them are not papers. */
static int is_paper_folder(const struct dirent *entry)
{
    return entry->d_type == DT_DIR && isdigit((unsigned char)entry->d_name[0]);
}

struct error *bank_load_directory(
    struct store *store, struct arena *arena, const char *directory,
    struct findings *findings, int64_t *count)
{
    struct dirent **entries;
    int found = scandir(directory, &entries, is_paper_folder, alphasort);
    struct error *error = NULL;

    *count = 0;
    if (found < 0)
        return error_make(
            arena, ERROR_BROKEN, "content", "cannot read the folder %s: %s", directory,
            strerrordesc_np(errno));
    for (int i = 0; i < found; i++) {
        const char *path = arena_format(arena, "%s/%s", directory, entries[i]->d_name);
        if (!error)
            error = load_folder(store, arena, path, findings, count);
        free(entries[i]);
    }
    free(entries);
    return error;
}
