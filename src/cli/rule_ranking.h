/* rule_ranking.h - the case of `xunsai rule ranking`: a roster with results in, the
 * ranking of people and streets out (report/ranking.h).
 *
 * In: `dp`, `full` (decimal string), `pass_percent`, `formula` (ranking_formula.h),
 *   `branches` [id...] and `people` [{`id`, `branch`, `status` "done", "in_progress",
 *   "absent", "deferred" or "voided", `score` decimal string or null, `used_ms`}...].
 * Out: `people` [{`id`, `rank` or null, `tie` or null}...] and `branches` [{`id`,
 * `rank`, `value`, `expected`, `attended`, `absent`, `deferred`, `voided`, `passed`,
 *   `mean_expected`, `mean_attended`, `median`, `best`, `top_mean`, `pass_percent`,
 *   `tie`}...], both in the order of the ranking. */
#ifndef CLI_RULE_RANKING_H
#define CLI_RULE_RANKING_H

#include <jansson.h>

#include "base/error.h"
#include "base/writer.h"

struct error *
rule_ranking(struct arena *arena, json_t *in, struct writer *out) MUST_CHECK;

#endif
