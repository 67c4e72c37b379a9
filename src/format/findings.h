/* findings.h - what is wrong with files that people wrote: file, line, sentence.
 *
 * A reader of foreign files goes on after a finding, so that the author sees all of
 * them at once; a file with findings is refused. */
#ifndef FORMAT_FINDINGS_H
#define FORMAT_FINDINGS_H

#include "base/input.h"
#include "base/writer.h"

enum { FINDINGS_MOST = 100 }; /* what comes after is counted, not kept */

struct finding {
    const char *file;
    int line;            /* from 1; 0 when it concerns the file or folder as a whole */
    const char *message; /* Chinese */
    const char *rule; /* a rule's own word, "stem-near"; NULL from readers of files */
    struct finding *next;
};

struct findings {
    struct arena *arena; /* where findings live, strings copied */
    struct finding *first;
    struct finding *last;
    size_t count; /* of all, also those not kept */
    size_t most;  /* how many are kept: FINDINGS_MOST unless changed */
};

void findings_init(struct findings *findings, struct arena *arena);

/* The same as the one before is not added again. */
void findings_add(
    struct findings *findings, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The same with the word of the rule that was broken, a constant. */
void findings_add_rule(
    struct findings *findings, const char *rule, const char *file, int line,
    const char *format, ...) __attribute__((format(printf, 5, 6)));

/* "courses/01-a/02-b.md:17: ……" without a newline; no ":17" for line 0. The word of a
 * rule stands before the sentence: ":17: [stem-near] ……". */
char *findings_line(struct arena *arena, const struct finding *finding);

/* {"error": {"file", "line", "message"}, "problems": [the same for each]}: what a
 * child that read files answers instead of a document. There is at least one. */
void findings_write(struct writer *writer, const struct findings *findings);

/* Adds the findings of such an answer. `answer` is from a child that may have been
 * taken over by the file it read, so it is checked like any input.
 * Errors: those of input_object(). */
struct error *findings_read(struct findings *findings, json_t *answer) MUST_CHECK;

#endif
