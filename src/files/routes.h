/* routes.h - the addresses of files: those made at once, and those that are asked for
 * and fetched later. request->feature is the runner. */
#ifndef FILES_ROUTES_H
#define FILES_ROUTES_H

#include "http/route.h"

extern const struct route files_routes[];
extern const size_t files_route_count;

#endif
