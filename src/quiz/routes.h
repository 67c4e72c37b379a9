/* routes.h - the addresses of the quiz feature; request->feature is a struct bank. */
#ifndef QUIZ_ROUTES_H
#define QUIZ_ROUTES_H

#include "http/route.h"
#include "quiz/bank.h"

extern const struct route quiz_routes[];
extern const size_t quiz_route_count;

#endif
