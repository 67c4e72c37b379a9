/* options.h - the few words that all commands with a database understand. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "store/store.h"

struct options {
    const char *data;    /* --data, default "var" */
    const char *courses; /* --courses, default "courses" */
    const char *quizzes; /* --quizzes, default "quizzes" */
    int workers;         /* --workers, default 4 */
    /* files in the data folder */
    const char *database; /* xunsai.db */
    const char *journal;  /* events.ndjson, the mirror of the events */
    const char *key;      /* seal.key */
    const char *socket;   /* xunsai.sock */
};

/* Reads argv[1..]. Errors: ERROR_INVALID with one English line for the operator. */
struct error *options_read(
    struct arena *arena, int argc, char **argv, struct options *options) MUST_CHECK;

/* Makes the data folder, loads the key, opens the store. */
struct error *options_open_store(
    struct arena *arena, const struct options *options,
    struct store **store) MUST_CHECK;

/* Prints "xunsai: <sentence>" on standard error; returns 1. */
int options_fail(const struct error *error);

#endif
