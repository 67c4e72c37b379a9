#include "live/deferred.h"

#include "http/serve.h"

/* In the writer thread, after the commit: only hands the request back to a worker. */
static void written(void *owner, struct error *error)
{
    request_resume(owner, error);
}

struct error *deferred_write(
    struct request *request, store_change *change, void *context, handler *answer)
{
    request->context = context;
    /* Suspended first: the writer may be done before this function returns. */
    request_suspend(request, answer);
    return store_write_later(
        request->store, request->arena, change, context, written, request);
}
