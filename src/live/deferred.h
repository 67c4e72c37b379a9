/* deferred.h - a reply that waits for its commit, without a thread waiting. */
#ifndef LIVE_DEFERRED_H
#define LIVE_DEFERRED_H

#include "http/request.h"
#include "store/store.h"

/* The last call of a handler: queues the change; after its commit is on disk,
 * answer(request) runs on a worker and sees what was written. `context` (in the
 * request's arena) is given to the change and kept in request->context. An error of
 * the change becomes the reply. */
struct error *deferred_write(
    struct request *request, store_change *change, void *context,
    handler *answer) MUST_CHECK;

#endif
