/* routes.h - the addresses of contests: lists and live views, the host's steps, what
 * judges send, downloads. */
#ifndef CONTEST_ROUTES_H
#define CONTEST_ROUTES_H

#include "contest/journal.h"
#include "contest/presence.h"
#include "http/route.h"

/* What the route table is tied to, and report/'s exports with it. */
struct contest_feature {
    struct journal *journal;
    struct presence *presence;
};

/* Both parts, empty. Freed after the last request. */
struct contest_feature *contest_feature_new(void);
void contest_feature_free(struct contest_feature *feature);

extern const struct route contest_routes[];
extern const size_t contest_route_count;

#endif
