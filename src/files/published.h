/* published.h - a published ranking as its printed forms need it: read out of the body
 * that was hashed, person by person, with the names that stand beside it. */
#ifndef FILES_PUBLISHED_H
#define FILES_PUBLISHED_H

#include <jansson.h>

#include "report/publication.h"
#include "report/publication_parts.h"

struct published_name {
    int64_t person;
    const char *name;
};

struct published {
    int64_t id;
    int64_t version;
    int64_t supersedes;    /* version, 0: none */
    int64_t superseded_by; /* version, 0: it is the newest */
    const char *title;
    const char *digest;
    const char *reason; /* of the correction */
    int64_t decided_at; /* UTC ms */
    const char *district;
    const char *address; /* of the page that shows it */
    bool demonstration;
    const json_t *head; /* the body without people */
    struct publication_part *people;
    size_t person_count;
    struct published_name *names; /* by person */
    size_t name_count;
};

/* Reads what was published and nothing else. Errors: ERROR_NOT_FOUND
 * "publication_unknown"; ERROR_BROKEN "publication_body". */
struct error *
published_load(struct db *db, int64_t id, struct published *published) MUST_CHECK;

/* The index-th person of the body, as its JSON object; it lives in `scratch`. */
const json_t *published_person(
    const struct published *published, size_t index, struct arena *scratch);

/* The name as it was published; "（姓名已隐去）" where it was removed since. */
const char *published_name(const struct published *published, int64_t person);

/* Members of a JSON object: texts "" and numbers 0 where there is null. A rank, which
 * may be 2.5, as text; NULL without one. */
const char *published_text(const json_t *object, const char *key);
int64_t published_number(const json_t *object, const char *key);
const char *published_rank(struct arena *arena, const json_t *object, const char *key);
const json_t *published_member(const json_t *object, const char *key);

/* "2020-11-17", Beijing time. */
const char *published_day(struct arena *arena, int64_t at);

#endif
