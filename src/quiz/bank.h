/* bank.h - frozen papers, read once and kept: an attempt names the paper it was begun
 * with, and that paper never changes, so its parsed form is shared by all threads. */
#ifndef QUIZ_BANK_H
#define QUIZ_BANK_H

#include "quiz/paper.h"
#include "store/store.h"

struct bank;
struct findings;

struct bank *bank_new(void);
void bank_free(struct bank *bank);

/* The paper with this revision; lives as long as the bank.
 * Errors: ERROR_NOT_FOUND "paper_unknown". */
struct error *bank_paper(
    struct bank *bank, struct db *db, const char *revision,
    const struct paper **result) MUST_CHECK;

/* A change: freezes a paper. `body` is what paper_load() gave. A paper that stands
 * there already is left alone. Sets `revision` (in the arena of the change). */
struct bank_publication {
    const char *body;
    int64_t at;
    const char *revision;
};
store_change bank_publish;

/* The newest revision of a slug, NULL if it was never published. */
struct error *
bank_newest(struct db *db, const char *slug, const char **revision) MUST_CHECK;

/* Reads every folder of `directory` and freezes what is good; *count: how many. What is
 * wrong with a folder becomes findings, not an error.
 * Errors: ERROR_BROKEN when the directory cannot be read; the store's. */
struct error *bank_load_directory(
    struct store *store, struct arena *arena, const char *directory,
    struct findings *findings, int64_t *count) MUST_CHECK;

#endif
