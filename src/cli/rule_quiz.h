/* rule_quiz.h - the quiz rules of `xunsai rule`: a case as JSON in, the members of the
 * answer out. On an error what was written so far is worth nothing. */
#ifndef CLI_RULE_QUIZ_H
#define CLI_RULE_QUIZ_H

#include "base/input.h"
#include "base/writer.h"

struct error *
rule_quiz_deadline(struct arena *arena, json_t *in, struct writer *out) MUST_CHECK;
struct error *rule_quiz_multiple_response(
    struct arena *arena, json_t *in, struct writer *out) MUST_CHECK;
struct error *
rule_quiz_normalise(struct arena *arena, json_t *in, struct writer *out) MUST_CHECK;
struct error *
rule_quiz_blanks(struct arena *arena, json_t *in, struct writer *out) MUST_CHECK;
struct error *rule_quiz_item_statistics(
    struct arena *arena, json_t *in, struct writer *out) MUST_CHECK;

#endif
