/* routes.h - the addresses of the people feature. */
#ifndef PEOPLE_ROUTES_H
#define PEOPLE_ROUTES_H

#include "http/route.h"

/* What the handlers find in request->feature. */
struct people_feature {
    struct password_pool *passwords;
};

extern const struct route people_routes[];
extern const size_t people_route_count;

#endif
