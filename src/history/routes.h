/* routes.h - the addresses of history: changes of streets and people, records of years,
 * erasure, the log of exports. */
#ifndef HISTORY_ROUTES_H
#define HISTORY_ROUTES_H

#include "http/route.h"

extern const struct route history_routes[];
extern const size_t history_route_count;

#endif
