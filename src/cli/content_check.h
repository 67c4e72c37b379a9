/* content_check.h - courses and quizzes against each other: what no single folder can
 * know. */
#ifndef CLI_CONTENT_CHECK_H
#define CLI_CONTENT_CHECK_H

#include "format/findings.h"

struct content_counts {
    size_t courses; /* good ones, as the other counts */
    size_t lessons;
    size_t papers;
    size_t questions;
};

/* Reads every folder of both directories the way the server does, and checks: no two
 * courses with one place in the order; every numbered course has a paper; every paper
 * names a course that exists, every question a lesson of that course; no question
 * number twice in all papers.
 * Errors: ERROR_BROKEN when a directory cannot be read. */
struct error *content_check(
    struct arena *arena, const char *courses, const char *quizzes,
    struct findings *findings, struct content_counts *counts) MUST_CHECK;

#endif
