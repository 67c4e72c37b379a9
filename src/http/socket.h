/* socket.h - the unix socket that nginx speaks to. */
#ifndef HTTP_SOCKET_H
#define HTTP_SOCKET_H

#include "base/error.h"

/* Listens at the path, readable by owner and group only; a socket file that nobody
 * listens on any more is replaced. The caller closes *result.
 * Errors: ERROR_BROKEN with one line: another program listens there, no permission. */
struct error *
socket_listen(struct arena *arena, const char *path, int *result) MUST_CHECK;

#endif
