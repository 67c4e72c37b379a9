/* rule_contest.h - the contest rules of `xunsai rule`: a case as JSON in, the members
 * of the answer out. On an error what was written so far is worth nothing. */
#ifndef CLI_RULE_CONTEST_H
#define CLI_RULE_CONTEST_H

#include "base/input.h"
#include "base/writer.h"

struct error *
rule_contest_panel(struct arena *arena, json_t *in, struct writer *out) MUST_CHECK;
struct error *
rule_contest_weighted(struct arena *arena, json_t *in, struct writer *out) MUST_CHECK;
struct error *
rule_contest_rank(struct arena *arena, json_t *in, struct writer *out) MUST_CHECK;
/* {"armed", "presses": [{"pad", "claimed", "uncertainty", "rtt_least", "rtt_p95",
 * "received"}...]}, integers in ms -> {"first": pad | null, "tied": [pads],
 * "window_ms", "closes_at": ms | null, "presses": [{"time", "believed", "verdict",
 * "suspicious"}...]}
 */
struct error *
rule_contest_buzzer(struct arena *arena, json_t *in, struct writer *out) MUST_CHECK;

#endif
