/* response.h - points for a choice question. Points are integers in 1/100 point; sets
 * of options are bit masks, option i is bit i. */
#ifndef QUIZ_RESPONSE_H
#define QUIZ_RESPONSE_H

#include <stdbool.h>
#include <stdint.h>

enum { RESPONSE_OPTIONS = 64 };

/* R right options, W wrong ones; of these r and w were picked. */
enum response_policy {
    RESPONSE_ALL_OR_NOTHING,   /* everything right, or 0 */
    RESPONSE_CN_PARTIAL_PROP,  /* a wrong one: 0; too few: max * r / R (the default) */
    RESPONSE_CN_PARTIAL_FIXED, /* a wrong one: 0; too few: a fixed amount */
    RESPONSE_NET_CORRECT,      /* max * (r - w) / R, not below 0 */
    RESPONSE_BALANCED,         /* max * (r/R - w/W), not below 0; W = 0: no penalty */
    RESPONSE_EACH_OPTION,      /* max * (options decided rightly) / options */
};

/* "cn_partial_prop" and so on; false: no such policy. */
bool response_policy_find(const char *name, enum response_policy *policy);
const char *response_policy_name(enum response_policy policy);

/* Blank is 0 and exactly the key is `maximum` in every policy; in between the result is
 * rounded down to 1/100 point and lies in 0..maximum. A paper with a coarser unit
 * rounds a partial result down once more.
 * 1 <= options <= RESPONSE_OPTIONS; key and response hold no bit beyond; key is not
 * empty; 0 <= maximum <= 10^15. `fixed` is read for RESPONSE_CN_PARTIAL_FIXED only. */
int64_t response_points(
    enum response_policy policy, int options, uint64_t key, uint64_t response,
    int64_t maximum, int64_t fixed);

/* Single choice and true/false: `maximum` when exactly one option was picked and it is
 * one of the acceptable `keys` ("A or C"), which is not the same as a multiple choice.
 */
int64_t response_single_points(uint64_t keys, uint64_t response, int64_t maximum);

#endif
