/* site.h - the features of the running program and the table of all their routes: the
 * one place that lists them. */
#ifndef CLI_SITE_H
#define CLI_SITE_H

#include <stdatomic.h>

#include "cli/options.h"
#include "http/route.h"
#include "machines/limit.h"
#include "people/routes.h"
#include "practice/routes.h"
#include "quiz/bank.h"

enum { SITE_TABLES = 11 };

struct site {
    struct options options;
    struct store *store;
    struct live *live;
    struct bank *bank;
    struct practice_feature practice;
    struct catalogue *catalogue;
    struct people_feature people;
    struct contest_feature *contests;
    struct limit *limit;
    struct runner *runner;
    atomic_bool content_read; /* the folders have been gone through once */
    struct route_table tables[SITE_TABLES];
};

/* Fills in the tables; features may be NULL when the routes are only listed. */
void site_tables(struct site *site);

/* Reads courses and quizzes again. `report` is an open JSON object that gets "courses",
 * "papers" and "refused". Errors: only when the folders cannot be read at all. */
struct error *site_load_content(
    struct site *site, struct arena *arena, struct writer *report) MUST_CHECK;

extern const struct route site_routes[];
extern const size_t site_route_count;

#endif
