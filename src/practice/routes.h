/* practice_routes.h - the addresses of practice; request->feature is a struct
 * practice_feature. */
#ifndef PRACTICE_ROUTES_H
#define PRACTICE_ROUTES_H

#include "http/route.h"
#include "practice/practice_bank.h"

struct bank;

struct practice_feature {
    struct practice_bank *questions;
    struct bank *papers;
};

extern const struct route practice_routes[];
extern const size_t practice_route_count;

#endif
