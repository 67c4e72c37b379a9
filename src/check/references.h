/* references.h - every link of the curriculum leads somewhere, every figure and
 * handbook entry is used. Nothing is fetched: of other sites only the form is looked
 * at. */
#ifndef CHECK_REFERENCES_H
#define CHECK_REFERENCES_H

#include "check/curriculum.h"

/* link-dead: a relative address that is no lesson, summary, handbook entry or figure;
 * link-anchor: #… that is no section; link-form: an outside address that cannot be one;
 * figure-unused, handbook-unlinked: what no page shows, what no lesson links to. */
void references_check(struct findings *findings, const struct curriculum *curriculum);

#endif
