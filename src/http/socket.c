#include "http/socket.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* The kernel's own ceiling on Debian; beyond it nginx gets an error at once. */
enum { BACKLOG = 4096 };

static struct error *
refuse_socket(struct arena *arena, int socket, const char *path, const char *why)
{
    if (socket >= 0)
        (void)close(socket);
    return error_make(
        arena, ERROR_BROKEN, "socket", "cannot listen on %s: %s", path, why);
}

struct error *socket_listen(struct arena *arena, const char *path, int *result)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    if (listener < 0 || strlen(path) >= sizeof address.sun_path)
        return refuse_socket(arena, listener, path, "the path is too long");
    memcpy(address.sun_path, path, strlen(path) + 1);
    if (connect(listener, (struct sockaddr *)&address, sizeof address) == 0)
        return refuse_socket(arena, listener, path, "another program listens there");
    (void)unlink(path); /* left by a program that was killed */
    mode_t before = umask(0117);
    int status = bind(listener, (struct sockaddr *)&address, sizeof address);
    (void)umask(before);
    if (status || listen(listener, BACKLOG))
        return refuse_socket(arena, listener, path, strerrordesc_np(errno));
    *result = listener;
    return NULL;
}
