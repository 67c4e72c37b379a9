/* told.h - an oracle: what a reader of foreign files found wrong reaches the author. */
#ifndef TESTS_FUZZ_TOLD_H
#define TESTS_FUZZ_TOLD_H

#include "format/findings.h"

/* The child that reads files tells its findings as JSON; the parent must be able to
 * read every one of them again. Stops the target if not. */
void told_check(struct arena *arena, const struct findings *findings);

#endif
