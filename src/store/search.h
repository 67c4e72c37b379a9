/* search.h - a full-text index in memory, over texts that are kept elsewhere.
 *
 * It is derived: whoever has the texts makes a new one when they change and lets the
 * old one go. So it needs no place in the database, no writer and no migration; and
 * because it stands beside the texts it was made of, the two never disagree.
 *
 * A term is found wherever its characters stand in a row, whatever they are: Chinese
 * has no spaces, and % _ " * OR NEAR are characters like others. Terms of three
 * characters and more go through the trigram index of SQLite's FTS5; shorter ones are
 * looked for in every text. ASCII letters are the same large and small. */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include "store/store.h"

enum { SEARCH_TERMS = 16 };

struct search;

struct search_text {
    const char *title;   /* of the text as a whole; "" for a part of it */
    const char *heading; /* of the part; "" for the text as a whole */
    const char *body;
    const char *around; /* what helps to find it together with the rest, and is no hit
                         * by itself: the titles of what it is part of */
};

/* Errors: ERROR_BROKEN. */
struct error *search_open(struct arena *arena, struct search **result) MUST_CHECK;
void search_close(struct search *search);

/* Adds a text under a number; of equally good hits the lower number comes first. Not
 * any more after the first search_find(). */
struct error *search_add(
    struct search *search, struct arena *arena, int64_t number,
    const struct search_text *text) MUST_CHECK;

struct search_hits {
    const int64_t *numbers; /* the best first: found in the title, in the heading, then
                             * how often in the body */
    size_t count;
    int64_t total; /* also of those beyond the limit */
};

/* The texts in which every term stands. From any thread. At least one term, none
 * empty; those beyond SEARCH_TERMS are a bug. The hits live in the arena. */
struct error *search_find(
    struct search *search, struct arena *arena, const char *const *terms,
    size_t term_count, int64_t most, struct search_hits *result) MUST_CHECK;

#endif
