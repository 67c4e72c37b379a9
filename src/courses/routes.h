/* routes.h - the addresses of the courses. The feature is the struct catalogue. */
#ifndef COURSES_ROUTES_H
#define COURSES_ROUTES_H

#include "http/route.h"

extern const struct route courses_routes[];
extern const size_t courses_route_count;

#endif
