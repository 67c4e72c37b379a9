/* reorganise.h - streets that end, begin, are renamed, split or joined, in one change.
 * A street keeps its name for ever: a new name is a new street that follows the old
 * one. Old results keep the old streets and their names. */
#ifndef HISTORY_REORGANISE_H
#define HISTORY_REORGANISE_H

#include "history/moves.h"

enum { REORGANISE_BRANCHES = 200, REORGANISE_NAME = 60, REORGANISE_MOVES = 20000 };

/* A street that is there already, or one that begins now, by its name. */
struct reorganise_branch {
    int64_t id; /* 0: by name */
    const char *name;
};

struct reorganise_begin {
    const char *name;
    int64_t position;
    int64_t id; /* set */
};

struct reorganise_successor {
    int64_t from;
    struct reorganise_branch to;
};

enum reorganise_who {
    REORGANISE_PERSON,
    REORGANISE_COMMUNITY, /* everybody stationed in it, and the community itself */
    REORGANISE_BRANCH,    /* everybody still left in it, and its communities */
};

struct reorganise_move {
    enum reorganise_who who;
    int64_t id;
    struct reorganise_branch to;
};

/* A change: the event "branches_reorganised" of "district/1". Moves are made in three
 * passes: single people, communities, whole streets. A street may begin and end at one
 * time only; one that ends needs a successor and may have nobody left in it.
 * Errors: moves_apply()'s; ERROR_INVALID "time_future", "branch_unknown",
 * "branch_name_taken" (names are never used twice), "successor_missing",
 * "reorganisation_empty", "community_unknown"; ERROR_CONFLICT "people_left_behind". */
struct reorganisation {
    int64_t at; /* UTC ms; results held from then on have the new streets */
    const int64_t *ends;
    size_t end_count;
    struct reorganise_begin *begins;
    size_t begin_count;
    const struct reorganise_successor *successors;
    size_t successor_count;
    const struct reorganise_move *moves;
    size_t move_count;
    int64_t moved; /* set: people */
    struct moves_actor actor;
};
store_change reorganise;

#endif
