/* rank.h - the order of a standing, with a chain of keys that break ties.
 *
 * Two entries are compared by the first key in which they differ; a key that either of
 * them lacks is skipped. With three or more entries that alone can go round in a circle
 * (A before B, B before C, C level with A or even before it), so it is completed thus:
 * - entries whom the comparison puts in order stand in that order; level entries share;
 * - entries caught in a circle are divided by the first key that some of them have and
 *   some lack: those who have it stand first, and each part is compared anew.
 * The result does not depend on the order of the input (except for RANK_ORDINAL). */
#ifndef CONTEST_RANK_H
#define CONTEST_RANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rational.h"

enum { RANK_UNDECIDED = -1 };

enum rank_style {
    RANK_COMPETITION, /* 1 2 2 4 */
    RANK_DENSE,       /* 1 2 2 3 */
    RANK_MODIFIED,    /* 1 3 3 4 */
    RANK_ORDINAL,     /* 1 2 3 4: who still ties keeps the order of the input */
    RANK_FRACTIONAL,  /* 1 2.5 2.5 4: the mean of the places shared */
};

struct rank_rule {
    enum rank_style style;
    const bool *ascending; /* by key: the smaller value stands first (a time) */
    size_t key_count;
};

struct rank_key {
    bool present;
    struct rational value;
};

struct rank_entry {
    const struct rank_key *keys; /* rule->key_count of them */
    /* Set by rank_compute(): */
    size_t place;       /* 0, 1, 2...: where it stands in the list */
    int64_t rank_twice; /* 2 * rank, so that RANK_FRACTIONAL stays an integer */
    int decided_by;     /* index of the latest key in the chain that separated it from
                         * the entries before or behind it, when that was not the first
                         * key; otherwise RANK_UNDECIDED */
};

/* Fills the results in; the entries stay where they are. Quick when no key is missing;
 * quadratic in the entries tied where one is. `arena` is scratch memory. */
void rank_compute(
    struct arena *arena, const struct rank_rule *rule, struct rank_entry *entries,
    size_t count);

/* "1224", "1223", "1334", "ordinal", "fractional"; false: no such style. */
bool rank_style_find(const char *name, enum rank_style *style);

#endif
