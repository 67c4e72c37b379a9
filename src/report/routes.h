/* routes.h - the addresses of rankings and publications. They need
 * nothing in request->feature. */
#ifndef REPORT_ROUTES_H
#define REPORT_ROUTES_H

#include "http/route.h"

extern const struct route report_routes[];
extern const size_t report_route_count;

#endif
