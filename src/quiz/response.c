#include "quiz/response.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

static const char *const names[] = {
    [RESPONSE_ALL_OR_NOTHING] = "all_or_nothing",
    [RESPONSE_CN_PARTIAL_PROP] = "cn_partial_prop",
    [RESPONSE_CN_PARTIAL_FIXED] = "cn_partial_fixed",
    [RESPONSE_NET_CORRECT] = "net_correct",
    [RESPONSE_BALANCED] = "balanced",
    [RESPONSE_EACH_OPTION] = "each_option",
};

bool response_policy_find(const char *name, enum response_policy *policy)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0) {
            *policy = (enum response_policy)i;
            return true;
        }
    return false;
}

const char *response_policy_name(enum response_policy policy)
{
    return names[policy];
}

/* maximum * part / whole, rounded down, never below 0. */
static int64_t share(int64_t maximum, int64_t part, int64_t whole)
{
    return part <= 0 ? 0 : (int64_t)((__int128)maximum * part / whole);
}

/* What a response earns that is neither blank nor exactly the key. */
struct picked {
    int64_t right;
    int64_t wrong;
    int64_t right_options; /* how many there are to pick */
    int64_t wrong_options;
};

static int64_t partial_points(
    enum response_policy policy, struct picked picked, int64_t maximum, int64_t fixed)
{
    int64_t r = picked.right;
    int64_t w = picked.wrong;
    int64_t all_right = picked.right_options;
    int64_t all_wrong = picked.wrong_options;

    switch (policy) {
    case RESPONSE_ALL_OR_NOTHING:
        return 0;
    case RESPONSE_CN_PARTIAL_PROP:
        return w ? 0 : share(maximum, r, all_right);
    case RESPONSE_CN_PARTIAL_FIXED:
        if (w || fixed <= 0)
            return 0;
        return fixed < maximum ? fixed : maximum;
    case RESPONSE_NET_CORRECT:
        return share(maximum, r - w, all_right);
    case RESPONSE_BALANCED:
        if (!all_wrong)
            return share(maximum, r, all_right);
        return share(maximum, r * all_wrong - w * all_right, all_right * all_wrong);
    case RESPONSE_EACH_OPTION:
        return share(maximum, r + all_wrong - w, all_right + all_wrong);
    }
    return 0;
}

static bool are_sets_of(int options, uint64_t key, uint64_t response)
{
    if (options < 1 || options > RESPONSE_OPTIONS || !key)
        return false;
    return options == RESPONSE_OPTIONS || (key | response) >> options == 0;
}

int64_t response_points(
    enum response_policy policy, int options, uint64_t key, uint64_t response,
    int64_t maximum, int64_t fixed)
{
    assert(are_sets_of(options, key, response));
    if (!response)
        return 0;
    if (response == key)
        return maximum;
    struct picked picked = {
        .right = __builtin_popcountll(response & key),
        .wrong = __builtin_popcountll(response & ~key),
        .right_options = __builtin_popcountll(key),
        .wrong_options = options - __builtin_popcountll(key),
    };
    return partial_points(policy, picked, maximum, fixed);
}

int64_t response_single_points(uint64_t keys, uint64_t response, int64_t maximum)
{
    return __builtin_popcountll(response) == 1 && response & keys ? maximum : 0;
}
