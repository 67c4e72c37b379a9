/* route.h - which function answers which address, and who may ask. */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include "http/request.h"

struct route {
    const char *method;
    const char *path; /* a `:id` part matches a positive number, `:name` a-z 0-9 - */
    unsigned roles;   /* any one of them suffices */
    handler *answer;
};

/* A feature's routes and what its handlers find in request->feature. */
struct route_table {
    const struct route *routes;
    size_t count;
    void *feature;
};

/* Finds the route and runs its handler. The one place where a role is compared.
 * Errors: "route_unknown", "method_not_allowed", "login_needed", "role_needed",
 * "cross_site", and the handler's own. */
struct error *route_answer(
    const struct route_table *tables, size_t count, struct request *request) MUST_CHECK;

#endif
