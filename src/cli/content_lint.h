/* content_lint.h - reads the texts of both directories for the rules of src/check. */
#ifndef CLI_CONTENT_LINT_H
#define CLI_CONTENT_LINT_H

#include <stdbool.h>

#include "base/error.h"
#include "format/findings.h"

/* Reads every lesson, summary, handbook entry (courses/handbook/), list of figures and
 * file of questions, as they stand and whether or not the server would take them, and
 * runs curriculum_check() over them. `partial` as there. What cannot be read is left
 * out: content_check() says so.
 * Errors: ERROR_BROKEN when a directory cannot be read. */
struct error *content_lint(
    struct findings *findings, const char *courses, const char *quizzes,
    bool partial) MUST_CHECK;

#endif
