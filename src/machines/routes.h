/* routes.h - addresses for machines: tokens, /api/v1, webhooks. */
#ifndef MACHINES_ROUTES_H
#define MACHINES_ROUTES_H

#include "http/route.h"

extern const struct route machines_routes[];
extern const size_t machines_route_count;

#endif
