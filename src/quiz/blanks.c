#include "quiz/blanks.h"

#include <string.h>

#include "base/utf8.h"

enum { QUOTED = 32 }; /* characters of a text that a sentence quotes */

/* Which answer fits which blank, and the pairs found so far. */
struct matching {
    size_t answer_count;
    size_t blank_count;
    bool fits[BLANKS_MOST][BLANKS_MOST]; /* [answer][blank] */
    size_t taken_by[BLANKS_MOST];        /* by blank: answer + 1, or 0 */
    bool visited[BLANKS_MOST];           /* blanks seen while placing one answer */
};

/* Whether `answer` (normalised, not empty) is one of the spellings of `key`; checks all
 * of the key. */
static struct error *fits(
    struct arena *arena, const struct blanks_key *key, const char *answer,
    struct normalise_options options, bool *result)
{
    static const char code[] = "blank_key_empty";
    const char *alternative;

    *result = false;
    if (!key->count)
        return error_new(arena, ERROR_INVALID, code, "每个空至少要有一个答案。");
    for (size_t i = 0; i < key->count; i++) {
        TRY(normalise(arena, key->alternatives[i], options, &alternative));
        if (!*alternative)
            return error_make(
                arena, ERROR_INVALID, code, "答案“%s”规范化后为空，无法判分。",
                utf8_excerpt(arena, key->alternatives[i], QUOTED));
        if (strcmp(alternative, answer) == 0)
            *result = true;
    }
    return NULL;
}

/* Compares one answer with every key, so that a bad key is always noticed. */
static struct error *compare(
    struct arena *arena, const struct blanks_case *blanks, const char *answer,
    bool row[BLANKS_MOST])
{
    const char *even = "";

    TRY(normalise(arena, answer, blanks->options, &even));
    for (size_t j = 0; j < blanks->key_count; j++)
        TRY(fits(arena, &blanks->keys[j], even, blanks->options, &row[j]));
    return NULL;
}

static struct error *compare_all(
    struct arena *arena, const struct blanks_case *blanks, struct matching *matching)
{
    TRY(compare(arena, blanks, "", matching->fits[0]));
    for (size_t i = 0; i < blanks->answer_count; i++) {
        bool *row = matching->fits[i];
        if (blanks->answers[i])
            TRY(compare(arena, blanks, blanks->answers[i], row));
        for (size_t j = 0; blanks->ordered && j < blanks->key_count; j++)
            row[j] = row[j] && i == j;
    }
    return NULL;
}

/* Finds a blank for `answer`, moving earlier answers to other blanks where that makes
 * room (an augmenting path). */
static bool place(struct matching *matching, size_t answer)
{
    for (size_t blank = 0; blank < matching->blank_count; blank++) {
        if (!matching->fits[answer][blank] || matching->visited[blank])
            continue;
        matching->visited[blank] = true;
        size_t holder = matching->taken_by[blank];
        if (!holder || place(matching, holder - 1)) {
            matching->taken_by[blank] = answer + 1;
            return true;
        }
    }
    return false;
}

struct error *blanks_correct(
    struct arena *arena, const struct blanks_case *blanks, struct blanks_result *result)
{
    if (!blanks->key_count || blanks->key_count > BLANKS_MOST ||
        blanks->answer_count > blanks->key_count)
        return error_make(
            arena, ERROR_INVALID, "blanks_count",
            "填空题应有 1 到 %d 个空，作答不能多于空数。", BLANKS_MOST);
    struct matching *matching = arena_alloc(arena, sizeof *matching);
    matching->answer_count = blanks->answer_count;
    matching->blank_count = blanks->key_count;
    TRY(compare_all(arena, blanks, matching));
    *result = (struct blanks_result){0};
    for (size_t i = 0; i < matching->answer_count; i++) {
        memset(matching->visited, 0, sizeof matching->visited);
        result->correct += place(matching, i);
    }
    for (size_t j = 0; j < matching->blank_count; j++)
        result->right[j] = matching->taken_by[j] != 0;
    return NULL;
}

int64_t blanks_share(int64_t maximum, size_t count, size_t index)
{
    int64_t parts = (int64_t)count;

    return maximum / parts + ((int64_t)index < maximum % parts);
}

int64_t blanks_points(int64_t maximum, size_t count, const struct blanks_result *result)
{
    int64_t points = 0;

    for (size_t i = 0; i < count; i++)
        if (result->right[i])
            points += blanks_share(maximum, count, i);
    return points;
}
