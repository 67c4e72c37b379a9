/* check.h - what the C tests share: cmocka, a temporary folder, a fresh store. */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"
#include "store/store.h"

/* The error must be NULL; otherwise its sentence is shown. */
#define assert_fine(expression)                                                        \
    do {                                                                               \
        const struct error *fine_error_ = (expression);                                \
        if (fine_error_)                                                               \
            fail_msg("%s: %s", fine_error_->code, fine_error_->message);               \
    } while (0)

/* The expression must give an error with this code. */
#define assert_code(expression, expected)                                              \
    do {                                                                               \
        const struct error *code_error_ = (expression);                                \
        assert_non_null(code_error_);                                                  \
        assert_string_equal(code_error_->code, expected);                              \
    } while (0)

/* A new folder below /tmp that check_folder_remove() takes away with all in it. */
const char *check_folder_new(struct arena *arena);
void check_folder_remove(const char *folder);

/* A store in a new database inside the folder, with a seal key and an event mirror. */
struct store *check_store(struct arena *arena, const char *folder);

/* Runs a change that must succeed. */
void check_write(
    struct store *store, struct arena *arena, store_change *change, void *context);

/* One number from a fresh reader. `sql` takes no parameters. */
int64_t check_number(struct store *store, struct arena *arena, const char *sql);

#endif
