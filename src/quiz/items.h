/* items.h - how the questions of a quiz did: for the organiser, after or during it.
 *
 * Counted are closed attempts that were not voided; essays, marked by hand, are left
 * out. Points are those of the grade. */
#ifndef QUIZ_ITEMS_H
#define QUIZ_ITEMS_H

#include "base/writer.h"
#include "quiz/bank.h"
#include "store/store.h"

enum { ITEMS_FEW = 30 /* with fewer people the figures say little */ };

/* Writes the members into an open object:
 *   "quiz", "title", "people": n, "few": bool, "alpha": "0.715" | null,
 *   "items": [{"id", "number": in the paper, "type", "stem_html", "course", "lesson",
 *     "point", "maximum": 1/100 point, "received": n, "answered": n,
 *     "facility": "0.812" | null, "discrimination": "0.362" | null,
 *     "flags": ["easy" | "hard" | "weak" | "reversed"],
 *     "options": [{"id", "html", "right": bool, "count": n}] (choices only)}],
 *   "branches": [{"branch": {"id", "name"}, "people": n,
 *     "shares": ["0.734" | null, by item: mean points / maximum]}]
 * `now`: UTC ms. Several reads: call it inside store_read_begin/end.
 * Errors: ERROR_NOT_FOUND "quiz_unknown"; statistics_compute()'s. */
struct error *items_write(
    struct db *db, struct bank *bank, int64_t quiz, int64_t now,
    struct writer *writer) MUST_CHECK;

#endif
