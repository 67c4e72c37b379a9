#include "practice/practice_pick.h"

#include <stdlib.h>
#include <string.h>

#include "base/token.h"

static const char *const mode_names[] = {
    [PRACTICE_DUE] = "due",
    [PRACTICE_WRONG] = "wrong",
    [PRACTICE_LESSON] = "lesson",
    [PRACTICE_RANDOM] = "random",
    [PRACTICE_BOOKMARKS] = "bookmarks",
};

bool practice_mode_find(const char *name, enum practice_mode *mode)
{
    for (size_t i = 0; i < sizeof mode_names / sizeof mode_names[0]; i++) {
        if (strcmp(mode_names[i], name) == 0) {
            *mode = (enum practice_mode)i;
            return true;
        }
    }
    return false;
}

/* A unit that fits, with what it is ordered by: rank, then chance. */
struct candidate {
    const struct practice_unit *unit;
    int64_t rank;
    uint64_t chance;
};

static bool
fits_state(const struct practice_state *state, const struct practice_wish *wish)
{
    switch (wish->mode) {
    case PRACTICE_DUE:
        return practice_is_due(state, wish->day);
    case PRACTICE_WRONG:
        return practice_in_wrong_book(state);
    case PRACTICE_BOOKMARKS:
        return state->bookmarked;
    case PRACTICE_LESSON:
    case PRACTICE_RANDOM:
        break;
    }
    return true;
}

static bool fits(
    const struct paper_question *question, const struct practice_state *state,
    const struct practice_wish *wish)
{
    if (wish->course && strcmp(wish->course, question->course) != 0)
        return false;
    if (wish->lesson && strcmp(wish->lesson, question->lesson) != 0)
        return false;
    if (wish->types && !(wish->types & 1U << question->type))
        return false;
    if (wish->difficulty && wish->difficulty != question->difficulty)
        return false;
    return fits_state(state, wish);
}

static int64_t
rank_of(const struct practice_state *state, const struct practice_wish *wish)
{
    switch (wish->mode) {
    case PRACTICE_DUE:
        return state->due_day;
    case PRACTICE_WRONG:
    case PRACTICE_LESSON:
    case PRACTICE_BOOKMARKS:
        return state->last_at;
    case PRACTICE_RANDOM:
        break;
    }
    return 0;
}

/* A unit ranks as the first of its questions that fits. */
static size_t find_candidates(
    const struct practice_knowledge *knowledge, const struct practice_wish *wish,
    struct candidate *candidates)
{
    const struct practice_view *view = knowledge->view;
    size_t count = 0;

    for (size_t u = 0; u < view->unit_count; u++) {
        const struct practice_unit *unit = &view->units[u];
        bool found = false;
        int64_t rank = INT64_MAX;
        for (size_t i = unit->first; i < unit->first + unit->count; i++) {
            const struct practice_state *state = &knowledge->states[i];
            if (knowledge->held_back[i] || !fits(view->items[i].question, state, wish))
                continue;
            found = true;
            if (rank_of(state, wish) < rank)
                rank = rank_of(state, wish);
        }
        if (!found)
            continue;
        struct candidate *made = &candidates[count++];
        made->unit = unit;
        made->rank = rank;
        token_random_bytes(&made->chance, sizeof made->chance);
    }
    return count;
}

static int compare_candidates(const void *left, const void *right)
{
    const struct candidate *a = left;
    const struct candidate *b = right;

    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->chance != b->chance)
        return a->chance < b->chance ? -1 : 1;
    return 0;
}

void practice_choose(
    struct arena *arena, const struct practice_knowledge *knowledge,
    const struct practice_wish *wish, struct practice_pick *pick)
{
    const struct practice_view *view = knowledge->view;
    struct candidate *candidates =
        arena_alloc(arena, (view->unit_count + 1) * sizeof candidates[0]);
    size_t count = find_candidates(knowledge, wish, candidates);

    *pick = (struct practice_pick){
        .items = arena_alloc(arena, (view->count + 1) * sizeof(struct practice_item *)),
    };
    qsort(candidates, count, sizeof candidates[0], compare_candidates);
    for (size_t c = 0; c < count; c++) {
        const struct practice_unit *unit = candidates[c].unit;
        pick->available += unit->count;
        if (pick->count >= (size_t)wish->count)
            continue;
        for (size_t i = 0; i < unit->count; i++)
            pick->items[pick->count++] = &view->items[unit->first + i];
    }
}
