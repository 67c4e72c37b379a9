/* practice_folders.h - the documents of the question folders, read anew or kept.
 * Private to practice/practice_*.c. */
#ifndef PRACTICE_PRACTICE_FOLDERS_H
#define PRACTICE_PRACTICE_FOLDERS_H

#include "format/findings.h"
#include "quiz/paper.h"

struct practice_folder {
    const char *slug;
    const char *stamp; /* of the files the document was read from */
    const char *json;  /* as practice_build() gave it */
    const struct paper *paper;
};

struct practice_folders {
    struct practice_folder *entries; /* by slug */
    size_t count;
};

/* Reads the folders of `directory` that hold a questions.xml. What is unchanged since
 * `before` is taken from there without a child, and so is what is refused today.
 * Everything of the result lives in `arena`. Errors as practice_bank_load(). */
struct error *practice_folders_load(
    struct arena *arena, const struct practice_folders *before, const char *directory,
    struct findings *findings, struct practice_folders *result) MUST_CHECK;

#endif
