/* problem.h - errors as RFC 9457 problem documents: the one place where a kind of
 * error becomes a status. */
#ifndef HTTP_PROBLEM_H
#define HTTP_PROBLEM_H

#include "http/request.h"

/* Replaces whatever the reply held. ERROR_BROKEN is logged and shown as a neutral
 * sentence. */
void problem_reply(struct request *request, const struct error *error);

#endif
