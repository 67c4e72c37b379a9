/* The parent's half: start the child, collect what it writes, never wait too long.
 * The child's walls are in sandbox_walls.c. */
#include "format/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"

enum { READ_AT_ONCE = 64 * 1024, BETWEEN_LOOKS_MS = 1 };

static struct error *broken(struct arena *arena, const char *what, int reason)
{
    return error_make(
        arena, ERROR_BROKEN, "sandbox_broken", "cannot start the file reader: %s: %s",
        what, strerrordesc_np(reason));
}

/* A sanitizer's report must be seen; otherwise a child has nothing to say there, and a
 * child that was taken over shall not write into the server's log. */
static int plan_descriptors(posix_spawn_file_actions_t *actions, int output)
{
    int failure =
        posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);

    if (!failure)
        failure = posix_spawn_file_actions_adddup2(actions, output, 1);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    if (!failure)
        failure =
            posix_spawn_file_actions_addopen(actions, 2, "/dev/null", O_WRONLY, 0);
#endif
    if (!failure)
        failure = posix_spawn_file_actions_addclosefrom_np(actions, 3);
    return failure;
}

/* The child shall not inherit what the server ignores or blocks: SIGXCPU must kill. */
static int plan_signals(posix_spawnattr_t *attributes)
{
    sigset_t none;
    sigset_t all;

    (void)sigemptyset(&none);
    (void)sigfillset(&all);
    int failure = posix_spawnattr_setsigmask(attributes, &none);
    if (!failure)
        failure = posix_spawnattr_setsigdefault(attributes, &all);
    if (!failure)
        failure = posix_spawnattr_setflags(
            attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    return failure;
}

static int spawn(char *const arguments[], int output, pid_t *child)
{
    /* No environment: it may hold secrets, and nothing in it is needed. */
    char *const environment[] = {NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;

    int failure = posix_spawn_file_actions_init(&actions);
    if (failure)
        return failure;
    failure = posix_spawnattr_init(&attributes);
    if (failure)
        goto out;
    failure = plan_descriptors(&actions, output);
    if (!failure)
        failure = plan_signals(&attributes);
    if (!failure)
        failure = posix_spawn(
            child, "/proc/self/exe", &actions, &attributes, arguments, environment);
    (void)posix_spawnattr_destroy(&attributes);
out:
    (void)posix_spawn_file_actions_destroy(&actions);
    return failure;
}

static int milliseconds_until(int64_t deadline_ms)
{
    int64_t left = deadline_ms - clock_running_ms();

    return left > 0 ? (int)left : 0;
}

/* Reads until the child is done or its time is over; false when it says too much. */
static bool collect(int input, int64_t deadline_ms, struct text *output)
{
    char bytes[READ_AT_ONCE];
    struct pollfd waiting = {.fd = input, .events = POLLIN};

    for (;;) {
        int ready = poll(&waiting, 1, milliseconds_until(deadline_ms));
        if (ready == 0)
            return true;
        ssize_t got = ready > 0 ? read(input, bytes, sizeof bytes) : -1;
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return true;
        text_add_bytes(output, bytes, (size_t)got);
        if (output->overflowed)
            return false;
    }
}

/* Reaps the child in any case; false when it had to be killed for being slow. */
static bool reap(pid_t child, int64_t deadline_ms, int *status)
{
    const struct timespec pause = {.tv_nsec = BETWEEN_LOOKS_MS * 1000000L};

    for (;;) {
        pid_t ended = waitpid(child, status, WNOHANG);
        if (ended == child)
            return true;
        if (ended < 0 && errno != EINTR)
            break;
        if (milliseconds_until(deadline_ms) == 0)
            break;
        (void)nanosleep(&pause, NULL);
    }
    (void)kill(child, SIGKILL);
    while (waitpid(child, status, 0) < 0 && errno == EINTR)
        continue;
    return false;
}

static struct error *
judge(struct arena *arena, bool was_quick, int status, const struct text *output)
{
    bool out_of_time = WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU;

    if (output->overflowed)
        return error_new(
            arena, ERROR_INVALID, "content_too_large", "内容过大，超出上限。");
    if (!was_quick || out_of_time)
        return error_new(
            arena, ERROR_INVALID, "content_too_slow",
            "文件过于复杂，在限定时间内读不完。");
    if (!WIFEXITED(status) || output->size == 0)
        return error_new(
            arena, ERROR_INVALID, "content_unreadable",
            "文件无法读取：读取程序中途停止。");
    return NULL;
}

struct error *sandbox_run(
    struct arena *arena, const char *kind, const char *directory, size_t limit_bytes,
    const char **output)
{
    char *const arguments[] = {
        arena_copy(arena, "xunsai"), arena_copy(arena, "parse-content"),
        arena_copy(arena, kind), arena_copy(arena, directory), NULL};
    int64_t deadline_ms = clock_running_ms() + SANDBOX_WALL_MS;
    struct text text;
    int ends[2];
    pid_t child;
    int status = 0;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return broken(arena, "pipe", errno);
    int failure = spawn(arguments, ends[1], &child);
    (void)close(ends[1]);
    if (failure) {
        (void)close(ends[0]);
        return broken(arena, "posix_spawn", failure);
    }

    text_init(&text, arena, limit_bytes);
    bool fits = collect(ends[0], deadline_ms, &text);
    (void)close(ends[0]);
    if (!fits)
        (void)kill(child, SIGKILL);
    bool was_quick = reap(child, deadline_ms, &status);
    TRY(judge(arena, was_quick, status, &text));
    *output = text.bytes;
    return NULL;
}
