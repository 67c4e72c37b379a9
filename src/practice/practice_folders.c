#include "practice/practice_folders.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/input.h"
#include "base/token.h"
#include "format/sandbox.h"
#include "format/slug.h"
#include "format/source.h"
#include "format/xml.h"

/* What a child wrote is read like any input: it may have been taken over. */
static struct error *
load_document(struct findings *findings, const char *directory, const char **json)
{
    struct arena *arena = findings->arena;
    const char *answer;
    json_t *document;
    struct paper *paper;

    TRY(sandbox_run(arena, "practice", directory, PAPER_LIMIT, &answer));
    TRY(input_parse(arena, answer, strlen(answer), &document));
    if (!json_object_get(document, "error")) {
        TRY(paper_read(arena, answer, &paper));
        *json = answer;
        return NULL;
    }
    TRY(findings_read(findings, document));
    return error_new(
        arena, ERROR_INVALID, "practice_refused",
        findings_line(arena, findings->first));
}

static bool is_said(const struct findings *findings, const struct finding *one)
{
    for (const struct finding *f = findings->first; f; f = f->next)
        if (f->line == one->line && strcmp(f->file, one->file) == 0 &&
            strcmp(f->message, one->message) == 0)
            return true;
    return false;
}

/* The document of a folder: today's, or when that is refused the last good one, or
 * NULL. */
static struct error *choose_document(
    struct findings *findings, const char *directory, const char *old,
    const char **json)
{
    struct findings own;

    findings_init(&own, findings->arena);
    struct error *error = load_document(&own, directory, json);
    if (!error)
        return NULL;
    if (error->kind == ERROR_BROKEN)
        return error;
    if (!own.first)
        findings_add(&own, directory, 0, "%s", error->message);
    for (const struct finding *f = own.first; f; f = f->next)
        if (!is_said(findings, f))
            findings_add(findings, f->file, f->line, "%s", f->message);
    *json = old;
    return NULL;
}

static const struct practice_folder *
find_folder(const struct practice_folders *folders, const char *slug)
{
    for (size_t i = 0; i < folders->count; i++)
        if (strcmp(folders->entries[i].slug, slug) == 0)
            return &folders->entries[i];
    return NULL;
}

/* The digests of all that a document comes from: the same stamp, the same document, and
 * no child is needed. NULL when the questions cannot be read. */
static const char *stamp_of(struct arena *arena, const char *directory)
{
    static const char *const names[] = {
        "questions.xml", "quiz.xml", "../schema/questions.rng", "../schema/paper.rng"};
    struct findings unheard;
    const char *stamp = "";

    findings_init(&unheard, arena);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *file = arena_format(arena, "%s/%s", directory, names[i]);
        unsigned char digest[TOKEN_DIGEST] = {0};
        struct source source;
        if (source_read(&unheard, file, XML_LIMIT, &source))
            token_sha256(source.bytes, source.size, digest);
        else if (i == 0)
            return NULL;
        stamp =
            arena_format(arena, "%s%s", stamp, token_hex(arena, digest, sizeof digest));
    }
    return stamp;
}

/* What the folder is today, or was before when today's is refused; json NULL: it was
 * never good. */
static struct error *choose_folder(
    struct findings *findings, const char *directory, const struct practice_folder *old,
    struct practice_folder *folder)
{
    const char *stamp = stamp_of(findings->arena, directory);
    const char *was = old ? old->json : NULL;

    *folder = (struct practice_folder){.stamp = stamp, .json = was};
    if (was && stamp && strcmp(stamp, old->stamp) == 0)
        return NULL;
    TRY(choose_document(findings, directory, was, &folder->json));
    if (!stamp || folder->json == was)
        folder->stamp = old ? old->stamp : "";
    return NULL;
}

static int is_candidate(const struct dirent *entry)
{
    return slug_is_valid(entry->d_name) &&
           (entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN);
}

static struct error *load_folder(
    struct arena *arena, const struct practice_folder *old, const char *path,
    struct findings *findings, struct practice_folders *result)
{
    struct practice_folder chosen;
    struct paper *paper;

    if (access(arena_format(findings->arena, "%s/questions.xml", path), F_OK) != 0)
        return NULL;
    TRY(choose_folder(findings, path, old, &chosen));
    if (!chosen.json)
        return NULL;
    struct practice_folder *folder = &result->entries[result->count++];
    folder->slug = slug_of_path(arena, path);
    folder->stamp = arena_copy(arena, chosen.stamp);
    folder->json = arena_copy(arena, chosen.json);
    TRY(paper_read(arena, folder->json, &paper));
    folder->paper = paper;
    return NULL;
}

struct error *practice_folders_load(
    struct arena *arena, const struct practice_folders *before, const char *directory,
    struct findings *findings, struct practice_folders *result)
{
    struct dirent **entries;
    int found = scandir(directory, &entries, is_candidate, alphasort);
    struct error *error = NULL;

    if (found < 0)
        return error_make(
            findings->arena, ERROR_BROKEN, "content", "cannot read the folder %s: %s",
            directory, strerrordesc_np(errno));
    *result = (struct practice_folders){
        .entries = arena_alloc(arena, ((size_t)found + 1) * sizeof result->entries[0])};
    for (int i = 0; i < found; i++) {
        const char *slug = entries[i]->d_name;
        const char *path = arena_format(findings->arena, "%s/%s", directory, slug);
        if (!error)
            error =
                load_folder(arena, find_folder(before, slug), path, findings, result);
        free(entries[i]);
    }
    free(entries);
    return error;
}
