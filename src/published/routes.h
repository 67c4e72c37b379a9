/* routes.h - what anybody may read without signing in: the published rankings.
 *
 * The answers depend on the address alone, never on who asks. They carry a validator
 * over all their bytes, the names included, and may be kept for PUBLISHED_SECONDS:
 * nginx does so, and a crowd of readers costs the program one answer an address in that
 * time. A name that is removed is gone everywhere when it has passed. */
#ifndef PUBLISHED_ROUTES_H
#define PUBLISHED_ROUTES_H

#include "http/route.h"

enum { PUBLISHED_SECONDS = 10 }; /* nginx counts whole seconds: up to 11 */

extern const struct route published_routes[];
extern const size_t published_route_count;

#endif
