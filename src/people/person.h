/* person.h - people, streets, and what this installation says of itself. */
#ifndef PEOPLE_PERSON_H
#define PEOPLE_PERSON_H

#include "base/writer.h"
#include "people/privacy.h"
#include "store/store.h"

/* Writes {"id","staff_number","name","branch","community","compound","roles"} as an
 * object under `key`. Errors: ERROR_NOT_FOUND "person_unknown". */
struct error *person_write(
    struct db *db, struct writer *writer, const char *key, int64_t person) MUST_CHECK;

/* Writes the array "branches":
 *   [{"id", "name", "specialists": n, "valid_from", "valid_to" | null,
 *     "successors": [branch id]}]
 * `all`: also the streets that are no more. */
struct error *
person_write_branches(struct db *db, struct writer *writer, bool all) MUST_CHECK;

/* Writes the array "people": the specialists of a branch who serve today, or of all
 * with branch 0. Beside what person_write() has (without roles): "cohort", and of what
 * the viewer may not see nothing: "staff_number", "phone" (null: unknown) and so on
 * are left out then. */
struct error *person_write_list(
    struct db *db, struct writer *writer, int64_t branch,
    const struct privacy_viewer *viewer) MUST_CHECK;

/* The value of a setting ("district", "demonstration"), "" when it is not set. */
struct error *
person_setting(struct db *db, const char *name, const char **value) MUST_CHECK;

#endif
